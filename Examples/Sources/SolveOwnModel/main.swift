// SPDX-License-Identifier: Apache-2.0
import Foundation
import Provably
import Workshop

// (1) The best policy, with bounds on what it can lose.
let model = try Machine().model()
let solution = try PolicyIteration().solve(
  model, discount: 0.95, stopping: StoppingRule(epsilon: 1e-9))
for (state, action) in solution.policy.actions(in: model).enumerated() {
  let value = text(solution.values[state], digits: 7)
  print("\(model.name(ofState: state)): V* = \(value), \(model.name(ofAction: action))")
}
print("status:", solution.status.rawValue)
print("loses at most 1e-9:", solution.certificate.lossBound <= 1e-9)

// (2) The certificate as a file that anyone can check, by code that no planner shares.
let file = solution.certificate.json()
let certificate = try Certificate(json: Data(file.utf8))
let refusal = CertificateChecker().check(certificate, against: model)
print("checker:", refusal?.description ?? "accepted")

// (3) For another machine the same bounds are no proof.
let worse = try Machine(wear: 0.3).model()
if let refusal = CertificateChecker().check(certificate, against: worse) {
  print("wears faster:", refusal)
}
