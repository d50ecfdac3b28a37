// SPDX-License-Identifier: Apache-2.0

/// A store that orders goods before it knows the month's demand; demand that is not met is lost.
///
///     stock s ── order a (cost K + c a) ──→ s + a ── demand D ──→ max(s + a − D, 0)
///                                       holding h (s + a)     sales f · min(D, s + a)
///
/// - Shapes: states are the stock 0 … M; action a ≤ M − s is the order, so states differ in actions.
/// - Closed form: ``publishedValues``, the exact optimal values of the published instance.
/// - Source: [puterman1994], section 3.2, whose instance is the default.
public struct Inventory: Equatable, Sendable {
  /// The optimal values of the default instance over three months, without salvage value:
  /// (67, 129, 194, 227)/16.
  public static let publishedValues = [4.1875, 8.0625, 12.125, 14.1875]

  /// The capacity M.
  public let capacity: Int
  /// The cost K of placing an order.
  public let orderCost: Double
  /// The cost c of one unit.
  public let unitCost: Double
  /// The cost h of holding one unit for a month.
  public let holdingCost: Double
  /// The price f of one unit.
  public let price: Double
  /// The probability of each demand 0, 1, ….
  public let demand: [Double]

  /// Creates a store.
  ///
  /// - Throws: ``ModelError/badParameter(name:value:expected:)`` unless the costs are finite and the
  ///   demand is a distribution.
  public init(
    capacity: Int = 3, orderCost: Double = 4, unitCost: Double = 2, holdingCost: Double = 1,
    price: Double = 8, demand: [Double] = [0.25, 0.5, 0.25]
  ) throws(ModelError) {
    try ParameterCheck.range("capacity", capacity, 1...46_340)
    for (name, value) in [
      ("orderCost", orderCost), ("unitCost", unitCost), ("holdingCost", holdingCost),
      ("price", price),
    ] {
      try ParameterCheck.finite(name, value)
    }
    try ParameterCheck.require(
      !demand.isEmpty && demand.allSatisfy { $0 >= 0 }, "demand", demand, "probabilities")
    var total = CompensatedSum()
    for p in demand { total.add(p) }
    try ParameterCheck.require(
      abs(total.value - 1) <= Double(demand.count) * .ulpOfOne, "demand", demand,
      "probabilities that sum to 1 (they sum to \(total.value))")
    let M = Double(capacity)
    try ParameterCheck.size(
      "capacity", capacity, states: M + 1, choices: (M + 1) * (M + 2) / 2,
      entries: (M + 1) * (M + 2) / 2 * min(Double(demand.count), M + 1))
    self.capacity = capacity
    self.orderCost = orderCost
    self.unitCost = unitCost
    self.holdingCost = holdingCost
    self.price = price
    self.demand = demand
  }

  /// The model of the store; it opens empty.
  ///
  /// - Throws: ``ModelError`` if the numbers do not pass the checks of ``TabularMDP``.
  public func model() throws(ModelError) -> TabularMDP {
    let choices = (capacity + 1) * (capacity + 2) / 2
    var builder = ModelBuilder(
      states: capacity + 1, actions: capacity + 1, choices: choices,
      entries: choices * min(demand.count, capacity + 1))
    for stock in 0...capacity {
      for order in 0...(capacity - stock) {
        let supply = stock + order
        var sales = 0.0
        // From the greatest demand down, so that next states come in order.
        var unmet = CompensatedSum()
        for d in demand.indices.reversed() {
          sales += demand[d] * price * Double(min(d, supply))
          if d >= supply { unmet.add(demand[d]) } else { builder.add(demand[d], to: supply - d) }
          if d == supply { builder.add(min(1, unmet.value), to: 0) }
        }
        let placing = order > 0 ? orderCost + unitCost * Double(order) : 0
        builder.endChoice(
          action: order, reward: sales - placing - holdingCost * Double(supply))
      }
      builder.endState()
    }
    return try builder.model(start: 0)
  }
}
