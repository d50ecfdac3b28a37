// SPDX-License-Identifier: Apache-2.0
import Experiments
import Literature

/// Optimistic least-squares value iteration: rate, optimism, growth, and the tabular case.
public let lsviUCBStudy = Study(
  id: "lsvi-ucb",
  title: "LSVI-UCB: regret of order √T in linear MDPs",
  source: .jin2020,
  summary: """
    Least-squares value iteration with a bonus β ‖φ‖_{Λ⁻¹}, played online in linear MDPs. The paper proves a \
    regret of order √(d³H³T), T = KH steps, with a bonus whose constant it does not specify; so only the \
    rate is held against measurement: √K on gaps that shrink with K, optimism as a coverage by \
    multiplier, growth in d and H, and the tabular special case. Regret is exact: every policy that is \
    played is evaluated in the true model.
    """,
  claims: [OptimismRate(), LinearOptimism(), OptimismGrowth(), OneHotOptimism()])
