// SPDX-License-Identifier: Apache-2.0

// What online learners rest on.
extension Citation {
  /// Minimax Regret Bounds for Reinforcement Learning.
  public static let azar2017 = Citation(
    key: "azar2017",
    authors: ["Mohammad Gheshlaghi Azar", "Ian Osband", "Rémi Munos"],
    title: "Minimax Regret Bounds for Reinforcement Learning",
    venue: "Proceedings of the 34th International Conference on Machine Learning", year: 2017,
    arXiv: "1703.05449")
}
