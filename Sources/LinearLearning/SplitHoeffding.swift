// SPDX-License-Identifier: Apache-2.0
import Bounds

/// A penalty of pessimistic value iteration with explicit constants, for data split by stages.
///
/// β_h = (H − 1 − h) √(ln(2 H K / δ) / 2) + √λ · ω (H − h), with ω = 1 for unit-vector features and
/// ω = √d for simplex features (h counted from 0).
///
/// **Proposition.** Let the data of stage h be independent of those of later stages, and let its next
/// states, given its choices, be independent with their laws P(· | k). With probability at least 1 − δ,
/// for all h and k: |(B̂_h V̂_{h+1})(k) − (B_h V̂_{h+1})(k)| ≤ Γ_h(k) = β_h ‖φ(k)‖_{Λ_h⁻¹}.
///
/// *Proof.* V = V̂_{h+1} is a function of later stages, hence fixed given them, with values in
/// [0, c], c = H − 1 − h. Write B_h V = Φ w*, w* = θ + M V ∈ [0, c + 1]^d. With x = Λ⁻¹ φ(k) and
/// ε_i = V(s′_i) − (P V)(k_i),
///
///     φ(k)ᵀ ŵ − φ(k)ᵀ w* = Σ_i (xᵀ φ_i) ε_i − λ xᵀ w*.
///
/// First term: given the choices, a sum of independent variables of mean zero in intervals of
/// length c |xᵀ φ_i|; Hoeffding's inequality bounds it by c √(ln(2/δ′)/2) (Σ (xᵀ φ_i)²)^{1/2} but for
/// probability δ′, and Σ (xᵀ φ_i)² = xᵀ (Λ − λ I) x ≤ xᵀ Λ x = ‖φ(k)‖²_{Λ⁻¹}. A union over H K pairs takes
/// δ′ = δ/(H K). Second term: by Cauchy and Schwarz λ |xᵀ w*| ≤ λ ‖φ(k)‖_{Λ⁻¹} ‖w*‖_{Λ⁻¹}
/// ≤ √λ ‖φ(k)‖_{Λ⁻¹} ‖w*‖, and ‖w*‖ ≤ √d (c + 1). For unit-vector features φ(k) = e_i, Λ is diagonal and
/// λ |xᵀ w*| = λ w*_i/Λ_ii ≤ √λ w*_i Λ_ii^{−1/2}, without √d. ∎
///
/// **Consequence.** On that event, V̂_h ≤ V_h^π̂ everywhere and V* − V^π̂ ≤ 2 Σ_h E_{π*}[Γ_h].
///
/// *Proof.* Let ι_h = B_h V̂_{h+1} − Q̂_h. If the truncation at 0 acts, Q̂_h = 0 ≤ B_h V̂_{h+1}; otherwise
/// Q̂_h ≤ B̂_h V̂_{h+1} − Γ_h ≤ B_h V̂_{h+1}. So ι ≥ 0. If the truncation at H − h acts,
/// ι ≤ 0 since B_h V̂_{h+1} ≤ H − h; otherwise ι ≤ B_h V̂ − B̂_h V̂ + Γ_h ≤ 2 Γ_h. Telescoping along π̂ gives
/// V_h^π̂ − V̂_h = E_π̂ Σ ι ≥ 0; telescoping along π*, where ⟨Q̂, π* − π̂⟩ ≤ 0 because π̂ is greedy, gives
/// V* − V̂ ≤ E_{π*} Σ ι ≤ 2 Σ E_{π*} Γ. Add the two. ∎
///
/// - Units: value.
/// Both parts are machine-checked: for unit-vector features `pevi_quantifier` and `pevi_split` in
/// `Proofs/PEVI.v`, for simplex features `linear_quantifier_simplex` in `LinearPEVI.v` and `linear_split` in
/// `LinearSplit.v`.
///
/// - Source: derived here; the second part is the argument of [jin2021], section 4, and the
///   inequality [hoeffding1963].
public enum SplitHoeffding {
  /// The multipliers β_h, h = 0 … H − 1.
  ///
  /// - Parameters:
  ///   - model: The shape of the problem: H, K, features. Its transitions are not used.
  ///   - lambda: The regularization λ.
  ///   - delta: The probability δ of failure.
  ///   - factor: Multiplies every β_h; below 1 the proposition does not apply.
  /// - Returns: H multipliers.
  public static func multipliers(
    for model: LinearEpisode, regularization lambda: Double, failureProbability delta: Double,
    factor: Double = 1
  ) -> [Double] {
    let numbers = PEVIHoeffding(
      choices: model.choiceCount, horizon: model.horizon, regularization: lambda,
      failureProbability: delta)
    let spread = model.features.hasUnitRows ? 1 : Double(model.features.dimension).squareRoot()
    return numbers.multipliers(spread: spread).map { factor * $0 }
  }
}
