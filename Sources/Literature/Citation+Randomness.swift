// SPDX-License-Identifier: Apache-2.0

// The papers on random variables, sorted by key; `Citation.all` lists them with the others.
extension Citation {
  /// Non-Uniform Random Variate Generation.
  public static let devroye1986 = Citation(
    key: "devroye1986",
    authors: ["Luc Devroye"],
    title: "Non-Uniform Random Variate Generation",
    venue: "Springer", year: 1986,
    doi: "10.1007/978-1-4613-8643-8")
  /// The Generation of Binomial Random Variates.
  public static let hoermann1993 = Citation(
    key: "hoermann1993",
    authors: ["Wolfgang Hoermann"],
    title: "The Generation of Binomial Random Variates",
    venue: "Journal of Statistical Computation and Simulation", year: 1993,
    doi: "10.1080/00949659308811496")
  /// Binomial Random Variate Generation.
  public static let kachitvichyanukul1988 = Citation(
    key: "kachitvichyanukul1988",
    authors: ["Voratas Kachitvichyanukul", "Bruce W. Schmeiser"],
    title: "Binomial Random Variate Generation",
    venue: "Communications of the ACM", year: 1988,
    doi: "10.1145/42372.42381")
  /// Adaptive Estimation of a Quadratic Functional by Model Selection.
  public static let laurent2000 = Citation(
    key: "laurent2000",
    authors: ["Béatrice Laurent", "Pascal Massart"],
    title: "Adaptive Estimation of a Quadratic Functional by Model Selection",
    venue: "The Annals of Statistics", year: 2000,
    doi: "10.1214/aos/1015957395")
  /// Generating a Variable from the Tail of the Normal Distribution.
  public static let marsaglia1964 = Citation(
    key: "marsaglia1964",
    authors: ["George Marsaglia"],
    title: "Generating a Variable from the Tail of the Normal Distribution",
    venue: "Technometrics", year: 1964,
    doi: "10.1080/00401706.1964.10490150")
  /// The Ziggurat Method for Generating Random Variables.
  public static let marsaglia2000ziggurat = Citation(
    key: "marsaglia2000ziggurat",
    authors: ["George Marsaglia", "Wai Wan Tsang"],
    title: "The Ziggurat Method for Generating Random Variables",
    venue: "Journal of Statistical Software", year: 2000,
    doi: "10.18637/jss.v005.i08")
  /// A Linear Algorithm for Generating Random Numbers with a Given Distribution.
  public static let vose1991 = Citation(
    key: "vose1991",
    authors: ["Michael D. Vose"],
    title: "A Linear Algorithm for Generating Random Numbers with a Given Distribution",
    venue: "IEEE Transactions on Software Engineering", year: 1991,
    doi: "10.1109/32.92917")
}
