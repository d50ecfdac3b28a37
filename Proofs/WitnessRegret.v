(* WitnessRegret.v - the claims about regret are not empty.

   Each theorem gives an instance on which all hypotheses of a claim hold at once and on which the
   bound is below the trivial one. The exponential is any function of the structure expField.

   Main statements
   - witness_ucbvi: 2 states, 2 actions, H = 2, 2^14 episodes, delta = 1/8: the regret exceeds 8192
     with probability at most 1/8; the trivial bound is 32768.
   - witness_ucbvi_bernstein: the same with R_b and 16384.
   - witness_ucbvi_optimal: in that model V*_1 = 1, and the value of another policy is 0.
   - witness_ucbvi_optimism: 2^14 episodes with 2 actions of which one is random: with probability
     at most 1/24 some Q is ever below Q*, and Q* = 3/2 for that action.
   - witness_ucbvi_regret: in the first model the regret exceeds the smaller of R_u and R_b with
     probability at most 1/8, and that is at most 8192.
   - witness_ucb1: two arms with means 3/4 and 1/4, 4096 rounds: regret at most 209; the trivial
     bound is 2048.
   - witness_ucb1_plays: the worse of them is played at most 418 times on average.
   - witness_charges_total: 512 visits of two cells cost at most 66; the trivial bound is 512.
   - witness_elliptical: one dimension, x_t = 1, L_0 = 1, n = 3: the sum is 1 + 1/2 + 1/3 <= 2 l for
     every l with 4 <= e l.

   Notation: as in the files of the claims.
   Assumptions: none. References: none. Swift counterpart: none. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Fin Process Hoeffding LinAlg RegretSum Elliptical ClaimsRegret.
From Proofs Require UCBVIRun UCBVISteps UCBVIRegret UCBVISharpRegret UCB1 UCB1Rule.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Witness.
Variables (R : rcfType) (e : expField R).

Lemma exp_pow2 n : 2%:R ^+ n <= e n%:R.
Proof.
elim: n => [|n IH]; first by rewrite expr0 ex0.
rewrite exprSr [n.+1%:R]mulrSr exD; apply: ler_pmul; rewrite ?exprn_ge0 ?ler0n //.
by rewrite mulr2n; apply: ex_ge.
Qed.

(* the law that is uniform on two outcomes, or sure *)
Definition coin (q : R) (t : bool) : R := if t then q else 1 - q.

Lemma coin_dist q : 0 <= q -> q <= 1 -> dist (coin q).
Proof.
move=> q0 q1; split=> [[]|]; rewrite /coin ?subr_ge0 //.
by rewrite big_bool /= addrC subrK.
Qed.

(* ---- UCBVI: the action true leads to the state true and earns 1 there ---- *)
Definition w_off (s : bool) : pred (bool * bool) := fun x => x.1 == s.
Definition w_P (x : bool * bool) : bool -> R := coin (if x.2 then 1 else 2%:R^-1).
Definition w_r (x : bool * bool) : R := (x.1 && x.2)%:R.
Definition w_sel (q : bool * bool -> R) (s : bool) : bool * bool := (s, q (s, false) < q (s, true)).
Definition w_mu (h : seq bool) : bool -> R := coin 0.

Lemma w_P_dist x : dist (w_P x).
Proof.
rewrite /w_P; case: (x.2); first by apply: coin_dist; rewrite ?lexx ?ler01.
by apply: coin_dist; rewrite ?invr_ge0 ?ler0n // invf_le1 ?ler1n ?ltr0n.
Qed.

Lemma w_sel_max q s x : w_off s x -> q x <= q (w_sel q s).
Proof.
rewrite /w_off /w_sel; case: x => [s' b] /= /eqP->.
by case: ltP => lt; case: b => //; apply: ltW.
Qed.

Theorem witness_ucbvi : let K := (2 ^ 14)%N in
  Prp (UCBVISteps.ker w_off w_P w_r w_sel 25%:R 2 true w_mu) (K * 3) [::]
    (fun x => 2%:R ^+ 13 < UCBVISteps.regret w_off w_P w_r w_sel 25%:R 2 true w_mu x) <= 8%:R^-1
  /\ (2%:R ^+ 13 : R) < K%:R * 2%:R.
Proof.
move=> K; have eK : K%:R = 2%:R ^+ 14 :> R by rewrite /K natrX.
have K0 : (0 < K)%N by rewrite /K expn_gt0.
clearbody K; split; last first.
  by rewrite eK -subr_gt0 (_ : _ - _ = 2%:R ^+ 13 * 3%:R) ?mulr_gt0 ?exprn_gt0 ?ltr0n //; ring.
have d0 : (0 : R) < 8%:R^-1 by rewrite invr_gt0 ltr0n.
have d1 : 8%:R^-1 <= 1 :> R by rewrite invf_le1 ?ler1n ?ltr0n.
have cX : #|{: bool * bool}| = 4%N by rewrite card_prod card_bool.
have hL : (6 * #|{: bool * bool}| * 2.-1 * (K * 2))%:R / 8%:R^-1 <= e 25%:R.
  apply: le_trans (exp_pow2 25); rewrite cX !natrM eK invrK /=.
  rewrite -subr_ge0 (_ : _ - _ = 13%:R * 2%:R ^+ 21) ?mulr_ge0 ?exprn_ge0 ?ler0n //; ring.
have hLu : (3 * #|{: bool * bool}| * (K * 2) * (2 ^ #|{: bool}| - 2))%:R / 8%:R^-1 <= e 25%:R.
  apply: le_trans (exp_pow2 25); rewrite cX card_bool (_ : (2 ^ 2 - 2 = 2)%N) // !natrM eK invrK.
  rewrite -subr_ge0 (_ : _ - _ = 13%:R * 2%:R ^+ 21) ?mulr_ge0 ?exprn_ge0 ?ler0n //; ring.
have hL3 : 3%:R / 8%:R^-1 <= e 5%:R.
  apply: le_trans (exp_pow2 5); rewrite invrK.
  rewrite -subr_ge0 (_ : _ - _ = 8%:R) ?mulr_ge0 ?exprn_ge0 ?ler0n //; ring.
have c0 : dist (coin 0) by apply: coin_dist; rewrite ?lexx ?ler01.
have r0 x : 0 <= w_r x by rewrite ler0n.
have r1 x : w_r x <= 1 by rewrite /w_r; case: (_ && _); rewrite ?lexx ?ler01.
have so q s : UCBVIRun.live w_off s -> w_off s (w_sel q s) by rewrite /w_off /=.
apply: le_trans (claim_ucbvi_hoeffding_regret w_P_dist r0 r1 so w_sel_max true
  (ler0n _ 25) (ler0n _ 25) (mu := w_mu) (fun _ => c0) d0 hL hLu hL3 d1 K0 (leqnn K) isT).
apply: Prp_mono => [h|x _]; first by apply: UCBVISteps.ker_dist; [exact: w_P_dist|].
apply: le_lt_trans; rewrite cX !natrM eK /=.
have root (a b : R) : 0 <= b -> a = b ^+ 2 -> Num.sqrt a = b.
  by move=> b0 ->; rewrite sqrtr_sqr ger0_norm.
rewrite (root 25%:R 5%:R) ?ler0n //; last by ring.
rewrite (root _ (2%:R ^+ 9)) ?exprn_ge0 ?ler0n //; last by ring.
have e5 : \sum_(i < 2) (2 - i)%:R ^+ 2 = 5%:R :> R.
  by rewrite !big_ord_recl big_ord0 /= /bump /= subn0 subSS subn0; ring.
rewrite e5; have le : Num.sqrt (2%:R ^+ 14 * 5%:R / 2%:R * 5%:R) <= 2%:R ^+ 7 * 5%:R :> R.
  rewrite -[leRHS](root ((2%:R ^+ 7 * 5%:R) ^+ 2)) ?mulr_ge0 ?exprn_ge0 ?ler0n // ler_wsqrtr //.
  by rewrite -subr_ge0 (_ : _ - _ = 25%:R * 2%:R ^+ 13) ?mulr_ge0 ?exprn_ge0 ?ler0n //; field.
apply: le_trans (ler_add (lexx _) le) _.
by rewrite -subr_ge0 (_ : _ - _ = 151%:R * 2%:R ^+ 4) ?mulr_ge0 ?exprn_ge0 ?ler0n //; ring.
Qed.

(* the same for the bound R_b *)
Theorem witness_ucbvi_bernstein : let K := (2 ^ 14)%N in
  Prp (UCBVISteps.ker w_off w_P w_r w_sel 25%:R 2 true w_mu) (K * 3) [::]
    (fun x => 2%:R ^+ 14 < UCBVISteps.regret w_off w_P w_r w_sel 25%:R 2 true w_mu x) <= 8%:R^-1
  /\ (2%:R ^+ 14 : R) < K%:R * 2%:R.
Proof.
move=> K; have eK : K%:R = 2%:R ^+ 14 :> R by rewrite /K natrX.
have K0 : (0 < K)%N by rewrite /K expn_gt0.
clearbody K; split; last by rewrite eK ltr_pmulr ?exprn_gt0 ?ltr0n // ltr1n.
have d0 : (0 : R) < 8%:R^-1 by rewrite invr_gt0 ltr0n.
have d1 : 8%:R^-1 <= 1 :> R by rewrite invf_le1 ?ler1n ?ltr0n.
have cX : #|{: bool * bool}| = 4%N by rewrite card_prod card_bool.
have hL : (6 * #|{: bool * bool}| * 2.-1 * (K * 2))%:R / 8%:R^-1 <= e 25%:R.
  apply: le_trans (exp_pow2 25); rewrite cX !natrM eK invrK /=.
  rewrite -subr_ge0 (_ : _ - _ = 13%:R * 2%:R ^+ 21) ?mulr_ge0 ?exprn_ge0 ?ler0n //; ring.
have hLb : (3 * #|{: bool * bool}| * #|{: bool}| * (K * 2))%:R / 8%:R^-1 <= e 25%:R.
  apply: le_trans (exp_pow2 25); rewrite cX card_bool !natrM eK invrK.
  rewrite -subr_ge0 (_ : _ - _ = 13%:R * 2%:R ^+ 21) ?mulr_ge0 ?exprn_ge0 ?ler0n //; ring.
have hL3 : 3%:R / 8%:R^-1 <= e 5%:R.
  apply: le_trans (exp_pow2 5); rewrite invrK.
  rewrite -subr_ge0 (_ : _ - _ = 8%:R) ?mulr_ge0 ?exprn_ge0 ?ler0n //; ring.
have hl : (K * 2)%:R / #|{: bool * bool}|%:R <= e 13%:R.
  apply: le_trans (exp_pow2 13); rewrite cX natrM eK ler_pdivr_mulr ?ltr0n //.
  by rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
have c0 : dist (coin 0) by apply: coin_dist; rewrite ?lexx ?ler01.
have r0 x : 0 <= w_r x by rewrite ler0n.
have r1 x : w_r x <= 1 by rewrite /w_r; case: (_ && _); rewrite ?lexx ?ler01.
have so q s : UCBVIRun.live w_off s -> w_off s (w_sel q s) by rewrite /w_off /=.
apply: le_trans (claim_ucbvi_bernstein_regret w_P_dist r0 r1 so w_sel_max true
  (ler0n _ 25) (ler0n _ 25) (isT : (0 < 2)%N) (mu := w_mu) (fun _ => c0) d0 hL hLb hL3 d1
  (ler0n _ 13) K0 (leqnn K) hl).
apply: Prp_mono => [h|x _]; first by apply: UCBVISteps.ker_dist; [exact: w_P_dist|].
apply: le_lt_trans; rewrite cX card_bool !natrM eK /=.
have root (a b : R) : 0 <= b -> a = b ^+ 2 -> Num.sqrt a = b.
  by move=> b0 ->; rewrite sqrtr_sqr ger0_norm.
rewrite (root 25%:R 5%:R) ?ler0n //; last by ring.
rewrite (root _ (2%:R ^+ 9)) ?exprn_ge0 ?ler0n //; last by ring.
have e5 : \sum_(i < 2) (1 + 2%:R^-1) ^+ (2 * i) * (2 - i)%:R ^+ 2 = 25%:R / 4%:R :> R.
  by rewrite !big_ord_recl big_ord0 /= /bump /= muln0 muln1 subn0 subSS subn0; field.
rewrite e5; have le : Num.sqrt (2%:R ^+ 14 * 5%:R / 2%:R * (25%:R / 4%:R)) <= 2%:R ^+ 9 :> R.
  rewrite -[leRHS](root ((2%:R ^+ 9) ^+ 2)) ?exprn_ge0 ?ler0n // ler_wsqrtr //.
  by rewrite -subr_ge0 (_ : _ - _ = 3%:R * 2%:R ^+ 11) ?mulr_ge0 ?exprn_ge0 ?ler0n //; field.
apply: le_trans (ler_add (lexx _) le) _.
rewrite -subr_ge0 (_ : _ - _ = 2%:R ^+ 4 * 1313%:R / 3%:R); last by field.
by rewrite divr_ge0 ?mulr_ge0 ?exprn_ge0 ?ler0n.
Qed.

Theorem witness_ucbvi_optimal :
  UCBVIRun.vof w_off w_sel (UCBVIRun.qstar w_off w_P w_r w_sel) 1 true = 1 /\
  UCBVIRun.vpol w_off w_P w_r (fun _ s => (s, false)) 1 true = 0.
Proof.
have lv : UCBVIRun.live w_off true by apply/existsP; exists (true, true).
have E0 x : Ex (w_P x) (fun _ => 0) = 0 by apply: Ex_const; apply: w_P_dist.
split=> /=; rewrite /UCBVIRun.vmax lv /= ?E0 ?addr0.
  by rewrite /w_sel /w_r /= !E0 !addr0 ltr01.
by rewrite /w_r.
Qed.

(* ---- the learner of the same model: optimism, and the smaller of the two bounds ---- *)
Section Learner.
Let d0 : 0 < 8%:R^-1 :> R. Proof. by rewrite invr_gt0 ltr0n. Qed.
Let d1 : 8%:R^-1 <= 1 :> R. Proof. by rewrite invf_le1 ?ler1n ?ltr0n. Qed.
Let cX : #|{: bool * bool}| = 4%N. Proof. by rewrite card_prod card_bool. Qed.
Let r0 x : 0 <= w_r x. Proof. by rewrite ler0n. Qed.
Let r1 x : w_r x <= 1. Proof. by rewrite /w_r; case: (_ && _); rewrite ?lexx ?ler01. Qed.
Let so q s : UCBVIRun.live w_off s -> w_off s (w_sel q s). Proof. by rewrite /w_off /=. Qed.
Let mu_dist h : dist (w_mu h). Proof. by apply: coin_dist; rewrite ?lexx ?ler01. Qed.

(* the action false leads to the state true, and the action true does so with probability 1/2; the
   learner repeats true in the state true, and may see it fail so often that Q < Q* = 3/2 *)
Definition w_P2 (x : bool * bool) : bool -> R := coin (if x.2 then 2%:R^-1 else 1).
Definition w_mu2 (h : seq bool) : bool -> R := coin 1.

Theorem witness_ucbvi_optimism (K := (2 ^ 14)%N) :
  Prp (UCBVISteps.ker w_off w_P2 w_r w_sel 22%:R 2 true w_mu2) (K * 3) [::]
    (UCBVIRegret.below_qstar w_off w_P2 w_r w_sel 22%:R 2 true) <= 24%:R^-1 /\
  UCBVIRun.qstar w_off w_P2 w_r w_sel 1 (true, true) = 3%:R / 2%:R.
Proof.
have eK : K%:R = 2%:R ^+ 14 :> R by rewrite /K natrX.
have hP x : dist (w_P2 x).
  rewrite /w_P2; case: (x.2); last by apply: coin_dist; rewrite ?lexx ?ler01.
  by apply: coin_dist; rewrite ?invr_ge0 ?ler0n // invf_le1 ?ler1n ?ltr0n.
have hmu h : dist (w_mu2 h) by apply: coin_dist; rewrite ?lexx ?ler01.
clearbody K; split; last first.
  have E0 x : Ex (w_P2 x) (fun _ => 0) = 0 by apply: Ex_const.
  have lv s : UCBVIRun.live w_off s by apply/existsP; exists (s, true); rewrite /w_off /=.
  rewrite /= /Ex big_bool /UCBVIRun.vmax !lv /= -!/(Ex _ _) !E0 /w_sel /w_r /= !addr0.
  by rewrite /w_P2 /coin /= !big_bool /= !mulr0 !addr0 ltr01 mulr1; field.
rewrite (_ : 24%:R^-1 = 8%:R^-1 / 3%:R); last by field.
apply: (@UCBVIRegret.ucbvi_optimism _ e _ _ _ _ hP _ r0 r1 _ so w_sel_max _ _ true
  (ler0n _ 22) _ hmu K _ d0) (leqnn K).
apply: le_trans (exp_pow2 22); rewrite cX !natrM eK invrK /=.
rewrite -subr_ge0 (_ : _ - _ = 2%:R ^+ 20) ?exprn_ge0 ?ler0n //; ring.
Qed.

(* the bound is the smaller of the two *)
Theorem witness_ucbvi_regret : let K := (2 ^ 14)%N in
  let M := Num.min (UCBVIRegret.bound_u [finType of bool * bool] 25%:R 25%:R 2 5%:R K)
    (UCBVISharpRegret.bound_b [finType of bool] [finType of bool * bool] 25%:R 25%:R 2 5%:R 13%:R K)
  in
  Prp (UCBVISteps.ker w_off w_P w_r w_sel 25%:R 2 true w_mu) (K * 3) [::]
    (fun x => M < UCBVISteps.regret w_off w_P w_r w_sel 25%:R 2 true w_mu x) <= 8%:R^-1
  /\ M <= 2%:R ^+ 13 /\ (2%:R ^+ 13 : R) < K%:R * 2%:R.
Proof.
move=> K; have eK : K%:R = 2%:R ^+ 14 :> R by rewrite /K natrX.
have K0 : (0 < K)%N by rewrite /K expn_gt0.
clearbody K; move=> M.
have hL : (6 * #|{: bool * bool}| * 2.-1 * (K * 2))%:R / 8%:R^-1 <= e 25%:R.
  apply: le_trans (exp_pow2 25); rewrite cX !natrM eK invrK /=.
  rewrite -subr_ge0 (_ : _ - _ = 13%:R * 2%:R ^+ 21) ?mulr_ge0 ?exprn_ge0 ?ler0n //; ring.
have hLb : (3 * #|{: bool * bool}| * #|{: bool}| * (K * 2))%:R / 8%:R^-1 <= e 25%:R.
  apply: le_trans (exp_pow2 25); rewrite cX card_bool !natrM eK invrK.
  rewrite -subr_ge0 (_ : _ - _ = 13%:R * 2%:R ^+ 21) ?mulr_ge0 ?exprn_ge0 ?ler0n //; ring.
have hLu : (3 * #|{: bool * bool}| * (K * 2) * (2 ^ #|{: bool}| - 2))%:R / 8%:R^-1 <= e 25%:R.
  apply: le_trans (exp_pow2 25); rewrite cX card_bool (_ : (2 ^ 2 - 2 = 2)%N) // !natrM eK invrK.
  rewrite -subr_ge0 (_ : _ - _ = 13%:R * 2%:R ^+ 21) ?mulr_ge0 ?exprn_ge0 ?ler0n //; ring.
have hL3 : 3%:R / 8%:R^-1 <= e 5%:R.
  apply: le_trans (exp_pow2 5); rewrite invrK.
  rewrite -subr_ge0 (_ : _ - _ = 8%:R) ?mulr_ge0 ?exprn_ge0 ?ler0n //; ring.
have hl : (K * 2)%:R / #|{: bool * bool}|%:R <= e 13%:R.
  apply: le_trans (exp_pow2 13); rewrite cX natrM eK ler_pdivr_mulr ?ltr0n //.
  by rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
split; last split.
- exact: (UCBVISharpRegret.ucbvi_regret w_P_dist r0 r1 so w_sel_max true (ler0n _ 25)
    (ler0n _ 25) (isT : (0 < 2)%N) mu_dist d0 hL hLb hL3 d1 (ler0n _ 13) (ler0n _ 25) hLu K0
    (leqnn K) hl).
- rewrite /M le_minl; apply/orP; left; rewrite /UCBVIRegret.bound_u /UCBVISteps.spread.
  rewrite cX !natrM eK /=.
  have root (a b : R) : 0 <= b -> a = b ^+ 2 -> Num.sqrt a = b.
    by move=> b0 ->; rewrite sqrtr_sqr ger0_norm.
  rewrite (root 25%:R 5%:R) ?ler0n //; last by ring.
  rewrite (root _ (2%:R ^+ 9)) ?exprn_ge0 ?ler0n //; last by ring.
  have e5 : \sum_(i < 2) (2 - i)%:R ^+ 2 = 5%:R :> R.
    by rewrite !big_ord_recl big_ord0 /= /bump /= subn0 subSS subn0; ring.
  rewrite e5; have le : Num.sqrt (2%:R ^+ 14 * 5%:R / 2%:R * 5%:R) <= 2%:R ^+ 7 * 5%:R :> R.
    rewrite -[leRHS](root ((2%:R ^+ 7 * 5%:R) ^+ 2)) ?mulr_ge0 ?exprn_ge0 ?ler0n // ler_wsqrtr //.
    by rewrite -subr_ge0 (_ : _ - _ = 25%:R * 2%:R ^+ 13) ?mulr_ge0 ?exprn_ge0 ?ler0n //; field.
  apply: le_trans (ler_add (lexx _) le) _.
  by rewrite -subr_ge0 (_ : _ - _ = 151%:R * 2%:R ^+ 4) ?mulr_ge0 ?exprn_ge0 ?ler0n //; ring.
by rewrite eK -subr_gt0 (_ : _ - _ = 2%:R ^+ 13 * 3%:R) ?mulr_gt0 ?exprn_gt0 ?ltr0n //; ring.
Qed.
End Learner.

(* ---- UCB1 ---- *)
Definition w_p (a : bool) : bool -> R := coin (if a then 3%:R / 4%:R else 4%:R^-1).
Definition w_rew (y : bool) : R := y%:R.
Definition w_l (t : nat) : R := (trunc_log 2 t).+1%:R.

Lemma w_mean a : Ex (w_p a) w_rew = if a then 3%:R / 4%:R else 4%:R^-1.
Proof. by rewrite /Ex big_bool /w_rew /w_p /coin /= mulr1 mulr0 addr0. Qed.

Lemma w_p_dist a : dist (w_p a).
Proof.
case: a; apply: coin_dist.
- by rewrite divr_ge0 ?ler0n.
- by rewrite ler_pdivr_mulr ?ltr0n // mul1r ler_nat.
- by rewrite invr_ge0 ler0n.
- by rewrite invf_le1 ?ltr0n // ler1n.
Qed.

Theorem witness_ucb1 : let T := (2 ^ 12)%N in
  UCB1.regret w_p w_rew (UCB1Rule.ucb1_arm w_rew w_l true) true T <= 209%:R
  /\ (209%:R : R) < T%:R * UCB1.gap w_p w_rew true false.
Proof.
move=> T; have gf : UCB1.gap w_p w_rew true false = 2%:R^-1.
  by rewrite /UCB1.gap /UCB1.mean !w_mean; field.
have gt : UCB1.gap w_p w_rew true true = 0 by rewrite /UCB1.gap subrr.
split; last first.
  by rewrite gf /T natrX -subr_gt0 (_ : _ - _ = 1839%:R) ?ltr0n //; field.
have T0 : (0 < T)%N by rewrite /T expn_gt0.
have hr y : 0 <= w_rew y <= 1 by case: y; rewrite /w_rew ?lexx ?ler01.
have hl t : (0 < t)%N -> t%:R <= e (w_l t).
  move=> t0; apply: le_trans (exp_pow2 _); rewrite -natrX ler_nat ltnW //.
  exact: trunc_log_ltn.
have ml t t' : (0 < t)%N -> (t <= t')%N -> w_l t <= w_l t'.
  by move=> _ le; rewrite ler_nat ltnS leq_trunc_log.
have hb a : Ex (w_p a) w_rew <= Ex (w_p true) w_rew.
  case: a => //; rewrite !w_mean -subr_ge0 (_ : _ - _ = 2%:R^-1) ?invr_ge0 ?ler0n //.
  by field.
apply: le_trans (claim_ucb1_regret w_p_dist hr hl ml
  (UCB1Rule.ucb1_arm_rule w_rew w_l true) hb T0) _.
rewrite big_mkcond big_bool /= gt ltxx add0r gf invr_gt0 ltr0n /= /w_l /T.
rewrite trunc_expnK // -subr_ge0 (_ : _ - _ = 5%:R / 12%:R) ?divr_ge0 ?ler0n //.
by field.
Qed.

(* the worse arm is played at most 418 times in 4096 rounds, on average *)
Theorem witness_ucb1_plays : let T := (2 ^ 12)%N in
  Epr (UCB1.ker w_p (UCB1Rule.ucb1_arm w_rew w_l true)) T [::]
    (fun x => (UCB1.plays (UCB1Rule.ucb1_arm w_rew w_l true) false x)%:R) <= 418%:R
  /\ (418%:R : R) < T%:R.
Proof.
move=> T; have gf : UCB1.gap w_p w_rew true false = 2%:R^-1.
  by rewrite /UCB1.gap /UCB1.mean !w_mean; field.
split; last by rewrite /T natrX -subr_gt0 (_ : _ - _ = 3678%:R) ?ltr0n //; ring.
have T0 : (0 < T)%N by rewrite /T expn_gt0.
have hr y : 0 <= w_rew y <= 1 by case: y; rewrite /w_rew ?lexx ?ler01.
have hl t : (0 < t)%N -> t%:R <= e (w_l t).
  move=> t0; apply: le_trans (exp_pow2 _); rewrite -natrX ler_nat ltnW //.
  exact: trunc_log_ltn.
have ml t t' : (0 < t)%N -> (t <= t')%N -> w_l t <= w_l t'.
  by move=> _ le; rewrite ler_nat ltnS leq_trunc_log.
have g0 : 0 < UCB1.gap w_p w_rew true false by rewrite gf invr_gt0 ltr0n.
apply: le_trans (UCB1.ucb1_plays w_p_dist hr hl ml
  (UCB1Rule.ucb1_arm_rule w_rew w_l true) g0 T0) _.
rewrite gf /w_l /T trunc_expnK // -subr_ge0 (_ : _ - _ = 5%:R / 6%:R) ?divr_ge0 ?ler0n //.
by field.
Qed.

(* ---- delayed counts: two cells, 400 and 112 visits, of which the first costs 1 ---- *)
Theorem witness_charges_total (n : bool -> nat := fun x => if x then 400%N else 112%N) :
  \sum_x charges (1 : R) 1 1 (n x) <= 66%:R /\ 66%:R < (\sum_x n x)%:R :> R.
Proof.
have eN : (\sum_x n x = 512)%N by rewrite big_bool.
split; last by rewrite eN ltr_nat.
have le := @charges_total R [finType of bool] 1 1 1 ler01 ler01 n 512 (eq_leq eN).
apply: le_trans le _; rewrite card_bool -natrM (_ : (2 * 512)%N = (32 * 32)%N) //.
rewrite natrM -expr2 sqrtr_sqr ger0_norm ?ler0n // le_eqVlt; apply/orP; left; apply/eqP; ring.
Qed.

(* ---- the elliptical potential ---- *)
Theorem witness_elliptical l : 4%:R <= e l ->
  1 + 2%:R^-1 + 3%:R^-1 <= 2%:R * l.
Proof.
pose L0 : 'M[R]_1 := 1%:M; pose x (t : nat) : 'cV[R]_1 := 1%:M.
have gE t : gram L0 x t = (t.+1%:R)%:M.
  elim: t => [//|t IH]; rewrite /= IH /x trmx1 mulmx1; apply/matrixP => i j.
  by rewrite !mxE (mulrSr 1 t.+1) mulrnDl.
move=> h; have le : \det (gram L0 x 3) / \det L0 <= e l.
  by rewrite gE /L0 !det_scalar1 divr1.
have pd : spd L0 by apply: spd_scalar; exact: ltr01.
have := claim_elliptical_potential pd le; rewrite !big_ord_recl big_ord0 addr0 !gE.
have qE (c : R) : c != 0 -> quad c%:M (1%:M : 'cV_1) (1%:M)^T = c^-1.
  by move=> c0; rewrite /quad trmx1 mul1mx mulmx1 invmx_scalar mxE eqxx mulr1n.
rewrite /x /= !qE ?pnatr_eq0 // invr1 minxx.
have mn n : Num.min 1 (n.+1%:R^-1) = n.+1%:R^-1 :> R.
  by apply: min_r; rewrite invf_le1 ?ltr0n // ler1n.
by rewrite !mn addrA.
Qed.
End Witness.
