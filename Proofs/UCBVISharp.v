(* UCBVISharp.v - the second bound R_b on the regret of UCBVI: what a run costs if its estimates
   of V* and of single transition probabilities are good; no probability yet.

   As in UCBVIRun.v, but the error of an estimated mean is split into that of V*, at most the bonus,
   and that of the rest, at most 1/H of its mean and a term of order S / n. So a step may grow the
   gap by 1 + 1/H, and what is paid in a step is weighted by that power of the steps before.

   Main definitions
   - good_below c: the estimates of V* from the counts c are not too great.
   - good_prob c: those of single transition probabilities are not too great.
   - growth: 1 + 1/H. noise_b: the weighted noise of a step.

   Main statements
   - one_step_b: V - V^pi in a state is at most a cost and 1 + 1/H times its mean in the next state.
   - regret_le_b: regret <= C H^2 + 2 D sqrt L + S C (H - 1)(H/2 + 1/3) Lb (1 + l) + the noise.

   Notation: as in UCBVIRun.v; Lb and l are ln(3 C S N/delta) and ln+(N/C) in the Swift text.
   Assumptions: those of UCBVIRun.v.
   References: [azar2017]; the constants are derived in Sources/Bounds/UCBVIHoeffding.md.
   Swift counterpart: Sources/Bounds/UCBVIHoeffding.swift, `bernsteinRegret`. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Fin Process ExpField RegretSum Harmonic UCBVIRun UCBVISteps.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section UCBVISharp.
Variables (R : rcfType) (S X : finType).
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
Notation pick := (pick sel).
Notation vstar := (vof off sel (qstar off P r sel)).
Notation good := (good off P r sel L H).
Notation optimistic := (optimistic off P r sel H).
Notation gap := (gap off P r sel).
Notation pgap := (pgap off P r sel).
Notation invariant := (invariant off r sel L H).
Notation always := (always off r sel L H s0).
Notation reg := (reg off P r sel L H s0 mu).
Notation regret := (regret off P r sel L H s0 mu).
Notation ahead := (ahead off P r sel L H s0).
Notation after := (after H).
Notation next := (next off r sel L H).

Definition good_below (c : X -> S -> nat) := forall m x, (0 < m < H)%N -> (0 < nof c x)%N ->
  emp c x (vstar m) <= Ex (P x) (vstar m) + bonus L m (nof c x).

Definition kappa : R := (H%:R / 2%:R + 3%:R^-1) * Lb.
Definition growth : R := 1 + H%:R^-1.

Definition good_prob (c : X -> S -> nat) := forall x t, (0 < nof c x)%N ->
  (c x t)%:R / (nof c x)%:R <= growth * P x t + kappa / (nof c x)%:R.

Definition beta_b m n : R := m%:R * (2%:R * width L n + #|S|%:R * kappa / n%:R).
Definition cost_b m n : R := if n == 0%N then m%:R else Num.min m%:R (beta_b m n).

Lemma H_pos : (0 : R) < H%:R. Proof. by rewrite ltr0n. Qed.

Lemma growth_ge1 : 1 <= growth. Proof. by rewrite ler_addl invr_ge0 ler0n. Qed.
Lemma growth_ge0 : 0 <= growth. Proof. exact: le_trans ler01 growth_ge1. Qed.

Lemma kappa_ge0 : 0 <= kappa.
Proof. by rewrite mulr_ge0 // addr_ge0 ?divr_ge0 ?invr_ge0 ?ler0n. Qed.

Lemma pgap_ge0 q t s : 0 <= pgap q t s. Proof. by rewrite /UCBVIRun.pgap le_maxr lexx. Qed.

Lemma emp_rest c x (f : S -> R) b : good_prob c -> (0 < nof c x)%N -> (forall t, 0 <= f t <= b) ->
  emp c x f <= growth * Ex (P x) f + #|S|%:R * kappa / (nof c x)%:R * b.
Proof.
move=> gp n0 fb; rewrite /emp mulr_suml.
have -> : #|S|%:R * kappa / (nof c x)%:R * b = \sum_(t : S) kappa / (nof c x)%:R * b.
  have sc (y : R) : \sum_(t : S) y = #|S|%:R * y by rewrite sumr_const mulr_natl.
  by rewrite sc; ring.
rewrite /Ex mulr_sumr -big_split; apply: ler_sum => t _ /=.
case/andP: (fb t) => f0 f1; rewrite mulrAC.
apply: le_trans (ler_wpmul2r f0 (gp x t n0)) _; rewrite mulrDl mulrA ler_add2l.
by rewrite ler_wpmul2l // divr_ge0 ?kappa_ge0 ?ler0n.
Qed.

Theorem one_step_b st m : invariant st -> togo st = m.+1 -> live off (cur st) ->
  optimistic (Qt st) -> good_below (old st) -> good_prob (old st) ->
  gap (Qt st) m.+1 (cur st) <=
  cost_b m (nof (old st) (pick st)) + growth * Ex (P (pick st)) (pgap (Qt st) m).
Proof.
move=> inv et lv o gb gp; have [tH cap _ _ bk] := inv; rewrite et in tH.
have -> : gap (Qt st) m.+1 (cur st)
    = Qt st m (pick st) - (r (pick st) + Ex (P (pick st)) (vpi off P r sel (Qt st) m)).
  by rewrite /UCBVIRun.gap /= /vmax lv /UCBVIRun.pick et.
set x := pick st; set n := nof _ x; set U := Ex (P x) (vpi off P r sel (Qt st) m).
have E0 : 0 <= Ex (P x) (pgap (Qt st) m) by apply: Ex_ge => // t; apply: pgap_ge0.
have U0 : 0 <= U by apply: Ex_ge => // t; apply: vpi_ge0.
have triv : Qt st m x - (r x + U) <= m%:R + growth * Ex (P x) (pgap (Qt st) m).
  rewrite ler_subl_addr; apply: le_trans (cap m x) _.
  have -> : m%:R + growth * Ex (P x) (pgap (Qt st) m) + (r x + U)
    = (r x + m%:R) + (growth * Ex (P x) (pgap (Qt st) m) + U) by ring.
  by rewrite ler_addl addr_ge0 // mulr_ge0 ?growth_ge0.
rewrite /cost_b; case: eqP => // /eqP; rewrite -lt0n => n0.
rewrite -ler_subl_addr le_minr; apply/andP; split; first by rewrite ler_subl_addr.
rewrite ler_subl_addr; case: (posnP m) => [m0|m0].
  have -> : beta_b m n = 0 by rewrite /beta_b m0 mul0r.
  by move: triv; rewrite (_ : m%:R = 0 :> R) // m0.
rewrite ler_subl_addr; apply: le_trans (bk m x n0) _.
pose f t := vof off sel (Qt st) m t - vstar m t.
have fb t : 0 <= f t <= m%:R.
  rewrite /f.
  apply/andP; split; first by rewrite subr_ge0; apply: val_optimistic o => //; apply: ltnW.
  rewrite ler_subl_addr; apply: (@le_trans _ _ m%:R); first exact: (val_cap r_le1 m t inv).
  by rewrite ler_addl val_qstar_ge0.
have split_emp : emp (old st) x (vof off sel (Qt st) m)
    = emp (old st) x (vstar m) + emp (old st) x f.
  rewrite /emp -mulrDl -big_split; congr (_ / _); apply: eq_bigr => t _ /=.
  by rewrite -mulrDr /f addrC subrK.
have h1 : emp (old st) x (vstar m) <= Ex (P x) (vstar m) + bonus L m n by apply: gb; rewrite // m0.
have h2 := emp_rest gp n0 fb; rewrite -/n in h2.
have h3 : Ex (P x) (vstar m) - U + Ex (P x) f <= Ex (P x) (pgap (Qt st) m).
  rewrite -ExB -ExD; apply: Ex_mono => [|t]; first by case: (P_dist x).
  rewrite /f addrC addrA subrK /UCBVIRun.pgap le_maxr lexx orbT //.
have h4 : Ex (P x) f / H%:R <= Ex (P x) (pgap (Qt st) m) / H%:R.
  rewrite ler_wpmul2r ?invr_ge0 ?ler0n //; apply: Ex_mono => [|t]; first by case: (P_dist x).
  rewrite /f /UCBVIRun.pgap le_maxr /UCBVIRun.gap ler_add2l ler_opp2; apply/orP; right.
  exact: vpi_le_val.
rewrite split_emp -/n; set B := beta_b m n; set G := Ex (P x) (pgap _ _) in h3 h4 *.
have hB : B = bonus L m n + bonus L m n + #|S|%:R * kappa / n%:R * m%:R.
  by rewrite /B /beta_b /bonus; ring.
have h12 := ler_add h1 h2; have h34 := ler_add h3 h4.
rewrite -subr_ge0 in h12; rewrite -subr_ge0 in h34; rewrite -subr_ge0.
apply: le_trans (addr_ge0 h12 h34) _; rewrite hB /growth le_eqVlt; apply/orP; left; apply/eqP.
by move: (n%:R^-1) (H%:R^-1) => a b; ring.
Qed.

(* ---- weights ---- *)
Definition weight t : R := growth ^+ (H - t).

Lemma weight_ge0 t : 0 <= weight t. Proof. by rewrite exprn_ge0 ?growth_ge0. Qed.

Lemma weightS t : (t < H)%N -> weight t = weight t.+1 * growth.
Proof. by move=> lt; rewrite /weight -exprSr subnSK. Qed.

Lemma growth_shrink (a : R) : a <= H%:R -> growth * a <= a + 1.
Proof.
move=> aH; rewrite /growth mulrDl mul1r ler_add2l mulrC ler_pdivr_mulr ?H_pos //.
by rewrite mul1r.
Qed.

Lemma pow_growth j (b : nat) : (j <= b)%N -> (b <= H)%N -> growth ^+ j * (b - j)%:R <= b%:R.
Proof.
elim: j => [|j IH] jb bH; first by rewrite expr0 mul1r subn0.
apply: le_trans (IH (ltnW jb) bH); rewrite exprSr -mulrA ler_wpmul2l ?exprn_ge0 ?growth_ge0 //.
apply: le_trans (growth_shrink _) _.
  by rewrite ler_nat (leq_trans (leq_subr _ _)).
by rewrite -mulrSr ler_nat subnSK.
Qed.

Lemma weight_le m : (m < H)%N -> weight m.+1 * m%:R <= (H.-1)%:R.
Proof.
move=> lt; have eH : H = H.-1.+1 by rewrite prednK.
have lm : (m <= H.-1)%N by rewrite -ltnS -eH.
have eh : (H - m.+1 = H.-1 - m)%N by rewrite {1}eH subSS.
by have := pow_growth (leq_subr m H.-1) (leq_pred H); rewrite /weight eh subKn.
Qed.

Lemma cost_b_le m n : cost_b m n <= m%:R.
Proof. by rewrite /cost_b; case: ifP => // _; rewrite le_minl lexx. Qed.

Definition slope_b : R := (H.-1)%:R * (2%:R * Num.sqrt (L / 2%:R)).
Definition harm_b : R := (H.-1)%:R * (#|S|%:R * kappa).

Lemma cost_charge_b st m x : invariant st -> togo st = m.+1 ->
  weight m.+1 * cost_b m (nof (old st) x) <=
  charge H%:R slope_b H (nof (cnt st) x) + harm_b * harm R H (nof (cnt st) x).
Proof.
case=> tH _ del _ _ et; have := del x; rewrite et in tH * => {del} dx.
rewrite /charge /harm; case: ltnP => lt.
  rewrite mulr0 addr0; apply: le_trans (ler_wpmul2l (weight_ge0 _) (cost_b_le _ _)) _.
  by apply: le_trans (weight_le tH) _; rewrite ler_nat leq_pred.
have le : ((nof (cnt st) x).+1 - H <= nof (old st) x)%N.
  rewrite leq_subLR addnC; apply: leq_trans (_ : (nof (old st) x + (H - m.+1)).+1 <= _)%N => //.
  by rewrite -addnS leq_add2l subnSK // leq_subr.
have i0 : (0 < (nof (cnt st) x).+1 - H)%N by rewrite subn_gt0 ltnS.
have n0 : (0 < nof (old st) x)%N by apply: leq_trans le.
set n := nof (old st) x in le n0 *; set i := (_ - H)%N in le i0 *.
have wn0 : 0 <= 2%:R * width L n + #|S|%:R * kappa / n%:R.
  apply: addr_ge0; first by apply: mulr_ge0; rewrite ?ler0n ?width_ge0.
  by apply: divr_ge0; rewrite ?ler0n // mulr_ge0 ?ler0n ?kappa_ge0.
apply: (@le_trans _ _ ((H.-1)%:R * (2%:R * width L n + #|S|%:R * kappa / n%:R))).
  apply: (@le_trans _ _ (weight m.+1 * beta_b m n)).
    by rewrite ler_wpmul2l ?weight_ge0 // /cost_b eqn0Ngt n0 le_minl lexx orbT.
  by rewrite /beta_b mulrA ler_wpmul2r // weight_le.
apply: (@le_trans _ _ ((H.-1)%:R * (2%:R * width L i + #|S|%:R * kappa / i%:R))).
  rewrite ler_wpmul2l ?ler0n //; apply: ler_add.
    by rewrite ler_wpmul2l ?ler0n // width_anti.
  apply: ler_wpmul2l; first by rewrite mulr_ge0 ?ler0n ?kappa_ge0.
  by rewrite lef_pinv ?posrE ?ltr0n // ler_nat.
rewrite widthE // /slope_b /harm_b le_eqVlt; apply/orP; left; apply/eqP.
by rewrite mulrDr !mulrA.
Qed.

(* ---- steps ---- *)
Definition paid_b h : R :=
  let st := run h in
  if togo st is m.+1 then
    if live off (cur st) then weight m.+1 * cost_b m (nof (old st) (pick st)) else 0
  else 0.

Definition noise_b h w : R := weight (after (run h)) * (Ex (ker h) (ahead h) - ahead h w).

Definition Phi_b st : R := weight (togo st) * gap (Qt st) (togo st) (cur st).

Lemma Phi_b0 st : togo st = 0%N -> Phi_b st = 0.
Proof. by rewrite /Phi_b /UCBVIRun.gap => -> /=; rewrite subrr mulr0. Qed.

Lemma togo_next st w : togo (next st w) = after st.
Proof. by rewrite /UCBVIRun.next /UCBVISteps.after; case: (togo st) => [|[|m]]. Qed.

Lemma Phi_b_next h w : optimistic (Qt (run h)) ->
  Phi_b (next (run h) w) = weight (after (run h)) * ahead h w.
Proof.
move=> o; rewrite -(Phi_next P_dist sel_off sel_max) //.
by rewrite /Phi_b togo_next /Phi togo_next.
Qed.

Lemma step_le_b h w : optimistic (Qt (run h)) -> good_below (old (run h)) ->
  good_prob (old (run h)) ->
  reg h + Phi_b (run h) <= paid_b h + noise_b h w + Phi_b (run (rcons h w)).
Proof.
move=> o gb gp; rewrite run_rcons Phi_b_next // -addrA /noise_b -mulrDr subrK.
have inv := invariant_run off r sel L H s0 h.
rewrite /UCBVISteps.reg /paid_b /UCBVISteps.ker /UCBVISteps.ahead /UCBVISteps.after.
set st := run h in o gb gp inv *; have tH := inv_togo inv.
case et: (togo st) => [|m].
  rewrite Phi_b0 // addr0 add0r /weight subnn expr0 mul1r.
  apply: Ex_mono => [|s]; first by case: (mu_dist h).
  rewrite (pgapE P_dist sel_off sel_max s (leqnn H) o) /UCBVIRun.gap ler_add2r.
  exact: (val_optimistic sel_off sel_max s (leqnn H) o).
rewrite et in tH; rewrite add0r /Phi_b et; case: ifP => lv; last first.
  rewrite /UCBVIRun.gap /= /vmax lv subrr mulr0 add0r mulr_ge0 ?weight_ge0 //.
  by apply: Ex_ge => [|s]; [exact: dist_dirac | exact: pgap_ge0].
rewrite (weightS tH) -mulrA -mulrDr ler_wpmul2l ?weight_ge0 //.
exact: one_step_b.
Qed.

Lemma steps_le_b (x : seq S) : always good x -> always good_below x -> always good_prob x ->
  regret x <= psum (fun h _ => paid_b h) x + psum noise_b x + Phi_b (run x).
Proof.
elim/last_ind: x => [|x w IH] ag ab ap.
  by rewrite /UCBVISteps.regret !psum0 !add0r Phi_b0.
have h1 := IH (always_rcons ag) (always_rcons ab) (always_rcons ap).
have h2 := step_le_b w (optimism P_dist r_le1 sel_off sel_max (always_rcons ag))
  (always_old (always_rcons ab)) (always_old (always_rcons ap)).
rewrite -subr_ge0 in h1; rewrite -subr_ge0 in h2.
rewrite /UCBVISteps.regret !psum_rcons -/(regret x) -subr_ge0.
by apply: le_trans (addr_ge0 h1 h2) _; rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
Qed.

Lemma paid_charges_b (x : seq S) : psum (fun h _ => paid_b h) x <=
  \sum_c (charges H%:R slope_b H (nof (cnt (run x)) c)
          + harm_b * harms R H (nof (cnt (run x)) c)).
Proof.
elim/last_ind: x => [|x w IH].
  rewrite psum0; apply: sumr_ge0 => c _.
  by rewrite /= /nof big1 // charges0 /harms big_ord0 mulr0 addr0.
rewrite psum_rcons run_rcons; apply: le_trans (ler_add IH (lexx _)) _.
have inv := invariant_run off r sel L H s0 x; rewrite /paid_b; set st := run x in inv *.
have -> : cnt (next st w) = if togo st is 0 then cnt st
    else if live off (cur st) then tally (cnt st) (pick st) w else cnt st.
  by rewrite /UCBVIRun.next; case: (togo st) => [|[|m]].
case et: (togo st) => [|m]; first by rewrite addr0.
case: ifP => lv; last by rewrite addr0.
rewrite (bigD1 (pick st)) //= [leRHS](bigD1 (pick st)) //= nof_tally eqxx addn1 chargesS harmsS.
rewrite mulrDr [X in _ <= X + _]addrACA [leLHS]addrAC; apply: ler_add.
  by rewrite ler_add2l; apply: cost_charge_b.
by apply: ler_sum => c ne; rewrite nof_tally (negbTE ne) addn0.
Qed.

Variables (e : expField R) (l : R).
Hypothesis l_ge0 : 0 <= l.

Theorem cost_total_b (x : seq S) N : (ep (run x) * H <= N)%N -> N%:R <= #|X|%:R * e l ->
  psum (fun h _ => paid_b h) x <=
  #|X|%:R * H%:R ^+ 2 + 2%:R * spread R X H N * Num.sqrt L
  + #|S|%:R * #|X|%:R * (H.-1)%:R * (H%:R / 2%:R + 3%:R^-1) * Lb * (1 + l).
Proof.
move=> le Nl; apply: le_trans (paid_charges_b x) _; rewrite big_split /= -mulr_sumr.
have tot : (\sum_x0 nof (cnt (run x)) x0 <= N)%N.
  apply: leq_trans le; apply: leq_trans (inv_total (invariant_run _ _ _ _ _ _ x)).
  exact: leq_addr.
have slope0 : 0 <= slope_b by rewrite !mulr_ge0 ?ler0n ?sqrtr_ge0.
have harm0 : 0 <= harm_b by rewrite mulr_ge0 ?ler0n // mulr_ge0 ?ler0n ?kappa_ge0.
apply: ler_add; last first.
  apply: le_trans (ler_wpmul2l harm0 (harms_total H tot l_ge0 Nl)) _.
  rewrite -[_ * _ * Lb]mulrA -/kappa /harm_b.
  have shuffle (a b c d f : R) : a * (b * c) * (d * f) = b * d * a * c * f by ring.
  by rewrite le_eqVlt; apply/orP; left; apply/eqP; apply: shuffle.
apply: le_trans (charges_total H (ler0n _ _) slope0 tot) _.
rewrite -expr2 ler_add2l /spread /slope_b !natrM.
have half : Num.sqrt L = Num.sqrt (L / 2%:R) * Num.sqrt 2%:R.
  by rewrite -sqrtrM ?divr_ge0 ?ler0n // divfK // pnatr_eq0.
have two : (2%:R : R) = Num.sqrt 2%:R ^+ 2 by rewrite sqr_sqrtr ?ler0n.
rewrite half -[2%:R * _ * N%:R]mulrA (sqrtrM _ (ler0n _ 2)).
rewrite [X in X * _ * _ <= _]two; set q := Num.sqrt 2%:R; set t := Num.sqrt (_ * _).
by rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
Qed.

Theorem regret_le_b (x : seq S) k : size x = (k * H.+1)%N ->
  always good x -> always good_below x -> always good_prob x ->
  (k * H)%:R <= #|X|%:R * e l ->
  regret x <= #|X|%:R * H%:R ^+ 2 + 2%:R * spread R X H (k * H) * Num.sqrt L
    + #|S|%:R * #|X|%:R * (H.-1)%:R * (H%:R / 2%:R + 3%:R^-1) * Lb * (1 + l) + psum noise_b x.
Proof.
move=> sx ag ab ap kl; have [t0 ek] := run_whole off r sel L s0 sx.
apply: le_trans (steps_le_b ag ab ap) _; rewrite Phi_b0 // addr0 ler_add2r.
by apply: cost_total_b; rewrite ?ek.
Qed.

(* ---- the noise ---- *)
Lemma noise_b_mean h : Ex (ker h) (noise_b h) = 0.
Proof.
rewrite /noise_b ExZ ExB Ex_const ?subrr ?mulr0 //.
exact: (ker_dist off P_dist r sel L H s0 mu_dist).
Qed.

Definition width_b h : R := weight (after (run h)) * (after (run h))%:R.

Lemma noise_b_range h w :
  weight (after (run h)) * (Ex (ker h) (ahead h) - (after (run h))%:R) <= noise_b h w
  <= weight (after (run h)) * (Ex (ker h) (ahead h) - (after (run h))%:R) + width_b h.
Proof.
have := noise_range off P_dist r_ge0 r_le1 sel L H s0 mu h w; rewrite /noise => /andP[lo hi].
rewrite /noise_b /width_b -mulrDr ler_wpmul2l ?weight_ge0 //=.
by rewrite ler_wpmul2l ?weight_ge0.
Qed.

Lemma noise_b_square (x : seq S) k : size x = (k * H.+1)%N ->
  psum (fun h _ => width_b h ^+ 2) x
  = k%:R * \sum_(i < H) growth ^+ (2 * i) * (H - i)%:R ^+ 2.
Proof.
move=> sx; have [t0 ek] := run_whole off r sel L s0 sx.
pose F t := (weight t * t%:R) ^+ 2.
have revs : \sum_(i < H) growth ^+ (2 * i) * (H - i)%:R ^+ 2 = \sum_(i < H.+1) F i.
  rewrite big_ord_recl {1}/F mulr0 expr0n add0r [RHS](reindex_inj rev_ord_inj) /=.
  apply: eq_bigr => i _; rewrite /F /bump /= add1n subnSK // /weight.
  by rewrite subKn ?(ltnW (ltn_ord i)) // exprMn -exprM mulnC.
rewrite revs.
suff : psum (fun h _ => width_b h ^+ 2) x + \sum_(i < togo (run x)) F i
    = (ep (run x))%:R * \sum_(i < H.+1) F i.
  by rewrite t0 ek big_ord0 addr0.
elim/last_ind: (x) => [|y w IH]; first by rewrite psum0 big_ord0 addr0 mul0r.
rewrite psum_rcons run_rcons togo_next {2}/width_b -/(F _); move: IH.
rewrite /UCBVIRun.next /UCBVISteps.after; case: (togo _) => [|[|m]] /= IH.
- rewrite mulrSr mulrDl mul1r -IH big_ord0 addr0 -addrA; congr (_ + _).
  by rewrite [RHS]big_ord_recr /= addrC.
- by rewrite -IH big_ord0 big_ord1 /= addr0.
by rewrite -IH [in RHS]big_ord_recr /= -addrA; congr (_ + _); rewrite addrC.
Qed.
End UCBVISharp.
