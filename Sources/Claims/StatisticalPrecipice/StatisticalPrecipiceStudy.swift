// SPDX-License-Identifier: Apache-2.0
import Experiments
import Literature

/// Few runs, point estimates and intervals, on suites whose truth is known.
public let statisticalPrecipiceStudy = Study(
  id: "statistical-precipice",
  title: "At the edge of the statistical precipice: what few runs can tell",
  source: .agarwal2021,
  summary: """
    The paper asks for interval estimates in place of point estimates, and for the interquartile mean \
    (IQM) in place of mean and median. Its own evidence resamples runs of deep agents, whose true scores \
    nobody knows. Here the law of every score is known exactly, so coverage of intervals, and how often a \
    point estimate ranks two algorithms the wrong way round, are measured against the truth.
    """,
  claims: [IntervalCoverage(), RankReversals()])
