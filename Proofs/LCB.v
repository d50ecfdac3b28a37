(* LCB.v - the arm of the greatest lower confidence bound, for fixed data.

   Observation i is a reward of arm (arm i), a fixed design; rewards are independent, the reward
   of an arm has finitely many values, all in [0, 1], and a mean that does not change. The rule
   chooses an arm whose clipped lower confidence bound is greatest, as in
   Sources/OfflineLearning/LCBBandit.swift.

   Main definitions
   - pulls a n: how often arm a occurs in the first n places of the design.
   - lcb_mean, lcb_penalty, lcb_score: r_a, b_a and l_a of the Swift file.

   Main statements
   - lcb_bandit_whp: with probability at least 1 - d all arms with data satisfy |mean - r| <= b, all
     bounds are valid, and r(a) - r(chosen) <= 2 sqrt (L / (2 n(a))) for every arm a with data.
   - lcb_bandit: the probability that the last inequality fails for an arm a with data, in
     particular for the best arm, is at most d.

   Notation: L is any number with 2 A / d <= e L, that is L >= log (2 A / d).
   Assumptions: those of the summary; the choice among equal bounds is arbitrary.
   References: [rashidinejad2021], the algorithm for bandits; [hoeffding1963], theorem 2.
   Swift counterpart: Sources/OfflineLearning/LCBBandit.swift, its Guarantee. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Fin Process Hoeffding Estimate.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section LCB.
Variables (R : rcfType) (e : expField R) (W A : finType).
Variables (arm : nat -> A) (law : A -> W -> R) (rew : W -> R).
Hypothesis hlaw : forall a, dist (law a).
Hypothesis hrew : forall w, 0 <= rew w <= 1.
Variables (N : nat) (L d : R).

Definition one_fold (i : nat) : nat := 0%N.
Definition bandit_kernel : seq W -> W -> R := design_kernel one_fold arm (fun _ => law).
Definition mean_reward a : R := Ex (law a) rew.
Definition pulls a n : nat := cell_count one_fold arm 0%N a n.

Definition lcb_mean (x : seq W) a : R := cell_sum one_fold arm 0%N a rew x / (pulls a (size x))%:R.
Definition lcb_penalty a n : R := Num.sqrt (L / (2%:R * (pulls a n)%:R)).
Definition lcb_score (x : seq W) a : R :=
  if pulls a (size x) == 0%N then 0 else Num.max 0 (lcb_mean x a - lcb_penalty a (size x)).

Variable pick : seq W -> A.
Hypothesis pick_max : forall x a, lcb_score x a <= lcb_score x (pick x).

Theorem lcb_bandit_whp : 0 <= L -> 0 < d -> 2%:R * #|A|%:R / d <= e L ->
  whp bandit_kernel N d (fun x => [/\
    forall a, (0 < pulls a N)%N -> `|lcb_mean x a - mean_reward a| <= lcb_penalty a N,
    forall a, lcb_score x a <= mean_reward a
    & forall a, (0 < pulls a N)%N ->
        mean_reward a - mean_reward (pick x) <= 2%:R * lcb_penalty a N]).
Proof.
move=> L0 d0 hL; have hL1 : 2%:R * #|A|%:R * 1%:R / d <= e L by rewrite mulr1.
have rw t x w : 0 <= (fun (_ : nat) (_ : seq W) => rew) t x w <= (fun _ : nat => 1) t.
  exact: hrew.
have := @folds_whp R e W A one_fold arm (fun _ => law) (fun _ => hlaw)
  (fun _ _ => rew) (fun _ => 1) (fun _ _ _ _ _ => erefl) rw N 0%N 1%N L d L0 d0 hL1.
apply: whp_mono => x sx good.
have close a : (0 < pulls a N)%N -> `|lcb_mean x a - mean_reward a| <= lcb_penalty a N.
  move=> n0; rewrite -[lcb_penalty _ _]mul1r /lcb_mean sx; apply: mean_close => //.
  exact: (good 0%N a).
have valid a : lcb_score x a <= mean_reward a.
  rewrite /lcb_score sx; have m0 : 0 <= mean_reward a.
    by apply: Ex_ge => // w; case/andP: (hrew w).
  case: posnP => // n0; rewrite le_maxl m0 /= ler_subl_addr.
  by have := close a n0; rewrite ler_norml ler_subl_addl => /andP[].
split=> // a n0; rewrite ler_subl_addl -ler_subl_addr.
apply: le_trans (valid (pick x)); apply: le_trans (pick_max x a).
rewrite /lcb_score sx gtn_eqF // le_maxr; apply/orP; right.
rewrite ler_subr_addr (_ : _ + _ = mean_reward a - lcb_penalty a N); last by ring.
by have := close a n0; rewrite ler_distl => /andP[].
Qed.

Theorem lcb_bandit : 0 <= L -> 0 < d -> 2%:R * #|A|%:R / d <= e L ->
  Prp bandit_kernel N [::] (fun x => ~~ [forall a, (0 < pulls a N)%N ==>
    (mean_reward a - mean_reward (pick x) <= 2%:R * lcb_penalty a N)]) <= d.
Proof.
move=> L0 d0 hL; apply: whp_Prp; first by move=> h; apply: design_dist.
apply: whp_mono (lcb_bandit_whp L0 d0 hL) => x _ [_ _ h].
by apply/forallP => a; apply/implyP => n0; apply: h.
Qed.
End LCB.
