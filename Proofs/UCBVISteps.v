(* UCBVISteps.v - the regret of a run of UCBVI if all its estimates are good; no probability yet.

   The gap V - V^pi of the state a run is in changes from step to step by what the visit costs and
   by the noise of the step; summed along the run this bounds the regret, and the visits of all
   pairs cost at most C H^2 + D (sqrt L + sqrt Lu), by counting.

   Main definitions
   - ker: the law of the next state. regret: the sum over the episodes of E[V* - V^pi].
   - noise: the martingale difference of a step. spread: D = (H - 1) sqrt (2 C N).

   Main statements
   - step_le: the change of the gap in one step.
   - cost_total: the visits cost at most C H^2 + D (sqrt L + sqrt Lu).
   - regret_le: regret <= C H^2 + D (sqrt L + sqrt Lu) + the noise, if the estimates are good.
   - noise_mean, noise_range, noise_square: the noise has mean zero and is in an interval whose
     length is known before the step; the sum of the squares of the lengths over k episodes.

   Notation: as in UCBVIRun.v; mu is the law of the start state, which may depend on the past.
   Assumptions: those of UCBVIRun.v.
   References: [azar2017]; the constants are derived in Sources/Bounds/UCBVIHoeffding.md.
   Swift counterpart: Sources/Bounds/UCBVIHoeffding.swift. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Fin Process RegretSum UCBVIRun.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section UCBVISteps.
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
Variables (L Lu : R) (H : nat) (s0 : S).

Notation live := (live off).
Notation run := (run off r sel L H s0).
Notation next := (next off r sel L H).
Notation pick := (pick sel).
Notation val := (vof off sel).
Notation qstar := (qstar off P r sel).
Notation vpi := (vpi off P r sel).
Notation good := (good off P r sel L H).
Notation good_all := (good_all P Lu).
Notation optimistic := (optimistic off P r sel H).
Notation always := (always off r sel L H s0).
Notation gap := (gap off P r sel).
Notation pgap := (pgap off P r sel).
Notation cost := (cost L Lu).
Notation invariant := (invariant off r sel L H).
Notation invariant_run := (invariant_run off r sel L H s0).
Implicit Types (st : state R S X) (h : seq S) (s w : S) (x : X).

(* ---- the process ---- *)
Variable mu : seq S -> S -> R.

Definition ker h : S -> R :=
  let st := run h in
  if togo st is m.+1 then if live (cur st) then P (pick st) else dirac R (cur st) else mu h.

Definition reg h : R :=
  if togo (run h) is 0 then Ex (mu h) (fun s => val qstar H s - vpi (Qt (run h)) H s) else 0.

Definition regret (x : seq S) : R := psum (fun h _ => reg h) x.

(* the steps to go after the next outcome, and the optimistic gap there *)
Definition after st : nat := if togo st is m.+1 then m else H.
Definition ahead h w : R := pgap (Qt (run h)) (after (run h)) w.
Definition noise h w : R := Ex (ker h) (ahead h) - ahead h w.

Definition paid h : R :=
  let st := run h in
  if togo st is m.+1 then if live (cur st) then cost m (nof (old st) (pick st)) else 0 else 0.

Definition Phi st : R := gap (Qt st) (togo st) (cur st).

Lemma Phi0 st : togo st = 0%N -> Phi st = 0.
Proof. by rewrite /Phi /UCBVIRun.gap => -> /=; rewrite subrr. Qed.

Hypothesis mu_dist : forall h, dist (mu h).

Lemma ker_dist h : dist (ker h).
Proof.
rewrite /ker; case: (togo _) => [|m] //; case: ifP => // _; exact: dist_dirac.
Qed.

Lemma after_le h : (after (run h) <= H)%N.
Proof.
have := inv_togo (invariant_run h); rewrite /after.
by case: (togo _) => // m /ltnW.
Qed.

Lemma Phi_next h w : optimistic (Qt (run h)) -> Phi (next (run h) w) = ahead h w.
Proof.
move=> o; rewrite /ahead (pgapE P_dist sel_off sel_max _ (after_le h) o).
by rewrite /Phi /UCBVIRun.gap /UCBVIRun.next /after; case: (togo _) => [|[|m]] //=; rewrite subrr.
Qed.

Theorem step_le h w : optimistic (Qt (run h)) -> good_all (old (run h)) ->
  reg h + Phi (run h) <= paid h + noise h w + Phi (run (rcons h w)).
Proof.
move=> o ga; rewrite run_rcons Phi_next // -addrA /noise subrK.
rewrite /reg /paid /ker /ahead /after; set st := run h in o ga *.
case et: (togo st) => [|m].
  rewrite Phi0 // addr0 add0r; apply: Ex_mono => [|s]; first by case: (mu_dist h).
  rewrite (pgapE P_dist sel_off sel_max s (leqnn H) o) /UCBVIRun.gap ler_add2r.
  exact: (val_optimistic sel_off sel_max s (leqnn H) o).
rewrite add0r /Phi et; case: ifP => lv; last first.
  rewrite /UCBVIRun.gap /= /vmax lv subrr add0r; apply: Ex_ge => [|s]; first exact: dist_dirac.
  by rewrite /UCBVIRun.pgap le_maxr lexx.
exact: (one_step P_dist r_ge0 r_le1 sel_off sel_max (invariant_run h) et lv o ga).
Qed.

Lemma steps_le (x : seq S) : always good x -> always good_all x ->
  regret x <= psum (fun h _ => paid h) x + psum noise x + Phi (run x).
Proof.
elim/last_ind: x => [|x w IH] ag aa.
  by rewrite /regret !psum0 !add0r Phi0.
have IH' := IH (always_rcons ag) (always_rcons aa).
have st := step_le w (optimism P_dist r_le1 sel_off sel_max (always_rcons ag))
  (always_old (always_rcons aa)).
rewrite /regret !psum_rcons -/(regret x) -subr_ge0.
have h1 := IH'; have h2 := st; rewrite -subr_ge0 in h1; rewrite -subr_ge0 in h2.
by apply: le_trans (addr_ge0 h1 h2) _; rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
Qed.

(* ---- what the visits cost ---- *)
Hypothesis L_ge0 : 0 <= L.
Hypothesis Lu_ge0 : 0 <= Lu.

Definition slope : R := (H.-1)%:R * (Num.sqrt (L / 2%:R) + Num.sqrt (Lu / 2%:R)).

Lemma widthE (l : R) n : 0 <= l -> (0 < n)%N -> width l n = Num.sqrt (l / 2%:R) / Num.sqrt n%:R.
Proof.
move=> l0 n0; rewrite /width natrM invfM mulrA sqrtrM ?divr_ge0 ?ler0n //.
by rewrite sqrtrV ?ler0n.
Qed.

Lemma width_ge0 (l : R) n : 0 <= width l n. Proof. exact: sqrtr_ge0. Qed.

Lemma width_anti (l : R) n n' : 0 <= l -> (0 < n)%N -> (n <= n')%N -> width l n' <= width l n.
Proof.
move=> l0 n0 le; rewrite /width ler_wsqrtr // ler_wpmul2l // lef_pinv ?posrE ?ltr0n.
- by rewrite ler_nat leq_mul2l.
- by rewrite muln_gt0 /= (leq_trans n0).
- by rewrite muln_gt0.
Qed.

