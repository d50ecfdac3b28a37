(* StoredRows.v - discounted certificates for rows whose sums are not exactly 1.

   A program stores rows of doubles: their sums differ from 1 by rounding, and are less where an
   episode may end. Certificates need no more than P >= 0 with row sums of at most sigma and
   g sigma < 1: then lo <= V^pi <= V* <= hi for the fixed points of the stored numbers, with nothing
   repaired. For sigma = 1 and sums of 1 this is certificate_gap.

   Main statements: rows_nonpos (what is at most g times its own greatest mean is nowhere positive);
     rows_upper (V <= T V lies below every hi >= T hi); rows_lower; rows_certificate (the bounds).
   Notation: Qf, Topt, Tpi, value, optimal, policy as in Discounted.v.
   Assumptions: 0 <= g, P >= 0, row sums at most sigma, 0 <= sigma, g sigma < 1.
   References: [puterman1994] Theorem 6.2.2.
   Swift counterpart: Sources/Certificates/CertificateChecker.swift (badDiscount, checkHi,
     checkLo). *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Fin Discounted.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section StoredRows.
Variables (R : realFieldType) (S A : finType) (s0 : S) (a0 : A) (g sigma : R).
Variables (P : S -> A -> S -> R) (r : S -> A -> R).
Hypotheses (g0 : 0 <= g) (gs : g * sigma < 1).
Hypothesis hP0 : forall s a t, 0 <= P s a t.
Hypothesis hPs : forall s a, \sum_t P s a t <= sigma.
Implicit Types (D V hi lo : S -> R) (pi : S -> A -> R).

Lemma rows_nonpos D : (forall s, D s <= fmax a0 (fun a => g * Ex (P s a) D)) ->
  forall s, D s <= 0.
Proof.
move=> h s; pose m := fmax s0 D; have hm t : D t <= m by apply: fmax_ge.
apply: le_trans (hm s) _; rewrite leNgt; apply/negP => m0.
suff : m <= g * sigma * m by rewrite leNgt gtr_pmull // gs.
apply: fmax_le => t; apply: le_trans (h t) _; apply: fmax_le => a.
rewrite -mulrA; apply: ler_wpmul2l => //; apply: (@le_trans _ _ (Ex (P t a) (fun _ => m))).
  exact: Ex_mono.
by rewrite /Ex -mulr_suml; apply: ler_wpmul2r; [exact: ltW | exact: hPs].
Qed.

Lemma Qf_diff V hi s a : Qf g P r V s a - Qf g P r hi s a = g * Ex (P s a) (fun t => V t - hi t).
Proof. by rewrite /Qf ExB; ring. Qed.

Theorem rows_upper V hi : (forall s, V s <= Topt a0 g P r V s) ->
  (forall s a, Qf g P r hi s a <= hi s) -> forall s, V s <= hi s.
Proof.
move=> hV hh s; rewrite -subr_le0; apply: (rows_nonpos (D := fun t => V t - hi t)) => t.
apply: (@le_trans _ _ (Topt a0 g P r V t - Topt a0 g P r hi t)).
  by apply: ler_sub => //; apply: fmax_le => a; apply: hh.
apply: fmax_shift => a; rewrite Qf_diff.
exact: (fmax_ge a0 (fun a => g * Ex (P t a) (fun u => V u - hi u))).
Qed.

Theorem rows_lower pi lo Vp : policy pi -> value g P r pi Vp ->
  (forall s, lo s <= Tpi g P r pi lo s) -> forall s, lo s <= Vp s.
Proof.
move=> hp hv hl s; rewrite -subr_le0; apply: (rows_nonpos (D := fun t => lo t - Vp t)) => t.
apply: (@le_trans _ _ (Tpi g P r pi lo t - Tpi g P r pi Vp t)).
  by rewrite -(hv t) ler_add2r.
rewrite -ExB; apply: Ex_le (hp t) _ => a; rewrite Qf_diff.
exact: (fmax_ge a0 (fun a => g * Ex (P t a) (fun u => lo u - Vp u))).
Qed.

Theorem rows_certificate pi hi lo Vp Vs : policy pi -> value g P r pi Vp ->
  optimal a0 g P r Vs -> (forall s a, Qf g P r hi s a <= hi s) ->
  (forall s, lo s <= Tpi g P r pi lo s) ->
  forall s, [/\ lo s <= Vp s, Vp s <= Vs s & Vs s <= hi s].
Proof.
move=> hp hv hs hh hl s; split; first exact: (rows_lower hp hv hl).
  apply: rows_upper => [t|t a]; last by rewrite [leRHS](hs t); exact: (fmax_ge a0 (Qf g P r Vs t)).
  by rewrite {1}(hv t); apply: Ex_le (hp t) _ => a; exact: (fmax_ge a0 (Qf g P r Vp t)).
by apply: rows_upper => // t; rewrite -(hs t).
Qed.
End StoredRows.
