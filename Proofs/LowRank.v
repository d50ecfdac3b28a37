(* LowRank.v - planning with a truncated model, certified for the true one.

   Policy iteration works with rows of Phi M instead of those of P. For v with values in [lo, hi]
   the two expectations of v differ by at most |P - Phi M|_1 (hi - lo) / 2 + |(lo + hi) / 2| times
   the difference of the row sums; widened by g times that, bounds from a sweep of the truncated
   operator hold for the true model. Phi M need not be a kernel: entries may be negative.

   Main definitions: factored Phi M (the rows of Phi M); row_slack (the right-hand side).
   Main statements: row_error (the inequality for one row); sweep_error (T v and the truncated sweep
     differ by at most the slack); lowrank_bounds (v + (d- - slack) / (1 - g) <= V^pi <= V* <=
     v + (d+ + slack) / (1 - g) for the policy that the truncated sweep chooses); lowrank_loss.
   Notation: Ph the truncated rows, dlo and dhi the bounds d- and d+ of the truncated residual.
   Assumptions: 0 <= g < 1, the rows of P sum to 1; nothing about Phi and M.
   References: [kearns2002] (simulation lemma), [jin2020] (the model).
   Swift counterpart: Sources/Planning/LowRankPlanner.swift (Truncation.slack). *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Fin Discounted.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Row.
Variables (R : realFieldType) (S : finType).
Implicit Types (p q v : S -> R) (lo hi : R).

Definition row_slack p q lo hi : R :=
  (\sum_t `|p t - q t|) * ((hi - lo) / 2%:R)
  + `|\sum_t p t - \sum_t q t| * `|(lo + hi) / 2%:R|.

Theorem row_error p q v lo hi : (forall t, lo <= v t) -> (forall t, v t <= hi) ->
  `|Ex p v - Ex q v| <= row_slack p q lo hi.
Proof.
move=> hlo hhi; pose c := (lo + hi) / 2%:R.
have n2 : (2%:R : R) != 0 by rewrite pnatr_eq0.
have eh : (hi - lo) / 2%:R = hi - c by rewrite /c; field.
have el : (hi - lo) / 2%:R = c - lo by rewrite /c; field.
have -> : Ex p v - Ex q v =
    Ex (fun t => p t - q t) (fun t => v t - c) + (\sum_t p t - \sum_t q t) * c.
  rewrite ExB !ExBl opprB.
  by have Ec (w : S -> R) : Ex w (fun _ => c) = (\sum_t w t) * c
    by [rewrite /Ex mulr_suml]; rewrite !Ec; ring.
apply: le_trans (ler_norm_add _ _) _; rewrite normrM ler_add2r.
apply: Ex_l1 => t; rewrite ler_norml; apply/andP; split.
  by rewrite el opprB ler_add2r.
by rewrite eh ler_add2r.
Qed.
End Row.

Section LowRank.
Variables (R : realFieldType) (S A : finType) (s0 : S) (a0 : A) (g : R).
Hypotheses (g0 : 0 <= g) (g1 : g < 1).
Variables (P : S -> A -> S -> R) (r : S -> A -> R).
Hypothesis hP : kernel P.
Variables (k : nat) (Phi : S -> A -> 'I_k -> R) (M : 'I_k -> S -> R).
Variables (v : S -> R) (lo hi slack : R).
Hypotheses (hlo : forall t, lo <= v t) (hhi : forall t, v t <= hi).

Definition factored s a t : R := \sum_i Phi s a i * M i t.
Notation Ph := factored.
Hypothesis hslack : forall s a, g * row_slack (P s a) (Ph s a) lo hi <= slack.

Lemma backup_error s a : `|Qf g P r v s a - Qf g Ph r v s a| <= slack.
Proof.
rewrite /Qf opprD addrACA subrr add0r -mulrBr normrM (ger0_norm g0).
by apply: le_trans (hslack s a); apply: ler_wpmul2l => //; apply: row_error.
Qed.

Theorem sweep_error s : `|Topt a0 g P r v s - Topt a0 g Ph r v s| <= slack.
Proof.
rewrite ler_norml ler_oppl opprB; apply/andP; split; apply: fmax_shift => a.
  by apply: le_trans (ler_norm _) _; rewrite distrC backup_error.
by apply: le_trans (ler_norm _) (backup_error s a).
Qed.

Variables (dlo dhi : R) (Vs Vp : S -> R).
Hypothesis hdlo : forall s, dlo <= Topt a0 g Ph r v s - v s.
Hypothesis hdhi : forall s, Topt a0 g Ph r v s - v s <= dhi.
(* the policy that the truncated sweep chooses, valued in the true model *)
Let pi := det R (greedy a0 g Ph r v).
Hypotheses (hVs : optimal a0 g P r Vs) (hVp : value g P r pi Vp).

Theorem lowrank_bounds s :
  [/\ v s + (dlo - slack) / (1 - g) <= Vp s, Vp s <= Vs s
    & Vs s <= v s + (dhi + slack) / (1 - g)].
Proof.
have hp : policy pi by apply: policy_det.
split.
- have c : v s - Vp s <= (slack - dlo) / (1 - g).
    apply: (compare_sub s0 g1 (Tpi_shift g0 r hP hp)) => // t.
    rewrite Tdet -ler_subl_addr opprB.
    apply: (@le_trans _ _ (Topt a0 g Ph r v t - slack)).
      by rewrite addrA ler_add2r -ler_subr_addl; apply: hdlo.
    rewrite ler_subl_addr -ler_subl_addl; apply: le_trans (backup_error t (greedy a0 g Ph r v t)).
    by rewrite distrC ler_norm.
  by rewrite -opprB mulNr ler_subl_addr addrC -ler_subl_addr.
- exact: (value_le_optimal s0 g0 g1 hP hp hVp hVs).
rewrite -ler_subl_addl; apply: (compare_sup s0 g1 (Topt_shift a0 g0 r hP)) => // t.
rewrite ler_subl_addr addrA; apply: (@le_trans _ _ (Topt a0 g Ph r v t + slack)).
  by rewrite -ler_subl_addl; apply: le_trans (ler_norm _) (sweep_error t).
by rewrite ler_add2r -ler_subl_addl; apply: hdhi.
Qed.

Corollary lowrank_loss s : Vs s - Vp s <= (dhi - dlo + 2%:R * slack) / (1 - g).
Proof.
have [h1 _ h2] := lowrank_bounds s; apply: le_trans (ler_sub h2 h1) _.
by rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
Qed.
End LowRank.
