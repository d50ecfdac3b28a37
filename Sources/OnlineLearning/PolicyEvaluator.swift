// SPDX-License-Identifier: Apache-2.0

/// The exact return of a changing policy, recomputed only where it can have changed.
///
///     for h = H − 1 … 0, all s
///       skip s if π_h(s) is as before and no next state's V_{h+1} changed       (1)
///       V_h(s) ← r(k) + Σ_t P(t | k) V_{h+1}(t),  k = π_h(s)                    (2)
///
/// - Numerics: the same bits as computing every state anew, because a skipped sum has the operands it
///   had before.
/// - Complexity: O(H (S + entries of π)) an episode at most; O(H S) comparisons if nothing changed.
final class PolicyEvaluator {
  private let problem: EpisodicProblem
  private let values: Planes<Double>
  private let policy: Planes<Int32>
  private let successors: StateSets
  private let changed: StateSets

  init(_ problem: EpisodicProblem) {
    let (H, S) = (problem.horizon, problem.stateCount)
    self.problem = problem
    values = Planes(H + 1, of: S, repeating: 0)
    policy = Planes(H, of: S, repeating: -1)
    successors = StateSets(rows: problem.choiceCount, states: S)
    for k in 0..<problem.choiceCount {
      for i in problem.rowPointers[k]..<problem.rowPointers[k + 1] {
        successors.insert(Int(problem.nextStates[i]), into: k)
      }
    }
    changed = StateSets(rows: H + 1, states: S)
  }

  /// The expected return of a policy from the start of an episode.
  func expectedReturn(of pi: PolicyTable) -> Double {
    let (H, S) = (problem.horizon, problem.stateCount)
    changed.removeAll()
    var isAnyChanged = false
    problem.rowPointers.withUnsafeBufferPointer { rowPointers in
      problem.nextStates.withUnsafeBufferPointer { next in
        problem.probabilities.withUnsafeBufferPointer { p in
          problem.rewards.withUnsafeBufferPointer { r in
            for h in (0..<H).reversed() {
              let (V, vNext) = (values.plane(h), values.plane(h &+ 1))
              let (new, old) = (pi.choices.plane(h), policy.plane(h))
              let upstream = isAnyChanged
              isAnyChanged = false
              for s in 0..<S {
                let k = new[s]
                guard k >= 0 else { continue }
                if k == old[s] {  // (1)
                  guard upstream, successors.intersects(Int(k), changed, h &+ 1) else { continue }
                }
                old[s] = k
                var sum = 0.0
                for i in rowPointers[Int(k)]..<rowPointers[Int(k) &+ 1] {
                  sum += p[i] * vNext[Int(next[i])]
                }
                let value = r[Int(k)] + sum  // (2)
                if value != V[s] {
                  V[s] = value
                  changed.insert(s, into: h)
                  isAnyChanged = true
                }
              }
            }
          }
        }
      }
    }
    let V = values.plane(0)
    return problem.starts.reduce(0) { $0 + $1.probability * V[$1.state] }
  }
}
