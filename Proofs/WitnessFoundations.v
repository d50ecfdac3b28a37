(* WitnessFoundations.v - an instance for each probabilistic guarantee.

   For each claim of ClaimsFoundations.v a concrete instance on which all the hypotheses hold at
   once and the conclusion says something: the bound is below the trivial one, or excludes a
   wrong decision. The exponential is left abstract: 1 + x <= e x is enough for L = N/d - 1.
   ExpReal.v shows that there is one. So this file rests on no axiom either.

   Main statements
   - witness_azuma, witness_hoeffding: a coin; witness_bernstein: an outcome of probability 1/32.
   - witness_lcb: with 1024 rewards of each of two arms with means 1/4 and 3/4, the rule chooses the
     worse arm with probability at most 1/8.
   - witness_vilcb_folds: two states, two actions, g = 1/2, one iteration, 2304 observations of one
     pair: the policy that plays it is at most 3/2 better; the trivial bound is 2.
   - witness_pevi: horizon 2, 1023 observations of one pair in each stage: with probability at
     least 7/8 |estimate - target| <= 5/16 in the first stage; the trivial bound is 2.
   - witness_linear_quantifier_simplex: unit-vector features, 1023 observations:
     |estimate - 7/4| <= 0.22.
   - witness_linear_split: horizon 2, one feature: suboptimality <= 11/16; the trivial bound is 2.

   Notation: true and false serve as outcomes, states and actions.
   Assumptions, References, Swift counterpart: those of the files of the lemmas. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring zify.
From Proofs Require Import Fin Process Hoeffding Bernstein Estimate.
From Proofs Require Import LCB VILCB PEVI LinearPEVI LinearSplit.
From Proofs Require Discounted Horizon.
From Proofs Require Import ClaimsFoundations.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Witness.
Variables (R : rcfType) (e : expField R).

(* a coin that shows b with probability 3/4 *)
Definition coin (b w : bool) : R := if w == b then 3%:R / 4%:R else 4%:R^-1.

Lemma coin_dist b : dist (coin b).
Proof.
split=> [w|]; first by rewrite /coin; case: (w == b); rewrite ?divr_ge0 ?invr_ge0 ?ler0n.
by rewrite big_bool /coin; case: b => /=; field.
Qed.

Definition value_of (w : bool) : R := w%:R.
Lemma value_of01 w : 0 <= value_of w <= 1.
Proof. by case: w; rewrite /value_of ?lexx ?ler01. Qed.

Lemma coin_mean b : Ex (coin b) value_of = if b then 3%:R / 4%:R else 4%:R^-1.
Proof. by rewrite /Ex big_bool /value_of /coin; case: b => /=; field. Qed.

(* ---- Azuma and Hoeffding for a fair coin: +1/2 or -1/2 ---- *)
Definition fair (w : bool) : R := 2%:R^-1.
Lemma fair_dist : dist fair.
Proof. by split=> [w|]; rewrite ?big_bool /fair /= ?invr_ge0 ?ler0n //; field. Qed.

Definition signed (w : bool) : R := value_of w - 2%:R^-1.
Lemma signed_mean : Ex fair signed = 0.
Proof. by rewrite /Ex big_bool /fair /signed /value_of /=; field. Qed.
Lemma signed_range w : - 2%:R^-1 <= signed w <= - 2%:R^-1 + 1.
Proof.
case/andP: (value_of01 w) => h0 h1.
by rewrite /signed [- _ + 1]addrC -[leLHS]add0r !ler_add2r h0.
Qed.

(* at most e (- 8) for 10 or more above the mean in 25 tosses *)
Theorem witness_azuma :
  Prp (fun _ => fair) 25 [::] (fun x => 10%:R <= psum (fun _ => signed) x) <= e (- 8%:R) /\
  e (- 8%:R) < 1.
Proof.
split; last first.
  have h : - 8%:R < 0 :> R by rewrite oppr_lt0 ltr0n.
  by have := ex_lt e h; rewrite ex0.
have v0 : 0 < 25%:R :> R by rewrite ltr0n.
have := claim_azuma e (fun _ => fair_dist) (fun _ => signed_mean) (fun _ => signed_range) 25
  (ler0n R 10) v0.
rewrite (_ : 2%:R * 10%:R ^+ 2 / 25%:R = 8%:R); last by field.
apply: le_trans; apply: Prp_mono => [_|x sx ->]; first exact: fair_dist.
rewrite /= -sx; elim/last_ind: (x) => [|y w IH]; first by rewrite psum0 lexx.
by rewrite psum_rcons size_rcons mulrSr; apply: ler_add => //; rewrite expr1n.
Qed.

Theorem witness_hoeffding :
  Prp (fun _ => coin true) 100 [::]
    (fun x => 20%:R < `|\sum_(w <- x) value_of w - 75%:R|) <= 2%:R * e (- 8%:R).
Proof.
have hf w : 0 <= value_of w <= 0 + 1 by rewrite add0r value_of01.
have w20 : 1 * Num.sqrt (100%:R * 8%:R / 2%:R) = 20%:R :> R.
  rewrite mul1r (_ : 100%:R * 8%:R / 2%:R = 20%:R ^+ 2); last by field.
  by rewrite sqrtr_sqr ger0_norm ?ler0n.
have m75 : 100%:R * (3%:R / 4%:R) = 75%:R :> R by field.
have := claim_hoeffding_iid e hf ler01 100 (coin_dist true) (coin_mean true) (ler0n R 8).
by rewrite w20 m75.
Qed.

(* ---- Bernstein: an outcome of probability 1/32 ---- *)
Definition rare (w : bool) : R := if w then 32%:R^-1 else 31%:R / 32%:R.
Lemma rare_dist : dist rare.
Proof.
split=> [w|]; first by case: w; rewrite /rare ?divr_ge0 ?invr_ge0 ?ler0n.
by rewrite big_bool /rare /=; field.
Qed.
Lemma rare_mean : Ex rare (fun w => w%:R) = 32%:R^-1.
Proof. by rewrite /Ex big_bool /rare /= mulr1 mulr0 addr0. Qed.

(* more than 2 + 16/3 of 64: Hoeffding's inequality needs 2 + 11.3 for the same probability *)
Theorem witness_bernstein :
  Prp (fun _ => rare) 64 [::]
    (fun x => 16%:R / 3%:R < \sum_(w <- x) value_of w - 2%:R) <= e (- 4%:R).
Proof.
have p0 : 0 <= 32%:R^-1 :> R by rewrite invr_ge0 ler0n.
have := claim_visits_bernstein e (fun _ => rare_dist) (v := predT) (fun _ _ => rare_mean) p0
  64 64%N (ler0n R 4).
have -> : Num.sqrt (2%:R * 64%:R / 32%:R * 4%:R) = 4%:R :> R.
  rewrite (_ : 2%:R * 64%:R / 32%:R * 4%:R = 4%:R ^+ 2); last by field.
  by rewrite sqrtr_sqr ger0_norm // ler0n.
apply: le_trans; apply: Prp_mono => [_|x sx lt]; first exact: rare_dist.
apply: ever_self; rewrite /visits sum_nat_const card_ord muln1 sx eqxx /=.
have -> : 4%:R + 4%:R / 3%:R = 16%:R / 3%:R :> R by field.
suff -> : psum (at_visits predT (fun _ (w : bool) => w%:R - 32%:R^-1 : R)) x =
  \sum_(w <- x) value_of w - 2%:R by [].
rewrite (_ : 2%:R = (size x)%:R / 32%:R); last by rewrite sx; field.
elim/last_ind: {lt sx}x => [|y w IH]; first by rewrite psum0 big_nil mul0r subr0.
rewrite psum_rcons IH /at_visits /= size_rcons -cats1 big_cat big_seq1 /= mulrSr /value_of; ring.
Qed.

(* ---- the bandit ---- *)
Definition arm_of (q i : nat) : bool := (q <= i)%N.

Lemma pulls_arm q n : pulls (arm_of q) false n = minn n q /\ pulls (arm_of q) true n = (n - q)%N.
Proof.
rewrite /pulls; elim: n => [|n [IH0 IH1]].
  by rewrite /cell_count !big_ord0 min0n sub0n.
rewrite !cell_countS IH0 IH1 /in_cell /arm_of /=; by case: (leqP q n) => h /=; lia.
Qed.

Theorem witness_lcb (pick := fun x => amax false (lcb_score (arm_of 1024) value_of 32%:R x)) :
  Prp (bandit_kernel (arm_of 1024) coin) 2048 [::] (fun x => ~~ pick x) <= 8%:R^-1.
Proof.
have d0 : 0 < 8%:R^-1 :> R by rewrite invr_gt0 ltr0n.
have hL : 2%:R * #|{: bool}|%:R / 8%:R^-1 <= e 32%:R.
  rewrite card_bool invrK; apply: le_trans (ex_ge e _).
  by rewrite -!natrM -[1 + _](natrD _ 1) ler_nat.
have hp x a : lcb_score (arm_of 1024) value_of 32%:R x a <=
              lcb_score (arm_of 1024) value_of 32%:R x (pick x) by apply: fmax_ge.
have := claim_lcb_bandit coin_dist value_of01 2048 hp (ler0n R 32) d0 hL.
apply: le_trans; apply: Prp_mono => [h|x _]; first by apply: design_dist => _ z; apply: coin_dist.
apply: contra => /forallP/(_ true); have [_ ->] := pulls_arm 1024 2048.
rewrite subn_gt0 //= (_ : (2048 - 1024)%N = 1024%N) //.
rewrite (_ : 32%:R / (2%:R * 1024%:R) = 8%:R^-1 ^+ 2 :> R); last by field.
rewrite sqrtr_sqr ger0_norm ?(ltW d0) // /mean_reward !coin_mean.
case: (pick x) => //; rewrite leNgt; apply: contraNT => _.
rewrite -subr_gt0 (_ : _ - _ = 4%:R^-1); first by rewrite invr_gt0 ltr0n.
by field.
Qed.

Lemma pick_amax (f : bool -> R) a : f a <= f (amax true f). Proof. exact: fmax_ge. Qed.

(* ---- pessimistic value iteration ---- *)
Definition one (i : nat) : nat := 1%N.
Definition same (i : nat) : bool * bool := (true, true).

Lemma count_same n : cell_count one same 1%N (true, true) n = n.
Proof.
elim: n => [|n IH]; first by rewrite /cell_count big_ord0.
by rewrite cell_countS IH /in_cell /one /same eqxx addn1.
Qed.

(* the next state is the action with probability 3/4; reward 1 if it is true *)
Definition law2 (z : bool * bool) : bool -> R := coin z.2.

Theorem witness_vilcb_folds (g : R := 2%:R^-1)
  (V := fun x => vval g id value_of one same 72%:R (amax true) 1 x)
  (pi_T := fun x => Discounted.det R (choice g id value_of one same 72%:R (amax true)
     (fun _ _ => true) 1 x)) :
  whp (design_kernel one same (fun _ => law2)) 2304 8%:R^-1 (fun x => forall Vp,
    Discounted.value g (trans law2 id) (mean_rew law2 value_of) (pi_T x) Vp ->
    (forall s, V x s <= Vp s) /\
    forall Vs, Discounted.value g (trans law2 id) (mean_rew law2 value_of)
      (Discounted.det R (fun _ => true)) Vs ->
    Vs true - Vp true <= 3%:R / 2%:R) /\ 3%:R / 2%:R < (1 - g)^-1.
Proof.
have g0 : 0 <= g by rewrite invr_ge0 ler0n.
have g1 : g < 1 by rewrite invf_lt1 ?ltr0n // ltr1n.
split; last first.
  rewrite (_ : (1 - g)^-1 = 2%:R); last by rewrite /g; field.
  by rewrite ltr_pdivr_mulr ?ltr0n // -natrM ltr_nat.
have d0 : 0 < 8%:R^-1 :> R by rewrite invr_gt0 ltr0n.
have hL : 2%:R * #|{: bool * bool}|%:R * 1%:R / 8%:R^-1 <= e 72%:R.
  rewrite card_prod card_bool invrK; apply: le_trans (ex_ge e _).
  by rewrite -!natrM -[1 + _](natrD _ 1) ler_nat.
have := vilcb_folds true g0 g1 (law := law2) id (fun z => coin_dist z.2) value_of01 same
  (ler0n R 72) pick_amax (fun _ _ => true) (fun _ _ _ => leqnn 1) 2304 (T := 1) d0 hL.
apply: whp_mono => x sx h Vp hV; have [lo gap] := h Vp hV; split=> // Vs hVs.
have L2 : 2%:R <= 72%:R :> R by rewrite ler_nat.
have pol : Discounted.policy (Discounted.det R (fun _ : bool => true)).
  by move=> s; apply: dist_dirac.
have := gap L2 _ Vs pol hVs true; move/le_trans; apply; rewrite penalty_sumE.
rewrite big_ord_recl big_ord0 addr0 /= mul1r subn0 Ex_dirac /penalty sx count_same.
rewrite (maxn_idPr _) // (_ : 72%:R / (2%:R * 2304%:R) = 8%:R^-1 ^+ 2 :> R); last by field.
rewrite sqrtr_sqr ger0_norm ?(ltW d0) // /vmax le_eqVlt; apply/orP; left; apply/eqP.
by rewrite /g; field.
Qed.

(* ---- split data ---- *)
Definition two (q i : nat) : nat := (q <= i)%N.

Lemma count_two q n : cell_count (two q) same 0%N (true, true) n = minn n q /\
  cell_count (two q) same 1%N (true, true) n = (n - q)%N.
Proof.
elim: n => [|n [IH0 IH1]]; first by rewrite /cell_count !big_ord0 min0n sub0n.
rewrite !cell_countS IH0 IH1 /in_cell /two /same eqxx !andbT; by case: (leqP q n) => h /=; lia.
Qed.

Lemma two_mono q i j : (i <= j)%N -> (two q i <= two q j)%N.
Proof. by rewrite /two => ij; case: (leqP q i) => // h; rewrite (leq_trans h ij). Qed.

Definition P2 (h : nat) (s a : bool) : bool -> R := coin a.
Definition r2 (h : nat) (s a : bool) : R := value_of s.

Theorem witness_pevi (V := fun t x => vhat 2 r2 (two 1023) same 128%:R 1 (amax true) t x) :
  whp (pevi_kernel 2 P2 (two 1023) same) 2046 8%:R^-1 (fun x =>
    `|best 2 r2 (two 1023) same 1 1%N (V 1%N x) x true true - (1 + Ex (coin true) (V 1%N x))|
      <= 5%:R / 16%:R) /\
  whp (pevi_kernel 2 P2 (two 1023) same) 2046 8%:R^-1 (fun x =>
    V 2%N x true <= Horizon.Esum P2 (greedy_pevi 2 r2 (two 1023) same 128%:R 1 (amax true) x)
      r2 2 0 true).
Proof.
have d0 : 0 < 8%:R^-1 :> R by rewrite invr_gt0 ltr0n.
have hL : 2%:R * #|{: bool * bool}|%:R * 2%:R / 8%:R^-1 <= e 128%:R.
  rewrite card_prod card_bool invrK; apply: le_trans (ex_ge e _).
  by rewrite -!natrM -[1 + _](natrD _ 1) ler_nat.
have hP h s a : dist (P2 h s a) by apply: coin_dist.
have hr h s a : 0 <= r2 h s a <= 1 by apply: value_of01.
split; last first.
  apply: whp_mono (claim_pevi hP hr same (@two_mono 1023) (ler0n R 128) ltr01 pick_amax 2046 d0 hL).
  by move=> x _ h; have [lo _] := h 2%N 0%N true erefl.
have e8 : Num.sqrt (128%:R / 2%:R) = 8%:R :> R.
  by rewrite (_ : 128%:R / 2%:R = 8%:R ^+ 2) ?sqrtr_sqr ?ger0_norm ?ler0n //; field.
have e32 : Num.sqrt (1 / (1 + 1023%:R)) = 32%:R^-1 :> R.
  rewrite (_ : 1 / (1 + 1023%:R) = 32%:R^-1 ^+ 2); last by field.
  by rewrite sqrtr_sqr ger0_norm // invr_ge0 ler0n.
have quant := claim_pevi_quantifier hP hr same (@two_mono 1023) (ler0n R 128) ltr01 pick_amax
  2046 d0 hL.
apply: whp_mono quant => x sx quant; have := quant 1%N true true isT.
rewrite sx (proj2 (count_two 1023 2046)) (_ : (2046 - 1023)%N = 1023%N) // e8 sqrtr1 e32.
move/le_trans; apply; rewrite le_eqVlt; apply/orP; left; apply/eqP; by field.
Qed.
(* ---- linear features: two unit vectors ---- *)
Definition axis (z j : bool) : R := (z == j)%:R.
Definition zero (i : nat) : nat := 0%N.
Definition yes (i : nat) : bool := true.
Definition solution (t : nat) (z j : bool) : R := if z then axis z j / 1024%:R else axis z j.
Definition law_z (t : nat) (z : bool) : bool -> R := coin z.
Definition next_value (t : nat) (h : seq bool) (w : bool) : R := value_of w.

Theorem witness_linear_quantifier_simplex :
  whp (design_kernel zero yes law_z) 1023 8%:R^-1 (fun h => forall what,
    (forall j, gram zero yes axis 1 1023 0%N what j =
      moments zero yes axis (fun _ => value_of) 0%N value_of h j) ->
    `|what true - (1 + 3%:R / 4%:R)| <= (4%:R + 2%:R * Num.sqrt 2%:R) / 32%:R).
Proof.
have d0 : 0 < 8%:R^-1 :> R by rewrite invr_gt0 ltr0n.
have hL : 2%:R * #|{: bool}|%:R * 1%:R / 8%:R^-1 <= e 32%:R.
  rewrite card_bool invrK; apply: le_trans (ex_ge e _).
  by rewrite -!natrM -[1 + _](natrD _ 1) ler_nat.
have dotE z (u : bool -> R) : dot (axis z) u = u z.
  by rewrite /dot big_bool /axis; case: z => /=; rewrite mul1r mul0r ?addr0 ?add0r.
have hx t z j : (t < 1)%N -> gram zero yes axis 1 1023 t (solution t z) j = axis z j.
  case: t => // _; rewrite /gram mul1r.
  under eq_bigr do rewrite dotE; rewrite /zero /yes /= sumr_const card_ord.
  rewrite /solution /axis -mulr_natr; case: z; case: j => /=; by field.
have hlaw t z : dist (law_z t z) by apply: coin_dist.
have hF t h y w : (t <= zero (size h))%N -> next_value t (h ++ y) w = next_value t h w by [].
have hr t h w : 0 <= next_value t h w <= (fun _ => 1) t by apply: value_of01.
have hth t j : 0 <= (fun _ : nat => value_of) t j <= 1 by apply: value_of01.
have hrw t z : (fun _ : nat => value_of) t z = \sum_j axis z j * value_of j.
  by have := dotE z value_of; rewrite /dot => ->.
have hM t z u : law_z t z u = \sum_j axis z j * coin j u.
  by have := dotE z (fun j => coin j u); rewrite /dot => ->.
have quant := linear_quantifier_simplex (cell := yes) hlaw ltr01 hF hr (fun _ => ler01) (N := 1023)
  (ler0n R 32) d0 hL hx (fun _ => coin_dist) hth hrw hM.
apply: whp_mono quant => h sh quant what hw; have := quant 0%N true what isT hw.
rewrite dotE card_bool /law_z /next_value coin_mean /value_of.
have -> : dot (solution 0 true) (axis true) = 32%:R^-1 ^+ 2.
  by rewrite dotC dotE /solution /axis /=; field.
have -> : 32%:R / 2%:R = 4%:R ^+ 2 :> R by field.
rewrite !sqrtr_sqr sqrtr1 (ger0_norm (ler0n R 4)) normfV (ger0_norm (ler0n R 32)).
by move/le_trans; apply; rewrite le_eqVlt; apply/orP; left; apply/eqP; field.
Qed.
(* ---- linear features on split data: one feature, two stages ---- *)
Definition ones (z : bool * bool) (j : unit) : R := 1.
Definition ridge (t : nat) (b : unit -> R) (j : unit) : R := b j / 1024%:R.
Definition half (h : nat) (j : unit) : R := 2%:R^-1.
Definition fair_law (h : nat) (j : unit) : bool -> R := fair.

Lemma sum_unit (g : unit -> R) : \sum_j g j = g tt.
Proof. by rewrite (bigD1 tt) //= big1 ?addr0 // => -[]. Qed.

Lemma sum_two q t (c : R) n : \sum_(i < n) (if two q i == t then c else 0) =
  c *+ cell_count (two q) same t (true, true) n.
Proof.
elim: n => [|n IH]; first by rewrite big_ord0 /cell_count big_ord0.
rewrite big_ord_recr /= IH cell_countS /in_cell /same eqxx andbT mulrnDr; congr (_ + _).
by case: (_ == t).
Qed.

Theorem witness_linear_split (P := fun (h : nat) (s a u : bool) => \sum_(j : unit) 1 * fair u)
  (r := fun (h : nat) (s a : bool) => \sum_(j : unit) 1 * 2%:R^-1)
  (pi_hat := lin_policy 2 (two 1023) same ones 128%:R 1 half (amax true) ridge) :
  whp (design_kernel (two 1023) same (fun t z => P (2 - t.+1)%N z.1 z.2)) 2046 8%:R^-1 (fun x =>
    forall s ps, (forall h s, dist (ps h s)) ->
    Horizon.Esum P ps r 2 0 s - Horizon.Esum P (pi_hat x) r 2 0 s <= 11%:R / 16%:R).
Proof.
have d0 : 0 < 8%:R^-1 :> R by rewrite invr_gt0 ltr0n.
have hL : 2%:R * #|{: bool * bool}|%:R * 2%:R / 8%:R^-1 <= e 128%:R.
  rewrite card_prod card_bool invrK; apply: le_trans (ex_ge e _).
  by rewrite -!natrM -[1 + _](natrD _ 1) ler_nat.
have f0 z j : 0 <= ones z j by apply: ler01.
have f1 z : \sum_j ones z j = 1 by rewrite sum_unit.
have hM h j : dist (fair_law h j) by apply: fair_dist.
have hth h j : 0 <= half h j <= 1.
  by rewrite /half invr_ge0 ler0n /= invf_le1 ?ltr0n // ler1n.
have hs t b j : (t < 2)%N -> gram (two 1023) same ones 1 2046 t (ridge t b) j = b j.
  move=> lt; rewrite /gram /ones sum_two (_ : cell_count _ _ _ _ _ = 1023%N); last first.
    by case: t lt => [|[|//]] _; [case: (count_two 1023 2046) | case: (count_two 1023 2046)].
  rewrite /dot sum_unit /ridge /ones -mulr_natr; case: j; by field.
have hx t (b b' : unit -> R) : b =1 b' -> ridge t b =1 ridge t b'.
  by move=> eb j; rewrite /ridge eb.
have main := claim_linear_split (@two_mono 1023) (ler0n R 128) ltr01 f0 f1 hM hth pick_amax
  hs hx d0 hL.
apply: whp_mono main => x sx main s ps hps; have [_ gap] := main 2%N 0%N s erefl.
pose G (h : nat) (s a : bool) : R := let t := (2 - h.+1)%N in
  (t%:R * Num.sqrt (128%:R / 2%:R) + Num.sqrt 1 * (Num.sqrt #|{: unit}|%:R * (t%:R + 1))) *
  Num.sqrt (\sum_j ridge t (ones (s, a)) j * ones (s, a) j).
have {}gap : Horizon.Esum P ps r 2 0 s - Horizon.Esum P (pi_hat x) r 2 0 s <=
  2%:R * Horizon.Esum P ps G 2 0 s by exact: (gap ps hps).
apply: le_trans gap _.
have PE h u a v : P h u a v = fair v by rewrite /P (sum_unit (fun _ => 1 * fair v)) mul1r.
have hP h u a : dist (P h u a).
  split=> [v|]; first by rewrite PE; case: fair_dist.
  by rewrite (eq_bigr fair) => [|v _]; [case: fair_dist | rewrite PE].
have e8 : Num.sqrt (128%:R / 2%:R) = 8%:R :> R.
  by rewrite (_ : 128%:R / 2%:R = 8%:R ^+ 2) ?sqrtr_sqr ?ger0_norm ?ler0n //; field.
have e32 u a t : Num.sqrt (\sum_j ridge t (ones (u, a)) j * ones (u, a) j) = 32%:R^-1.
  rewrite sum_unit /ridge /ones (_ : 1 / 1024%:R * 1 = 32%:R^-1 ^+ 2); last by field.
  by rewrite sqrtr_sqr normfV (ger0_norm (ler0n R 32)).
have G0 u a : G 0%N u a = 10%:R / 32%:R.
  rewrite /G e8 e32 sqrtr1 card_unit sqrtr1 -[(2 - 1)%N]/1%N; by field.
have G1 u a : G 1%N u a = 32%:R^-1.
  rewrite /G e32 sqrtr1 card_unit sqrtr1 -[(2 - 2)%N]/0%N mul0r; by field.
suff : Horizon.Esum P ps G 2 0 s <= 10%:R / 32%:R + 32%:R^-1.
  move/(ler_wpmul2l (ler0n R 2)) => le; apply: le_trans le _.
  by rewrite le_eqVlt; apply/orP; left; apply/eqP; field.
apply: Ex_le => // a; rewrite G0 ler_add2l; apply: Ex_le => // u.
by apply: Ex_le => // a'; rewrite /= G1 Ex_const ?addr0.
Qed.
End Witness.
