// SPDX-License-Identifier: Apache-2.0
import Certificates
import LinearAlgebra
import MarkovModels

/// Policy iteration in r dimensions for P = Φ M, exact or truncated.
///
///     factor P ≈ Φ M by the SVD, keep r singular values                   (1)
///     δ_k ← ‖P_k − φ_k M‖₁ for every choice k                             (2)
///     repeat
///       w ← T̂ v,  π ← greedy for v,  T̂ the operator of Φ M               (3)
///       solve (I − γ M Φ_π) z = M (w − v)   (r × r)                       (4)
///       v ← w + γ Φ_π z                                                   (5)
///     bounds from w − v, widened by what (2) can hide                      (6)
///
/// Where the factors are distributions (3) reads only the rows of Φ that can still win, see `FactoredSweep`.
///
/// For a model that is given by its factors, (1) and (2) fall away and P is never formed.
///
/// **What truncation hides (simulation lemma).** For any v with range [a⁻, a⁺], a = (a⁻ + a⁺)/2,
///
///     |P_k v − φ_k M v| ≤ δ_k (a⁺ − a⁻)/2 + |a| |P_k 1 − φ_k M 1|,
///
/// so T v and T̂ v differ by at most γ times the greatest right-hand side over k. Added to d⁺ and
/// subtracted from d⁻ this makes (6) hold for the true P; divided by 1 − γ it is the simulation lemma.
/// When the true P is at hand one sweep of its own T on v gives bounds too, and the tighter of the
/// two is returned.
///
/// - Guarantee: L ≤ V^π ≤ V* ≤ U for the true model, whatever the rank.
/// - Complexity: (1) O(K S min(K, S)), (2) O(K S r); each iteration O((K + S) r + S r²).
/// - Source: [jin2020] for the model; [kearns2002] for the simulation lemma, proved in `Proofs`.
public struct LowRankPlanner: DiscountedPlanner {
  /// The method's name on the command line.
  public static let name = "low-rank"
  /// One line for lists.
  public static let summary = "policy iteration in r dimensions, P = Phi M, exact or truncated"

  /// The largest K · S for which the SVD of a table is taken.
  public static let largestTable = 100_000_000

  /// The number of singular values to keep; all that are not rounding when `nil`.
  public let rank: Int?

  /// Creates the method.
  ///
  /// - Precondition: `rank` is at least 1.
  public init(rank: Int? = nil) {
    precondition(rank.map { $0 >= 1 } ?? true, "the rank is at least 1")
    self.rank = rank
  }

  /// What a table's solution by truncation gives besides the solution itself.
  public struct TruncatedSolution: Sendable {
    /// The tighter of the two certified answers.
    public let solution: Solution
    /// The certificate of the simulation lemma alone, which never looks at P again.
    public let simulationCertificate: Certificate
    /// The number of singular values kept.
    public let rank: Int
    /// The greatest δ_k, rounded up.
    public let truncationError: Double
  }

  /// Solves a problem given as a table.
  public func solve(
    _ problem: DiscountedMDP, stopping: StoppingRule, monitor: SolveMonitor
  ) throws -> Solution {
    try solveTruncated(problem, stopping: stopping, monitor: monitor).solution
  }

