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
  /// Keys: `schema`, `criterion` (`discounted` or `finite-horizon`), `discount` or `horizon`,
  /// `method`, `status`, `iterations`, `residual`, `epsilon`, `gap`, `lossBound`, `digest`, and
  /// `stages`, each with `lower`, `upper` and `choices`. Doubles are written so that reading them
  /// gives the same bits.
  public func json() -> String {
    var out = "{\n  \"schema\": \"provably-certificate/1\",\n"
    switch criterion {
    case .discounted(let discount):
      out += "  \"criterion\": \"discounted\",\n  \"discount\": \(discount),\n"
    case .finiteHorizon(let horizon):
      out += "  \"criterion\": \"finite-horizon\",\n  \"horizon\": \(horizon),\n"
    }
    out += "  \"method\": \"\(method)\",\n  \"status\": \"\(status.rawValue)\",\n"
    out += "  \"iterations\": \(iterations),\n  \"residual\": \(residual),\n"
    out += "  \"epsilon\": \(epsilon),\n  \"gap\": \(gap),\n  \"lossBound\": \(lossBound),\n"
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

  /// Reads a certificate that ``json()`` wrote.
  ///
  /// - Throws: ``CertificateFileError`` naming the key that is missing or wrong, or saying that the
  ///   digest does not match.
  public init(json: Data) throws {
    guard let object = try? JSONSerialization.jsonObject(with: json) as? [String: Any] else {
      throw CertificateFileError("not a JSON object")
    }
    func value<T>(_ key: String, _ type: T.Type = T.self) throws -> T {
      guard let found = object[key] else { throw CertificateFileError("key \"\(key)\" is missing") }
      guard let typed = found as? T else {
        throw CertificateFileError("key \"\(key)\" is not of the expected type")
      }
      return typed
    }
    let schema: String = try value("schema")
    guard schema == "provably-certificate/1" else {
      throw CertificateFileError("schema \"\(schema)\", expected \"provably-certificate/1\"")
    }
    let kind: String = try value("criterion")
    let criterion: Criterion
    switch kind {
    case "discounted": criterion = .discounted(try value("discount"))
    case "finite-horizon": criterion = .finiteHorizon(try value("horizon"))
    default: throw CertificateFileError("criterion \"\(kind)\" is not known")
    }
    let statusName: String = try value("status")
    guard let status = SolveStatus(rawValue: statusName) else {
      throw CertificateFileError("status \"\(statusName)\" is not known")
    }
    let list: [[String: Any]] = try value("stages")
    let stages = try list.enumerated().map { h, stage in
      guard let lower = stage["lower"] as? [Double], let upper = stage["upper"] as? [Double],
        let choices = stage["choices"] as? [Int]
      else {
        throw CertificateFileError(
          "stage \(h): needs the arrays \"lower\", \"upper\" and \"choices\" of numbers")
      }
      return Stage(lower: lower, upper: upper, choices: choices)
    }
    self.init(
      criterion: criterion, stages: stages, method: try value("method"), status: status,
      iterations: try value("iterations"), residual: try value("residual"),
      epsilon: try value("epsilon"))
    let written: String = try value("digest")
    guard written == String(digest, radix: 16) else {
      throw CertificateFileError(Refusal.damaged.description)
    }
  }
}
