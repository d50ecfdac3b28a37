// SPDX-License-Identifier: Apache-2.0
import Experiments
import Literature

/// Stochastic bandits: the logarithmic constant and the minimax rate.
public let banditStudy = Study(
  id: "bandits",
  title: "Bandits: the constant of Lai and Robbins, and the minimax rate",
  source: .auer2002,
  summary: """
    Index strategies and Thompson sampling on stochastic bandits. On a fixed instance the regret of the \
    good ones grows like C ln T with a constant known since 1985; over instances that move with T \
    nothing does better than √(KT), and a strategy can have one virtue without the other. Regret is \
    the pseudo-regret, from the exact gaps; the only noise is that of rewards and of sampling.
    """,
  claims: [LaiRobbinsSlopes(), MinimaxBandits()])
