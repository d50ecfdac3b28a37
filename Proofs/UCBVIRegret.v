(* UCBVIRegret.v - the regret of UCBVI with Hoeffding bonuses, with every constant.

   The estimates of UCBVIRun.v are good with high probability, because a pair's next states are
   draws from its law whenever it is played (Hoeffding's inequality at the visits of a pair, with a
   union over pairs, stages and counts; and over sets of next states, for all functions at once);
   the noise is small by Azuma's inequality.

   Main definitions
   - bad_star x m n, bad_set x B n: after exactly n visits of the pair x the mean of V* with m
     stages to go, or the frequency of the set B of next states, was off by more than its width.
   - bound_u k: the bound R_u of the Swift text after k episodes.

   Main statements
   - ucbvi_optimism: with probability at least 1 - delta/3 no Q is ever below Q*.
   - ucbvi_hoeffding_regret: the regret of the first k of K episodes exceeds R_u with probability at
     most delta, for every kernel, every law of the start states (which may depend on the past), and
     every way to break ties.

   Notation: as in UCBVISteps.v. N = K H; L, Lu, L3 are at least the logarithms of the Swift text:
     3 C (H - 1) N / delta <= e L, 3 C N (2^S - 2) / delta <= e Lu, 3 / delta <= e L3.
     (The program's L, with 6 in the place of 3, satisfies the first: one side is enough here.)
   Assumptions: rewards in [0, 1], known; the same transition probabilities in every stage.
   References: [azar2017]; [hoeffding1963].
   Swift counterpart: Sources/OnlineLearning/UCBVI.swift, Sources/Bounds/UCBVIHoeffding.swift. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Fin Process Hoeffding UCBVIRun UCBVISteps.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section UCBVIRegret.
Variables (R : rcfType) (e : expField R) (S X : finType).
Variable off : S -> pred X.
Variable P : X -> S -> R.
Hypothesis P_dist : forall x, dist (P x).
Variable r : X -> R.
Hypothesis r_ge0 : forall x, 0 <= r x.
Hypothesis r_le1 : forall x, r x <= 1.
Variable sel : (X -> R) -> S -> X.
Hypothesis sel_off : forall q s, live off s -> off s (sel q s).
Hypothesis sel_max : forall q s x, off s x -> q x <= q (sel q s).
Variables (L Lu : R) (H : nat) (s0 : S).
Hypothesis L_ge0 : 0 <= L.
Hypothesis Lu_ge0 : 0 <= Lu.
Variable mu : seq S -> S -> R.
Hypothesis mu_dist : forall h, dist (mu h).

Notation run := (run off r sel L H s0).
Notation ker := (ker off P r sel L H s0 mu).
Notation pick := (pick sel).
Notation vstar := (vof off sel (qstar off P r sel)).
Notation good := (good off P r sel L H).
Notation good_all := (good_all P Lu).

Let kd h : dist (ker h). Proof. exact: ker_dist. Qed.

(* ---- visits of a pair are its counts ---- *)
Definition played x h : bool :=
  let st := run h in (0 < togo st)%N && live off (cur st) && (pick st == x).

Lemma ker_played x h : played x h -> ker h = P x.
Proof.
by rewrite /played /UCBVISteps.ker; case: (togo _) => [|m] //= /andP[-> /eqP->].
Qed.

Lemma cnt_next h w : cnt (run (rcons h w)) =
  if (0 < togo (run h))%N && live off (cur (run h)) then tally (cnt (run h)) (pick (run h)) w
  else cnt (run h).
Proof. by rewrite run_rcons /next; case: (togo _) => [|[|m]]. Qed.

Lemma visits_nof x y : visits (played x) y = nof (cnt (run y)) x.
Proof.
elim/last_ind: y => [|y w IH]; first by rewrite visits_nil /nof big1.
rewrite visits_rcons IH cnt_next /played; case: (_ && live _ _) => /=; last by rewrite addn0.
by rewrite nof_tally eq_sym.
Qed.

Lemma psum_visits x (g : S -> R) y :
  psum (at_visits (played x) (fun _ w => g w)) y = \sum_t (cnt (run y) x t)%:R * g t.
Proof.
elim/last_ind: y => [|y w IH]; first by rewrite psum0 big1 // => t _; rewrite mul0r.
rewrite psum_rcons IH cnt_next /at_visits /played; case: (_ && live _ _); last by rewrite addr0.
rewrite sum_tally /= eq_sym; case: (x == _); first by rewrite mul1r.
by rewrite mul0r.
Qed.

Lemma sum_count_diff (c : X -> S -> nat) x (g : S -> R) a : (0 < nof c x)%N ->
  \sum_t (c x t)%:R * (g t - a) = (nof c x)%:R * (emp c x g - a).
Proof.
move=> n0; rewrite /emp mulrBr mulrC divfK ?pnatr_eq0 -?lt0n //.
rewrite (eq_bigr (fun t => (c x t)%:R * g t - (c x t)%:R * a)) => [|t _]; last by rewrite mulrBr.
by rewrite sumrB -mulr_suml -natr_sum.
Qed.

Lemma sqrt_width l n : 0 <= l -> (0 < n)%N ->
  Num.sqrt (n%:R * l / 2%:R) = n%:R * width l n :> R.
Proof.
move=> l0 n0; have nz : n%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
have -> : n%:R * l / 2%:R = n%:R ^+ 2 * (l / (2 * n)%:R) :> R.
  by rewrite natrM; field; rewrite nz.
by rewrite sqrtrM ?sqr_ge0 // sqrtr_sqr ger0_norm ?ler0n.
Qed.

(* ---- the bad events ---- *)
Definition bad_star x m n := ever (fun y => (visits (played x) y == n) &&
  (m%:R * Num.sqrt (n%:R * L / 2%:R) <
   psum (at_visits (played x) (fun _ w => Ex (P x) (vstar m) - vstar m w)) y)).

Definition bad_set x (B : {set S}) n := ever (fun y => (visits (played x) y == n) &&
  (1 * Num.sqrt (n%:R * Lu / 2%:R) <
   psum (at_visits (played x) (fun _ w => (w \in B)%:R - \sum_(t in B) P x t)) y)).

Lemma bad_star_le x m n T : Prp ker T [::] (bad_star x m n) <= e (- L).
Proof.
apply: (visits_upper e kd (a := fun _ => Ex (P x) (vstar m) - m%:R)) => //.
- by move=> h /ker_played->; rewrite ExB Ex_const // subrr.
- move=> h w _; rewrite subrK ler_add2l ler_opp2 val_qstar_le //=.
  by rewrite ler_subl_addr ler_addl val_qstar_ge0.
Qed.

Lemma bad_set_le x B n T : Prp ker T [::] (bad_set x B n) <= e (- Lu).
Proof.
apply: (visits_upper e kd (a := fun _ => - \sum_(t in B) P x t)) => //.
- move=> h /ker_played->; rewrite ExB Ex_const //; apply/eqP; rewrite subr_eq0 /Ex.
  rewrite [X in _ == X]big_mkcond; apply/eqP/eq_bigr => t _.
  by case: (t \in B); rewrite ?mulr1 ?mulr0.
- by move=> h w _; rewrite ler_addr ler0n /= [leRHS]addrC ler_add2r lern1 leq_b1.
Qed.

Definition any_star N (x : seq S) :=
  [exists i : X * 'I_H.-1 * 'I_N, bad_star i.1.1 i.1.2.+1 i.2.+1 x].

Definition proper := {B : {set S} | (B != set0) && (B != setT)}.

Definition any_set N (x : seq S) :=
  [exists i : X * proper * 'I_N, bad_set i.1.1 (sval i.1.2) i.2.+1 x].

Lemma nof_le c k x y z : size x = (k * H.+1)%N -> x = y ++ z ->
  (nof (cnt (run y)) c <= k * H)%N.
Proof.
move=> sx exy; rewrite -visits_nof; apply: leq_trans (visits_cat _ _ z) _.
rewrite -exy visits_nof; have [_ <-] := run_whole off r sel L s0 sx.
apply: leq_trans (inv_total (invariant_run _ _ _ _ _ _ x)).
by rewrite (bigD1 c) //= -addnA leq_addr.
Qed.

Lemma not_any_star N k x : size x = (k * H.+1)%N -> (k * H <= N)%N -> ~~ any_star N x ->
  always off r sel L H s0 good x.
Proof.
move=> sx kN nb y z exy m c /andP[m0 mH] n0; set n := nof _ _ in n0 *.
have nN : (n <= N)%N by apply: leq_trans (nof_le c sx exy) kN.
rewrite leNgt; apply: contra nb => lt; apply/existsP.
have im : (m.-1 < H.-1)%N by rewrite -ltnS !prednK // (ltn_trans m0).
have inn : (n.-1 < N)%N by rewrite prednK.
exists (c, Ordinal im, Ordinal inn) => /=; apply/everP; exists (size y).
rewrite exy size_cat leq_addr take_size_cat // !prednK //; split=> //.
rewrite visits_nof eqxx /= (psum_visits c (fun w => Ex (P c) (vstar m) - vstar m w)).
rewrite (eq_bigr (fun t => - ((cnt (run y) c t)%:R * (vstar m t - Ex (P c) (vstar m)))));
  last by move=> t _; rewrite -mulrN opprB.
rewrite sumrN sum_count_diff // sqrt_width // mulrCA -mulrN ltr_pmul2l ?ltr0n // opprB.
by rewrite ltr_subr_addl.
Qed.

Lemma not_any_set N k x : size x = (k * H.+1)%N -> (k * H <= N)%N -> ~~ any_set N x ->
  always off r sel L H s0 good_all x.
Proof.
move=> sx kN nb y z exy c b v n0 v0b; set n := nof _ _ in n0 *.
have nN : (n <= N)%N by apply: leq_trans (nof_le c sx exy) kN.
have b0 : 0 <= b by case/andP: (v0b s0); apply: le_trans.
have nz : n%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
pose d t := (cnt (run y) c t)%:R / n%:R - P c t.
have sumd : \sum_t d t = 0.
  by rewrite sumrB -mulr_suml -natr_sum divff // (proj2 (P_dist c)) subrr.
pose B := [set t | 0 < d t].
have dB : \sum_(t in B) d t <= width Lu n.
  case: (eqVneq B set0) => [->|B0]; first by rewrite big_set0 width_ge0.
  case: (eqVneq B setT) => [->|BT].
    by rewrite (eq_bigl predT) ?sumd ?width_ge0 // => t; rewrite inE.
  rewrite leNgt; apply: contra nb => lt; apply/existsP.
  have pB : (B != set0) && (B != setT) by rewrite B0.
  have inn : (n.-1 < N)%N by rewrite prednK.
  exists (c, exist _ B pB, Ordinal inn) => /=; apply/everP; exists (size y).
  rewrite exy size_cat leq_addr take_size_cat // !prednK //; split=> //.
  rewrite visits_nof eqxx /= (psum_visits c (fun w => (w \in B)%:R - \sum_(t in B) P c t)).
  rewrite sum_count_diff // sqrt_width // mul1r ltr_pmul2l ?ltr0n //.
  apply: lt_le_trans lt _; rewrite sumrB ler_add2r /emp -mulr_suml.
  rewrite ler_wpmul2r ?invr_ge0 ?ler0n // big_mkcond /=; apply: ler_sum => t _.
  by case: (t \in B); rewrite ?mulr1 ?mulr0.
rewrite -ler_subl_addl.
have -> : emp (cnt (run y)) c v - Ex (P c) v = \sum_t d t * v t.
  rewrite /emp /Ex mulr_suml -sumrB; apply: eq_bigr => t _.
  by rewrite /d mulrBl mulrAC.
apply: le_trans (_ : _ <= \sum_(t in B) d t * b) _; last first.
  by rewrite -mulr_suml mulrC ler_wpmul2l.
rewrite [leRHS]big_mkcond; apply: ler_sum => t _; rewrite inE; case: ltP => [dt|dt].
  by rewrite ler_wpmul2l ?(ltW dt) //; case/andP: (v0b t).
by rewrite mulr_le0_ge0 //; case/andP: (v0b t).
Qed.

(* ---- their probabilities ---- *)
Variables (K : nat) (d : R).
Hypothesis d_gt0 : 0 < d.
Hypothesis hL : (3 * #|X| * H.-1 * (K * H))%:R / d <= e L.
Hypothesis hLu : (3 * #|X| * (K * H) * (2 ^ #|S| - 2))%:R / d <= e Lu.

Lemma union_third (I : finType) (E : I -> seq S -> bool) l T n :
  (forall i, Prp ker T [::] (E i) <= e (- l)) -> #|I| = n -> (3 * n)%:R / d <= e l ->
  Prp ker T [::] (fun x => [exists i, E i x]) <= d / 3%:R.
Proof.
move=> le cI hl; apply: le_trans (union_bound_le kd le) _; rewrite cI exN.
have := hl; rewrite ler_pdivr_mulr // => {}hl.
by rewrite ler_pdivr_mulr ?ex_gt0 // mulrAC ler_pdivl_mulr ?ltr0n // -natrM mulnC (mulrC d).
Qed.

Lemma any_star_le T : Prp ker T [::] (any_star (K * H)) <= d / 3%:R.
Proof.
apply: (union_third (n := (#|X| * H.-1 * (K * H))%N) (l := L)).
- by move=> i; apply: bad_star_le.
- by rewrite !card_prod !card_ord.
by have := hL; rewrite !mulnA.
Qed.

Lemma card_proper : #|{: proper}| = (2 ^ #|S| - 2)%N.
Proof.
rewrite card_sig.
have ne : (set0 : {set S}) != setT by apply/eqP => /setP /(_ s0); rewrite !inE.
have <- : #|[set: {set S}]| = (2 ^ #|S|)%N by rewrite -powersetT card_powerset cardsT.
have -> : #|[pred B : {set S} | (B != set0) && (B != setT)]|
    = #|[set: {set S}] :\: [set set0; setT]|.
  by apply: eq_card => B; rewrite !inE negb_or andbT.
by rewrite cardsD setTI cards2 ne.
Qed.

Lemma any_set_le T : Prp ker T [::] (any_set (K * H)) <= d / 3%:R.
Proof.
apply: (union_third (n := (#|X| * (2 ^ #|S| - 2) * (K * H))%N) (l := Lu)).
- by move=> i; apply: bad_set_le.
- by rewrite !card_prod !card_ord card_proper.
by have := hLu; rewrite !mulnA -!(mulnAC _ (2 ^ #|S| - 2)%N).
Qed.

(* Q below Q* in some moment *)
Definition below_qstar (x : seq S) := ever (fun y =>
  [exists i : 'I_H * X, Qt (run y) i.1 i.2 < qstar off P r sel i.1 i.2]) x.

Theorem ucbvi_optimism k : (k <= K)%N ->
  Prp ker (k * H.+1) [::] below_qstar <= d / 3%:R.
Proof.
move=> kK; apply: le_trans (any_star_le (k * H.+1)); apply: Prp_mono => // x sx.
rewrite /below_qstar => /everP[i [_ /existsP[[m c] /= lt]]].
rewrite -[any_star _ _]negbK; apply/negP => nb.
have al := not_any_star sx (leq_mul kK (leqnn H)) nb.
have al' : always off r sel L H s0 good (take i x).
  by move=> y z exy; apply: (al y (z ++ drop i x)); rewrite catA -exy cat_take_drop.
move: lt; rewrite ltNge => /negP; apply.
by apply: (optimism P_dist r_le1 sel_off sel_max al').
Qed.

(* ---- the regret ---- *)
Variable L3 : R.
Hypothesis hL3 : 3%:R / d <= e L3.
Hypothesis d_le1 : d <= 1.

Definition bound_u k : R :=
  #|X|%:R * H%:R ^+ 2 + spread R X H (k * H) * (Num.sqrt L + Num.sqrt Lu)
  + Num.sqrt (k%:R * L3 / 2%:R * \sum_(i < H) (H - i)%:R ^+ 2).

Notation regret := (regret off P r sel L H s0 mu).
Notation noise := (noise off P r sel L H s0 mu).

Lemma noise_le k : (0 < k)%N -> (0 < H)%N ->
  Prp ker (k * H.+1) [::]
    (fun x => Num.sqrt (k%:R * L3 / 2%:R * \sum_(i < H) (H - i)%:R ^+ 2) <= psum noise x)
  <= d / 3%:R.
Proof.
move=> k0 H0; have q0 : 0 < \sum_(i < H) (H - i)%:R ^+ 2 :> R.
  case: (H) H0 => // n _; rewrite big_ord_recl subn0.
  by rewrite ltr_spaddl ?exprn_gt0 ?ltr0n // sumr_ge0 // => i _; rewrite sqr_ge0.
set q := \sum_(i < H) _ in q0 *; set b := Num.sqrt _.
have L3_ge0 : 0 <= L3.
  rewrite -(ler_ex e) ex0; apply: le_trans hL3.
  by rewrite ler_pdivl_mulr // mul1r (le_trans d_le1) // ler1n.
have v0 : 0 < k%:R * q by rewrite mulr_gt0 ?ltr0n.
apply: le_trans (_ : _ <= e (- L3)) _; last first.
  rewrite exN -[d / _]invf_div lef_pinv ?posrE ?ex_gt0 ?divr_gt0 ?ltr0n //.
have -> : L3 = 2%:R * b ^+ 2 / (k%:R * q).
  rewrite /b sqr_sqrtr ?mulr_ge0 ?invr_ge0 ?ler0n ?(ltW q0) //.
  by field; rewrite (lt0r_neq0 q0) pnatr_eq0 -lt0n k0.
apply: le_trans (azuma e kd (noise_mean off P_dist r sel L H s0 mu_dist)
  (noise_range off P_dist r_ge0 r_le1 sel L H s0 mu) (k * H.+1) (sqrtr_ge0 _) v0).
apply: Prp_mono => // x sx -> /=.
by rewrite (noise_square _ _ _ _ _ sx).
Qed.

Theorem ucbvi_hoeffding_regret k : (0 < k)%N -> (k <= K)%N -> (0 < H)%N ->
  Prp ker (k * H.+1) [::] (fun x => bound_u k < regret x) <= d.
Proof.
move=> k0 kK H0; pose T := (k * H.+1)%N.
have -> : d = d / 3%:R + d / 3%:R + d / 3%:R by field.
apply: le_trans (ler_add (ler_add (any_star_le T) (any_set_le T)) (noise_le k0 H0)).
apply: le_trans (ler_add (union_bound2 kd T [::] (any_star (K * H)) (any_set (K * H))) (lexx _)).
apply: le_trans (union_bound2 kd _ _ _ _).
apply: Prp_mono => // x sx lt; rewrite -implyNb negb_or; apply/implyP => /andP[ns nt].
have kN := leq_mul kK (leqnn H).
have le := regret_le P_dist r_ge0 r_le1 sel_off sel_max mu_dist L_ge0 Lu_ge0 sx
  (not_any_star sx kN ns) (not_any_set sx kN nt).
by apply: ltW; have := lt_le_trans lt le; rewrite /bound_u ltr_add2l.
Qed.
End UCBVIRegret.
