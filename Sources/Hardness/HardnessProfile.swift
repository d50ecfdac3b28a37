// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels

/// All measures of one discounted problem, each found when it is asked for; what measures share is
/// found once.
public struct HardnessProfile {
  private let problem: DiscountedMDP?
  private let features: Matrix?
  private let missing: HardnessError
  private var values: Result<ValueBounds, any Error>?
  private var chain: Result<PolicyChain, any Error>?
  private var visits: Result<GreatestVisits, any Error>?
  private var data: Result<DataDistribution, any Error>?

  /// Entries of the table up to which a low-rank model is formed.
  public static let tableLimit = 4_000_000

  /// Prepares the measures of a problem.
  public init(of problem: DiscountedMDP) {
    self.problem = problem
    self.features = nil
    self.missing = .noFeatures
  }

  /// Prepares the measures of a low-rank model, whose table is formed up to ``tableLimit`` entries;
  /// beyond, only the measure of its features applies.
  ///
  /// - Throws: ``/MarkovModels/ModelError``, for a bad discount in particular.
  public init(of model: LowRankMDP, discount: Double) throws(ModelError) {
    let size = model.choiceCount * model.stateCount
    let isSmall = size <= Self.tableLimit
    self.problem = isSmall ? try DiscountedMDP(model.tabular(), discount: discount) : nil
    self.features = model.features
    self.missing = .tooLarge(what: "entries of the table", size: size, limit: Self.tableLimit)
  }

  /// Finds one measure.
  ///
  /// - Returns: The number, or why the measure does not apply.
  /// - Throws: Errors of planners.
  public mutating func finding(_ measure: Measure) throws -> Finding {
    do {
      let (value, note) = try find(measure)
      return Finding(measure: measure, value: value, note: note)
    } catch let error as HardnessError {
      return Finding(measure: measure, value: nil, note: error.description)
    } catch let error as LinearAlgebraError {
      return Finding(measure: measure, value: nil, note: "not computed: \(error)")
    } catch let error as SparseLUError {
      return Finding(measure: measure, value: nil, note: "not computed: \(error)")
    }
  }

  private mutating func find(_ measure: Measure) throws -> (Measured, String) {
    switch measure {
    case .gap:
      let bounds = try valueBounds()
      let gaps = ActionGaps(of: bounds)
      return (try gaps.minimum(), Self.ties(bounds, gaps))
    case .gapMedian: return (try ActionGaps(of: valueBounds()).quantile(0.5), "")
    case .gapGreatest: return (try ActionGaps(of: valueBounds()).quantile(1), "")
    case .inverseGaps: return (try InverseGapSum(of: valueBounds()).value, "")
    case .span: return (ValueSpan(of: try valueBounds()).value, "")
    case .valueNorm: return (ValueNorm(of: try valueBounds()).value, "")
    case .variance:
      let bounds = try valueBounds()
      let variance = EnvironmentalVariance(of: bounds)
      let note = "at \(bounds.problem.dynamics.place(choice: variance.choice))"
      return (variance.value, variance.value.upper > 0 ? note : "the dynamics are deterministic")
    case .effectiveHorizon: return (try EffectiveHorizon(of: valueBounds()).steps, "")
    case .diameter:
      let model = try dynamics()
      let diameter = try Diameter(of: model)
      return (
        diameter.steps,
        "from \(model.place(state: diameter.start)) to \(model.place(state: diameter.target))"
      )
    case .oneWayDiameter:
      let bounds = try valueBounds()
      let diameter = try OneWayDiameter(of: bounds)
      let place = bounds.problem.dynamics.place(state: diameter.targets[0])
      let others = diameter.targets.count - 1
      return (diameter.steps, "to \(place)" + (others > 0 ? ", tied with \(others) more" : ""))
    case .mixingTime: return (try MixingTime(of: policyChain()).steps, "")
    case .secondEigenvalue:
      let second = try SecondEigenvalue(of: policyChain())
      let isLoose = second.modulus.width > 1e-6
      return (second.modulus, isLoose ? "LAPACK's estimate \(Self.short(second.estimate))" : "")
    case .kemeny: return (try KemenyConstant(of: policyChain()).steps, "")
    case .concentrability:
      return (try Concentrability(of: valueBounds(), data: randomData()).value, "")
    case .uniformConcentrability:
      return (try UniformConcentrability(of: greatestVisits(), data: randomData()).value, "")
    case .coverability:
      let visits = try greatestVisits()
      return (Coverability(of: visits).value, "of \(visits.visits.count) at most")
    case .featureEigenvalue:
      guard let features else { throw HardnessError.noFeatures }
      if problem == nil {
        let even = [Double](repeating: 1 / Double(features.rowCount), count: features.rowCount)
        let data = try DataDistribution(weights: even)
        return (
          try FeatureCovariance(features: features, data: data).leastEigenvalue,
          "all choices alike"
        )
      }
      return (
        try FeatureCovariance(features: features, data: randomData()).leastEigenvalue,
        "of 1/\(features.columnCount) at most"
      )
    }
  }

  private static func ties(_ bounds: ValueBounds, _ gaps: ActionGaps) -> String {
    let count = "of \(gaps.positive.count)"
    guard bounds.undecidedTies > 0 else { return count }
    return count + "; \(bounds.undecidedTies) ties up to \(short(bounds.resolution))"
  }

  /// Three digits.
  private static func short(_ x: Double) -> String {
    guard x != 0, x.isFinite else { return "\(x)" }
    var (size, exponent) = (abs(x), 0)
    while size >= 9.995 { (size, exponent) = (size / 10, exponent + 1) }
    while size < 0.9995 { (size, exponent) = (size * 10, exponent - 1) }
    let digits = (size * 100).rounded() / 100
    if (-3..<4).contains(exponent) {
      // Enough decimals for three digits, without an exponent.
      var scale = 100.0
      for _ in 0..<abs(exponent) { scale = exponent < 0 ? scale * 10 : scale / 10 }
      return "\((x * scale).rounded() / scale)"
    }
    return (x < 0 ? "-" : "") + (exponent == 0 ? "\(digits)" : "\(digits)e\(exponent)")
  }

  private func dynamics() throws -> TabularMDP {
    guard let problem else { throw missing }
    return problem.dynamics
  }

  private mutating func valueBounds() throws -> ValueBounds {
    let result =
      values
      ?? Result { [problem, missing] in
        guard let problem else { throw missing }
        return try ValueBounds(of: problem)
      }
    values = result
    return try result.get()
  }

  private mutating func policyChain() throws -> PolicyChain {
    let bounds = try valueBounds()
    let result = chain ?? Result { try PolicyChain(bounds.policy, of: bounds.problem.dynamics) }
    chain = result
    return try result.get()
  }

  private mutating func greatestVisits() throws -> GreatestVisits {
    let result =
      visits
      ?? Result { [problem, missing] in
        guard let problem else { throw missing }
        return try GreatestVisits(in: problem)
      }
    visits = result
    return try result.get()
  }

  private mutating func randomData() throws -> DataDistribution {
    let result =
      data
      ?? Result { [problem, missing] in
        guard let problem else { throw missing }
        return try DataDistribution.uniformPolicy(in: problem)
      }
    data = result
    return try result.get()
  }
}
