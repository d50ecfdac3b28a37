// SPDX-License-Identifier: Apache-2.0

// What the measures of hardness rely on, sorted by key.
extension Citation {
  /// REGAL.
  public static let bartlett2009 = Citation(
    key: "bartlett2009",
    authors: ["Peter L. Bartlett", "Ambuj Tewari"],
    title:
      "REGAL: A Regularization Based Algorithm for Reinforcement Learning in Weakly "
      + "Communicating MDPs",
    venue: "Proceedings of the Twenty-Fifth Conference on Uncertainty in Artificial Intelligence",
    year: 2009,
    arXiv: "1205.2661")
  /// Norms and Exclusion Theorems.
  public static let bauer1960 = Citation(
    key: "bauer1960",
    authors: ["F. L. Bauer", "C. T. Fike"],
    title: "Norms and Exclusion Theorems",
    venue: "Numerische Mathematik", year: 1960,
    doi: "10.1007/BF01386217")
  /// Information-Theoretic Considerations in Batch Reinforcement Learning.
  public static let chen2019 = Citation(
    key: "chen2019",
    authors: ["Jinglin Chen", "Nan Jiang"],
    title: "Information-Theoretic Considerations in Batch Reinforcement Learning",
    venue: "Proceedings of the Thirty-Sixth International Conference on Machine Learning",
    year: 2019,
    arXiv: "1905.00360")
  /// Regenerative Analysis and Steady State Distributions for Markov Chains.
  public static let grassmann1985 = Citation(
    key: "grassmann1985",
    authors: ["Winfried K. Grassmann", "Michael I. Taksar", "Daniel P. Heyman"],
    title: "Regenerative Analysis and Steady State Distributions for Markov Chains",
    venue: "Operations Research", year: 1985,
    doi: "10.1287/opre.33.5.1107")
  /// Near-Optimal Regret Bounds for Reinforcement Learning.
  public static let jaksch2010 = Citation(
    key: "jaksch2010",
    authors: ["Thomas Jaksch", "Ronald Ortner", "Peter Auer"],
    title: "Near-Optimal Regret Bounds for Reinforcement Learning",
    venue: "Journal of Machine Learning Research", year: 2010)
  /// Pessimism for offline reinforcement learning.
  public static let jin2021 = Citation(
    key: "jin2021",
    authors: ["Ying Jin", "Zhuoran Yang", "Zhaoran Wang"],
    title: "Is Pessimism Provably Efficient for Offline RL?",
    venue: "Proceedings of the Thirty-Eighth International Conference on Machine Learning",
    year: 2021,
    arXiv: "2012.15085")
  /// Finite Markov Chains.
  public static let kemeny1960 = Citation(
    key: "kemeny1960",
    authors: ["John G. Kemeny", "J. Laurie Snell"],
    title: "Finite Markov Chains",
    venue: "Van Nostrand", year: 1960)
  /// Bridging RL Theory and Practice with the Effective Horizon.
  public static let laidlaw2023 = Citation(
    key: "laidlaw2023",
    authors: ["Cassidy Laidlaw", "Stuart Russell", "Anca Dragan"],
    title: "Bridging RL Theory and Practice with the Effective Horizon",
    venue: "Advances in Neural Information Processing Systems 36", year: 2023,
    arXiv: "2304.09853")
  /// Markov Chains and Mixing Times.
  public static let levin2009 = Citation(
    key: "levin2009",
    authors: ["David A. Levin", "Yuval Peres", "Elizabeth L. Wilmer"],
    title: "Markov Chains and Mixing Times",
    venue: "American Mathematical Society", year: 2009)
  /// The distribution-norm of a Markov decision process.
  public static let maillard2014 = Citation(
    key: "maillard2014",
    authors: ["Odalric-Ambrym Maillard", "Timothy A. Mann", "Shie Mannor"],
    title: "How Hard Is My MDP? The Distribution-Norm to the Rescue",
    venue: "Advances in Neural Information Processing Systems 27", year: 2014)
  /// Finite-Time Bounds for Fitted Value Iteration.
  public static let munos2008 = Citation(
    key: "munos2008",
    authors: ["Rémi Munos", "Csaba Szepesvári"],
    title: "Finite-Time Bounds for Fitted Value Iteration",
    venue: "Journal of Machine Learning Research", year: 2008)
  /// Entrywise Perturbation Theory and Error Analysis for Markov Chains.
  public static let ocinneide1993 = Citation(
    key: "ocinneide1993",
    authors: ["Colm Art O'Cinneide"],
    title: "Entrywise Perturbation Theory and Error Analysis for Markov Chains",
    venue: "Numerische Mathematik", year: 1993)
  /// Bridging Offline Reinforcement Learning and Imitation Learning.
  public static let rashidinejad2021 = Citation(
    key: "rashidinejad2021",
    authors: ["Paria Rashidinejad", "Banghua Zhu", "Cong Ma", "Jiantao Jiao", "Stuart Russell"],
    title: "Bridging Offline Reinforcement Learning and Imitation Learning: A Tale of Pessimism",
    venue: "Advances in Neural Information Processing Systems 34", year: 2021,
    arXiv: "2103.12021")
  /// Non-Asymptotic Gap-Dependent Regret Bounds for Tabular MDPs.
  public static let simchowitz2019 = Citation(
    key: "simchowitz2019",
    authors: ["Max Simchowitz", "Kevin Jamieson"],
    title: "Non-Asymptotic Gap-Dependent Regret Bounds for Tabular MDPs",
    venue: "Advances in Neural Information Processing Systems 32", year: 2019,
    arXiv: "1905.03814")
  /// The Role of Coverage in Online Reinforcement Learning.
  public static let xie2023 = Citation(
    key: "xie2023",
    authors: ["Tengyang Xie", "Dylan J. Foster", "Yu Bai", "Nan Jiang", "Sham M. Kakade"],
    title: "The Role of Coverage in Online Reinforcement Learning",
    venue: "Eleventh International Conference on Learning Representations", year: 2023,
    arXiv: "2210.04157")
}