  /// Solves a problem given as a table and says what the truncation did.
  ///
  /// - Throws: ``LowRankError/tableTooLarge(entries:limit:)``, or the errors of the linear algebra.
  public func solveTruncated(
    _ problem: DiscountedMDP, stopping: StoppingRule = StoppingRule(),
    monitor: SolveMonitor = .silent
  ) throws -> TruncatedSolution {
    let model = problem.dynamics
    let size = model.choiceCount * model.stateCount
    guard size <= Self.largestTable else {
      throw LowRankError.tableTooLarge(entries: size, limit: Self.largestTable)
    }
    // (1): Pᵀ = U Σ Vᵀ is stored by columns, so P = (V Σ) Uᵀ.
    let table = model.transitions.denseForm()
    let svd = try SingularValueDecomposition(table)
    let r = min(rank ?? max(1, svd.rank()), svd.singularValues.count)
    var features = Matrix(model.choiceCount, r)
    var measures = Matrix(r, model.stateCount)
    for i in 0..<r {
      for k in 0..<model.choiceCount {
        features[k, i] = svd.rightVectorsTransposed[i, k] * svd.singularValues[i]
      }
      for s in 0..<model.stateCount { measures[i, s] = svd.leftVectors[s, i] }
    }
    let op = FactoredOperator(
      stateCount: model.stateCount, choicePointers: model.choicePointers, features: features,
      measures: measures, rewards: model.rewards, discount: problem.discount)
    let absoluteSum = op.absoluteSum
    let truncation = Truncation(table, op, absoluteSum: absoluteSum)  // (2)
    let range = model.rewardRange
    let constants = CertifiedBounds.Constants(
      discount: problem.discount, rowSums: model.rowSums,
      largestReward: max(abs(range.lowerBound), abs(range.upperBound)),
      longestRow: model.stateCount + r + 64, absoluteSum: absoluteSum)
    var run = try iterate(op, constants, stopping, monitor) { v in
      truncation.slack(v, problem.discount)
    }
    let simulated = run.bounds.certificate(
      discount: problem.discount, vector: run.v, choices: run.choices, method: Self.name,
      status: run.status, iterations: run.iterations, epsilon: stopping.epsilon)
    // One sweep of the true operator: bounds that know P.
    let T = BellmanOperator(model, discount: problem.discount)
    var w = run.v
    var choices = run.choices
    let d = T.apply(run.v, into: &w, choices: &choices)
    let exact = CertifiedBounds(
      extrema: d, magnitude: largestMagnitude(run.v), constants: .init(T))
    let notes = [
      "rank \(r) of at most \(svd.singularValues.count); truncation error "
        + "\(truncation.largest) in the 1-norm of a row",
      "gap by the simulation lemma alone \(run.bounds.gap), by a sweep of the true P \(exact.gap)",
    ]
    if exact.gap <= run.bounds.gap { (run.bounds, run.choices) = (exact, choices) }
    if run.bounds.gap <= stopping.epsilon { run.status = .converged }
    return TruncatedSolution(
      solution: try run.bounds.solution(
        problem, vector: run.v, choices: run.choices, method: Self.name, status: run.status,
        iterations: run.iterations, epsilon: stopping.epsilon, notes: notes),
      simulationCertificate: simulated, rank: r, truncationError: truncation.largest)
  }

  /// What a model given by its factors has for a solution: choice k belongs to state k / A.
  public struct FactoredSolution: Sendable {
    /// The middle of the certified interval for V*, one number for each state.
    public let values: [Double]
    /// The policy's choice in each state.
    public let choices: [Int]
    /// Bounds on V* and on the policy's value.
    public let certificate: Certificate
    /// How much of the certified gap is there only to allow for rounding errors.
    public let roundingWidth: Double
    /// What the method did, in words.
    public let notes: [String]
  }

  /// Solves a model given by its factors, without forming P.
  ///
  /// - Throws: ``/MarkovModels/ModelError/badDiscount(_:)``, or the errors of the linear algebra.
  public func solve(
    _ model: LowRankMDP, discount: Double, stopping: StoppingRule = StoppingRule(),
    monitor: SolveMonitor = .silent
  ) throws -> FactoredSolution {
    guard discount >= 0, discount < 1, discount * model.rowSums.upperBound < 1 else {
      throw ModelError.badDiscount(discount)
    }
    let op = FactoredOperator(model, discount: discount)
    let constants = CertifiedBounds.Constants(
      discount: discount, rowSums: model.rowSums,
      largestReward: model.rewards.reduce(0) { max($0, abs($1)) },
      longestRow: model.stateCount + model.rank + 64, absoluteSum: op.absoluteSum)
    let run = try iterate(op, constants, stopping, monitor) { _ in 0 }
    let middle = 0.5 * (run.bounds.upperShift + run.bounds.lowerShift)
    return FactoredSolution(
      values: run.v.map { $0 + middle }, choices: run.choices,
      certificate: run.bounds.certificate(
        discount: discount, vector: run.v, choices: run.choices, method: Self.name,
        status: run.status, iterations: run.iterations, epsilon: stopping.epsilon),
      roundingWidth: run.bounds.roundingWidth,
      notes: [
        "P = Phi M of rank \(model.rank) is never formed",
        "\(run.rowsRead) rows of Phi read in all; a full sweep reads \(model.rewards.count)",
      ])
  }

