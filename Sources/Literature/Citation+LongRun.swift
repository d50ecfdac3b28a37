// SPDX-License-Identifier: Apache-2.0

// The papers on the long run of Markov decision processes, sorted by key; `Citation.all` lists them with
// the others.
extension Citation {
  /// Value Iteration for Long-Run Average Reward in Markov Decision Processes.
  public static let ashok2017 = Citation(
    key: "ashok2017",
    authors: [
      "Pranav Ashok", "Krishnendu Chatterjee", "Przemysław Daca", "Jan Křetínský",
      "Tobias Meggendorfer",
    ],
    title: "Value Iteration for Long-Run Average Reward in Markov Decision Processes",
    venue: "Computer Aided Verification (CAV 2017)", year: 2017,
    doi: "10.1007/978-3-319-63387-9_10",
    arXiv: "1705.02326")
  /// Ensuring the Reliability of Your Model Checker.
  public static let baier2017 = Citation(
    key: "baier2017",
    authors: [
      "Christel Baier", "Joachim Klein", "Linda Leuschner", "David Parker", "Sascha Wunderlich",
    ],
    title:
      "Ensuring the Reliability of Your Model "
      + "Checker: Interval Iteration for Markov Decision Processes",
    venue: "Computer Aided Verification (CAV 2017)", year: 2017,
    doi: "10.1007/978-3-319-63387-9_8")
  /// Stochastic Shortest Paths and Weight-Bounded Properties in Markov Decision Processes.
  public static let baier2018 = Citation(
    key: "baier2018",
    authors: [
      "Christel Baier", "Nathalie Bertrand", "Clemens Dubslaff", "Daniel Gburek", "Ocan Sankur",
    ],
    title: "Stochastic Shortest Paths and Weight-Bounded Properties in Markov Decision Processes",
    venue: "Proceedings of the 33rd Annual ACM/IEEE Symposium on Logic in Computer Science",
    year: 2018,
    doi: "10.1145/3209108.3209184",
    arXiv: "1804.11301")
  /// An Analysis of Stochastic Shortest Path Problems.
  public static let bertsekas1991 = Citation(
    key: "bertsekas1991",
    authors: ["Dimitri P. Bertsekas", "John N. Tsitsiklis"],
    title: "An Analysis of Stochastic Shortest Path Problems",
    venue: "Mathematics of Operations Research", year: 1991,
    doi: "10.1287/moor.16.3.580")
  /// Discrete Dynamic Programming.
  public static let blackwell1962 = Citation(
    key: "blackwell1962",
    authors: ["David Blackwell"],
    title: "Discrete Dynamic Programming",
    venue: "The Annals of Mathematical Statistics", year: 1962,
    doi: "10.1214/aoms/1177704593")
  /// Perturbation Realization, Potentials, and Sensitivity Analysis of Markov Processes.
  public static let cao1997 = Citation(
    key: "cao1997",
    authors: ["Xi-Ren Cao", "Han-Fu Chen"],
    title: "Perturbation Realization, Potentials, and Sensitivity Analysis of Markov Processes",
    venue: "IEEE Transactions on Automatic Control", year: 1997,
    doi: "10.1109/9.633827")
  /// Formal Verification of Probabilistic Systems.
  public static let dealfaro1997 = Citation(
    key: "dealfaro1997",
    authors: ["Luca de Alfaro"],
    title: "Formal Verification of Probabilistic Systems",
    venue: "Stanford University", year: 1997)
  /// On Polynomial Cases of the Unichain Classification Problem for Markov Decision Processes.
  public static let feinberg2008 = Citation(
    key: "feinberg2008",
    authors: ["Eugene A. Feinberg", "Fenghsu Yang"],
    title:
      "On Polynomial Cases of the Unichain "
      + "Classification Problem for Markov Decision Processes",
    venue: "Operations Research Letters", year: 2008)
  /// Equivalence Notions and Model Minimization in Markov Decision Processes.
  public static let givan2003 = Citation(
    key: "givan2003",
    authors: ["Robert Givan", "Thomas Dean", "Matthew Greig"],
    title: "Equivalence Notions and Model Minimization in Markov Decision Processes",
    venue: "Artificial Intelligence", year: 2003,
    doi: "10.1016/S0004-3702(02)00376-4")
  /// Interval Iteration Algorithm for MDPs and IMDPs.
  public static let haddad2018 = Citation(
    key: "haddad2018",
    authors: ["Serge Haddad", "Benjamin Monmege"],
    title: "Interval Iteration Algorithm for MDPs and IMDPs",
    venue: "Theoretical Computer Science", year: 2018,
    doi: "10.1016/j.tcs.2016.12.003")
  /// Dynamic Programming and Markov Processes.
  public static let howard1960 = Citation(
    key: "howard1960",
    authors: ["Ronald A. Howard"],
    title: "Dynamic Programming and Markov Processes",
    venue: "MIT Press", year: 1960)
  /// A Test for Suboptimal Actions in Markovian Decision Problems.
  public static let macqueen1967 = Citation(
    key: "macqueen1967",
    authors: ["J. MacQueen"],
    title: "A Test for Suboptimal Actions in Markovian Decision Problems",
    venue: "Operations Research", year: 1967,
    doi: "10.1287/opre.15.3.559")
  /// The Role of the Group Generalized Inverse in the Theory of Finite Markov Chains.
  public static let meyer1975 = Citation(
    key: "meyer1975",
    authors: ["Carl D. Meyer"],
    title: "The Role of the Group Generalized Inverse in the Theory of Finite Markov Chains",
    venue: "SIAM Review", year: 1975,
    doi: "10.1137/1017044")
  /// On Finding the Maximal Gain for Markov Decision Processes.
  public static let odoni1969 = Citation(
    key: "odoni1969",
    authors: ["Amedeo R. Odoni"],
    title: "On Finding the Maximal Gain for Markov Decision Processes",
    venue: "Operations Research", year: 1969,
    doi: "10.1287/opre.17.5.857")
  /// Optimum Policy Regions for Markov Processes with Discounting.
  public static let smallwood1966 = Citation(
    key: "smallwood1966",
    authors: ["Richard D. Smallwood"],
    title: "Optimum Policy Regions for Markov Processes with Discounting",
    venue: "Operations Research", year: 1966,
    doi: "10.1287/opre.14.4.658")
  /// NP-Hardness of Checking the Unichain Condition in Average Cost MDPs.
  public static let tsitsiklis2007 = Citation(
    key: "tsitsiklis2007",
    authors: ["John N. Tsitsiklis"],
    title: "NP-Hardness of Checking the Unichain Condition in Average Cost MDPs",
    venue: "Operations Research Letters", year: 2007,
    doi: "10.1016/j.orl.2006.06.005")
  /// Discrete Dynamic Programming with Sensitive Discount Optimality Criteria.
  public static let veinott1969 = Citation(
    key: "veinott1969",
    authors: ["Arthur F. Veinott"],
    title: "Discrete Dynamic Programming with Sensitive Discount Optimality Criteria",
    venue: "The Annals of Mathematical Statistics", year: 1969,
    doi: "10.1214/aoms/1177697379")
  /// Dynamic Programming, Markov Chains, and the Method of Successive Approximations.
  public static let white1963 = Citation(
    key: "white1963",
    authors: ["D. J. White"],
    title: "Dynamic Programming, Markov Chains, and the Method of Successive Approximations",
    venue: "Journal of Mathematical Analysis and Applications", year: 1963,
    doi: "10.1016/0022-247X(63)90017-9")
}
