// SPDX-License-Identifier: Apache-2.0

// The papers on statistics, sorted by key; `Citation.all` lists them with the others.
extension Citation {
  /// Deep Reinforcement Learning at the Edge of the Statistical Precipice.
  public static let agarwal2021 = Citation(
    key: "agarwal2021",
    authors: [
      "Rishabh Agarwal", "Max Schwarzer", "Pablo Samuel Castro", "Aaron Courville",
      "Marc G. Bellemare",
    ],
    title: "Deep Reinforcement Learning at the Edge of the Statistical Precipice",
    venue: "Advances in Neural Information Processing Systems 34", year: 2021,
    arXiv: "2108.13264")
  /// Algorithms for Computing the Sample Variance: Analysis and Recommendations.
  public static let chan1983 = Citation(
    key: "chan1983",
    authors: ["Tony F. Chan", "Gene H. Golub", "Randall J. LeVeque"],
    title: "Algorithms for Computing the Sample Variance: Analysis and Recommendations",
    venue: "The American Statistician", year: 1983,
    doi: "10.1080/00031305.1983.10483115")
  /// The Use of Confidence or Fiducial Limits Illustrated in the Case of the Binomial.
  public static let clopper1934 = Citation(
    key: "clopper1934",
    authors: ["C. J. Clopper", "E. S. Pearson"],
    title: "The Use of Confidence or Fiducial Limits Illustrated in the Case of the Binomial",
    venue: "Biometrika", year: 1934,
    doi: "10.1093/biomet/26.4.404")
  /// Bootstrap Methods: Another Look at the Jackknife.
  public static let efron1979 = Citation(
    key: "efron1979",
    authors: ["Bradley Efron"],
    title: "Bootstrap Methods: Another Look at the Jackknife",
    venue: "The Annals of Statistics", year: 1979,
    doi: "10.1214/aos/1176344552")
  /// Better Bootstrap Confidence Intervals.
  public static let efron1987 = Citation(
    key: "efron1987",
    authors: ["Bradley Efron"],
    title: "Better Bootstrap Confidence Intervals",
    venue: "Journal of the American Statistical Association", year: 1987,
    doi: "10.1080/01621459.1987.10478410")
  /// Exponential Inequalities for Martingales with Applications.
  public static let fan2015 = Citation(
    key: "fan2015",
    authors: ["Xiequan Fan", "Ion Grama", "Quansheng Liu"],
    title: "Exponential Inequalities for Martingales with Applications",
    venue: "Electronic Journal of Probability", year: 2015,
    doi: "10.1214/EJP.v20-3496")
  /// What Teachers Should Know About the Bootstrap: Resampling in the Undergraduate Statistics Curriculum.
  public static let hesterberg2015 = Citation(
    key: "hesterberg2015",
    authors: ["Tim C. Hesterberg"],
    title:
      "What Teachers Should Know About the Bootstrap: Resampling in the Undergraduate Statistics Curriculum",
    venue: "The American Statistician", year: 2015,
    doi: "10.1080/00031305.2015.1089789",
    arXiv: "1411.5279")
  /// Probability Inequalities for Sums of Bounded Random Variables.
  public static let hoeffding1963 = Citation(
    key: "hoeffding1963",
    authors: ["Wassily Hoeffding"],
    title: "Probability Inequalities for Sums of Bounded Random Variables",
    venue: "Journal of the American Statistical Association", year: 1963,
    doi: "10.1080/01621459.1963.10500830")
  /// Time-Uniform, Nonparametric, Nonasymptotic Confidence Sequences.
  public static let howard2021 = Citation(
    key: "howard2021",
    authors: ["Steven R. Howard", "Aaditya Ramdas", "Jon McAuliffe", "Jasjeet Sekhon"],
    title: "Time-Uniform, Nonparametric, Nonasymptotic Confidence Sequences",
    venue: "The Annals of Statistics", year: 2021,
    doi: "10.1214/20-AOS1991",
    arXiv: "1810.08240")
  /// The Treatment of Ties in Ranking Problems.
  public static let kendall1945 = Citation(
    key: "kendall1945",
    authors: ["M. G. Kendall"],
    title: "The Treatment of Ties in Ranking Problems",
    venue: "Biometrika", year: 1945,
    doi: "10.1093/biomet/33.3.239")
  /// A Computer Method for Calculating Kendall's Tau with Ungrouped Data.
  public static let knight1966 = Citation(
    key: "knight1966",
    authors: ["William R. Knight"],
    title: "A Computer Method for Calculating Kendall's Tau with Ungrouped Data",
    venue: "Journal of the American Statistical Association", year: 1966,
    doi: "10.1080/01621459.1966.10480879")
  /// Discrete Sequential Boundaries for Clinical Trials.
  public static let lan1983 = Citation(
    key: "lan1983",
    authors: ["K. K. Gordon Lan", "David L. DeMets"],
    title: "Discrete Sequential Boundaries for Clinical Trials",
    venue: "Biometrika", year: 1983,
    doi: "10.1093/biomet/70.3.659")
  /// Fitting Segmented Regression Models by Grid Search.
  public static let lerman1980 = Citation(
    key: "lerman1980",
    authors: ["P. M. Lerman"],
    title: "Fitting Segmented Regression Models by Grid Search",
    venue: "Journal of the Royal Statistical Society Series C", year: 1980)
  /// Empirical Bernstein Bounds and Sample Variance Penalization.
  public static let maurer2009 = Citation(
    key: "maurer2009",
    authors: ["Andreas Maurer", "Massimiliano Pontil"],
    title: "Empirical Bernstein Bounds and Sample Variance Penalization",
    venue: "Proceedings of the 22nd Conference on Learning Theory", year: 2009,
    arXiv: "0907.3740")
  /// Simultaneous Confidence Bands: Theory, Implementation, and an Application to SVARs.
  public static let montielolea2019 = Citation(
    key: "montielolea2019",
    authors: ["José Luis Montiel Olea", "Mikkel Plagborg-Møller"],
    title: "Simultaneous Confidence Bands: Theory, Implementation, and an Application to SVARs",
    venue: "Journal of Applied Econometrics", year: 2019,
    doi: "10.1002/jae.2656")
  /// Permutation P-Values Should Never Be Zero: Calculating Exact P-Values When Permutations Are Randomly Drawn.
  public static let phipson2010 = Citation(
    key: "phipson2010",
    authors: ["Belinda Phipson", "Gordon K. Smyth"],
    title:
      "Permutation P-Values Should Never Be Zero: Calculating Exact P-Values When Permutations Are Randomly Drawn",
    venue: "Statistical Applications in Genetics and Molecular Biology", year: 2010,
    doi: "10.2202/1544-6115.1585")
  /// Estimating Means of Bounded Random Variables by Betting.
  public static let waudbysmith2024 = Citation(
    key: "waudbysmith2024",
    authors: ["Ian Waudby-Smith", "Aaditya Ramdas"],
    title: "Estimating Means of Bounded Random Variables by Betting",
    venue: "Journal of the Royal Statistical Society Series B", year: 2024,
    doi: "10.1093/jrsssb/qkad009",
    arXiv: "2010.09686")
  /// Note on a Method for Calculating Corrected Sums of Squares and Products.
  public static let welford1962 = Citation(
    key: "welford1962",
    authors: ["B. P. Welford"],
    title: "Note on a Method for Calculating Corrected Sums of Squares and Products",
    venue: "Technometrics", year: 1962,
    doi: "10.1080/00401706.1962.10490022")
  /// Probable Inference, the Law of Succession, and Statistical Inference.
  public static let wilson1927 = Citation(
    key: "wilson1927",
    authors: ["Edwin B. Wilson"],
    title: "Probable Inference, the Law of Succession, and Statistical Inference",
    venue: "Journal of the American Statistical Association", year: 1927,
    doi: "10.1080/01621459.1927.10502953")
}
