(* UCB1.v - the expected regret of UCB1, with explicit constants.

   Each arm is played once; in round t after that the arm with the greatest mean + sqrt (2 ln t / n)
   is played, n the number of its plays. A suboptimal arm with gap D is played at most
   8 ln T / D^2 + 7/6 times in T rounds, in expectation: if it is played although n > 8 ln T / D^2,
   its mean, or that of a best arm, is off by more than its width. That has probability at most
   2 t / (t + 1)^4 in round t + 1, by Hoeffding's inequality and a union over the t counts, and not
   over pairs of counts; and the sum of that over t >= 2 is at most 1/6.

   Main definitions
   - plays a h, total a h: how often the arm a was played, and the sum of its rewards.
   - index h a: the index of the arm a after the history h.
   - ucb1: what a rule must do to be UCB1: new arms first, then an arm of greatest index.
   - regret T: E[sum over T rounds of (the mean of a best arm - the reward)].

   Main statements
   - ucb1_plays: E[plays a] <= 8 l T / D^2 + 7/6.
   - ucb1_regret: regret T <= the sum over the arms with D > 0 of 8 l T / D + 7/6 D.

   Notation: l t is the natural logarithm of t, or any monotone l with t <= e (l t); D = gap a.
   Assumptions: finitely many rewards, in [0, 1]; the reward of an arm has the same law whenever it
   is played, whatever happened before. Every way to break ties, every order of the first rounds.
   References: [auer2002], figure 1, theorem 1 (with 1 + pi^2/3 in the place of 7/6).
   Swift counterpart: Sources/Bandits/UCB1.swift. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Fin Process Hoeffding.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(* the expectation of a sum along the history, step by step *)
Section SumOfSteps.
Variables (R : realFieldType) (W : finType) (k : seq W -> W -> R).
Hypothesis hk : forall h, dist (k h).

Lemma Epr_recr n h f :
  Epr k n.+1 h f = Epr k n h (fun x => Ex (k x) (fun w => f (rcons x w))).
Proof. by rewrite -addn1 Epr_add. Qed.

Lemma Epr_psum n (g : seq W -> W -> R) :
  Epr k n [::] (psum g) = \sum_(t < n) Epr k t [::] (fun x => Ex (k x) (g x)).
Proof.
elim: n => [|n IH]; first by rewrite big_ord0.
rewrite Epr_recr big_ord_recr /= -IH -EprD; apply: eq_Epr => x.
rewrite (eq_Ex (k x) (fun w => psum_rcons g x w)) ExD Ex_const //.
Qed.

Lemma Epr_psum_pred n (g : seq W -> bool) :
  Epr k n [::] (psum (fun h _ => (g h)%:R)) = \sum_(t < n) Prp k t [::] g.
Proof.
rewrite Epr_psum; apply: eq_bigr => t _; apply: eq_Epr => x; exact: Ex_const.
Qed.
End SumOfSteps.

Section UCB1.
Variables (R : rcfType) (e : expField R) (A Y : finType).
Variables (p : A -> Y -> R) (rew : Y -> R).
Hypothesis p_dist : forall a, dist (p a).
Hypothesis rew_range : forall y, 0 <= rew y <= 1.
Variable l : nat -> R.
Hypothesis exp_l : forall t, (0 < t)%N -> t%:R <= e (l t).
Hypothesis l_mono : forall t t', (0 < t)%N -> (t <= t')%N -> l t <= l t'.
Variable arm : seq Y -> A.

Definition mean a : R := Ex (p a) rew.
Definition ker h : Y -> R := p (arm h).
Definition played a h := arm h == a.
Definition plays a h := visits (played a) h.
Definition total a h : R := psum (at_visits (played a) (fun _ y => rew y)) h.

(* the round after the history h is the round size h + 1 *)
Definition index h a : R :=
  total a h / (plays a h)%:R + Num.sqrt (2%:R * l (size h).+1 / (plays a h)%:R).

