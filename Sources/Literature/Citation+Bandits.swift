// SPDX-License-Identifier: Apache-2.0

// What bandits rest on.
extension Citation {
  /// Further Optimal Regret Bounds for Thompson Sampling.
  public static let agrawal2013 = Citation(
    key: "agrawal2013",
    authors: ["Shipra Agrawal", "Navin Goyal"],
    title: "Further Optimal Regret Bounds for Thompson Sampling",
    venue:
      "Proceedings of the Sixteenth International Conference on Artificial Intelligence and Statistics",
    year: 2013,
    arXiv: "1209.3353")
  /// Minimax Policies for Adversarial and Stochastic Bandits.
  public static let audibert2009 = Citation(
    key: "audibert2009",
    authors: ["Jean-Yves Audibert", "Sébastien Bubeck"],
    title: "Minimax Policies for Adversarial and Stochastic Bandits",
    venue: "Proceedings of the Twenty-Second Annual Conference on Learning Theory", year: 2009)
  /// Finite-time Analysis of the Multiarmed Bandit Problem.
  public static let auer2002 = Citation(
    key: "auer2002",
    authors: ["Peter Auer", "Nicolò Cesa-Bianchi", "Paul Fischer"],
    title: "Finite-time Analysis of the Multiarmed Bandit Problem",
    venue: "Machine Learning", year: 2002,
    doi: "10.1023/A:1013689704352")
  /// The KL-UCB Algorithm for Bounded Stochastic Bandits and Beyond.
  public static let garivier2011 = Citation(
    key: "garivier2011",
    authors: ["Aurélien Garivier", "Olivier Cappé"],
    title: "The KL-UCB Algorithm for Bounded Stochastic Bandits and Beyond",
    venue: "Proceedings of the Twenty-Fourth Annual Conference on Learning Theory", year: 2011,
    arXiv: "1102.2490")
  /// Thompson Sampling: An Asymptotically Optimal Finite-Time Analysis.
  public static let kaufmann2012 = Citation(
    key: "kaufmann2012",
    authors: ["Emilie Kaufmann", "Nathaniel Korda", "Rémi Munos"],
    title: "Thompson Sampling: An Asymptotically Optimal Finite-Time Analysis",
    venue: "Algorithmic Learning Theory", year: 2012,
    arXiv: "1205.4217")
  /// Asymptotically Efficient Adaptive Allocation Rules.
  public static let lai1985 = Citation(
    key: "lai1985",
    authors: ["T. L. Lai", "Herbert Robbins"],
    title: "Asymptotically Efficient Adaptive Allocation Rules",
    venue: "Advances in Applied Mathematics", year: 1985,
    doi: "10.1016/0196-8858(85)90002-8")
  /// On the Likelihood that One Unknown Probability Exceeds Another in View of the Evidence of Two Samples.
  public static let thompson1933 = Citation(
    key: "thompson1933",
    authors: ["William R. Thompson"],
    title:
      "On the Likelihood that One Unknown Probability Exceeds Another in View of the Evidence of Two Samples",
    venue: "Biometrika", year: 1933,
    doi: "10.2307/2332286")
}
