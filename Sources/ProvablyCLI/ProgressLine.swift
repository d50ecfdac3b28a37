// SPDX-License-Identifier: Apache-2.0
import Foundation
import Provably
import Synchronization

/// Set by Control-C; planners look at it between iterations.
private let wasInterrupted = Atomic<Bool>(false)

/// Progress of a long solve on standard error, when that is a terminal, and the way to stop it.
///
/// One line, rewritten at most five times a second, erased at the end. The first Control-C ends the
/// solve with the bounds found so far, the second ends the program.
final class ProgressLine: Sendable {
  private struct State {
    var lastWrite: ContinuousClock.Instant
    var isShown = false
  }

  private let state: Mutex<State>
  private let start = ContinuousClock.now
  private let isTerminal: Bool

  init(quiet: Bool = false) {
    state = Mutex(State(lastWrite: start))
    isTerminal = !quiet && isatty(STDERR_FILENO) == 1
    wasInterrupted.store(false, ordering: .relaxed)
    signal(SIGINT) { _ in
      wasInterrupted.store(true, ordering: .relaxed)
      signal(SIGINT, SIG_DFL)
    }
  }

  /// What planners report to.
  var monitor: SolveMonitor {
    SolveMonitor { progress in
      self.show(progress)
      return !wasInterrupted.load(ordering: .relaxed)
    }
  }

  private func show(_ progress: SolveProgress) {
    guard isTerminal else { return }
    state.withLock { state in
      let now = ContinuousClock.now
      guard now - state.lastWrite >= .milliseconds(200) else { return }
      state.lastWrite = now
      state.isShown = true
      let seconds = (now - start) / .seconds(1)
      let line =
        "\r\u{1B}[K\(progress.method): iteration \(progress.iteration), gap "
        + String(format: "%.1e, %.1f s", progress.gap, seconds)
      FileHandle.standardError.write(Data(line.utf8))
    }
  }

  /// Erases the line and gives Control-C back its usual meaning.
  func finish() {
    signal(SIGINT, SIG_DFL)
    state.withLock { state in
      if state.isShown { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
    }
  }
}