Lemma cost_le m n : cost m n <= m%:R.
Proof. by rewrite /UCBVIRun.cost; case: ifP => // _; rewrite le_minl lexx. Qed.

Lemma cost_charge st m x : invariant st -> togo st = m.+1 ->
  cost m (nof (old st) x) <= charge H%:R slope H (nof (cnt st) x).
Proof.
case=> tH _ del _ _ et; have := del x; rewrite et in tH * => {del} dx.
rewrite /charge; case: ltnP => lt.
  by apply: le_trans (cost_le _ _) _; rewrite ler_nat ltnW.
have Hpos : (0 < H)%N by apply: leq_ltn_trans tH.
have le : ((nof (cnt st) x).+1 - H <= nof (old st) x)%N.
  rewrite leq_subLR addnC; apply: leq_trans (_ : (nof (old st) x + (H - m.+1)).+1 <= _)%N => //.
  by rewrite -addnS leq_add2l subnSK // leq_subr.
have i0 : (0 < (nof (cnt st) x).+1 - H)%N by rewrite subn_gt0 ltnS.
have n0 : (0 < nof (old st) x)%N by apply: leq_trans le.
rewrite /UCBVIRun.cost eqn0Ngt n0 /= le_minl; apply/orP; right.
set i := (_ - H)%N in le i0 *.
apply: le_trans (_ : (H.-1)%:R * (width L i + width Lu i) <= _); last first.
  by rewrite !widthE // -mulrDl mulrA.
