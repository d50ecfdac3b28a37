// SPDX-License-Identifier: Apache-2.0
import MarkovModels

// The long-run criteria: average reward and undiscounted total reward.
//
// **The problem.** Stored rows sum to 1 only within rounding, and without a discount that matters. A
// certificate is about the model whose rows are divided by their exact sums,
//
//     P̂_k(t) = p_k(t) / σ_k,  ê_k = e_k / σ_k,  σ_k = Σ_t p_k(t) + e_k,
//
// with e_k the probability of termination; rewards stay as stored. Its graph is the stored one. The
// end is a state of its own that pays nothing for ever: gain 0, bias 0. Write
//
//     Δ_k x = Σ_t P̂_k(t) (x(t) − x(s)) − ê_k x(s)     for a choice k of s.
//
// **Upper bounds.** Vectors g, h such that every choice k of every state s satisfies
//
//     Δ_k g < 0, or all next states have g(t) = g(s) and r_k + Δ_k h ≤ g(s).                     (1)
//
// Then no policy, whatever it remembers, has a gain above g. Proof: let c > 0 be the least −Δ_k g
// over the choices that lose gain, and C bound r_k + Δ_k h − g there. Along any policy
// (N − n) g(s_n) + h(s_n) falls by at least r_n in step n, except in the last C/c + 1 steps, so
// E Σ_{n<N} r_n ≤ N g(s_0) + O(1).
//
// **Lower bounds.** The mirror image for the choices of one policy: Δ g > 0, or equal gains and
// r + Δ h ≥ g. On a recurrent class g, which does not decrease on average, is constant, so the
// second case holds throughout and the stationary mean of r is at least g.
//
// **Total reward**, lim inf_N E Σ_{n<N} r_n: the same, and in states with g(s) = 0 sharper. A choice
// that keeps gain 0 must satisfy
//
//     r_k + Δ_k h < 0, or r_k = 0, all next states have h(t) = h(s), and h(s) ≥ 0.               (2)
//
// Then h is an upper bound on the total reward from there. Proof: a policy that ever, with positive
// probability, loses gain falls behind by N c: −∞. Else E Σ_{n<N} r_n ≤ h(s_0) − E h(s_N) − λ · E #
// {strict choices so far}, λ > 0 the least slack; if the expectation of that number is infinite, the
// total is −∞; if not, almost surely only resting choices are taken from some time on, or the end is
// reached, and lim inf E h(s_N) ≥ 0. Where g(s) < 0 the total is −∞. The lower bounds mirror this for
// one policy: Δ h + r > 0, or rest at h ≤ 0; where g > 0 the total is +∞.
//
// **Rounding.** With u = 2⁻⁵³: a difference, its product with p, the compensated sum, σ (2 u), the
// quotient and the addition of r each round once, 7 u B + O(u²) B in all for B = |r| + Σ p |x| / σ;
// 10 u B is allowed. Signs of differences, and therefore "equal" and "all at most", are exact.
extension CertificateChecker {
  /// The conditions above, for a certificate of two well-formed stages.
  func checkLongRun(_ certificate: Certificate, _ model: TabularMDP) -> Refusal? {
    let isTotal = certificate.criterion == .totalReward
    let gain = certificate.stages[isTotal ? 1 : 0]
    let bias = certificate.stages[isTotal ? 0 : 1]
    guard certificate.stages[0].choices == certificate.stages[1].choices else {
      return .wrongSize(what: "policies", expected: 1, found: 2)
    }
    for s in 0..<model.stateCount {
      for k in model.choices(of: s) {
        let a = model.action(ofChoice: k, in: s)
        let drift = Drift(model, k, s, gain.upper)
        if drift.isNegative { continue }
        guard drift.isZero else { return .upperGainFails(state: s, action: a) }
        let change = Drift(model, k, s, bias.upper)
        let worth = change.adding(model.rewards[k]).high
        if isTotal, gain.upper[s] == 0 {
          let rests = model.rewards[k] == 0 && change.isLevel && bias.upper[s] >= 0
          guard rests || worth < 0 else {
            return .upperFails(stage: 0, state: s, action: a, excess: worth)
          }
        } else {
          guard worth <= gain.upper[s] else {
            return .upperFails(
              stage: isTotal ? 1 : 0, state: s, action: a, excess: worth - gain.upper[s])
          }
        }
      }
      let k = gain.choices[s]
      let a = model.action(ofChoice: k, in: s)
      let drift = Drift(model, k, s, gain.lower)
      if drift.isPositive { continue }
      guard drift.isZero else { return .lowerGainFails(state: s, action: a) }
      let change = Drift(model, k, s, bias.lower)
      let worth = change.adding(model.rewards[k]).low
      if isTotal, gain.lower[s] == 0 {
        let rests = model.rewards[k] == 0 && change.isLevel && bias.lower[s] <= 0
        guard rests || worth > 0 else {
          return .lowerFails(stage: 0, state: s, action: a, excess: -worth)
        }
      } else {
        guard worth >= gain.lower[s] else {
          return .lowerFails(
            stage: isTotal ? 1 : 0, state: s, action: a, excess: gain.lower[s] - worth)
        }
      }
    }
    return nil
  }
}

/// The expected change Δ_k x of a vector x in one step, with what its signs alone prove.
private struct Drift {
  private var sum = Sum()
  private var mass = Sum()
  private var size = 0.0
  private var count = 0.0
  private var rises = false
  private var falls = false
  private var allEqual = true

  init(_ model: TabularMDP, _ k: Int, _ s: Int, _ x: [Double]) {
    model.transitions.forEachEntry(row: k) { t, p, _ in
      add(p, x[t] - x[s])
      if x[t] != x[s] { allEqual = false }
    }
    if let end = model.termination?[k], end > 0 { add(end, 0 - x[s]) }
  }

  private mutating func add(_ p: Double, _ difference: Double) {
    mass.add(p)
    sum.add(p * difference)
    size += p * abs(difference)
    count += 1
    if difference > 0 { rises = true }
    if !(difference >= 0) { falls = true }
  }

  /// Whether every difference is zero.
  var isZero: Bool { !rises && !falls }
  /// Whether all next states of the row, the end left out, have the same value.
  var isLevel: Bool { allEqual }
  /// Whether Δ x < 0 for certain.
  var isNegative: Bool { falls && (!rises || adding(0).high < 0) }
  /// Whether Δ x > 0 for certain.
  var isPositive: Bool { rises && (!falls || adding(0).low > 0) }

  /// Bounds on r + Δ x, by the error analysis above.
  func adding(_ r: Double) -> (low: Double, high: Double) {
    let value = r + sum.value / mass.value
    let error =
      10 * 0x1.01p-53 * (abs(r) + size / mass.value) + 2 * (count + 4) * .leastNormalMagnitude
    return ((value - error).nextDown, (value + error).nextUp)
  }

  /// Neumaier's compensated sum.
  private struct Sum {
    private var total = 0.0
    private var errors = 0.0

    var value: Double { total + errors }

    mutating func add(_ x: Double) {
      let next = total + x
      let b = next - total
      errors += (total - (next - b)) + (x - b)
      total = next
    }
  }
}
