// SPDX-License-Identifier: Apache-2.0
#if ExactRationals
  import Certificates
  import ExactArithmetic
  import Foundation
  import Testing

  /// The Swift mirror of the verified checker against what Coq computed.
  @Suite("Vectors of the verified checker")
  struct VectorTests {
    /// A policy or bounds: of one stage, or of several.
    private enum OneOrMore<T: Decodable>: Decodable {
      case one(T)
      case more([T])

      init(from decoder: any Decoder) throws {
        if let more = try? [T](from: decoder) {
          self = .more(more)
        } else {
          self = .one(try T(from: decoder))
        }
      }

      var all: [T] {
        switch self {
        case .one(let x): [x]
        case .more(let x): x
        }
      }
    }

    private struct Vector: Decodable {
      let name, kind, g, reason: String
      let check: Bool
      let horizon: Int?
      let P: [[[String]]]
      let r: [[String]]
      let pi: OneOrMore<[[String]]>
      let hi, lo: OneOrMore<[String]>
      let backups_hi: OneOrMore<[[String]]>
    }

    private func vectors() throws -> [Vector] {
      try JSONDecoder().decode(
        [Vector].self, from: Data(contentsOf: proofsFolder.appendingPathComponent("vectors.json")))
    }

    private func rationals(_ texts: [String]) throws -> [Rational] {
      try texts.map { try Rational(text: $0) }
    }

    @Test("every verdict, every reason and every backup is Coq's")
    func agreement() throws {
      let all = try vectors()
      #expect(all.count >= 50)
      // What is accepted, and each reason for refusal, occurs.
      let reasons = Set(all.map(\.reason))
      #expect(reasons == Set(["accepted"] + VerifiedChecker.Reason.allCases.map(\.rawValue)))
      for v in all {
        let model = VerifiedChecker.Model(
          discount: try Rational(text: v.g), P: try v.P.map { try $0.map(rationals) },
          r: try v.r.map(rationals))
        // A certificate of one stage and one of several differ in how deep the lists are.
        let stages = try zip(v.pi.all, zip(v.hi.all, v.lo.all)).map { pi, bounds in
          VerifiedChecker.Bounds(
            policy: try pi.map(rationals), upper: try rationals(bounds.0),
            lower: try rationals(bounds.1))
        }
        let refusal: VerifiedChecker.Reason?
        if v.kind == "horizon" {
          refusal = VerifiedChecker.check(
            model, stages: stages, horizon: try #require(v.horizon), states: 2, actions: 2)
        } else {
          refusal = VerifiedChecker.check(model, stages[0], states: 2, actions: 2)
        }
        #expect(refusal?.rawValue ?? "accepted" == v.reason, "\(v.name)")
        #expect((refusal == nil) == v.check, "\(v.name)")
        let zero = try Rational(0)
        for (h, backups) in v.backups_hi.all.enumerated() {
          let next =
            v.kind == "discounted"
            ? stages[h].upper : h + 1 < stages.count ? stages[h + 1].upper : [zero, zero]
          let ours = (0..<2).map { s in
            // A state that is not there has no backups.
            s < min(model.r.count, model.P.count) ? model.backups(next, state: s) : []
          }
          #expect(try ours == backups.map(rationals), "\(v.name), stage \(h)")
        }
      }
    }

    @Test("a lower bound that is 2⁻⁵³ too high is among the vectors, and refused")
    func smallestStep() throws {
      let v = try #require(try vectors().first { $0.name == "off_by_ulp" })
      #expect(v.reason == "lowerFails")
    }
  }
#endif
