// SPDX-License-Identifier: Apache-2.0
import Certificates
import MarkovModels

/// The undiscounted total reward, by policy iteration over collapsed end components.
///
///     gain bounds for every state                                           (1)
///     gain > 0 for certain: the value is +∞; gain < 0 for certain: −∞       (2)
///     F ← the other states; drop choices that lose gain for certain         (3)
///     collapse the end components of F whose choices pay nothing: there
///       the process may rest, which is worth 0                              (4)
///     W ← the states of F from which a policy ends or rests surely          (5)
///     U ← optimal value with every reward a few roundings greater           (6)
///     π ← optimal policy with every reward a few roundings smaller;  L ← its value (7)
///     check the certificate; where it fails enlarge the slack               (8)
///     interval iteration: U ← min(U, T U), L ← max(L, T_π L), outward       (9)
///
/// The value is V*(s) = sup_π lim inf_N E Σ_{n<N} r_n, which is +∞, finite or −∞ as the optimal gain is
/// positive, zero or negative. Where the best end component has gain zero with rewards that are not,
/// totals swing for ever; such states come back as undecided, with the reason in the notes. The slack
/// makes each inequality strict, and strict inequalities rule out every policy that goes on earning.
///
/// - Assumes: rows are divided by their exact sums; see `CertificateChecker+LongRun.swift`, which also
///   proves what the certificate says. Rewards may have any sign.
/// - Guarantee: L ≤ V^π ≤ V* ≤ U in every state with a finite value; infinite ones are proved.
/// - Deviates: interval iteration as published starts from bounds far apart; (6) and (7) start it
///   from bounds that a direct solve made nearly tight, so (9) has little left to do.
/// - Complexity: one multichain gain problem, then sparse LU a round of policy iteration.
/// - Source: [bertsekas1991] for proper policies; [dealfaro1997] for collapsing; [haddad2018] and
///   [baier2017] for interval iteration; [baier2018] for end components of gain zero.
public struct StochasticShortestPath: Sendable {
  /// The method's name on the command line.
  public static let name = "ssp"
  /// One line for lists.
  public static let summary = "total reward: collapsed end components, policy iteration, intervals"

  /// Creates the method.
  public init() {}

  /// Solves a problem.
  ///
  /// - Throws: Errors of the linear algebra, when a system cannot be solved.
  public func solve(
    _ problem: TotalRewardMDP, stopping: StoppingRule = StoppingRule(),
    monitor: SolveMonitor = .silent
  ) throws -> TotalSolution {
    let model = problem.dynamics
    let rows = LongRunRows(model)
    let parts = AverageParts(rows)
    let gainStopping = StoppingRule(epsilon: 1e-300, maximumIterations: 10_000)
    let gains = try parts.stages { local in  // (1)
      try MultichainPolicyIteration.local(local, from: nil, stopping: gainStopping) { i, gap in
        monitor.shouldContinue(SolveProgress(method: Self.name, iteration: i, gap: gap))
      }
    }
    var proof = TotalProof(rows, gains.stages)  // (2) (3)
    var notes = ["\(parts.components.components.count) end components"]
    proof.solveLower()  // (4) (5) (7) (8)
    proof.solveUpper()  // (4) (5) (6) (8)
    let sweeps = proof.tighten(  // (9)
      epsilon: stopping.epsilon, maximumIterations: stopping.maximumIterations
    ) { i, gap in
      monitor.shouldContinue(SolveProgress(method: Self.name, iteration: i, gap: gap))
    }
    notes.append(contentsOf: proof.notes)
    let stages = [
      Certificate.Stage(
        lower: proof.biasLower, upper: proof.biasUpper, choices: proof.choices),
      Certificate.Stage(
        lower: proof.gainLower, upper: proof.gainUpper, choices: proof.choices),
    ]
    func certificate(_ status: SolveStatus) -> Certificate {
      Certificate(
        criterion: .totalReward, stages: stages, method: Self.name, status: status,
        iterations: sweeps.count, residual: 0, epsilon: stopping.epsilon)
    }
    let gap = certificate(.converged).gap
    let final = certificate(gap <= stopping.epsilon ? .converged : sweeps.status)
    return TotalSolution(
      values: (0..<rows.stateCount).map { final.totalValue(of: $0) },
      policy: try DeterministicPolicy(choices: proof.choices, of: model), certificate: final,
      roundingWidth: proof.roundingWidth, properStates: proof.properStates, notes: notes)
  }
}
