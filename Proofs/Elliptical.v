(* Elliptical.v - the elliptical potential lemma in its logarithmic form, without logarithms.

   L_{t+1} = L_t + x_t x_t', from a symmetric positive definite L_0, and w_t = x_t' L_t^-1 x_t. Then
   the sum of min(1, w_t) over t < n is at most 2 ln (det L_n / det L_0), stated as: at most 2 l for
   every l with det L_n / det L_0 <= e l.

   Main definitions
   - spd M: M is symmetric and v' M v > 0 for every v that is not 0.

   Main statements
   - spd_unitmx: such a matrix has an inverse. quad_ge0: v' M^-1 v >= 0.
   - spd_gram: all L_t are symmetric positive definite. spd_scalar: so is a multiple c > 0 of 1.
   - exp_half_min: e (min(1, w) / 2) <= 1 + w for w >= 0.
   - elliptical_potential_exp: e (sum of min(1, w_t) / 2) <= det L_n / det L_0.
   - elliptical_potential: sum of min(1, w_t) <= 2 l, if det L_n / det L_0 <= e l.

   Notation: `gram L0 x t` is L_t, `quad` as in LinAlg.v; e is any function of expField.
   Assumptions: none beyond L_0 symmetric positive definite.
   References: [abbasi2011], lemma 11.
   Swift counterpart: Sources/LinearLearning. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Fin Process Hoeffding LinAlg.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Elliptical.
Variables (R : realFieldType) (d : nat).
Implicit Types (M : 'M[R]_d) (v : 'cV[R]_d) (x : nat -> 'cV[R]_d).

Definition spd M : Prop := M^T = M /\ forall v, v != 0 -> 0 < (v^T *m M *m v) 0 0.

Lemma spd_ge0 M v : spd M -> 0 <= (v^T *m M *m v) 0 0.
Proof.
case=> _ pos; case: (eqVneq v 0) => [->|/pos/ltW//].
by rewrite mulmx0 mxE.
Qed.

Lemma spd_unitmx M : spd M -> M \in unitmx.
Proof.
case=> _ pos; rewrite -row_free_unit -kermx_eq0; apply/negPn/negP => /rowV0Pn[u uk u0].
have uM : u *m M = 0 by apply/sub_kermxP.
have := pos u^T; rewrite trmxK uM mul0mx mxE ltxx -(inj_eq trmx_inj) trmx0 trmxK => h.
by have := h u0.
Qed.

Lemma quad_ge0 M v : spd M -> 0 <= quad M v v^T.
Proof.
move=> pd; have uM := spd_unitmx pd; have [sym _] := pd.
have := spd_ge0 (invmx M *m v) pd.
by rewrite trmx_mul -[_ *m M *m _]mulmxA mulKVmx // trmx_inv sym.
Qed.

Lemma spd_rank1 M v : spd M -> spd (M + v *m v^T).
Proof.
move=> pd; split; first by rewrite linearD /= trmx_mul trmxK (proj1 pd).
move=> u u0; rewrite mulmxDr mulmxDl mxE ltr_spaddl ?(proj2 pd) //.
rewrite mulmxA -mulmxA; set a := u^T *m v.
have -> : v^T *m u = a^T by rewrite trmx_mul trmxK.
by rewrite mxE big_ord1 [a^T _ _]mxE -expr2 sqr_ge0.
Qed.

Lemma spd_gram (L0 : 'M[R]_d) x t : spd L0 -> spd (gram L0 x t).
Proof. by move=> pd; elim: t => //= t IH; apply: spd_rank1. Qed.

Lemma spd_scalar (c : R) : 0 < c -> spd (c%:M).
Proof.
move=> c0; split=> [|v v0]; first by rewrite tr_scalar_mx.
rewrite -mulmxA mul_scalar_mx -scalemxAr mxE pmulr_rgt0 // mxE.
under eq_bigr do rewrite mxE -expr2.
rewrite lt_neqAle sumr_ge0 ?andbT => [|i _]; last exact: sqr_ge0.
apply: contra v0; rewrite eq_sym psumr_eq0 => [/allP z|i _]; last exact: sqr_ge0.
apply/eqP/colP => i; rewrite mxE; have := z i; rewrite mem_index_enum sqrf_eq0 => /(_ isT).
by move/eqP.
Qed.

Variable e : expField R.

Lemma exp_half_min w : 0 <= w -> e (Num.min 1 w / 2%:R) <= 1 + w.
Proof.
move=> w0; set m := Num.min 1 w.
have m0 : 0 <= m by rewrite le_minr ler01.
have m1 : m <= 1 by rewrite le_minl lexx.
have mw : m <= w by rewrite le_minl lexx orbT.
apply: le_trans (_ : _ <= 1 + m) _; last by rewrite ler_add2l.
rewrite -[e _]invrK -exN -[1 + m]invrK lef_pinv ?posrE ?invr_gt0 ?ex_gt0 //; last first.
  by rewrite ltr_paddr.
apply: le_trans (ex_ge e _); rewrite -div1r ler_pdivr_mulr; last by rewrite ltr_paddr.
rewrite -subr_ge0.
have -> : (1 - m / 2%:R) * (1 + m) - 1 = m * (1 - m) / 2%:R by field.
by rewrite divr_ge0 ?ler0n // mulr_ge0 // subr_ge0.
Qed.

Variables (L0 : 'M[R]_d) (x : nat -> 'cV[R]_d).
Hypothesis L0_spd : spd L0.

Definition weight t : R := quad (gram L0 x t) (x t) (x t)^T.

Lemma weight_ge0 t : 0 <= weight t.
Proof. exact/quad_ge0/spd_gram. Qed.

Theorem elliptical_potential_exp n :
  e (\sum_(t < n) Num.min 1 (weight t) / 2%:R) <= \det (gram L0 x n) / \det L0.
Proof.
have nz : \det L0 != 0 by rewrite -unitfE -unitmxE; apply: spd_unitmx.
rewrite elliptical_product => [|t _]; last exact/spd_unitmx/spd_gram.
rewrite mulrAC divff // mul1r; elim: n => [|n IH]; first by rewrite !big_ord0 ex0.
rewrite !big_ord_recr /= exD; apply: ler_pmul IH _; rewrite ?ex_ge0 //.
by apply: exp_half_min; apply: weight_ge0.
Qed.

Theorem elliptical_potential n l : \det (gram L0 x n) / \det L0 <= e l ->
  \sum_(t < n) Num.min 1 (weight t) <= 2%:R * l.
Proof.
move/(le_trans (elliptical_potential_exp n)); rewrite ler_ex -mulr_suml.
by rewrite ler_pdivr_mulr ?ltr0n // mulrC.
Qed.
End Elliptical.
