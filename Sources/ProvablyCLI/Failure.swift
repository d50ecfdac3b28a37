// SPDX-License-Identifier: Apache-2.0
import Demos
import Foundation
import Provably

/// An error as the user sees it: one line that says what and where, perhaps one that says what to do.
struct Failure: Error {
  /// The exit code of the program.
  enum Code: Int32 {
    case failed = 1
    case notConverged = 2
    case usage = 64
    case badInput = 65
    case interrupted = 130
  }

  let code: Code
  let message: String
  let hint: String?

  init(_ code: Code, _ message: String, hint: String? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
  }

  /// The failure of an error that the library threw; `nil` for errors of the argument parser.
  init?(_ error: any Error) {
    switch error {
    case let error as ModelError: self.init(.badInput, error.description)
    case let error as ModelFormatError: self.init(.badInput, error.description)
    case let error as CertificateFileError: self.init(.badInput, error.description)
    case let error as LowRankError: self.init(.badInput, error.description)
    case let error as RationalError: self.init(.badInput, "--exact: \(error.description)")
    case ExperimentError.trialFailed(let text), ExperimentError.unavailableStore(let text):
      self.init(.failed, text)
    case let error as ExperimentError: self.init(.badInput, error.description)
    case let error as DemoInputError: self.init(.badInput, error.description)
    case let error as StatisticsError: self.init(.failed, error.description)
    case let error as FigureError: self.init(.failed, "\(error)")
    case let error as PlannerError: self.init(.failed, error.description)
    case let error as LinearProgramError: self.init(.failed, error.description)
    case let error as OccupiedFolder:
      self.init(
        .failed, error.description, hint: "give another folder, or --force to replace it")
    case is CancellationError:
      self.init(.interrupted, "interrupted before a result was ready")
    case let error as CocoaError:
      let path = (error.userInfo[NSFilePathErrorKey] as? String).map { "\($0): " } ?? ""
      self.init(.failed, path + error.localizedDescription)
    default: return nil
    }
  }

  /// Prints the failure and ends the program.
  func exit() -> Never {
    printError("error: \(message)")
    if let hint { printError("hint: \(hint)") }
    Foundation.exit(code.rawValue)
  }
}

/// Writes a line to standard error, whatever the text holds.
func printError(_ line: String) {
  FileHandle.standardError.write(Data((onOneLine(line) + "\n").utf8))
}

/// A text that may quote a file, as one line of at most 1,000 characters: what would move the cursor,
/// turn the direction of writing or end the line is replaced, what is too long cut in the middle.
func onOneLine(_ text: String) -> String {
  var scalars = Array(text.unicodeScalars)
  if scalars.count > 1_000 {
    scalars = scalars.prefix(600) + [" ", "\u{2026}", " "] + scalars.suffix(300)
  }
  var line = String.UnicodeScalarView()
  for scalar in scalars {
    line.append(scalar == "\n" ? " " : isVisible(scalar) ? scalar : "?")
  }
  return String(line)
}
