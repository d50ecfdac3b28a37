// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Why a file is not a certificate.
public struct CertificateFileError: Error, Equatable, CustomStringConvertible {
  /// What is wrong and where.
  public let description: String

  init(_ description: String) { self.description = description }
}

extension Certificate {
  /// The certificate as JSON, schema `provably-certificate/1`.
  ///
  /// Keys: `schema`, `criterion` (`discounted`, `finite-horizon`, `average-reward` or
  /// `total-reward`), `discount` or `horizon` if it has one, `method`, `status`, `iterations`,
  /// `residual`, `epsilon`, `gap`, `lossBound`, `digest`, and `stages`, each with `lower`, `upper` and
  /// `choices`. Doubles are written so that reading them gives the same bits; an infinite gap is the
  /// string "inf".
  public func json() -> String {
    var out = "{\n  \"schema\": \"provably-certificate/1\",\n"
    switch criterion {
    case .discounted(let discount):
      out += "  \"criterion\": \"discounted\",\n  \"discount\": \(discount),\n"
    case .finiteHorizon(let horizon):
      out += "  \"criterion\": \"finite-horizon\",\n  \"horizon\": \(horizon),\n"
    case .averageReward: out += "  \"criterion\": \"average-reward\",\n"
    case .totalReward: out += "  \"criterion\": \"total-reward\",\n"
    }
    out += "  \"method\": \"\(method)\",\n  \"status\": \"\(status.rawValue)\",\n"
    out += "  \"iterations\": \(iterations),\n  \"residual\": \(residual),\n"
    // The gap of a total reward is infinite when a state is undecided; JSON has no such number.
    let width = gap.isFinite ? "\(gap)" : "\"\(gap)\""
    out += "  \"epsilon\": \(epsilon),\n  \"gap\": \(width),\n  \"lossBound\": \(width),\n"
    out += "  \"digest\": \"\(String(digest, radix: 16))\",\n  \"stages\": [\n"
    for (h, stage) in stages.enumerated() {
      out += "    {\n      \"lower\": "
      append(stage.lower, to: &out)
      out += ",\n      \"upper\": "
      append(stage.upper, to: &out)
      out += ",\n      \"choices\": "
      append(stage.choices, to: &out)
      out += h + 1 < stages.count ? "\n    },\n" : "\n    }\n"
    }
    return out + "  ]\n}\n"
  }

  private func append<T>(_ values: [T], to out: inout String) {
    out += "["
    for (i, value) in values.enumerated() {
      if i > 0 { out += i % 8 == 0 ? ",\n        " : ", " }
      out += "\(value)"
    }
    out += "]"
  }

  /// The keys of the file; the optional ones depend on the criterion.
  private struct Document: Decodable {
    struct StageDocument: Decodable {
      let lower: [Double]
      let upper: [Double]
      let choices: [Int]
    }

    let schema: String
    let criterion: String
    let discount: Double?
    let horizon: Int?
    let method: String
    let status: String
    let iterations: Int
    let residual: Double
    let epsilon: Double
    let digest: String
    let stages: [StageDocument]
  }

  /// Reads a certificate that ``json()`` wrote.
  ///
  /// - Throws: ``CertificateFileError`` naming the key that is missing or wrong, or saying that the
  ///   digest does not match.
  public init(json: Data) throws {
    let document: Document
    do {
      // Not JSONSerialization: on Linux it rounds about a quarter of all doubles wrongly.
      document = try JSONDecoder().decode(Document.self, from: json)
    } catch let error as DecodingError {
      throw CertificateFileError(error.inWords)
    }
    guard document.schema == "provably-certificate/1" else {
      throw CertificateFileError(
        "schema \"\(document.schema)\", expected \"provably-certificate/1\"")
    }
    let criterion: Criterion
    switch (document.criterion, document.discount, document.horizon) {
    case ("discounted", let discount?, nil): criterion = .discounted(discount)
    case ("finite-horizon", nil, let horizon?): criterion = .finiteHorizon(horizon)
    case ("average-reward", nil, nil): criterion = .averageReward
    case ("total-reward", nil, nil): criterion = .totalReward
    default:
      throw CertificateFileError(
        "criterion \"\(document.criterion)\" needs \"discount\" if it is \"discounted\", "
          + "\"horizon\" if it is \"finite-horizon\", neither if it is \"average-reward\" or "
          + "\"total-reward\", and nothing else is known")
    }
    guard let status = SolveStatus(rawValue: document.status) else {
      throw CertificateFileError("status \"\(document.status)\" is not known")
    }
    self.init(
      criterion: criterion,
      stages: document.stages.map {
        Stage(lower: $0.lower, upper: $0.upper, choices: $0.choices)
      }, method: document.method, status: status, iterations: document.iterations,
      residual: document.residual, epsilon: document.epsilon)
    guard document.digest == String(digest, radix: 16) else {
      throw CertificateFileError(Refusal.damaged.description)
    }
  }
}

extension DecodingError {
  /// What is wrong with a JSON document and where, in one line.
  fileprivate var inWords: String {
    func path(_ context: Context) -> String {
      context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined()
    }
    switch self {
    case .keyNotFound(let key, let context):
      return "\(path(context)): key \"\(key.stringValue)\" is missing"
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
      return "\(path(context)): expected \(type)"
    case .dataCorrupted(let context):
      return context.codingPath.isEmpty ? "not a JSON document" : "\(path(context)): not a value"
    @unknown default:
      return "not a certificate"
    }
  }
}
