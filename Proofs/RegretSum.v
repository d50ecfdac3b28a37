(* RegretSum.v - from the bonuses of single visits to a bound for a whole run.

   A learner pays at the j-th visit of a cell at most c if j <= H, and at most B / sqrt(j - H) after
   that: its counts are those before the episode, so they lag behind by at most H visits. The sum of
   all that it pays is at most |X| H c + 2 B sqrt(|X| N) for |X| cells and N visits in all.

   Main definitions
   - charge c B H j: what the visit after j visits may cost.
   - charges c B H n: what the first n visits of a cell may cost.

   Main statements
   - sum_inv_sqrt_sum: the sum over the cells of the sums of 1/sqrt i is at most 2 sqrt (|X| N).
   - cauchy_sqrt: the sum of sqrt (n x) over the cells is at most sqrt (|X| times the sum of n x).
   - charges_total: the sum over the cells of what their visits may cost.

   Notation: X is the set of cells, n x the number of visits of the cell x.
   Assumptions: B >= 0.
   References: none; the argument is that of Sources/Bounds/UCBVIHoeffding.md, "Pigeonhole".
   Swift counterpart: Sources/Bounds/UCBVIHoeffding.swift, `start` and `spread`. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Pigeonhole.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section RegretSum.
Variables (R : rcfType) (X : finType).
Implicit Types (n : X -> nat) (c B : R).

Let sum_cst (k : R) : \sum_(x : X) k = #|X|%:R * k.
Proof. by rewrite sumr_const mulr_natl. Qed.

(* 2ab <= a^2 + b^2, summed over all pairs *)
Lemma cauchy_sum_sqr (a : X -> R) : (\sum_x a x) ^+ 2 <= #|X|%:R * \sum_x a x ^+ 2.
Proof.
have two0 : (0 : R) < 2%:R by rewrite ltr0n.
rewrite -(ler_pmul2l two0).
have -> : 2%:R * (#|X|%:R * \sum_x a x ^+ 2) = \sum_x \sum_y (a x ^+ 2 + a y ^+ 2).
  rewrite [RHS](eq_bigr (fun x => #|X|%:R * a x ^+ 2 + \sum_y a y ^+ 2)) => [|x _].
    by rewrite big_split /= -mulr_sumr sum_cst mulr_natl mulr2n.
  by rewrite big_split /= sum_cst.
have -> : 2%:R * (\sum_x a x) ^+ 2 = \sum_x \sum_y 2%:R * (a x * a y).
  rewrite expr2 mulr_suml mulr_sumr; apply: eq_bigr => x _.
  by rewrite mulr_sumr mulr_sumr.
apply: ler_sum => x _; apply: ler_sum => y _.
rewrite -subr_ge0.
have -> : a x ^+ 2 + a y ^+ 2 - 2%:R * (a x * a y) = (a x - a y) ^+ 2 by ring.
exact: sqr_ge0.
Qed.

Theorem cauchy_sqrt n :
  \sum_x Num.sqrt ((n x)%:R : R) <= Num.sqrt (#|X|%:R * (\sum_x n x)%:R).
Proof.
set s := \sum_x _; have s0 : 0 <= s by apply: sumr_ge0 => x _; apply: sqrtr_ge0.
rewrite -(ger0_norm s0) -sqrtr_sqr ler_wsqrtr //.
apply: le_trans (cauchy_sum_sqr _) _; rewrite ler_wpmul2l ?ler0n // natr_sum.
by rewrite (eq_bigr (fun x => (n x)%:R)) // => x _; rewrite sqr_sqrtr ?ler0n.
Qed.

Theorem sum_inv_sqrt_sum n N : (\sum_x n x <= N)%N ->
  \sum_x \sum_(i < n x) (Num.sqrt (i.+1%:R : R))^-1 <= 2%:R * Num.sqrt (#|X|%:R * N%:R).
Proof.
move=> nN; apply: (@le_trans _ _ (\sum_x 2%:R * Num.sqrt ((n x)%:R : R))).
  by apply: ler_sum => x _; apply: sum_inv_sqrt.
rewrite -mulr_sumr ler_wpmul2l ?ler0n //; apply: le_trans (cauchy_sqrt n) _.
by rewrite ler_wsqrtr // ler_wpmul2l ?ler0n // ler_nat.
Qed.

(* ---- delayed counts ---- *)
Section Charges.
Variables (c B : R) (H : nat).
Hypothesis c_ge0 : 0 <= c.
Hypothesis B_ge0 : 0 <= B.

Definition charge j : R := if (j < H)%N then c else B / Num.sqrt (j.+1 - H)%:R.
Definition charges m : R := \sum_(j < m) charge j.

Lemma charges0 : charges 0 = 0. Proof. by rewrite /charges big_ord0. Qed.
Lemma chargesS m : charges m.+1 = charges m + charge m.
Proof. by rewrite /charges big_ord_recr. Qed.

Lemma inv_sqrt_ge0 (m : nat) : 0 <= (Num.sqrt (m%:R : R))^-1.
Proof. by rewrite invr_ge0 sqrtr_ge0. Qed.

(* one cell: H visits at c, and m more *)
Lemma charges_le m :
  charges m <= H%:R * c + B * \sum_(i < m) (Num.sqrt (i.+1%:R : R))^-1.
Proof.
suff le : charges m <= (minn m H)%:R * c + B * \sum_(i < m - H) (Num.sqrt (i.+1%:R : R))^-1.
  apply: le_trans le _; apply: ler_add; first by rewrite ler_wpmul2r // ler_nat geq_minr.
  rewrite ler_wpmul2l //.
  rewrite -!(big_mkord xpredT (fun i => (Num.sqrt (i.+1%:R : R))^-1)).
  rewrite [leRHS](@big_cat_nat _ _ _ (m - H)) ?leq_subr //= ler_addl.
  by apply: sumr_ge0 => i _; apply: inv_sqrt_ge0.
elim: m => [|m IH]; first by rewrite charges0 sub0n big_ord0 mulr0 addr0 mulr_ge0 ?ler0n.
rewrite chargesS /charge; case: ltnP => lt.
  have -> : (m.+1 - H = 0)%N by apply/eqP; rewrite subn_eq0.
  have mH : (m - H = 0)%N by apply/eqP; rewrite subn_eq0 ltnW.
  move: IH; rewrite mH big_ord0 mulr0 !addr0 (minn_idPl (ltnW lt)) (minn_idPl lt) => IH.
  by rewrite mulrSr mulrDl mul1r ler_add2r.
have -> : minn m.+1 H = H by apply/minn_idPr; apply: leqW.
move: IH; rewrite (minn_idPr lt) subSn // big_ord_recr /= mulrDr addrA => IH.
by rewrite ler_add2r.
Qed.

Theorem charges_total n N : (\sum_x n x <= N)%N ->
  \sum_x charges (n x) <= #|X|%:R * (H%:R * c) + 2%:R * B * Num.sqrt (#|X|%:R * N%:R).
Proof.
move=> nN; apply: le_trans (ler_sum _ (fun x _ => charges_le (n x))) _.
rewrite big_split /= sum_cst -mulr_sumr ler_add2l.
by rewrite -mulrA mulrCA ler_wpmul2l // sum_inv_sqrt_sum.
Qed.
End Charges.
End RegretSum.
