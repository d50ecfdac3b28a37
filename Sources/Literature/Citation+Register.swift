// SPDX-License-Identifier: Apache-2.0

// The papers that the code cites, sorted by key; the same facts as in references.bib, which a test
// compares.
extension Citation {
  /// FLAMBE: Structural Complexity and Representation Learning of Low Rank MDPs.
  public static let agarwal2020flambe = Citation(
    key: "agarwal2020flambe",
    authors: ["Alekh Agarwal", "Sham Kakade", "Akshay Krishnamurthy", "Wen Sun"],
    title: "FLAMBE: Structural Complexity and Representation Learning of Low Rank MDPs",
    venue: "Advances in Neural Information Processing Systems 33", year: 2020,
    arXiv: "2006.10814")
  /// On the Generation of Markov Decision Processes.
  public static let archibald1995 = Citation(
    key: "archibald1995",
    authors: ["T. W. Archibald", "K. I. M. McKinnon", "L. C. Thomas"],
    title: "On the Generation of Markov Decision Processes",
    venue: "Journal of the Operational Research Society", year: 1995,
    doi: "10.1057/jors.1995.50")
  /// Programming Pearls: A Sample of Brilliance.
  public static let bentley1987 = Citation(
    key: "bentley1987",
    authors: ["Jon Bentley", "Robert W. Floyd"],
    title: "Programming Pearls: A Sample of Brilliance",
    venue: "Communications of the ACM", year: 1987,
    doi: "10.1145/30401.315746")
  /// Scrambled Linear Pseudorandom Number Generators.
  public static let blackman2021 = Citation(
    key: "blackman2021",
    authors: ["David Blackman", "Sebastiano Vigna"],
    title: "Scrambled Linear Pseudorandom Number Generators",
    venue: "ACM Transactions on Mathematical Software", year: 2021,
    doi: "10.1145/3460772",
    arXiv: "1805.01407")
  /// A Note on the Generation of Random Normal Deviates.
  public static let box1958 = Citation(
    key: "box1958",
    authors: ["G. E. P. Box", "Mervin E. Muller"],
    title: "A Note on the Generation of Random Normal Deviates",
    venue: "The Annals of Mathematical Statistics", year: 1958,
    doi: "10.1214/aoms/1177706645")
  /// Algorithm 907: KLU, A Direct Sparse Solver for Circuit Simulation Problems.
  public static let davis2010 = Citation(
    key: "davis2010",
    authors: ["Timothy A. Davis", "Ekanathan Palamadai Natarajan"],
    title: "Algorithm 907: KLU, A Direct Sparse Solver for Circuit Simulation Problems",
    venue: "ACM Transactions on Mathematical Software", year: 2010,
    doi: "10.1145/1824801.1824814")
  /// Bayesian Q-Learning.
  public static let dearden1998 = Citation(
    key: "dearden1998",
    authors: ["Richard Dearden", "Nir Friedman", "Stuart Russell"],
    title: "Bayesian Q-Learning",
    venue: "Proceedings of the Fifteenth National Conference on Artificial Intelligence", year: 1998
  )
  /// Hierarchical Reinforcement Learning with the MAXQ Value Function Decomposition.
  public static let dietterich2000 = Citation(
    key: "dietterich2000",
    authors: ["Thomas G. Dietterich"],
    title: "Hierarchical Reinforcement Learning with the MAXQ Value Function Decomposition",
    venue: "Journal of Artificial Intelligence Research", year: 2000,
    doi: "10.1613/jair.639",
    arXiv: "cs/9905014")
  /// Exact Solution of Linear Equations Using P-Adic Expansions.
  public static let dixon1982 = Citation(
    key: "dixon1982",
    authors: ["John D. Dixon"],
    title: "Exact Solution of Linear Equations Using P-Adic Expansions",
    venue: "Numerische Mathematik", year: 1982,
    doi: "10.1007/BF01459082")
  /// Algorithm 235: Random Permutation.
  public static let durstenfeld1964 = Citation(
    key: "durstenfeld1964",
    authors: ["Richard Durstenfeld"],
    title: "Algorithm 235: Random Permutation",
    venue: "Communications of the ACM", year: 1964,
    doi: "10.1145/364520.364540")
  /// The Approximation of One Matrix by Another of Lower Rank.
  public static let eckart1936 = Citation(
    key: "eckart1936",
    authors: ["Carl Eckart", "Gale Young"],
    title: "The Approximation of One Matrix by Another of Lower Rank",
    venue: "Psychometrika", year: 1936,
    doi: "10.1007/BF02288367")
  /// Methods for Modifying Matrix Factorizations.
  public static let gill1974 = Citation(
    key: "gill1974",
    authors: ["P. E. Gill", "G. H. Golub", "W. Murray", "M. A. Saunders"],
    title: "Methods for Modifying Matrix Factorizations",
    venue: "Mathematics of Computation", year: 1974,
    doi: "10.1090/S0025-5718-1974-0343558-6")
  /// Rounding Error Analysis of the Classical Gram-Schmidt Orthogonalization Process.
  public static let giraud2005 = Citation(
    key: "giraud2005",
    authors: ["Luc Giraud", "Julien Langou", "Miroslav Rozložník", "Jasper van den Eshof"],
    title: "Rounding Error Analysis of the Classical Gram-Schmidt Orthogonalization Process",
    venue: "Numerische Mathematik", year: 2005,
    doi: "10.1007/s00211-005-0615-4")
  /// Provably Efficient Reinforcement Learning with Linear Function Approximation.
  public static let jin2020 = Citation(
    key: "jin2020",
    authors: ["Chi Jin", "Zhuoran Yang", "Zhaoran Wang", "Michael I. Jordan"],
    title: "Provably Efficient Reinforcement Learning with Linear Function Approximation",
    venue: "Proceedings of the Thirty-Third Conference on Learning Theory", year: 2020,
    arXiv: "1907.05388")
  /// On the Sample Complexity of Reinforcement Learning.
  public static let kakade2003 = Citation(
    key: "kakade2003",
    authors: ["Sham Machandranath Kakade"],
    title: "On the Sample Complexity of Reinforcement Learning",
    venue: "University College London", year: 2003)
  /// Near-Optimal Reinforcement Learning in Polynomial Time.
  public static let kearns2002 = Citation(
    key: "kearns2002",
    authors: ["Michael Kearns", "Satinder Singh"],
    title: "Near-Optimal Reinforcement Learning in Polynomial Time",
    venue: "Machine Learning", year: 2002,
    doi: "10.1023/A:1017984413808")
  /// The Effect of Representation and Knowledge on Goal-Directed Exploration.
  public static let koenig1996 = Citation(
    key: "koenig1996",
    authors: ["Sven Koenig", "Reid G. Simmons"],
    title:
      "The Effect of Representation and Knowledge on Goal-Directed Exploration with "
      + "Reinforcement-Learning Algorithms",
    venue: "Machine Learning", year: 1996)
  /// Bandit Algorithms.
  public static let lattimore2020 = Citation(
    key: "lattimore2020",
    authors: ["Tor Lattimore", "Csaba Szepesvári"],
    title: "Bandit Algorithms",
    venue: "Cambridge University Press", year: 2020,
    doi: "10.1017/9781108571401")
  /// Fast Random Integer Generation in an Interval.
  public static let lemire2019 = Citation(
    key: "lemire2019",
    authors: ["Daniel Lemire"],
    title: "Fast Random Integer Generation in an Interval",
    venue: "ACM Transactions on Modeling and Computer Simulation", year: 2019,
    doi: "10.1145/3230636",
    arXiv: "1805.10941")
  /// The Common Optimization INterface for Operations Research.
  public static let lougee2003 = Citation(
    key: "lougee2003",
    authors: ["Robin Lougee-Heimer"],
    title:
      "The Common Optimization INterface for Operations Research: Promoting Open-Source "
      + "Software in the Operations Research Community",
    venue: "IBM Journal of Research and Development", year: 2003,
    doi: "10.1147/rd.471.0057")
  /// A Simple Method for Generating Gamma Variables.
  public static let marsaglia2000 = Citation(
    key: "marsaglia2000",
    authors: ["George Marsaglia", "Wai Wan Tsang"],
    title: "A Simple Method for Generating Gamma Variables",
    venue: "ACM Transactions on Mathematical Software", year: 2000,
    doi: "10.1145/358407.358414")
  /// The Tight Constant in the Dvoretzky-Kiefer-Wolfowitz Inequality.
  public static let massart1990 = Citation(
    key: "massart1990",
    authors: ["Pascal Massart"],
    title: "The Tight Constant in the Dvoretzky-Kiefer-Wolfowitz Inequality",
    venue: "The Annals of Probability", year: 1990,
    doi: "10.1214/aop/1176990746")
  /// Accurate Sum and Dot Product.
  public static let ogita2005 = Citation(
    key: "ogita2005",
    authors: ["Takeshi Ogita", "Siegfried M. Rump", "Shin'ichi Oishi"],
    title: "Accurate Sum and Dot Product",
    venue: "SIAM Journal on Scientific Computing", year: 2005,
    doi: "10.1137/030601818")
  /// (More) Efficient Reinforcement Learning via Posterior Sampling.
  public static let osband2013 = Citation(
    key: "osband2013",
    authors: ["Ian Osband", "Daniel Russo", "Benjamin Van Roy"],
    title: "(More) Efficient Reinforcement Learning via Posterior Sampling",
    venue: "Advances in Neural Information Processing Systems 26", year: 2013,
    arXiv: "1306.0940")
  /// Deep Exploration via Randomized Value Functions.
  public static let osband2019 = Citation(
    key: "osband2019",
    authors: ["Ian Osband", "Benjamin Van Roy", "Daniel J. Russo", "Zheng Wen"],
    title: "Deep Exploration via Randomized Value Functions",
    venue: "Journal of Machine Learning Research", year: 2019,
    arXiv: "1703.07608")
  /// Markov Decision Processes: Discrete Stochastic Dynamic Programming.
  public static let puterman1994 = Citation(
    key: "puterman1994",
    authors: ["Martin L. Puterman"],
    title: "Markov Decision Processes: Discrete Stochastic Dynamic Programming",
    venue: "Wiley", year: 1994,
    doi: "10.1002/9780470316887")
  /// Artificial Intelligence: A Modern Approach.
  public static let russell2020 = Citation(
    key: "russell2020",
    authors: ["Stuart Russell", "Peter Norvig"],
    title: "Artificial Intelligence: A Modern Approach",
    venue: "Pearson", year: 2020)
  /// GMRES.
  public static let saad1986 = Citation(
    key: "saad1986",
    authors: ["Youcef Saad", "Martin H. Schultz"],
    title:
      "GMRES: A Generalized Minimal Residual Algorithm for Solving Nonsymmetric Linear Systems",
    venue: "SIAM Journal on Scientific and Statistical Computing", year: 1986,
    doi: "10.1137/0907058")
  /// Iterative Methods for Sparse Linear Systems.
  public static let saad2003 = Citation(
    key: "saad2003",
    authors: ["Yousef Saad"],
    title: "Iterative Methods for Sparse Linear Systems",
    venue: "SIAM", year: 2003,
    doi: "10.1137/1.9780898718003")
  /// Parallel Random Numbers: As Easy as 1, 2, 3.
  public static let salmon2011 = Citation(
    key: "salmon2011",
    authors: ["John K. Salmon", "Mark A. Moraes", "Ron O. Dror", "David E. Shaw"],
    title: "Parallel Random Numbers: As Easy as 1, 2, 3",
    venue:
      "Proceedings of the International Conference for High Performance Computing, "
      + "Networking, Storage and Analysis (SC11)",
    year: 2011,
    doi: "10.1145/2063384.2063405")
  /// Adjustment of an Inverse Matrix Corresponding to a Change in One Element.
  public static let sherman1950 = Citation(
    key: "sherman1950",
    authors: ["Jack Sherman", "Winifred J. Morrison"],
    title:
      "Adjustment of an Inverse Matrix Corresponding to a Change in One Element of a Given Matrix",
    venue: "The Annals of Mathematical Statistics", year: 1950,
    doi: "10.1214/aoms/1177729893")
  /// Fast Splittable Pseudorandom Number Generators.
  public static let steele2014 = Citation(
    key: "steele2014",
    authors: ["Guy L. Steele", "Doug Lea", "Christine H. Flood"],
    title: "Fast Splittable Pseudorandom Number Generators",
    venue:
      "Proceedings of the 2014 ACM International Conference on Object Oriented "
      + "Programming Systems Languages and Applications",
    year: 2014,
    doi: "10.1145/2660193.2660195")
  /// The Effects of Rounding Error on an Algorithm for Downdating a Cholesky Factorization.
  public static let stewart1979 = Citation(
    key: "stewart1979",
    authors: ["G. W. Stewart"],
    title: "The Effects of Rounding Error on an Algorithm for Downdating a Cholesky Factorization",
    venue: "IMA Journal of Applied Mathematics", year: 1979,
    doi: "10.1093/imamat/23.2.203")
  /// An Analysis of Model-Based Interval Estimation for Markov Decision Processes.
  public static let strehl2008 = Citation(
    key: "strehl2008",
    authors: ["Alexander L. Strehl", "Michael L. Littman"],
    title: "An Analysis of Model-Based Interval Estimation for Markov Decision Processes",
    venue: "Journal of Computer and System Sciences", year: 2008,
    doi: "10.1016/j.jcss.2007.08.009")
  /// A Bayesian Framework for Reinforcement Learning.
  public static let strens2000 = Citation(
    key: "strens2000",
    authors: ["Malcolm Strens"],
    title: "A Bayesian Framework for Reinforcement Learning",
    venue: "Proceedings of the Seventeenth International Conference on Machine Learning", year: 2000
  )
  /// Between MDPs and Semi-MDPs.
  public static let sutton1999 = Citation(
    key: "sutton1999",
    authors: ["Richard S. Sutton", "Doina Precup", "Satinder Singh"],
    title:
      "Between MDPs and Semi-MDPs: A Framework for Temporal Abstraction in Reinforcement Learning",
    venue: "Artificial Intelligence", year: 1999,
    doi: "10.1016/S0004-3702(99)00052-1")
  /// Reinforcement Learning: An Introduction.
  public static let sutton2018 = Citation(
    key: "sutton2018",
    authors: ["Richard S. Sutton", "Andrew G. Barto"],
    title: "Reinforcement Learning: An Introduction",
    venue: "MIT Press", year: 2018)
  /// Depth-First Search and Linear Graph Algorithms.
  public static let tarjan1972 = Citation(
    key: "tarjan1972",
    authors: ["Robert Tarjan"],
    title: "Depth-First Search and Linear Graph Algorithms",
    venue: "SIAM Journal on Computing", year: 1972,
    doi: "10.1137/0201010")
  /// Gymnasium: A Standard Interface for Reinforcement Learning Environments.
  public static let towers2024 = Citation(
    key: "towers2024",
    authors: [
      "Mark Towers", "Ariel Kwiatkowski", "Jordan Terry", "John U. Balis", "Gianluca De Cola",
      "Tristan Deleu", "Manuel Goulão", "Andreas Kallinteris", "Markus Krimmel", "Arjun KG",
      "others",
    ],
    title: "Gymnasium: A Standard Interface for Reinforcement Learning Environments",
    venue: "arXiv", year: 2024,
    arXiv: "2407.17032")
  /// Linear Programming: Foundations and Extensions.
  public static let vanderbei2020 = Citation(
    key: "vanderbei2020",
    authors: ["Robert J. Vanderbei"],
    title: "Linear Programming: Foundations and Extensions",
    venue: "Springer", year: 2020,
    doi: "10.1007/978-3-030-39415-8")
  /// Bi-CGSTAB: A Fast and Smoothly Converging Variant of Bi-CG.
  public static let vandervorst1992 = Citation(
    key: "vandervorst1992",
    authors: ["H. A. van der Vorst"],
    title:
      "Bi-CGSTAB: A Fast and Smoothly Converging Variant of Bi-CG for the Solution of "
      + "Nonsymmetric Linear Systems",
    venue: "SIAM Journal on Scientific and Statistical Computing", year: 1992,
    doi: "10.1137/0913035")