apply: ler_pmul; rewrite ?ler0n ?addr_ge0 ?width_ge0 //.
  by rewrite ler_nat -ltnS prednK.
by apply: ler_add; apply: width_anti.
Qed.

Lemma paid_charges (x : seq S) :
  psum (fun h _ => paid h) x <= \sum_c charges H%:R slope H (nof (cnt (run x)) c).
Proof.
elim/last_ind: x => [|x w IH].
  rewrite psum0; apply: sumr_ge0 => c _; rewrite /= /nof big1 // charges0; exact: lexx.
rewrite psum_rcons run_rcons; apply: le_trans (ler_add IH (lexx _)) _.
have inv := invariant_run x; rewrite /paid; set st := run x in inv *.
have -> : cnt (next st w) =
    if togo st is 0 then cnt st else if live (cur st) then tally (cnt st) (pick st) w else cnt st.
  by rewrite /UCBVIRun.next; case: (togo st) => [|[|m]].
case et: (togo st) => [|m]; first by rewrite addr0.
case: ifP => lv; last by rewrite addr0.
rewrite (bigD1 (pick st)) //= [leRHS](bigD1 (pick st)) //= nof_tally eqxx addn1 chargesS.
rewrite [leLHS]addrAC; apply: ler_add; first by rewrite ler_add2l; apply: cost_charge.
by apply: ler_sum => c ne; rewrite nof_tally (negbTE ne) addn0.
Qed.

