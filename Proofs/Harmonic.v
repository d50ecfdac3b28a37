(* Harmonic.v - sums of 1/i, also over delayed counts, without logarithms.

   1 + 1/2 + ... + 1/m <= 1 + l whenever m <= e l. Summed over cells with n x visits each, it is at
   most C (1 + l) whenever the sum of n x is at most C e l: the logarithm is concave, which enters
   as its tangent, 1 + x <= e x.

   Main definitions
   - harm H j: 1/(j + 1 - H) if j >= H, else 0. harms H m: the sum over j < m.

   Main statements
   - sum_inv_le: the sum of 1/i for i <= m is at most 1 + l, if m <= e l.
   - harms_total: the sum over the cells of harms (n x) is at most C (1 + l), if sum n <= C e l.

   Notation: X is the set of cells, C = #|X|; e is any function of the structure expField.
   Assumptions: 0 <= l.
   References: none; the argument is that of Sources/Bounds/UCBVIHoeffding.md, "Pigeonhole".
   Swift counterpart: Sources/Bounds/UCBVIHoeffding.swift, `bernsteinRegret`. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import ExpField.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(* ---- sums of 1/i ---- *)
Section Harmonic.
Variables (R : realFieldType) (e : R -> R).
Hypothesis eD : forall x y, e (x + y) = e x * e y.
Hypothesis e_ge : forall x, 1 + x <= e x.

Let e_gt0 x : 0 < e x.
Proof.
have ge0 y : 0 <= e y.
  have -> : y = y / 2%:R + y / 2%:R by rewrite -mulrDl -mulr2n -mulr_natr mulfK ?pnatr_eq0.
  by rewrite eD -expr2 sqr_ge0.
rewrite lt_neqAle ge0 andbT eq_sym; apply/eqP => ex0.
have := e_ge 0; rewrite addr0 -{1}(subrr x) addrC eD ex0 mulr0.
by rewrite leNgt ltr01.
Qed.

(* e (sum) <= m for the sum of 1/i over 2 <= i <= m *)
Lemma exp_sum_inv_le m : e (\sum_(i < m) i.+2%:R^-1) <= m.+1%:R.
Proof.
elim: m => [|m IH].
  rewrite big_ord0; have := e_ge 0; rewrite addr0 => h1.
  have h2 : e 0 = e 0 * e 0 by rewrite -eD addr0.
  have nz : e 0 != 0 by rewrite gt_eqF.
  by rewrite -(mulfI nz (etrans (mulr1 _) h2)).
rewrite big_ord_recr /= eD.
have le : e m.+2%:R^-1 <= m.+2%:R / m.+1%:R.
  have m2 : (0 : R) < m.+2%:R by rewrite ltr0n.
  have m1 : (0 : R) < m.+1%:R by rewrite ltr0n.
  have := e_ge (- m.+2%:R^-1).
  have -> : 1 - m.+2%:R^-1 = m.+1%:R / m.+2%:R :> R.
    by rewrite -[X in X - _](divff (lt0r_neq0 m2)) -[X in _ - X]mul1r -mulrBl mulrSr addrK.
  move=> h; rewrite -[leRHS]invf_div -[e _]invrK lef_pinv ?posrE ?invr_gt0 ?divr_gt0 //.
  apply: le_trans h _; rewrite le_eqVlt; apply/orP; left; apply/eqP.
  apply: (mulIf (lt0r_neq0 (e_gt0 m.+2%:R^-1))).
  rewrite mulVf ?gt_eqF // -eD addNr.
  have h2 : e 0 = e 0 * e 0 by rewrite -eD addr0.
  have nz : e 0 != 0 by rewrite gt_eqF.
  by rewrite -(mulfI nz (etrans (mulr1 _) h2)).
apply: le_trans (ler_pmul _ _ IH le) _; try exact: ltW.
by rewrite mulrC divfK // pnatr_eq0.
Qed.

Lemma exp_le_inv x y : e x <= e y -> x <= y.
Proof.
move=> le; rewrite leNgt; apply/negP => lt.
have : e y < e x.
  have -> : x = y + (x - y) by rewrite addrC subrK.
  rewrite eD -[X in X < _]mulr1 ltr_pmul2l //.
  by apply: lt_le_trans (e_ge _); rewrite ltr_addl subr_gt0.
by rewrite ltNge le.
Qed.

Theorem sum_inv_le m l : (0 < m)%N -> m%:R <= e l -> \sum_(i < m) i.+1%:R^-1 <= 1 + l.
Proof.
case: m => // m _ le; rewrite big_ord_recl invr1 ler_add2l.
by apply: exp_le_inv; apply: le_trans le; apply: exp_sum_inv_le.
Qed.
End Harmonic.

(* ---- sums of 1/i over delayed counts ---- *)
Section Harms.
Variables (R : realFieldType) (e : expField R) (X : finType) (H : nat).

Definition harm j : R := if (j < H)%N then 0 else (j.+1 - H)%:R^-1.
Definition harms m : R := \sum_(j < m) harm j.

Lemma harmsS m : harms m.+1 = harms m + harm m.
Proof. by rewrite /harms big_ord_recr. Qed.

Lemma harmsE m : harms m = \sum_(i < m - H) i.+1%:R^-1.
Proof.
elim: m => [|m IH]; first by rewrite /harms sub0n !big_ord0.
rewrite harmsS IH /harm; case: ltnP => lt.
  have -> : (m.+1 - H = 0)%N by apply/eqP; rewrite subn_eq0.
  have -> : (m - H = 0)%N by apply/eqP; rewrite subn_eq0 ltnW.
  by rewrite !big_ord0 addr0.
by rewrite subSn // big_ord_recr.
Qed.

Lemma harms_le m l : 0 <= l -> harms m <= l + m%:R / e l.
Proof.
move=> l0; have y0 := ex_gt0 e l; rewrite harmsE.
apply: (@le_trans _ _ (l + (m - H)%:R / e l)); last first.
  by rewrite ler_add2l ler_wpmul2r ?invr_ge0 ?ex_ge0 // ler_nat leq_subr.
case: (m - H)%N => [|i]; first by rewrite big_ord0 mul0r addr0.
have -> : l + i.+1%:R / e l = 1 + (l + (i.+1%:R / e l - 1)) by ring.
apply: (sum_inv_le (exD e) (ex_ge e)) => //; rewrite exD mulrC.
apply: (@le_trans _ _ (i.+1%:R / e l * e l)); first by rewrite divfK // gt_eqF.
rewrite ler_wpmul2r ?ex_ge0 //; apply: le_trans (ex_ge e _).
by rewrite addrC subrK.
Qed.

Theorem harms_total (n : X -> nat) N l : (\sum_x n x <= N)%N -> 0 <= l ->
  N%:R <= #|X|%:R * e l -> \sum_x harms (n x) <= #|X|%:R * (1 + l).
Proof.
move=> nN l0 le; apply: le_trans (ler_sum _ (fun x _ => harms_le (n x) l0)) _.
have sc : \sum_(x : X) l = #|X|%:R * l by rewrite sumr_const mulr_natl.
rewrite big_split /= sc -mulr_suml -natr_sum mulrDr mulr1 [leRHS]addrC ler_add2l.
rewrite ler_pdivr_mulr ?ex_gt0 //; apply: le_trans le.
by rewrite ler_nat.
Qed.
End Harms.
