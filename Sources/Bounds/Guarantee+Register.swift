// SPDX-License-Identifier: Apache-2.0

extension Guarantee {
  /// What is known of the guarantee.
  ///
  /// `make generate` writes `Proofs/claims.tsv` from here; tests compare the two, and look up each lemma,
  /// symbol and citation.
  public var entry: Entry {
    switch self {
    case .aposteriori:
      Entry(
        .proved, "aposteriori", in: "Discounted.v", "|V - V*| <= residual / (1 - g)",
        assumes: "0 <= g < 1; rows sum to 1; |T V - V| <= residual in every state",
        symbol: "DiscountedErrors.valueError")
    case .aposterioriNext:
      Entry(
        .proved, "aposteriori_next", in: "Discounted.v", "|T V - V*| <= g residual / (1 - g)",
        assumes: "0 <= g < 1; rows sum to 1; |T V - V| <= residual in every state",
        symbol: "DiscountedErrors.nextValueError")
    case .macqueen:
      Entry(
        .proved, "macqueen", in: "Discounted.v", "V + lo / (1 - g) <= V* <= V + hi / (1 - g)",
        assumes: "0 <= g < 1; rows sum to 1; lo <= T V - V <= hi in every state",
        symbol: "CertifiedBounds")
    case .macqueenGreedy:
      Entry(
        .proved, "macqueen_greedy", in: "Discounted.v", "V + lo / (1 - g) <= V^greedy(V)",
        assumes: "0 <= g < 1; rows sum to 1; lo <= T V - V in every state",
        symbol: "CertifiedBounds")
    case .greedyLoss:
      Entry(
        .proved, "greedy_loss", in: "Discounted.v", "V* - V^greedy(V) <= 2 g e / (1 - g)",
        assumes: "0 <= g < 1; rows sum to 1; |V - V*| <= e in every state",
        symbol: "DiscountedErrors.greedyLoss")
    case .certificateGap:
      Entry(
        .proved, "check_sound", in: "Cert.v", "lo <= V^pi <= V* <= hi",
        assumes: "the verified checker accepts: rows sum to 1, T hi <= hi, lo <= T_pi lo",
        symbol: "VerifiedChecker.check")
    case .certificateStoredRows:
      Entry(
        .proved, "rows_certificate", in: "StoredRows.v", "lo <= V^pi <= V* <= hi",
        assumes: "P >= 0; row sums at most sigma, g sigma < 1; T hi <= hi, lo <= T_pi lo",
        symbol: "CertificateChecker.check")
    case .certificateHorizon:
      Entry(
        .proved, "check_horizon_sound", in: "CertHorizon.v", "lo_h <= V_h^pi <= V_h* <= hi_h",
        assumes:
          "the verified checker accepts: rows sum to 1, each stage bounds the backup of the next",
        symbol: "VerifiedChecker.check")
    case .gainBracket:
      Entry(
        .proved, "gain_bracket", in: "LongRun.v",
        "n gl - K <= J_n^pi and J_n <= n gu + K for all n",
        assumes: "P >= 0, row sums at most 1; the gain and bias inequalities of the certificate",
        symbol: "CertificateChecker.checkLongRun")
    case .spanUpper:
      Entry(
        .proved, "span_upper", in: "LongRun.v", "J_n <= n max(T v - v) + K for all n",
        assumes: "rows sum to 1; any v, every Markov policy", symbol: "RelativeValueIteration")
    case .spanLower:
      Entry(
        .proved, "span_lower", in: "LongRun.v", "J_n^greedy(v) >= n min(T v - v) - K for all n",
        assumes: "rows sum to 1; any v", symbol: "RelativeValueIteration")
    case .totalUpper:
      Entry(
        .proved, "total_upper", in: "TotalReward.v", "lim sup J_n <= h where the gain is 0",
        assumes: "the total-reward inequalities of the certificate; policies that keep gain 0",
        symbol: "CertificateChecker.checkLongRun")
    case .totalLower:
      Entry(
        .proved, "total_lower", in: "TotalReward.v", "lim inf J_n^pi >= h where the gain is 0",
        assumes: "the total-reward inequalities of the certificate; pi keeps gain 0",
        symbol: "CertificateChecker.checkLongRun")
    case .lowRankBounds:
      Entry(
        .proved, "lowrank_bounds", in: "LowRank.v",
        "v + (d- - slack) / (1 - g) <= V^pi <= V* <= v + (d+ + slack) / (1 - g)",
        assumes: "0 <= g < 1; rows of P sum to 1; Phi M arbitrary, slack from its rows' errors",
        symbol: "LowRankPlanner")
    case .lpWeakDuality:
      Entry(
        .proved, "weak_duality", in: "Occupancy.v", "sum d r <= mu V",
        assumes: "d >= 0 satisfies the flow constraints; V is dual feasible",
        symbol: "LinearProgramPlanner")
    case .occupancyExists:
      Entry(
        .proved, "occupancy_exists", in: "Occupancy.v",
        "the visits of pi satisfy the flow constraints, and are not negative",
        assumes: "0 <= g < 1; rows sum to 1; mu >= 0", symbol: "OccupancyMeasure")
    case .occupancyValue:
      Entry(
        .proved, "occupancy_value", in: "Occupancy.v", "sum d r = mu V^pi",
        assumes: "0 <= g < 1; rows sum to 1; mu >= 0; d the visits of pi",
        symbol: "OccupancyMeasure")
    case .simulation:
      Entry(
        .proved, "simulation", in: "Discounted.v", "|V - V'| <= (eR + g eP) / (1 - g)",
        assumes: "0 <= g < 1; rows of P sum to 1; |r - r'| <= eR; |(P - P') V'| <= eP",
        symbol: "DiscountedErrors.simulationError")
    case .vilcb:
      Entry(
        .proved, "vilcb_guarantee", in: "Horizon.v",
        "V^ <= V^pi and V* - V^pi <= 2 E_pi*[sum b]",
        assumes: "|Q - (r + P V^)| <= b for every stage, state and action; Q clipped to its range",
        symbol: "PEVI")
    case .ucbvi:
      Entry(
        .proved, "ucbvi_guarantee", in: "Horizon.v", "V^ >= V* and V* - V^pi <= 2 E_pi[sum b]",
        assumes: "|Q - (r + P V^)| <= b for every stage, state and action; Q clipped to its range")
    case .ellipticalProduct:
      Entry(
        .proved, "elliptical_product", in: "LinAlg.v", "det L_n = det L_0 prod (1 + w)",
        assumes: "w = x' L^-1 x at each rank-one update",
        symbol: "CholeskyFactorization.update")
    case .ellipticalPotential:
      Entry(
        .proved, "elliptical_potential", in: "Elliptical.v",
        "sum min(1, x' L^-1 x) <= 2 ln(det L_n / det L_0)",
        assumes: "L_0 symmetric and positive definite", symbol: "RidgeDesign")
    case .delayedCounts:
      Entry(
        .proved, "charges_total", in: "RegretSum.v",
        "sum of the charges <= C H c + 2 B sqrt(C N)",
        assumes: "the first H visits of a pair cost c each, visit j > H costs B / sqrt(j - H)",
        symbol: "UCBVIHoeffding.uniformRegret")
    case .hoeffdingScalar:
      Entry(
        .proved, "ex_hoeffding", in: "ExpField.v",
        "(1 - p) e^(-p t) + p e^((1 - p) t) <= e^(t^2 / 8)",
        assumes: "0 <= p <= 1; e(x + y) = e(x) e(y), 1 + x <= e(x)",
        cites: "hoeffding1963, lemma 1")
    case .hoeffdingSample:
      Entry(
        .proved, "hoeffding_iid", in: "Hoeffding.v",
        "P(|sum f - n mu| > c sqrt(n L / 2)) <= 2 e^-L",
        assumes: "n independent draws; f within an interval of length c",
        symbol: "HoeffdingPenalty", cites: "hoeffding1963, theorem 2")
    case .azuma:
      Entry(
        .proved, "azuma", in: "Hoeffding.v",
        "P(sum D >= b and sum c^2 <= v) <= e^(-2 b^2 / v)",
        assumes: "martingale differences, each in an interval whose length c is known before",
        symbol: "UCBVIHoeffding.regret", cites: "hoeffding1963, theorem 2 and section 5")
    case .visitsHoeffding:
      Entry(
        .proved, "visits_hoeffding_all", in: "Hoeffding.v",
        "P(ever |sum at n visits| > c sqrt(n L / 2), n <= m) <= 2 m e^-L",
        assumes: "whether a step visits the cell depends on the past only",
        symbol: "UCBVIHoeffding.bonus")
    case .visitsBernstein:
      Entry(
        .proved, "visits_bernstein_all", in: "Bernstein.v",
        "P(ever P^ - P > sqrt(2 P L / n) + L / 3n, n <= m) <= m e^-L",
        assumes: "an event with the same probability at each visit, which depend on the past only",
        symbol: "UCBVIHoeffding.bernsteinRegret", cites: "maurer2009, theorem 3")
    case .foldsHoeffding:
      Entry(
        .proved, "folds_whp", in: "Estimate.v",
        "|sum F - n E F| <= c sqrt(n L / 2) in all cells and folds with probability 1 - d",
        assumes: "fixed design; F of a fold depends on earlier folds; L >= ln(2 C T / d)",
        symbol: "HoeffdingPenalty")
    case .lcbBandit:
      Entry(
        .proved, "lcb_bandit", in: "LCB.v",
        "r(a*) - r(a^) <= 2 sqrt(L / (2 n(a*))) with probability 1 - delta, L = ln(2 A / delta)",
        assumes: "fixed design; independent rewards in [0, 1]; n(a*) > 0",
        symbol: "LCBHoeffding.suboptimality")
    case .vilcbFolds:
      Entry(
        .proved, "vilcb_folds", in: "VILCB.v",
        "V_T <= V^pi_T and V^pi - V^pi_T <= 2 sum g^i E b + g^T / (1 - g) with probability 1 - delta",
        assumes: "fixed design, T + 1 folds; rewards in [0, 1]; L = ln(2 S A T / delta) >= 2",
        symbol: "VILCBHoeffding.suboptimality")
    case .peviQuantifier:
      Entry(
        .proved, "pevi_quantifier", in: "PEVI.v",
        "|estimate - (r + P V)| <= beta_h sqrt(1 / (lambda + n)) with probability 1 - delta",
        assumes: "counts; data split by stages, fixed design; known rewards in [0, 1]; lambda > 0",
        symbol: "PEVIHoeffding.multipliers")
    case .peviSplit:
      Entry(
        .proved, "pevi_split", in: "PEVI.v",
        "V^ <= V^pi^ and V* - V^pi^ <= 2 sum_h E_pi*[Gamma_h] with probability 1 - delta",
        assumes: "counts; data split by stages, fixed design; known rewards in [0, 1]; lambda > 0",
        symbol: "PEVIHoeffding.suboptimality")
    case .linearQuantifier:
      Entry(
        .proved, "linear_quantifier_simplex", in: "LinearPEVI.v",
        "|phi w - (r + P V)| <= beta_h |phi|, with sqrt(d) sqrt(lambda), with probability 1 - delta",
        assumes:
          "simplex features, r = phi theta, theta in [0, 1]; data split by stages; lambda > 0",
        symbol: "SplitHoeffding.multipliers")
    case .linearSplit:
      Entry(
        .proved, "linear_split", in: "LinearSplit.v",
        "V^ <= V^pi^ and V* - V^pi^ <= 2 sum_h E_pi*[Gamma_h] with probability 1 - delta",
        assumes: "as linearQuantifier; the regression solves its normal equations",
        symbol: "PEVI")
    case .ucb1Plays:
      Entry(
        .proved, "ucb1_plays", in: "UCB1.v", "E[plays of a] <= 8 ln T / D^2 + 7/6",
        assumes: "rewards in [0, 1] of a fixed law for each arm; D > 0 is the gap of a; c = 2",
        symbol: "UCB1")
    case .ucb1Regret:
      Entry(
        .proved, "ucb1_regret", in: "UCB1.v", "E[R_T] <= sum (8 ln T / D + 7/6 D)",
        assumes: "rewards in [0, 1] of a fixed law for each arm; sum over gaps D > 0; c = 2",
        symbol: "UCB1Regret.regret")
    case .ucbviOptimism:
      Entry(
        .proved, "ucbvi_optimism", in: "UCBVIRegret.v",
        "Q_k >= Q* for all k, h, s, a with probability 1 - delta/3",
        assumes: "stationary transitions; known rewards in [0, 1]; the bonus of the proof",
        symbol: "UCBVIHoeffding.bonus")
    case .ucbviRegret:
      Entry(
        .proved, "ucbvi_regret", in: "UCBVISharpRegret.v",
        "R(k) <= min{R_u, R_b} with probability 1 - delta, for each k <= K",
        assumes: "stationary transitions; known rewards in [0, 1]; the bonus of the proof",
        symbol: "UCBVIHoeffding.regret")
    case .ucbviUniformRegret:
      Entry(
        .proved, "ucbvi_hoeffding_regret", in: "UCBVIRegret.v",
        "R(k) <= R_u with probability 1 - delta, for each k <= K",
        assumes: "stationary transitions; known rewards in [0, 1]; the bonus of the proof",
        symbol: "UCBVIHoeffding.uniformRegret")
    case .ucbviSharpRegret:
      Entry(
        .proved, "ucbvi_bernstein_regret", in: "UCBVISharpRegret.v",
        "R(k) <= R_b with probability 1 - delta, for each k <= K",
        assumes: "stationary transitions; known rewards in [0, 1]; the bonus of the proof",
        symbol: "UCBVIHoeffding.bernsteinRegret")
    case .ucbviBernsteinRate:
      Entry(
        .rateOnly, "the rate of UCBVI with Bernstein bonuses", in: nil,
        "R = O~(sqrt(H S A T) + H^2 S^2 A + H sqrt(T)), T = K H",
        assumes: "stationary transitions; known rewards in [0, 1]", symbol: "UCBVIBernstein",
        cites: "azar2017, theorem 2")
    }
  }
}
