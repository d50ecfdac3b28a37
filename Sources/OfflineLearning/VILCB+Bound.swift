// SPDX-License-Identifier: Apache-2.0
import Bounds
import MarkovModels

extension VILCB {
  /// The bound of the guarantee on ρ·V^π − ρ·V^{π_T}, from the counts of the folds:
  /// 2 Σ_{i<T} γ^i Σ_k (ρ P_π^i)(k) b_{T−i}(k) + γ^T V_max.
  ///
  ///     d ← ρ;  bound ← 0                                                      (1)
  ///     for i = 0 … T − 1:  bound += 2 γ^i Σ_s d(s) b_{T−i}(s, π(s));  d ← d P_π   (2)
  ///     return bound + γ^T V_max                                               (3)
  ///
  /// - Parameters:
  ///   - folds: The folds that the policy was learned from.
  ///   - policy: The policy π to compare with, such as an optimal one.
  ///   - problem: The true model: the bound is for analysis, a learner cannot know it.
  ///   - start: The distribution ρ, as long as there are states.
  /// - Returns: The bound, which may exceed V_max and then says nothing; `nil` when the multiplier is
  ///   not 1, L < 2, or states differ in their actions, which the proof does not cover.
  /// - Throws: ``OfflineLearningError`` if the arrays do not fit the model.
  /// - Complexity: O(T (S + entries of the policy's rows)).
  public func suboptimalityBound(
    folds: [BatchDataset], policy: DeterministicPolicy, in problem: DiscountedMDP, start: [Double]
  ) throws(OfflineLearningError) -> Bound? {
    let (model, gamma) = (problem.dynamics, problem.discount)
    let T = folds.count - 1
    guard T >= 1 else { throw .mismatch("\(folds.count) folds are too few") }
    guard folds.allSatisfy({ $0.choicePointers == model.choicePointers }) else {
      throw .mismatch("the folds are of another model")
    }
    guard start.count == model.stateCount, policy.choices.count == model.stateCount else {
      throw .wrongCount(array: "start", expected: model.stateCount, found: start.count)
    }
    let greatest = 1 / (1 - gamma)
    let b = penalty(choices: model.choiceCount, iterations: T)
    var (d, bound, weight) = (start, 0.0, 1.0)  // (1)
    for i in 0..<T {
      var next = [Double](repeating: 0, count: d.count)
      for s in d.indices where d[s] > 0 {
        let k = policy.choices[s]
        bound += 2 * weight * d[s] * b(count: folds[T - i].visits[k], greatest: greatest)  // (2)
        model.transitions.forEachEntry(row: k) { t, p, _ in next[t] += d[s] * p }
      }
      d = next
      weight *= gamma
    }
    guard multiplier == 1, model.choiceActions == nil else { return nil }
    return numbers(choices: model.choiceCount, iterations: T, discount: gamma)
      .instance(bound + weight * greatest)  // (3)
  }
}
