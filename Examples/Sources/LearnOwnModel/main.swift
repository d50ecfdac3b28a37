// SPDX-License-Identifier: Apache-2.0
import Provably
import Workshop

// (1) Ten steps an episode; the optimal values are known, so regret is exact.
let problem = try EpisodicProblem(Machine().model(), horizon: 10)
let episodes = [10, 100, 1_000, 10_000]
print("the best policy earns", text(problem.optimalReturn), "an episode")
print("episodes:", episodes.map(\.description).joined(separator: ", "))

// (2) The regret of a learner that is optimistic, and of one that is greedy.
let learners: [any EpisodicLearner] = [UCBVI(), GreedyModel()]
for learner in learners {
  var rng = Xoshiro256(seed: 1, purpose: "learn own model")
  let regret = try learner.regret(on: problem, at: episodes, using: &rng)
  print("\(learner.name) lost", regret.map { text($0) }.joined(separator: ", "))
}

// (3) What is proved about them, with the theorem that it is an instance of.
for learner in learners {
  if let bound = learner.regretBound(on: problem, episodes: 10_000) {
    print("\(learner.name) loses at most \(text(bound.value)) with probability at least 0.95,")
    print("  as \(bound.guarantee.whereabouts) says")
  } else {
    print("\(learner.name): nothing is proved")
  }
}