Definition ucb1 : Prop :=
  (forall h, (size h < #|A|)%N -> plays (arm h) h = 0%N) /\
  (forall h a, (#|A| <= size h)%N -> index h a <= index h (arm h)).

Hypothesis rule : ucb1.

Let kd h : dist (ker h). Proof. exact: p_dist. Qed.

Lemma l_ge0 t : (0 < t)%N -> 0 <= l t.
Proof. by move=> t0; rewrite -(ler_ex e) ex0; apply: le_trans (exp_l t0); rewrite ler1n. Qed.

Lemma exp_l4 t : (0 < t)%N -> e (- (4%:R * l t)) <= (t%:R ^+ 4)^-1.
Proof.
move=> t0; have t0' : (0 : R) < t%:R by rewrite ltr0n.
rewrite exN lef_pinv ?posrE ?ex_gt0 ?exprn_gt0 //.
have -> : 4%:R * l t = l t + l t + (l t + l t) by ring.
have -> : e (l t + l t + (l t + l t)) = e (l t) ^+ 4 by rewrite !exD; ring.
by rewrite !ler_expn2r ?nnegrE ?exprn_ge0 ?ex_ge0 ?ler0n ?exp_l.
Qed.

(* ---- every arm was played in the first rounds ---- *)
Lemma sum_plays h : (\sum_a plays a h = size h)%N.
Proof.
elim/last_ind: h => [|h y IH]; first by rewrite big1 // => a _; rewrite /plays visits_nil.
under eq_bigr do rewrite /plays visits_rcons; rewrite big_split /= IH size_rcons -addn1.
congr (_ + _)%N; rewrite (bigD1 (arm h)) //= /played eqxx big1 // => a.
by rewrite eq_sym => /negbTE->.
Qed.

Lemma plays_le1 h a : (size h <= #|A|)%N -> (plays a h <= 1)%N.
Proof.
elim/last_ind: h => [|h y IH]; first by rewrite /plays visits_nil.
rewrite size_rcons /plays visits_rcons => lt; case pl: (played a h) => /=; last first.
  by rewrite addn0; apply: IH; apply: ltnW.
by have := proj1 rule h lt; rewrite (eqP pl) /plays => ->.
Qed.

Lemma plays_gt0 h a : (#|A| <= size h)%N -> (0 < plays a h)%N.
Proof.
move=> le; have st : size (take #|A| h) = #|A| by rewrite size_take_min; apply/minn_idPl.
apply: leq_trans (visits_take (played a) h #|A|).
rewrite lt0n; apply/negP => /eqP z.
have := sum_plays (take #|A| h); rewrite st (bigD1 a) //= {1}/plays z add0n => es.
have : (\sum_(i | i != a) plays i (take #|A| h) <= \sum_(i | i != a) 1)%N.
  by apply: leq_sum => i _; apply: plays_le1; rewrite st.
rewrite es sum1_card cardC1 => /leq_ltn_trans/(_ _) lt.
have c0 : (0 < #|A|)%N by apply/card_gt0P; exists a.
by have := lt #|A|; rewrite ltn_predL c0 ltnn => /(_ isT).
Qed.

(* ---- the bad events ---- *)
Variable best : A.
Hypothesis best_max : forall a, mean a <= mean best.
Definition gap a : R := mean best - mean a.

Definition high a t n := ever (fun y => (visits (played a) y == n) &&
  (1 * Num.sqrt (n%:R * (4%:R * l t) / 2%:R) <
   psum (at_visits (played a) (fun _ y => rew y - mean a)) y)).
Definition low a t n := ever (fun y => (visits (played a) y == n) &&
  (1 * Num.sqrt (n%:R * (4%:R * l t) / 2%:R) <
   psum (at_visits (played a) (fun _ y => mean a - rew y)) y)).

Lemma high_le a t n T : (0 < t)%N -> Prp ker T [::] (high a t n) <= (t%:R ^+ 4)^-1.
Proof.
move=> t0; apply: le_trans (exp_l4 t0).
apply: (visits_upper e kd (a := fun _ => - mean a)) => //.
- by move=> h /eqP; rewrite /ker => ->; rewrite ExB Ex_const // subrr.
- move=> h y _; case/andP: (rew_range y) => y0 y1.
  by rewrite ler_addr y0 /= addrC ler_add2l.
- by rewrite mulr_ge0 ?ler0n ?l_ge0.
Qed.

Lemma low_le a t n T : (0 < t)%N -> Prp ker T [::] (low a t n) <= (t%:R ^+ 4)^-1.
Proof.
move=> t0; apply: le_trans (exp_l4 t0).
apply: (visits_upper e kd (a := fun _ => mean a - 1)) => //.
- by move=> h /eqP; rewrite /ker => ->; rewrite ExB Ex_const // subrr.
- move=> h y _; case/andP: (rew_range y) => y0 y1.
  by rewrite subrK ler_add2l ler_opp2 y1 /= ler_subl_addr ler_addl.
- by rewrite mulr_ge0 ?ler0n ?l_ge0.
Qed.

Lemma total_dev a h :
  psum (at_visits (played a) (fun _ y => rew y - mean a)) h = total a h - (plays a h)%:R * mean a.
Proof.
elim/last_ind: h => [|h y IH].
  by rewrite /total /plays !psum0 visits_nil mul0r subrr.
rewrite /total /plays psum_rcons IH psum_rcons visits_rcons natrD mulrDl /total /plays.
by rewrite /at_visits; case: (played a h); rewrite ?mul1r ?mul0r; ring.
Qed.

Lemma total_dev_neg a h :
  psum (at_visits (played a) (fun _ y => mean a - rew y)) h = (plays a h)%:R * mean a - total a h.
Proof.
rewrite -[RHS]opprB -total_dev -psumN; apply: eq_psum => g y.
by rewrite /at_visits; case: (played a g); rewrite ?opprB ?oppr0.
Qed.

Lemma sqrt_index n L : (0 < n)%N -> 0 <= L ->
  Num.sqrt (n%:R * (4%:R * L) / 2%:R) = n%:R * Num.sqrt (2%:R * L / n%:R) :> R.
Proof.
move=> n0 L0; have nz : n%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
have -> : n%:R * (4%:R * L) / 2%:R = n%:R ^+ 2 * (2%:R * L / n%:R) :> R by field; rewrite nz.
by rewrite sqrtrM ?sqr_ge0 // sqrtr_sqr ger0_norm ?ler0n.
Qed.

(* played although it was played often: one of the two means is off *)
Lemma often_bad a h T : 0 < gap a -> (size h < T)%N -> arm h = a ->
  8%:R * l T / gap a ^+ 2 < (plays a h)%:R ->
  (#|A| <= size h)%N && (has (fun n => high a (size h).+1 n h || low best (size h).+1 n h)
                          (seq.iota 1 (size h))).
Proof.
move=> g0 sT ea often; set t := (size h).+1.
have l0 : 0 <= l t by apply: l_ge0.
have nA : (#|A| <= size h)%N.
  rewrite leqNgt; apply/negP => lt; have := proj1 rule h lt; rewrite ea => z.
  move: often; rewrite z ltNge => /negP; apply.
  by rewrite divr_ge0 ?sqr_ge0 // mulr_ge0 ?ler0n // l_ge0 // (leq_trans _ sT).
rewrite nA /=; apply/negPn/negP => nh.
have ok b n : n = plays b h -> ~~ (high a t n h || low best t n h).
  move=> en; apply: contra nh => hb; apply/hasP; exists n => //.
  by rewrite en mem_iota plays_gt0 // add1n ltnS /plays visits_le_size.
have na : total a h - (plays a h)%:R * mean a <=
    (plays a h)%:R * Num.sqrt (2%:R * l t / (plays a h)%:R).
  rewrite leNgt; apply/negP => lt; have := ok a _ erefl; rewrite negb_or => /andP[/negP nhi _].
  apply: nhi; apply: ever_self; rewrite eqxx total_dev mul1r sqrt_index //.
  exact: plays_gt0.
have nb : (plays best h)%:R * mean best - total best h <=
    (plays best h)%:R * Num.sqrt (2%:R * l t / (plays best h)%:R).
  rewrite leNgt; apply/negP => lt; have := ok best _ erefl; rewrite negb_or => /andP[_ /negP nlo].
  apply: nlo; apply: ever_self; rewrite eqxx total_dev_neg mul1r sqrt_index //.
  exact: plays_gt0.
have pa : (0 : R) < (plays a h)%:R by rewrite ltr0n plays_gt0.
have pb : (0 : R) < (plays best h)%:R by rewrite ltr0n plays_gt0.
set wa := Num.sqrt _ in na; set wb := Num.sqrt _ in nb.
have ia : index h a <= mean a + 2%:R * wa.
  rewrite /index -/t -/wa -ler_subr_addr ler_pdivr_mulr //.
  move: na; rewrite ler_subl_addl => /le_trans; apply.
  by rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
have ib : mean best <= index h best.
  rewrite /index -/t -/wb -ler_subl_addr ler_pdivl_mulr //.
  move: nb; rewrite ler_subl_addr addrC -ler_subl_addr => nb'; apply: le_trans nb'.
  by rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
have small : 2%:R * wa < gap a.
  have wa0 : 0 <= 2%:R * wa by rewrite mulr_ge0 ?ler0n ?sqrtr_ge0.
  rewrite -(@ltr_pexpn2r _ 2) // ?nnegrE ?(ltW g0) // exprMn sqr_sqrtr; last first.
    by rewrite divr_ge0 ?ler0n // mulr_ge0 ?ler0n.
  rewrite !mulrA ltr_pdivr_mulr // -ltr_pdivr_mull ?exprn_gt0 // [X in X < _]mulrC.
  apply: le_lt_trans often; rewrite ler_pmul2r ?invr_gt0 ?exprn_gt0 //.
  have -> : 2%:R ^+ 2 * 2%:R = 8%:R :> R by ring.
  by rewrite ler_pmul2l ?ltr0n //; apply: l_mono.
have := le_trans ib (proj2 rule h best nA); rewrite ea => le.
have := le_trans le ia; rewrite leNgt => /negP; apply.
by move: small; rewrite /gap ltr_subr_addl.
Qed.

Definition often a T h := played a h && (8%:R * l T / gap a ^+ 2 < (plays a h)%:R).

Lemma plays_often a T h : 0 < gap a -> (0 < T)%N ->
  (plays a h)%:R <= 8%:R * l T / gap a ^+ 2 + 1 + psum (fun g _ => (often a T g)%:R) h.
Proof.
move=> g0 T0; set c := _ / _.
have c0 : 0 <= c by rewrite divr_ge0 ?sqr_ge0 // mulr_ge0 ?ler0n // l_ge0.
have s0 g : 0 <= psum (fun g _ => (often a T g)%:R : R) g.
  by elim/last_ind: g => [|g y IH]; rewrite ?psum0 // psum_rcons addr_ge0 ?ler0n.
elim/last_ind: h => [|h y IH].
  by rewrite /plays visits_nil psum0 addr0 addr_ge0 // ler01.
rewrite /plays visits_rcons psum_rcons /often -/c -/(plays a h).
case pl: (played a h) => /=; last by rewrite addn0 addr0.
case: ltP => le /=; first by rewrite natrD addrA ler_add2r.
by rewrite addr0 natrD; apply: le_trans (_ : c + 1 <= _); rewrite ?ler_add2r ?ler_addl.
Qed.

Lemma often_prob a T t : 0 < gap a -> (t < T)%N ->
  Prp ker t [::] (often a T) <= if (t < 2)%N then 0 else 2%:R * t%:R / t.+1%:R ^+ 4.
Proof.
move=> g0 tT; have neq : a != best.
  by apply: contraTneq g0 => ->; rewrite /gap subrr ltxx.
have A2 : (2 <= #|A|)%N.
  by rewrite (cardD1 a) (cardD1 best) !inE /= eq_sym neq.
case: ltnP => t2.
  rewrite -[leRHS](Epr_const kd t [::] 0); apply: Epr_mono_ext => // y sy.
  case: (boolP (often _ _ _)) => // /andP[/eqP pl ofn].
  have := often_bad g0 _ pl ofn; rewrite /= sy => /(_ tT)/andP[le _].
  by have := leq_trans A2 le; rewrite leqNgt t2.
apply: le_trans (_ : _ <= Prp ker t [::]
   (fun x => has (fun n => high a t.+1 n x || low best t.+1 n x) (seq.iota 1 t))) _.
  apply: Prp_mono => // x sx /andP[/eqP pl ofn].
  by have := often_bad g0 _ pl ofn; rewrite sx => /(_ tT)/andP[_].
apply: le_trans (union_bound_seq_le kd (d := 2%:R * (t.+1%:R ^+ 4)^-1) _) _.
  move=> n _; apply: le_trans (union_bound2 kd _ _ _ _) _.
  by rewrite mulr2n mulrDl mul1r; apply: ler_add; [apply: high_le | apply: low_le].
by rewrite size_iota mulrA [t%:R * _]mulrC.
Qed.

(* the sum over t of 2 t / (t + 1)^4 telescopes below 1/6 *)
Lemma sum_cubes T :
  \sum_(t < T) (if (t < 2)%N then 0 else 2%:R * t%:R / t.+1%:R ^+ 4 : R) <= 6%:R^-1.
Proof.
suff le : \sum_(t < T) (if (t < 2)%N then 0 else 2%:R * t%:R / t.+1%:R ^+ 4 : R)
    <= 6%:R^-1 - (if (T < 2)%N then 6%:R^-1 else (T%:R * T.+1%:R)^-1).
  apply: le_trans le _; rewrite ler_subl_addr ler_addl.
  by case: ifP => _; rewrite invr_ge0 ?mulr_ge0 ?ler0n.
elim: T => [|T IH]; first by rewrite big_ord0 /= subrr.
rewrite big_ord_recr /=; apply: le_trans (ler_add IH (lexx _)) _.
case: T {IH} => [|[|T]] /=.
- by rewrite !subrr addr0.
- by have -> : 2%:R * 3%:R = 6%:R :> R; rewrite -?natrM // addr0.
rewrite -subr_ge0; set x : R := T.+2%:R; have x0 : 0 < x by rewrite ltr0n.
have -> : T.+3%:R = x + 1 :> R by rewrite [LHS]mulrSr.
have -> : T.+4%:R = x + 2%:R :> R by rewrite -natrD addn2.
have x1 : 0 < x + 1 by rewrite addr_gt0 ?ltr01.
have x2 : 0 < x + 2%:R by rewrite addr_gt0 ?ltr0n.
move: (6%:R^-1) => s.
have -> : s - ((x + 1) * (x + 2%:R))^-1 - (s - (x * (x + 1))^-1 + 2%:R * x / (x + 1) ^+ 4)
  = 2%:R * (x ^+ 2 + 3%:R * x + 1) / (x * (x + 1) ^+ 4 * (x + 2%:R)).
  by field; rewrite !lt0r_neq0.
rewrite divr_ge0 // !mulr_ge0 ?exprn_ge0 ?(ltW x0) ?(ltW x1) ?(ltW x2) ?ler0n //.
by rewrite !addr_ge0 ?sqr_ge0 ?mulr_ge0 ?ler0n ?ler01 ?(ltW x0).
Qed.

Theorem ucb1_plays a T : 0 < gap a -> (0 < T)%N ->
  Epr ker T [::] (fun x => (plays a x)%:R) <= 8%:R * l T / gap a ^+ 2 + 7%:R / 6%:R.
Proof.
move=> g0 T0; apply: le_trans (Epr_mono kd _ _ (fun x => plays_often x g0 T0)) _.
rewrite EprD Epr_const // Epr_psum_pred // -addrA ler_add2l.
have -> : 7%:R / 6%:R = 1 + 6%:R^-1 :> R by field.
rewrite ler_add2l; apply: le_trans (sum_cubes T).
by apply: ler_sum => t _; apply: often_prob.
Qed.

Definition regret T : R := Epr ker T [::] (fun x => \sum_(y <- x) (mean best - rew y)).

Lemma regretE T : regret T = \sum_a gap a * Epr ker T [::] (fun x => (plays a x)%:R).
Proof.
have playsE a x : (plays a x)%:R = psum (fun h _ => (played a h)%:R) x :> R.
  elim/last_ind: x => [|x y IH]; first by rewrite /plays visits_nil psum0.
  by rewrite /plays visits_rcons natrD psum_rcons -IH.
rewrite (eq_bigr (fun a => gap a * \sum_(t < T) Prp ker t [::] (played a))) => [|a _]; last first.
  by rewrite (eq_Epr _ _ _ (playsE a)) Epr_psum_pred.
transitivity (Epr ker T [::] (psum (fun _ y => mean best - rew y))).
  apply: eq_Epr => x; elim/last_ind: x => [|x y IH]; first by rewrite big_nil.
  by rewrite psum_rcons -IH -cats1 big_cat big_seq1.
rewrite Epr_psum //; under [RHS]eq_bigr do rewrite mulr_sumr.
rewrite exchange_big /=; apply: eq_bigr => t _.
rewrite /Prp (eq_bigr (fun a => Epr ker t [::] (fun x => gap a * (played a x)%:R))) => [|a _];
  last by rewrite EprZ.
rewrite -Epr_sum //; apply: eq_Epr => x; rewrite ExB Ex_const // (bigD1 (arm x)) //=.
rewrite /played eqxx mulr1 big1 ?addr0 // => a; rewrite eq_sym => /negbTE->.
by rewrite mulr0.
Qed.

Theorem ucb1_regret T : (0 < T)%N ->
  regret T <= \sum_(a | 0 < gap a) (8%:R * l T / gap a + 7%:R / 6%:R * gap a).
Proof.
move=> T0; rewrite regretE (bigID (fun a => 0 < gap a)) /= [X in _ + X]big1 ?addr0 => [|a].
  apply: ler_sum => a g0.
  apply: le_trans (_ : gap a * (8%:R * l T / gap a ^+ 2 + 7%:R / 6%:R) <= _).
    by rewrite ler_pmul2l //; apply: ucb1_plays.
  by rewrite le_eqVlt; apply/orP; left; apply/eqP; field; rewrite lt0r_neq0.
rewrite -leNgt => g0; have -> : gap a = 0 by apply/le_anti; rewrite g0 subr_ge0 best_max.
by rewrite mul0r.
Qed.
End UCB1.
