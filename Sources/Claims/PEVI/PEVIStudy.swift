// SPDX-License-Identifier: Apache-2.0
import Experiments
import Literature

/// Pessimistic value iteration: penalty, coverage, rate, and what happens without it.
public let peviStudy = Study(
  id: "pevi",
  title: "Pessimistic value iteration: the penalty along the optimal policy is the price",
  source: .jin2021,
  summary: """
    Value iteration on offline data with a penalty for uncertainty. If the penalty bounds the error of \
    one backup, the value it reports is below that of its policy, and its policy loses at most twice \
    the penalty met along the optimal policy, whatever the data do elsewhere. Held against measurement: \
    that inequality, the validity of a penalty with explicit constants proved here, the rate in the \
    number of episodes, the tabular special case, and the failure of the same algorithm without a \
    penalty. Data are finite-horizon, split by stages; suboptimality is exact.
    """,
  claims: [
    PenaltyBound(), PenaltyCoverage(), PessimismRate(), OneHotPessimism(), PessimismSeparation(),
  ])
