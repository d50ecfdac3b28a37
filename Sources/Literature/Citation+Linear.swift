// SPDX-License-Identifier: Apache-2.0

// What linear function approximation rests on.
extension Citation {
  /// Improved Algorithms for Linear Stochastic Bandits.
  public static let abbasi2011 = Citation(
    key: "abbasi2011",
    authors: ["Yasin Abbasi-Yadkori", "Dávid Pál", "Csaba Szepesvári"],
    title: "Improved Algorithms for Linear Stochastic Bandits",
    venue: "Advances in Neural Information Processing Systems 24", year: 2011)
  /// Generalization and Exploration via Randomized Value Functions.
  public static let osband2016 = Citation(
    key: "osband2016",
    authors: ["Ian Osband", "Benjamin Van Roy", "Zheng Wen"],
    title: "Generalization and Exploration via Randomized Value Functions",
    venue: "Proceedings of the Thirty-Third International Conference on Machine Learning",
    year: 2016,
    arXiv: "1402.0635")
}
