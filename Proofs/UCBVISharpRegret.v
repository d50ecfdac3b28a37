(* UCBVISharpRegret.v - the bound R_b on the regret of UCBVI, and the smaller of R_u and R_b.

   The estimates of UCBVISharp.v are good with high probability: those of V*, from both sides, by
   Hoeffding's inequality, and those of single transition probabilities by Bernstein's.

   Main definitions
   - bound_b k: the bound R_b of the Swift text after k episodes.
   - bad_up x m n, bad_prob x t n: after exactly n visits of the pair x the mean of V* with m stages
     to go, or the frequency of the next state t, was too great.

   Main statements
   - ucbvi_bernstein_regret: the regret of the first k of K episodes exceeds R_b with probability at
     most delta.
   - ucbvi_regret: so does the smaller of R_u and R_b.

   Notation: as in UCBVIRegret.v; Lb and l are at least the logarithms of the Swift text:
     6 C (H - 1) N / delta <= e L, 3 C S N / delta <= e Lb, k H / C <= e l and 0 <= l.
   Assumptions: those of UCBVIRegret.v.
   References: [azar2017]; [hoeffding1963]; [maurer2009], theorem 3.
   Swift counterpart: Sources/Bounds/UCBVIHoeffding.swift, `bernsteinRegret`, `regret(after:)`. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Fin Process Hoeffding Bernstein.
From Proofs Require Import UCBVIRun UCBVISteps UCBVIRegret UCBVISharp.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section UCBVISharpRegret.
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
Variables (L Lb : R) (H : nat) (s0 : S).
Hypothesis L_ge0 : 0 <= L.
Hypothesis Lb_ge0 : 0 <= Lb.
Hypothesis H_gt0 : (0 < H)%N.
Variable mu : seq S -> S -> R.
Hypothesis mu_dist : forall h, dist (mu h).

Notation run := (run off r sel L H s0).
Notation ker := (ker off P r sel L H s0 mu).
Notation vstar := (vof off sel (qstar off P r sel)).
Notation played := (played off r sel L H s0).
Notation always := (always off r sel L H s0).
Notation good_below := (good_below off P r sel L H).
Notation good_prob := (good_prob P Lb H).

Let kd h : dist (ker h). Proof. exact: ker_dist. Qed.

Definition bad_up x m n := ever (fun y => (visits (played x) y == n) &&
  (m%:R * Num.sqrt (n%:R * L / 2%:R) <
   psum (at_visits (played x) (fun _ w => vstar m w - Ex (P x) (vstar m))) y)).

Definition bad_prob x t n := ever (fun y => (visits (played x) y == n) &&
  (Num.sqrt (2%:R * n%:R * P x t * Lb) + Lb / 3%:R <
   psum (at_visits (played x) (fun _ w => (w == t)%:R - P x t)) y)).

Lemma bad_up_le x m n T : Prp ker T [::] (bad_up x m n) <= e (- L).
Proof.
apply: (visits_upper e kd (a := fun _ => - Ex (P x) (vstar m))) => //.
- by move=> h /ker_played->; rewrite ExB Ex_const // subrr.
- move=> h w _; rewrite ler_addr val_qstar_ge0 //= [leRHS]addrC ler_add2r.
  exact: val_qstar_le.
Qed.

Lemma bad_prob_le x t n T : Prp ker T [::] (bad_prob x t n) <= e (- Lb).
Proof.
apply: (visits_bernstein e kd (B := fun w => w == t)) => //; last by case: (P_dist x).
move=> h /ker_played->; rewrite /Ex (bigD1 t) //= eqxx mulr1 big1 ?addr0 // => w /negbTE->.
by rewrite mulr0.
Qed.

Definition any_up N (x : seq S) :=
  [exists i : X * 'I_H.-1 * 'I_N, bad_up i.1.1 i.1.2.+1 i.2.+1 x].

Definition any_prob N (x : seq S) :=
  [exists i : X * S * 'I_N, bad_prob i.1.1 i.1.2 i.2.+1 x].

Lemma not_any_up N k x : size x = (k * H.+1)%N -> (k * H <= N)%N -> ~~ any_up N x ->
  always good_below x.
Proof.
move=> sx kN nb y z exy m c /andP[m0 mH] n0; set n := nof _ _ in n0 *.
have nN : (n <= N)%N by apply: leq_trans (nof_le off r sel L s0 c sx exy) kN.
rewrite leNgt; apply: contra nb => lt; apply/existsP.
have im : (m.-1 < H.-1)%N by rewrite -ltnS !prednK.
have inn : (n.-1 < N)%N by rewrite prednK.
exists (c, Ordinal im, Ordinal inn) => /=; apply/everP; exists (size y).
rewrite exy size_cat leq_addr take_size_cat // !prednK //; split=> //.
rewrite visits_nof eqxx /=.
rewrite (psum_visits off r sel L H s0 c (fun w => vstar m w - Ex (P c) (vstar m))).
rewrite sum_count_diff // sqrt_width // mulrCA ltr_pmul2l ?ltr0n //.
by rewrite ltr_subr_addl.
Qed.

(* 2 sqrt (ab) <= a + b *)
Lemma root_le n p : 0 <= p ->
  Num.sqrt (2%:R * n%:R * p * Lb) + Lb / 3%:R
  <= n%:R * p / H%:R + (H%:R / 2%:R + 3%:R^-1) * Lb.
Proof.
move=> p0; have h0 : (0 : R) < H%:R by rewrite ltr0n.
rewrite mulrDl addrA [3%:R^-1 * Lb]mulrC ler_add2r.
set a := n%:R * p / H%:R; set b := H%:R / 2%:R * Lb.
have a0 : 0 <= a by apply: divr_ge0; rewrite ?ler0n // mulr_ge0 ?ler0n.
have b0 : 0 <= b by apply: mulr_ge0 => //; rewrite divr_ge0 ?ler0n.
have ab0 := addr_ge0 a0 b0.
rewrite -(ger0_norm ab0) -sqrtr_sqr ler_wsqrtr // -subr_ge0.
have -> : (a + b) ^+ 2 - 2%:R * n%:R * p * Lb = (a - b) ^+ 2.
  by rewrite /a /b; field; rewrite lt0r_neq0.
exact: sqr_ge0.
Qed.

Lemma not_any_prob N k x : size x = (k * H.+1)%N -> (k * H <= N)%N -> ~~ any_prob N x ->
  always good_prob x.
Proof.
move=> sx kN nb y z exy c t n0; set n := nof _ _ in n0 *.
have nN : (n <= N)%N by apply: leq_trans (nof_le off r sel L s0 c sx exy) kN.
have n0' : (0 : R) < n%:R by rewrite ltr0n.
rewrite leNgt; apply: contra nb => lt; apply/existsP.
have inn : (n.-1 < N)%N by rewrite prednK.
exists (c, t, Ordinal inn) => /=; apply/everP; exists (size y).
rewrite exy size_cat leq_addr take_size_cat // !prednK //; split=> //.
rewrite visits_nof eqxx /=.
rewrite (psum_visits off r sel L H s0 c (fun w => (w == t)%:R - P c t)).
rewrite sum_count_diff //.
have -> : emp (cnt (run y)) c (fun w => (w == t)%:R) = (cnt (run y) c t)%:R / n%:R :> R.
  rewrite /emp; congr (_ / _); rewrite (bigD1 t) //= eqxx mulr1 big1 ?addr0 // => w /negbTE->.
  by rewrite mulr0.
rewrite -/n; apply: le_lt_trans (root_le n (proj1 (P_dist c) t)) _.
rewrite -(ltr_pmul2l n0') /growth in lt; rewrite -/(kappa Lb H).
rewrite mulrBr ltr_subr_addr; apply: le_lt_trans lt; rewrite le_eqVlt; apply/orP; left; apply/eqP.
have nn : n%:R / n%:R = 1 :> R by rewrite divff // gt_eqF.
have split_sum (a b i q w : R) : a * b = 1 ->
    a * q * i + w + a * q = a * ((1 + i) * q + w * b).
  by move=> ab; rewrite mulrDr [a * (w * b)]mulrCA ab; ring.
exact: split_sum.
Qed.

(* ---- their probabilities ---- *)
Variables (K : nat) (d : R).
Hypothesis d_gt0 : 0 < d.
Hypothesis hL : (6 * #|X| * H.-1 * (K * H))%:R / d <= e L.
Hypothesis hLb : (3 * #|X| * #|S| * (K * H))%:R / d <= e Lb.

Let half_gt0 : 0 < d / 2%:R. Proof. by rewrite divr_gt0 ?ltr0n. Qed.

Let hL2 : (3 * #|X| * H.-1 * (K * H))%:R / (d / 2%:R) <= e L.
Proof.
by apply: le_trans hL; rewrite invf_div mulrA -natrM mulnC !mulnA.
Qed.

Lemma any_low_le T : Prp ker T [::] (any_star off P r sel L H s0 (K * H)) <= d / 2%:R / 3%:R.
Proof.
exact: (any_star_le off P_dist r_ge0 r_le1 sel s0 L_ge0 mu_dist half_gt0 hL2 T).
Qed.

Lemma any_up_le T : Prp ker T [::] (any_up (K * H)) <= d / 2%:R / 3%:R.
Proof.
apply: (union_third P_dist mu_dist half_gt0 (n := (#|X| * H.-1 * (K * H))%N) (l := L)).
- by move=> i; apply: bad_up_le.
- by rewrite !card_prod !card_ord.
by have := hL2; rewrite !mulnA.
Qed.

Lemma any_prob_le T : Prp ker T [::] (any_prob (K * H)) <= d / 3%:R.
Proof.
apply: (union_third P_dist mu_dist d_gt0 (n := (#|X| * #|S| * (K * H))%N) (l := Lb)).
- by move=> i; apply: bad_prob_le.
- by rewrite !card_prod !card_ord.
by have := hLb; rewrite !mulnA.
Qed.

(* ---- the regret ---- *)
Variables (L3 l : R).
Hypothesis hL3 : 3%:R / d <= e L3.
Hypothesis d_le1 : d <= 1.
Hypothesis l_ge0 : 0 <= l.

Definition bound_b k : R :=
  #|X|%:R * H%:R ^+ 2 + 2%:R * spread R X H (k * H) * Num.sqrt L
  + #|S|%:R * #|X|%:R * (H.-1)%:R * (H%:R / 2%:R + 3%:R^-1) * Lb * (1 + l)
  + Num.sqrt (k%:R * L3 / 2%:R *
      \sum_(i < H) (1 + H%:R^-1) ^+ (2 * i) * (H - i)%:R ^+ 2).

Notation regret := (regret off P r sel L H s0 mu).
Notation noise_b := (noise_b off P r sel L H s0 mu).

Lemma noise_b_le k : (0 < k)%N ->
  Prp ker (k * H.+1) [::]
    (fun x => Num.sqrt (k%:R * L3 / 2%:R *
      \sum_(i < H) (1 + H%:R^-1) ^+ (2 * i) * (H - i)%:R ^+ 2) <= psum noise_b x)
  <= d / 3%:R.
Proof.
move=> k0; have q0 : 0 < \sum_(i < H) (1 + H%:R^-1) ^+ (2 * i) * (H - i)%:R ^+ 2 :> R.
  have g0 : 0 <= 1 + H%:R^-1 :> R by rewrite addr_ge0 ?ler01 ?invr_ge0 ?ler0n.
  case: H H_gt0 g0 => // n _ g0; rewrite big_ord_recl subn0 muln0 expr0 mul1r.
  rewrite ltr_spaddl ?exprn_gt0 ?ltr0n // sumr_ge0 // => i _.
  by rewrite mulr_ge0 ?sqr_ge0 ?exprn_ge0.
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
apply: le_trans (azuma e kd (noise_b_mean off P_dist r sel L H s0 mu_dist)
  (noise_b_range off P_dist r_ge0 r_le1 sel L H s0 mu) (k * H.+1) (sqrtr_ge0 _) v0).
apply: Prp_mono => // x sx -> /=.
by rewrite (noise_b_square _ _ _ _ _ sx).
Qed.

Theorem ucbvi_bernstein_regret k : (0 < k)%N -> (k <= K)%N -> (k * H)%:R / #|X|%:R <= e l ->
  Prp ker (k * H.+1) [::] (fun x => bound_b k < regret x) <= d.
Proof.
move=> k0 kK hl; pose T := (k * H.+1)%N.
have -> : d = d / 2%:R / 3%:R + d / 2%:R / 3%:R + d / 3%:R + d / 3%:R by field.
have le := ler_add (ler_add (ler_add (any_low_le T) (any_up_le T)) (any_prob_le T))
  (noise_b_le k0).
apply: le_trans le; pose A := any_star off P r sel L H s0 (K * H).
apply: le_trans (ler_add (ler_add (union_bound2 kd T [::] A (any_up (K * H))) (lexx _)) (lexx _)).
apply: le_trans (ler_add (union_bound2 kd T [::] _ (any_prob (K * H))) (lexx _)).
apply: le_trans (union_bound2 kd _ _ _ _).
apply: Prp_mono => // x sx lt; rewrite -implyNb !negb_or; apply/implyP => /andP[/andP[n1 n2] n3].
have kN := leq_mul kK (leqnn H).
have X0 : (0 : R) < #|X|%:R.
  by rewrite ltr0n; apply/card_gt0P; exists (sel (fun _ => 0) s0).
have kl : (k * H)%:R <= #|X|%:R * e l by move: hl; rewrite ler_pdivr_mulr // mulrC.
have le := regret_le_b P_dist r_ge0 r_le1 sel_off sel_max L_ge0 Lb_ge0 H_gt0 mu_dist l_ge0 sx
  (not_any_star L_ge0 sx kN n1) (not_any_up sx kN n2) (not_any_prob sx kN n3) kl.
by apply: ltW; have := lt_le_trans lt le; rewrite /bound_b ltr_add2l.
Qed.

(* what the program prints: the smaller of the two *)
Variable Lu : R.
Hypothesis Lu_ge0 : 0 <= Lu.
Hypothesis hLu : (3 * #|X| * (K * H) * (2 ^ #|S| - 2))%:R / d <= e Lu.

Theorem ucbvi_regret k : (0 < k)%N -> (k <= K)%N -> (k * H)%:R / #|X|%:R <= e l ->
  Prp ker (k * H.+1) [::] (fun x => Num.min (bound_u X L Lu H L3 k) (bound_b k) < regret x) <= d.
Proof.
move=> k0 kK hl; case: (leP (bound_u X L Lu H L3 k) (bound_b k)) => _; last first.
  exact: ucbvi_bernstein_regret.
apply: (ucbvi_hoeffding_regret P_dist r_ge0 r_le1 sel_off sel_max s0 L_ge0 Lu_ge0 mu_dist d_gt0
  _ hLu hL3 d_le1 k0 kK H_gt0).
apply: le_trans hL; rewrite ler_pmul2r ?invr_gt0 // ler_nat !leq_mul2r.
by rewrite !orbT.
Qed.
End UCBVISharpRegret.
