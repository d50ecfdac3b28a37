(* WitnessMore.v - more instances for the probabilistic guarantees.

   As in WitnessFoundations.v: for each guarantee a concrete instance on which all the hypotheses
   hold at once and the conclusion says something. Here are those for which visits are random,
   functions are chosen from earlier folds, or a policy leaves the data.

   Main statements
   - witness_ex_hoeffding: p = 1/4, t = 4: the mean of e is at most e 2; the trivial bound is e 3.
   - witness_visits_hoeffding_all: tosses of a fair coin counted after heads only: in 100 tosses,
     but for probability 25/128, the sums over the first n <= 25 are within 2 sqrt n.
   - witness_visits_bernstein_all: an outcome of probability 1/32, counted after another only.
   - witness_folds_whp: two folds, two cells; the function of fold 1 is chosen from fold 0.
   - witness_pevi_split: horizon 2, data of one pair only: the suboptimality is at most 75/64
     although the better policy leaves the data with probability 1/4; the trivial bound is 7/4.

   Notation: as in WitnessFoundations.v.
   Assumptions, References, Swift counterpart: those of the files of the lemmas. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring zify.
From Proofs Require Import Fin Process Hoeffding Bernstein Estimate PEVI WitnessFoundations.
From Proofs Require Horizon WitnessRegret.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Witness.
Variables (R : rcfType) (e : expField R).

Theorem witness_ex_hoeffding :
  3%:R / 4%:R * e (- 1) + 4%:R^-1 * e 3%:R <= e 2%:R /\ e 2%:R < e 3%:R.
Proof.
split; last by apply: ex_lt; rewrite ltr_nat.
have p01 : 0 <= (4%:R^-1 : R) <= 1 by rewrite invr_ge0 ler0n invf_le1 ?ltr0n // ler1n.
have := ex_hoeffding e (t := 4%:R) p01.
have -> : - (4%:R^-1 * 4%:R) = - 1 :> R by field.
have -> : (1 - 4%:R^-1) * 4%:R = 3%:R :> R by field.
have -> : 4%:R ^+ 2 / 8%:R = 2%:R :> R by field.
by have -> : 1 - 4%:R^-1 = 3%:R / 4%:R :> R by field.
Qed.

Lemma exN_pow2 n : e (- n%:R) <= (2%:R ^+ n)^-1.
Proof.
by rewrite exN lef_pinv ?posrE ?ex_gt0 ?exprn_gt0 ?ltr0n //; apply: WitnessRegret.exp_pow2.
Qed.

(* ---- random visits: a toss counts if the one before was heads ---- *)
Definition after (b : bool) (h : seq bool) : bool := last b h == b.

Theorem witness_visits_hoeffding_all :
  Prp (fun _ => @fair R) 100 [::] (ever (fun y => (visits (after true) y <= 25)%N &&
      (2%:R * Num.sqrt (visits (after true) y)%:R
        < `|psum (at_visits (after true) (fun _ => @signed R)) y|))) <= 25%:R / 128%:R.
Proof.
have hk (h : seq bool) : dist (@fair R) by apply: fair_dist.
have := @visits_hoeffding_all R e _ _ hk (after true) (fun _ => @signed R) (fun _ => - 2%:R^-1) 1
  (fun _ _ => signed_mean R) (fun _ w _ => signed_range R w) ler01 100 25 8%:R (ler0n R 8).
move=> le; apply: le_trans (le_trans le _); last first.
  rewrite (_ : 25%:R / 128%:R = 25%:R * (2%:R * (2%:R ^+ 8)^-1)); last by field.
  by rewrite !ler_pmul2l ?ltr0n //; apply: exN_pow2.
apply: Prp_mono => // x _ /everP[i [li hi]]; apply/everP; exists i; split=> //.
move: (take i x) hi => y /andP[-> hi] /=; move: hi; rewrite mul1r.
rewrite (_ : (visits _ y)%:R * 8%:R / 2%:R = 2%:R ^+ 2 * (visits (after true) y)%:R :> R).
  by rewrite sqrtrM ?sqr_ge0 // sqrtr_sqr (ger0_norm (ler0n R 2)).
by field.
Qed.

(* in 128 trials, whenever 64 or fewer counted: sqrt (n / 2) + 8/3 above the mean n / 32 *)
Theorem witness_visits_bernstein_all :
  Prp (fun _ => @rare R) 128 [::] (ever (fun y => (visits (after false) y <= 64)%N &&
      (Num.sqrt ((visits (after false) y)%:R / 2%:R) + 8%:R / 3%:R
        < psum (at_visits (after false) (fun _ (w : bool) => w%:R - 32%:R^-1 : R)) y))) <= 4%:R^-1.
Proof.
have hk (h : seq bool) : dist (@rare R) by apply: rare_dist.
have p0 : 0 <= 32%:R^-1 :> R by rewrite invr_ge0 ler0n.
have := @visits_bernstein_all R e _ _ hk (after false) id 32%:R^-1
  (fun _ _ => rare_mean R) p0 128 64 8%:R (ler0n R 8).
move=> le; apply: le_trans (le_trans le _); last first.
  rewrite (_ : 4%:R^-1 = 64%:R * (2%:R ^+ 8)^-1); last by field.
  by rewrite !ler_pmul2l ?ltr0n //; apply: exN_pow2.
apply: Prp_mono => // x _ /everP[i [li hi]]; apply/everP; exists i; split=> //.
move: (take i x) hi => y /andP[-> hi] /=; move: hi.
rewrite (_ : 2%:R * (visits _ y)%:R / 32%:R * 8%:R = (visits (after false) y)%:R / 2%:R :> R) //.
by field.
Qed.

(* ---- folds: blocks of 512 of the cells false, true, false, true; the first two are fold 0 ---- *)
Definition block_fold (i : nat) : nat := (1024 <= i)%N.
Definition block_cell (i : nat) : bool := (512 <= i < 1024)%N || (1536 <= i)%N.

Lemma count_block (t z : bool) n : (n <= 2048)%N ->
  cell_count block_fold block_cell t z n = (minn n (t * 1024 + z * 512 + 512) -
    (t * 1024 + z * 512))%N.
Proof.
elim: n => [|n IH] le; first by rewrite /cell_count big_ord0 min0n sub0n.
rewrite cell_countS IH ?(ltnW le) // /in_cell /block_fold /block_cell.
by move: le; case: t {IH}; case: z => /=; case: (leqP 1024 n); case: (leqP 512 n);
  case: (leqP 1536 n) => /=; lia.
Qed.

(* fold 1 averages how often the first outcome of fold 0 comes again *)
Definition again (t : nat) (h : seq bool) (w : bool) : R :=
  if t == 1%N then (w == head true h)%:R else w%:R.

Theorem witness_folds_whp :
  whp (design_kernel block_fold block_cell (fun _ => @coin R)) 2048 64%:R^-1 (fun x =>
    forall t z : bool,
    `|cell_sum block_fold block_cell t z (again t x) x - 512%:R * Ex (coin R z) (again t x)|
      <= 48%:R).
Proof.
have d0 : 0 < 64%:R^-1 :> R by rewrite invr_gt0 ltr0n.
have hL : 2%:R * #|{: bool}|%:R * 2%:R / 64%:R^-1 <= e 9%:R.
  apply: le_trans (WitnessRegret.exp_pow2 e 9); rewrite card_bool invrK.
  by rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
have hF t h y w : (t <= block_fold (size h))%N -> again t (h ++ y) w = again t h w.
  by rewrite /again; case: t => [|[|t]] //; case: h.
have hr t h w : 0 <= again t h w <= 1.
  by rewrite /again; case: ifP => _; [case: (_ == _) | case: w]; rewrite ?lexx ?ler01.
have hlaw (t : nat) z : dist (coin R z) by apply: coin_dist.
have := folds_whp block_cell (F := again) (c := fun _ => 1) hlaw hF hr 2048 0 (ler0n R 9) d0 hL.
apply: whp_mono => x sx good t z; have lt : (t < 2)%N by case: (t).
have := good t z lt; rewrite /cell_good add0n count_block //.
rewrite (_ : (minn _ _ - _)%N = 512%N); last by case: (t); case: (z).
rewrite (_ : 512%:R * 9%:R / 2%:R = 48%:R ^+ 2 :> R); last by field.
by rewrite sqrtr_sqr (ger0_norm (ler0n R 48)) mul1r.
Qed.

(* ---- pessimistic value iteration: the policy that always plays true leaves the data ---- *)
Theorem witness_pevi_split
    (pi_hat := greedy_pevi 2 (@r2 R) (two 1023) same 128%:R 1 (amax true))
    (pi := fun (_ : nat) (_ : bool) => dirac R true) :
  whp (pevi_kernel 2 (@P2 R) (two 1023) same) 2046 8%:R^-1 (fun x =>
    vhat 2 (@r2 R) (two 1023) same 128%:R 1 (amax true) 2 x true
      <= Horizon.Esum (@P2 R) (pi_hat x) (@r2 R) 2 0 true /\
    Horizon.Esum (@P2 R) pi (@r2 R) 2 0 true - Horizon.Esum (@P2 R) (pi_hat x) (@r2 R) 2 0 true
      <= 75%:R / 64%:R) /\
  75%:R / 64%:R < Horizon.Esum (@P2 R) pi (@r2 R) 2 0 true.
Proof.
have E2 f : Horizon.Esum (@P2 R) pi f 2 0 true =
    f 0%N true true + (3%:R / 4%:R * f 1%N true true + 4%:R^-1 * f 1%N false true).
  rewrite /= !Ex_dirac /P2 {1}/Ex big_bool /coin /= !Ex_dirac.
  by rewrite !(Ex_const 0) ?addr0 //; apply: coin_dist.
have hpi h s : dist (pi h s) by apply: dist_dirac.
split; last first.
  rewrite E2 /r2 /value_of /= -subr_gt0 (_ : _ - _ = 37%:R / 64%:R); last by field.
  by rewrite divr_gt0 ?ltr0n.
have d0 : 0 < 8%:R^-1 :> R by rewrite invr_gt0 ltr0n.
have hL : 2%:R * #|{: bool * bool}|%:R * 2%:R / 8%:R^-1 <= e 128%:R.
  rewrite card_prod card_bool invrK; apply: le_trans (ex_ge e _).
  by rewrite -!natrM -[1 + _](natrD _ 1) ler_nat.
have hP h s a : dist (@P2 R h s a) by apply: coin_dist.
have hr h s a : 0 <= @r2 R h s a <= 1 by apply: value_of01.
have main := pevi_split hP hr same (@two_mono 1023) (ler0n R 128) ltr01 (@pick_amax R) 2046 d0 hL.
apply: whp_mono main => x sx main; have [lo gap] := main 2%N 0%N true erefl; split=> //.
apply: le_trans (gap pi hpi) _; rewrite E2 /gamma /beta sx.
have [c0 c1] := count_two 1023 2046.
have cf t : cell_count (two 1023) same t (false, true) 2046 = 0%N.
  by rewrite /cell_count big1 // => i _; rewrite /in_cell andbF.
have e8 : Num.sqrt (128%:R / 2%:R) = 8%:R :> R.
  by rewrite (_ : 128%:R / 2%:R = 8%:R ^+ 2) ?sqrtr_sqr ?ger0_norm ?ler0n //; field.
have e32 : Num.sqrt (1 / (1 + 1023%:R)) = 32%:R^-1 :> R.
  rewrite (_ : 1 / (1 + 1023%:R) = 32%:R^-1 ^+ 2); last by field.
  by rewrite sqrtr_sqr ger0_norm // invr_ge0 ler0n.
rewrite -[(2 - 1)%N]/1%N -[(2 - 2)%N]/0%N c0 c1 cf (_ : minn 2046 1023 = 1023%N) //.
rewrite (_ : (2046 - 1023)%N = 1023%N) // e8 e32 addr0 divr1 sqrtr1.
by rewrite le_eqVlt; apply/orP; left; apply/eqP; field.
Qed.
End Witness.
