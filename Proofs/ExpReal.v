(* ExpReal.v - the exponential of Coq's real numbers is an expField.

   All bounds of this development are stated for any function that behaves like the exponential
   (ExpField.v). This file shows that the real exponential is one, and that L = ln x is an L with
   x <= e L, so that each theorem can be read with the usual exponential and logarithm.

   Axioms: unlike every other file, this one rests on the axioms of Coq's real numbers
   (ClassicalDedekindReals.sig_forall_dec and sig_not_dec, functional extensionality) and on those
   that mathcomp-analysis adds to make the reals a MathComp field (Classical_Prop.classic and
   Epsilon.epsilon_statement). No bound of another file depends on this one.

   Main definitions
   - exp_field: the expField of the real exponential.

   Main statements
   - le_exp_ln: x <= exp (ln x) for x > 0, so L = ln (N/delta) can be used wherever N/delta <= e L.
   - lcb_bandit_ln: the guarantee of LCB.v in the words that the program prints, L = ln (2 A / d).
   - ln_lower: x <= 2 ln (1 + x) for x in [0, 1].

   Notation: R is the type of Coq's real numbers.
   Assumptions: the axioms above.
   References: -.
   Swift counterpart: Portable.exp and Portable.log in Sources/Randomness, which are tested, not
   verified. *)
From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring Rstruct.
From Proofs Require Import Fin Process ExpField Estimate LCB.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Lemma exp_add (x y : R) : exp (x + y) = exp x * exp y.
Proof. exact: exp_plus. Qed.

Lemma exp_ge (x : R) : 1 + x <= exp x.
Proof.
apply/RleP; case: (Req_dec x 0%R) => [->|n].
  by rewrite exp_0 addr0; apply: Rle_refl.
by left; apply: exp_ineq1.
Qed.

Definition exp_field : expField R_realFieldType := ExpField exp_add exp_ge Rarchimedean_axiom.

Lemma le_exp_ln (x : R) : 0 < x -> x <= exp_field (ln x).
Proof. by move/RltP => x0; rewrite /= exp_ln ?lexx. Qed.

Theorem ln_lower (x : R) : 0 <= x <= 1 -> x <= 2%:R * ln (1 + x).
Proof.
case/andP=> x0 x1; have d0 : 0 < 1 + x by apply: ltr_paddr => //; exact: ltr01.
have [y xy] : exists y : R, x = 2%:R * y.
  by exists (x / 2%:R); rewrite mulrC mulfVK // pnatr_eq0.
have y0 : 0 <= y by move: x0; rewrite xy pmulr_rge0 ?ltr0n.
(* exp y <= 1 / (1 - y) <= 1 + 2 y *)
have le : exp_field y <= exp_field (ln (1 + x)).
  apply: le_trans (le_exp_ln d0); rewrite -(ler_pmul2r (ex_gt0 exp_field (- y))) exMN.
  apply: (@le_trans _ _ ((1 + x) * (1 - y))).
    rewrite -subr_ge0 (_ : _ - 1 = y * (1 - x)); first by rewrite mulr_ge0 ?subr_ge0.
    by rewrite xy; ring.
  by apply: ler_wpmul2l; [exact: ltW | exact: ex_ge].
by move: le; rewrite ler_ex => le; rewrite {1}xy; apply: ler_wpmul2l; rewrite ?ler0n.
Qed.

(* e.g. the lower-confidence-bound rule: the hypothesis on L is met by the logarithm *)
Definition odds (A : finType) (d : R_rcfType) : R_rcfType := 2%:R * #|A|%:R / d.

Corollary lcb_bandit_ln (W A : finType) (arm : nat -> A) (law : A -> W -> R) (rew : W -> R)
    (N : nat) (d : R) (L : R := ln (odds A d)) (pick : seq W -> A) :
  (forall a, dist (law a)) -> (forall w, 0 <= rew w <= 1) ->
  (forall x a, lcb_score arm rew L x a <= lcb_score arm rew L x (pick x)) ->
  (0 < #|A|)%N -> 0 < d -> d <= 1 ->
  Prp (bandit_kernel arm law) N [::] (fun x => ~~ [forall a, (0 < pulls arm a N)%N ==>
    (mean_reward law rew a - mean_reward law rew (pick x)
      <= 2%:R * Num.sqrt (L / (2%:R * (pulls arm a N)%:R)))]) <= d.
Proof.
move=> hlaw hrew hp A0 d0 d1.
have x1 : 1 <= odds A d.
  rewrite /odds ler_pdivl_mulr // mul1r; apply: le_trans d1 _.
  by rewrite -natrM ler1n muln_gt0.
have x0 := lt_le_trans ltr01 x1; have hL : odds A d <= exp_field L := le_exp_ln x0.
apply: (@lcb_bandit R_rcfType exp_field) => //.
by rewrite -(ler_ex exp_field) ex0; apply: le_trans x1 hL.
Qed.
