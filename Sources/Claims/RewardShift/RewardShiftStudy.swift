// SPDX-License-Identifier: Apache-2.0
import Experiments
import Literature

/// A constant added to every reward, as the first values of Q-learning see it.
public let rewardShiftStudy = Study(
  id: "reward-shift",
  title: "Reward shift: optimism and pessimism by one constant",
  source: .sun2022,
  summary: """
    A constant added to every reward changes no optimal policy of a task that never ends, but it \
    changes learning: it is the same as other first values. The study holds the identity to \
    rounding, shows where it ends, and then what it is good for: a negative shift explores, a \
    positive one avoids actions that fixed data do not hold. The paper works with deep networks; \
    here everything is tabular, so that truth and rounding are known.
    """,
  claims: [ShiftIdentity(), ShiftExploration(), ShiftConservatism()])
