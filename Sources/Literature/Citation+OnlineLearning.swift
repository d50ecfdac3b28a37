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
  /// Optimistic Curiosity Exploration and Conservative Exploitation with Linear Reward Shaping.
  public static let sun2022 = Citation(
    key: "sun2022",
    authors: [
      "Hao Sun", "Lei Han", "Rui Yang", "Xiaoteng Ma", "Jian Guo", "Bolei Zhou",
    ],
    title:
      "Optimistic Curiosity Exploration and Conservative Exploitation with Linear Reward Shaping",
    venue: "Advances in Neural Information Processing Systems 35", year: 2022,
    arXiv: "2209.07288")
  /// Q-Learning.
  public static let watkins1992 = Citation(
    key: "watkins1992",
    authors: ["Christopher J. C. H. Watkins", "Peter Dayan"],
    title: "Q-Learning",
    venue: "Machine Learning", year: 1992)
}