  /// Every citation, sorted by key.
  public static let all: [Citation] = [
    abbasi2011, agarwal2020flambe, agarwal2021, agrawal2013, archibald1995, ashok2017,
    audibert2009, auer2002, azar2017, baier2017, baier2018, bartlett2009, bauer1960, bentley1987,
    bertsekas1991, blackman2021, blackwell1962, box1958, cao1997, chan1983, chen2019, clopper1934,
    davis2010, dealfaro1997, dearden1998, devroye1986, dietterich2000, dixon1982, durstenfeld1964,
    eckart1936, efron1979, efron1987, fan2015, feinberg2008, garivier2011, gill1974, giraud2005,
    givan2003, grassmann1985, haddad2018, hesterberg2015, hoeffding1963, hoermann1993, howard1960,
    howard2021, jaksch2010, jin2020, jin2021, kachitvichyanukul1988, kakade2003, kaufmann2012,
    kearns2002, kemeny1960, kendall1945, knight1966, koenig1996, lai1985, laidlaw2023, lan1983,
    lattimore2020, laurent2000, lemire2019, lerman1980, levin2009, lougee2003, macqueen1967,
    maillard2014, marsaglia1964, marsaglia2000, marsaglia2000ziggurat, massart1990, maurer2009,
    meyer1975, montielolea2019, munos2008, ocinneide1993, odoni1969, ogita2005, osband2013,
    osband2016, osband2019, phipson2010, puterman1994, rashidinejad2021, russell2020, saad1986,
    saad2003, salmon2011, sherman1950, simchowitz2019, smallwood1966, steele2014, stewart1979,
    strehl2008, strens2000, sun2022, sutton1999, sutton2018, tarjan1972, thompson1933, towers2024,
    tsitsiklis2007, vanderbei2020, vandervorst1992, veinott1969, vose1991, watkins1992,
    waudbysmith2024, welford1962, white1963, wilson1927, xie2023,
  ]
}