(* the spread D of the Swift text, with N steps *)
Definition spread N : R := (H.-1)%:R * Num.sqrt ((2 * #|X| * N)%:R).

Theorem cost_total (x : seq S) N : (ep (run x) * H <= N)%N ->
  psum (fun h _ => paid h) x <=
  #|X|%:R * H%:R ^+ 2 + spread N * (Num.sqrt L + Num.sqrt Lu).
Proof.
move=> le; apply: le_trans (paid_charges x) _.
have slope0 : 0 <= slope by rewrite mulr_ge0 ?ler0n ?addr_ge0 ?sqrtr_ge0.
apply: le_trans (charges_total H (ler0n _ _) slope0 (n := nof (cnt (run x))) (N := N) _) _.
  apply: leq_trans le; apply: leq_trans (inv_total (invariant_run x)); exact: leq_addr.
rewrite -expr2 ler_add2l /spread /slope !natrM.
have half (l : R) : 0 <= l -> Num.sqrt l = Num.sqrt (l / 2%:R) * Num.sqrt 2%:R.
  by move=> l0; rewrite -sqrtrM ?divr_ge0 ?ler0n // divfK // pnatr_eq0.
rewrite (half L) // (half Lu) // -[2%:R * _ * N%:R]mulrA (sqrtrM _ (ler0n _ 2)).
have two : (2%:R : R) = Num.sqrt 2%:R ^+ 2 by rewrite sqr_sqrtr ?ler0n.
rewrite [X in X * _ * _ <= _]two; set q := Num.sqrt 2%:R; set t := Num.sqrt (_ * _).
by rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
Qed.

(* after whole episodes *)
Lemma run_size (x : seq S) : (size x + togo (run x) = ep (run x) * H.+1)%N.
Proof.
elim/last_ind: x => [|x w IH] //; rewrite size_rcons run_rcons /UCBVIRun.next.
move: IH; case: (togo _) => [|[|m]] /=; rewrite ?addn0 ?addn1 => IH.
- by rewrite IH mulSn addSnnS addnC.
- by [].
by rewrite -IH addSnnS.
Qed.

Lemma run_whole (x : seq S) k : size x = (k * H.+1)%N -> togo (run x) = 0%N /\ ep (run x) = k.
Proof.
move=> sx; have := run_size x; rewrite sx => e.
have tH := inv_togo (invariant_run x).
have e' : ep (run x) = k.
  by have := congr1 (divn^~ H.+1) e; rewrite mulnK // divnMDl // divn_small // addn0.
by move: e; rewrite e' => /eqP; rewrite -[X in _ == X]addn0 eqn_add2l => /eqP.
Qed.

Theorem regret_le (x : seq S) k : size x = (k * H.+1)%N -> always good x -> always good_all x ->
  regret x <= #|X|%:R * H%:R ^+ 2 + spread (k * H) * (Num.sqrt L + Num.sqrt Lu) + psum noise x.
Proof.
move=> sx ag aa; have [t0 ek] := run_whole sx.
apply: le_trans (steps_le ag aa) _; rewrite Phi0 // addr0 ler_add2r.
by apply: cost_total; rewrite ek.
Qed.

(* ---- the noise: mean zero, in an interval whose length is known before ---- *)
Lemma noise_mean h : Ex (ker h) (noise h) = 0.
Proof. by rewrite /noise ExB Ex_const ?subrr //; apply: ker_dist. Qed.

Lemma ahead_range h w : 0 <= ahead h w <= (after (run h))%:R.
Proof.
rewrite /ahead /UCBVIRun.pgap le_maxr lexx /= le_maxl ler0n /= /UCBVIRun.gap.
rewrite ler_subl_addr; apply: le_trans (val_cap r_le1 _ _ (invariant_run h)) _.
by rewrite ler_addl vpi_ge0.
Qed.

Lemma noise_range h w : Ex (ker h) (ahead h) - (after (run h))%:R <= noise h w
  <= Ex (ker h) (ahead h) - (after (run h))%:R + (after (run h))%:R.
Proof.
case/andP: (ahead_range h w) => lo hi; rewrite subrK /noise ler_add2l ler_opp2 hi /=.
by rewrite ler_subl_addr ler_addl.
Qed.

Lemma noise_square (x : seq S) k : size x = (k * H.+1)%N ->
  psum (fun h _ => (after (run h))%:R ^+ 2) x = k%:R * \sum_(i < H) (H - i)%:R ^+ 2 :> R.
Proof.
move=> sx; have [t0 ek] := run_whole sx.
have revs n : \sum_(i < n) (n - i)%:R ^+ 2 = \sum_(i < n.+1) i%:R ^+ 2 :> R.
  rewrite big_ord_recl expr0n add0r [RHS](reindex_inj rev_ord_inj) /=.
  by apply: eq_bigr => i _; rewrite /bump /= add1n subnSK.
rewrite revs.
suff : psum (fun h _ => (after (run h))%:R ^+ 2) x + \sum_(i < togo (run x)) i%:R ^+ 2
    = (ep (run x))%:R * \sum_(i < H.+1) i%:R ^+ 2 :> R.
  by rewrite t0 ek big_ord0 addr0.
elim/last_ind: (x) => [|y w IH]; first by rewrite psum0 big_ord0 addr0 mul0r.
rewrite psum_rcons run_rcons; move: IH; rewrite /after /UCBVIRun.next.
case: (togo _) => [|[|m]] /= IH.
- rewrite mulrSr mulrDl mul1r -IH big_ord0 addr0 -addrA; congr (_ + _).
  by rewrite big_ord_recr /= addrC.
- by rewrite -IH big_ord0 big_ord1 /= addr0.
by rewrite -IH [in RHS]big_ord_recr /= -addrA; congr (_ + _); rewrite addrC.
Qed.
End UCBVISteps.
