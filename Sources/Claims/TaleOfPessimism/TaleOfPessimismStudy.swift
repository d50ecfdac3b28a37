// SPDX-License-Identifier: Apache-2.0
import Experiments
import Literature

/// Pessimism in offline learning, from imitation to partial coverage.
public let taleOfPessimismStudy = Study(
  id: "tale-of-pessimism",
  title: "A tale of pessimism: lower confidence bounds on fixed data",
  source: .rashidinejad2021,
  summary: """
    Fixed data cover an optimal policy up to a factor C* = max d^π*(s, a)/μ(s, a). C* = 1 is an expert's \
    data, C* = ∞ says nothing. The paper analyses one rule, maximise a lower confidence bound, for every \
    C*. Here its rates are measured on families of instances that move with the number of data N, because \
    on a fixed instance every sensible rule errs exponentially rarely. Where there are two arms the \
    expectations are binomial sums, not simulations.
    """,
  claims: [
    BanditRates(), MissingMass(), KneeInConcentrability(), MostPlayedSeparation(),
    HoeffdingBound(), MDPRates(), PessimisticCoverage(),
  ])