  private struct Run {
    var v: [Double]
    var choices: [Int]
    var bounds: CertifiedBounds
    var status: SolveStatus
    var iterations: Int
    var rowsRead: Int
  }

  /// Steps (3) to (6).
  private func iterate(
    _ T: FactoredOperator, _ constants: CertifiedBounds.Constants, _ stopping: StoppingRule,
    _ monitor: SolveMonitor, slack: ([Double]) -> Double
  ) throws -> Run {
    var v = [Double](repeating: 0, count: T.stateCount)
    var w = v
    var sweep = FactoredSweep(T)
    var iteration = 0
    var policyRepeats = false
    while true {
      iteration += 1
      let d = iteration == 1 ? sweep.applyToZero(into: &w) : sweep.apply(v, into: &w)  // (3)
      let hidden = slack(v)
      let bounds = CertifiedBounds(
        extrema: d, magnitude: sweep.magnitude, constants: constants, slack: hidden)  // (6)
      var status = stopping.status(after: iteration, bounds, Self.name, monitor)
      // Once the policy repeats, v solves the truncated model: only its truncation is left.
      if status == nil {
        policyRepeats = sweep.adoptPolicy() == 0
        if hidden > 0, policyRepeats, d.magnitude <= 0.01 * hidden { status = .truncationLimit }
      }
      if let status {
        return Run(
          v: v, choices: sweep.choices, bounds: bounds, status: status, iterations: iteration,
          rowsRead: sweep.rowsRead)
      }
      for s in v.indices { w[s] -= v[s] }
      try T.evaluate(sweep.policyRows, w, addingTo: &v)  // (4), (5): v + δ = w + γ Φ_π z
    }
  }
}

/// Why a table cannot be factored.
public enum LowRankError: Error, Equatable, CustomStringConvertible {
  /// The SVD of the table would take too long and too much memory.
  case tableTooLarge(entries: Int, limit: Int)

  /// The error in words.
  public var description: String {
    switch self {
    case .tableTooLarge(let entries, let limit):
      "low-rank: the table has \(entries) entries, at most \(limit) are factored; "
        + "give the model by its factors instead"
    }
  }
}

/// How far the rows of a factored matrix are from the true ones.
private struct Truncation {
  /// δ_k = ‖P_k − φ_k M‖₁, rounded up.
  let errors: [Double]
  /// |P_k 1 − φ_k M 1|, rounded up.
  let massErrors: [Double]

  var largest: Double { errors.max() ?? 0 }

  /// Each entry of Φ M is computed within (⌈r/8⌉ + 5) u Σ_i |φ_ki| |M_is|, whose sum over s is at
  /// most that factor times `absoluteSum`; both errors are widened by it.
  init(_ table: Matrix, _ op: FactoredOperator, absoluteSum: Double) {
    let (S, r) = (op.stateCount, op.rank)
    let columns = Matrix(S, r, columnMajor: op.measures).transposed().elements  // M by columns
    let rounding =
      Double((r + 7) / 8 + 5 + S) * 0x1.01p-53 * (absoluteSum + 2) + Double(S)
      * .leastNormalMagnitude
    var errors = [Double](repeating: 0, count: op.rewards.count)
    var masses = errors
    var phi = [Double](repeating: 0, count: r)
    for k in op.rewards.indices {
      for i in 0..<r { phi[i] = op.features[k * r + i] }
      let row = op.product(columns, length: r, phi)
      var (error, mass) = (0.0, 0.0)
      for s in 0..<S {
        let difference = table.elements[k * S + s] - row[s]
        error += abs(difference)
        mass += difference
      }
      errors[k] = (error + rounding).nextUp
      masses[k] = (abs(mass) + rounding).nextUp
    }
    self.errors = errors
    massErrors = masses
  }

  /// A bound on |T v − T̂ v| in every state, rounded up.
  func slack(_ v: [Double], _ discount: Double) -> Double {
    let (low, high) = v.reduce((Double.infinity, -Double.infinity)) {
      (min($0.0, $1), max($0.1, $1))
    }
    let half = 0.5 * (high - low)
    let middle = abs(0.5 * high + 0.5 * low)
    var largest = 0.0
    for k in errors.indices { largest = max(largest, errors[k] * half + massErrors[k] * middle) }
    return discount * largest * (1 + 0x1p-48)
  }
}
