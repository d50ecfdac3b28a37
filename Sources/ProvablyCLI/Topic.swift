// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// A concept that `provably help` explains in half a screen.
enum Topic: String, CaseIterable {
  case certificate
  case guarantee
  case coverage
  case optimism
  case claim
  case verdict
  case hardInstance = "hard-instance"
  case store
  case randomness
  case model

  /// What the list of topics says.
  var summary: String {
    switch self {
    case .certificate: "bounds on V* that anyone can check again"
    case .guarantee: "what a printed bound rests on: proved, derived, rate only"
    case .coverage: "what offline data must contain, C* and coverability"
    case .optimism: "why exploration adds a bonus, and offline data a penalty"
    case .claim: "what a paper says, in a form that a program can judge"
    case .verdict: "consistent, not violated, inconclusive, inconsistent"
    case .hardInstance: "models that move with N, so that a rate can be seen"
    case .store: "where results are kept: kill, resume, shard, merge"
    case .randomness: "why the same seed gives the same bits everywhere"
    case .model: "files and environments that a command accepts"
    }
  }

  /// The explanation; lines of at most 78 columns, at most 16 of them.
  var text: String {
    switch self {
    case .certificate:
      """
      A solution comes with vectors L and U and a policy π such that in every
      state L <= V^π <= V* <= U. The gap is the greatest U - L: no state's value
      is off by more, and the policy loses no more. Two inequalities prove it, each
      checked state by state: L <= T_π L gives L <= V^π, and T U <= U gives
      V* <= U (T is the Bellman operator). They are evaluated with bounds on
      every rounding, so they hold for real numbers, not for doubles only.

      The checker shares no code with the solvers; that the inequalities imply
      the bounds is machine-checked (`check_sound` in Proofs/Cert.v).

        provably solve taxi --discount 0.99 --certificate taxi.json
        provably check taxi.json taxi
        provably demo certificate
      """
    case .guarantee:
      """
      Every bound that the program prints names what it rests on:

        proved     Coq has checked the theorem, without axioms: file and name
        derived    a written proof stands in the repository
        rate only  the paper's rate is known, its constant was not proved here,
                   and no number is printed

      A bound belongs to one bonus. Change the bonus (say, its multiplier) and the
      learner has no guarantee any more; it says so instead of printing one.

        provably list guarantees
        provably bound ucbvi --states 6 --actions 2 --horizon 10 --episodes 100000
      """
    case .coverage:
      """
      Offline learning cannot find what the data do not show. Concentrability C*
      is the greatest ratio of the optimal policy's visits to the data's: C* = 1
      for an expert's data, infinite if the optimal policy goes where no data
      are. Pessimistic methods need only a finite C*; their loss falls like 1/N
      near C* = 1 and like 1/sqrt(N) in general. Uniform concentrability asks the
      same of every policy. Coverability asks how well the best data could cover
      all policies at once.

        provably measure riverswim:states=6 --discount 0.95 --only concentrability
        provably reproduce tale-of-pessimism --quick
        provably demo pessimism
      """
    case .optimism:
      """
      A confidence interval around each estimated value has two ends. A learner
      that can try things again acts on the upper end: where it is wrong it is
      soon put right, and where it is right it loses nothing (UCB1, UCBVI,
      LSVI-UCB). A learner that has only old data acts on the lower end: what
      the data do not show must not look good by luck (LCB, VI-LCB, PEVI). The
      width is the bonus or the penalty; the bound on regret or loss is, up to
      constants, the sum of the widths along the way.

        provably demo riverswim
        provably demo pessimism
      """
    case .claim:
      """
      A claim is what a paper says about an algorithm on a family of models, with
      what is measured, where, how often, and what would count against it, all
      written before the run. One cell is one trial at one point. A study is a
      paper: its claims make one page. Regret and loss are exact, computed from
      the model; only trials are random.

        provably claims tale-of-pessimism --verbose
        provably reproduce tale-of-pessimism --quick --out pages
        provably sweep FILE        a claim of your own, without Swift
      """
    case .verdict:
      """
      Verdicts follow from 95 % intervals, by the criterion stated beforehand:

        consistent     the interval lies within the tolerance of the prediction
        not violated   the prediction is one-sided, and the interval is on its side:
                       an upper bound is never confirmed by a small measurement
        inconclusive   the interval allows both, or a negative control did not
                       fail as it must: more trials, or a better instance
        inconsistent   the interval excludes the prediction; exit code 2

      A claim that fails is printed as failed. --quick shows the effect; the run
      whose verdict counts is --full.

        provably reproduce bandits --quick
      """
    case .hardInstance:
      """
      On one fixed model a good method's loss falls exponentially in the number N
      of observations, whatever the theorem says: with a fixed gap the best
      action is soon found. The rate of a theorem shows on models that move with
      N, so that deciding stays as hard as the data allow: two arms with a gap
      of order sqrt(C*/N) give 1/sqrt(N); a state that is seen with probability 1/N
      gives 1/N. Claims about rates are therefore judged on such families, over
      at least a decade of N.

        provably demo two-regimes
        provably claims tale-of-pessimism --verbose
      """
    case .store:
      """
      Results are kept in one SQLite file (--store). Each cell is a function of
      claim, seed, point and trial, so a run that is killed loses the cells in
      flight and goes on where it was; parts run on several machines with
      --shard and put together with `merge` are the same bits as one run. A store
      knows the revision of each claim and refuses results of another.

        provably reproduce ucbvi --full --shard 1/2 --store one.db
        provably merge one.db two.db --into all.db
        provably store check all.db
      """
    case .randomness:
      """
      Every random number is a function of (claim, seed, point, trial): a counter
      is enciphered (Philox), nothing is carried from trial to trial. Order,
      threads, shards and interruptions do not matter. Samplers and learners call
      no libm and sum in one fixed order, so results do not depend on the CPU.
      The seed is 1 unless --seed says otherwise, never the clock.

        provably reproduce bandits --quick --seed 7 --jobs 1 --store a.db
        provably store digest a.db
      """
    case .model:
      """
      A MODEL is a file or an environment with parameters.

        model.npz              NumPy: a CSR matrix, or a dense P (--layout)
        model.umb, model.drn   of Storm; --reward chooses a reward model
        model.tra              PRISM's explicit files, with .lab, .srew, .trew, .sta
        model.json             our form with names, or a table of Gymnasium
        riverswim:states=6     an environment: `provably list models`

        provably info model.umb
        provably convert model.npz model.json
        provably make maze:cells=1000,seed=1 --out maze.npz
      """
    }
  }
}
