(* Bernstein.v - the inequality of Bernstein for frequencies, at the visits of a cell.

   Frequencies of a rare outcome are closer to their probability than Hoeffding's inequality says.
   For an event of probability p the sum over n visits of (indicator - p) exceeds
   sqrt (2 n p L) + L / 3 with probability at most e (-L). This is event B of UCBVIHoeffding.md.

   Main statements
   - ex_pade: e t <= (6 + 4 t + t^2) / (6 - 2 t) for 0 <= t < 3, equivalently
     e t - 1 - t <= t^2 / (2 (1 - t / 3)). Proof: e (- s) B(s) hardly falls in a small step, and the
     number of steps is arbitrary.
   - frequency_mgf: E[e (t (X - p))] <= e (p (e t - 1 - t)) for an indicator X of mean p.
   - visits_bernstein: the probability that at some time a cell was visited exactly n times and the
     frequency of an event exceeds p by more than sqrt (2 p L / n) + L / (3 n) is at most e (-L).
   - visits_bernstein_all: the same for all counts up to m at once, at most m e (-L).

   Notation: e is the exponential, B an event of outcomes with probability p at each visit.
   Assumptions: finitely many outcomes; the field is real closed and Archimedean.
   References: [maurer2009], theorem 3, in the form for indicators.
   Swift counterpart: Sources/Bounds/UCBVIHoeffding.swift, the logarithm L_b. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Fin Process Hoeffding.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Pade.
Variables (R : realFieldType) (e : expField R).
Implicit Types s t h : R.

Definition pade_num t : R := 6%:R + 4%:R * t + t ^+ 2.
Definition pade_den t : R := 6%:R - 2%:R * t.

Lemma pade_num_ge t : 0 <= t -> 6%:R <= pade_num t.
Proof. by move=> t0; rewrite /pade_num -addrA ler_addl addr_ge0 ?sqr_ge0 // mulr_ge0 ?ler0n. Qed.

Lemma pade_den_gt0 t : t < 3%:R -> 0 < pade_den t.
Proof.
move=> t3; rewrite subr_gt0 (_ : 6%:R = 2%:R * 3%:R); last by ring.
by rewrite ltr_pmul2l ?ltr0n.
Qed.

(* one step: (1 - h) B(s + h) >= B(s) (1 - c h^2) *)
Lemma pade_step s h t : 0 <= s -> 0 <= h -> h <= 1 -> s + h <= t -> t < 3%:R ->
  pade_num s * pade_den (s + h) * (1 - 10%:R / pade_den t * h ^+ 2)
    <= (1 - h) * pade_num (s + h) * pade_den s.
Proof.
move=> s0 h0 h1 st t3; set c := 10%:R / _.
have d0 := pade_den_gt0 t3.
have dt : pade_den t <= pade_den (s + h).
  by rewrite ler_add2l ler_opp2; apply: ler_wpmul2l; rewrite ?ler0n.
have s3 : s <= 3%:R.
  by apply: le_trans (ltW t3); apply: le_trans st; rewrite ler_addl.
have ds0 : 0 <= pade_den s.
  by rewrite subr_ge0 (_ : 6%:R = 2%:R * 3%:R) ?ler_wpmul2l ?ler0n //; ring.
have ds6 : pade_den s <= 6%:R by rewrite ler_subl_addr ler_addl mulr_ge0 ?ler0n.
rewrite -subr_ge0.
have -> : (1 - h) * pade_num (s + h) * pade_den s
    - pade_num s * pade_den (s + h) * (1 - c * h ^+ 2) =
  2%:R * s ^+ 3 * h + h ^+ 2 *
    (c * pade_num s * pade_den (s + h) - pade_den s * (2%:R * s + 3%:R + h)).
  by rewrite /pade_num /pade_den; ring.
apply: addr_ge0; first by rewrite !mulr_ge0 ?exprn_ge0 ?ler0n.
apply: mulr_ge0; first exact: sqr_ge0.
rewrite subr_ge0; apply: (@le_trans _ _ (6%:R * 10%:R)).
  apply: ler_pmul => //.
    by apply: addr_ge0 => //; apply: addr_ge0; rewrite ?ler0n // mulr_ge0 ?ler0n.
  rewrite (_ : 10%:R = 2%:R * 3%:R + 3%:R + 1); last by ring.
  by apply: ler_add => //; rewrite ler_add2r; apply: ler_wpmul2l; rewrite ?ler0n.
rewrite [leLHS](_ : _ = c * 6%:R * pade_den t); last first.
  by rewrite /c; field; rewrite lt0r_neq0.
have c0 : 0 <= c by rewrite divr_ge0 ?ler0n ?ltW.
have c6 : c * 6%:R <= c * pade_num s by apply: ler_wpmul2l => //; apply: pade_num_ge.
by apply: ler_pmul c6 dt; [rewrite mulr_ge0 ?ler0n | apply: ltW].
Qed.

Lemma pade_steps t h i : t < 3%:R -> 0 <= h -> h <= 1 -> h *+ i <= t ->
  10%:R / pade_den t * h ^+ 2 <= 1 ->
  1 - i%:R * (10%:R / pade_den t * h ^+ 2)
    <= e (- (h *+ i)) * (pade_num (h *+ i) / pade_den (h *+ i)).
Proof.
move=> t3 h0 h1; set q := 10%:R / _ * _.
have d0 := pade_den_gt0 t3; have q0 : 0 <= q.
  by apply: mulr_ge0 (sqr_ge0 h); apply: divr_ge0 (ltW d0); rewrite ler0n.
elim: i => [|i IH] hi q1.
  rewrite mulr0n mul0r subr0 oppr0 ex0 mul1r /pade_num /pade_den expr0n /= !mulr0 !addr0 subr0.
  by rewrite divff // pnatr_eq0.
set s := h *+ i in IH; have hs : h *+ i.+1 = s + h by rewrite mulrSr.
have s0 : 0 <= s by rewrite mulrn_wge0.
rewrite hs in hi *; have st : s <= t by apply: le_trans hi; rewrite ler_addl.
have := IH st q1; set G := e (- s) * _ => IH'.
have ds0 := pade_den_gt0 (le_lt_trans st t3); have dh0 := pade_den_gt0 (le_lt_trans hi t3).
have step := pade_step s0 h0 h1 hi t3; rewrite -/q in step.
have ns0 : 0 <= pade_num s by apply: le_trans (pade_num_ge s0); rewrite ler0n.
have nh0 : 0 <= pade_num (s + h).
  by apply: le_trans (pade_num_ge (addr_ge0 s0 h0)); rewrite ler0n.
apply: (@le_trans _ _ (G * (1 - q))).
  apply: (@le_trans _ _ ((1 - i%:R * q) * (1 - q))).
    rewrite -subr_ge0 [leRHS](_ : _ = i%:R * q ^+ 2); last by rewrite mulrSr; ring.
    by rewrite mulr_ge0 ?ler0n ?sqr_ge0.
  by apply: ler_wpmul2r; rewrite ?subr_ge0.
rewrite opprD exD -mulrA /G -!mulrA; apply: ler_wpmul2l; first exact: ex_ge0.
apply: (@le_trans _ _ ((1 - h) * (pade_num (s + h) / pade_den (s + h)))); last first.
  by apply: ler_wpmul2r; [rewrite divr_ge0 // ltW | exact: ex_ge].
rewrite [leLHS](_ : _ = pade_num s * pade_den (s + h) * (1 - q) /
    (pade_den s * pade_den (s + h))); last by field; rewrite !lt0r_neq0.
rewrite [leRHS](_ : _ = (1 - h) * pade_num (s + h) * pade_den s /
    (pade_den s * pade_den (s + h))); last by field; rewrite !lt0r_neq0.
by apply: ler_wpmul2r => //; rewrite invr_ge0 mulr_ge0 ?ltW.
Qed.
Theorem ex_pade t : 0 <= t -> t < 3%:R -> e t <= pade_num t / pade_den t.
Proof.
move=> t0 t3; set F := e t; set B := _ / _.
have F0 : 0 < F by apply: ex_gt0.
rewrite leNgt; apply/negP => lt; have d0 : 0 < F - B by rewrite subr_gt0.
pose K := 10%:R / pade_den t * t ^+ 2.
have K0 : 0 <= K.
  by apply: mulr_ge0 (sqr_ge0 t); apply: divr_ge0 (ltW (pade_den_gt0 t3)); rewrite ler0n.
have r0 : 0 <= F * K / (F - B) by apply: divr_ge0 (ltW d0); apply: mulr_ge0 (ltW F0) K0.
have [n] := ex_archi e (t + K + F * K / (F - B)).
have tK : 0 <= t + K by apply: addr_ge0.
rewrite ger0_norm; last exact: addr_ge0.
move=> ltn; have n0 : 0 < n%:R :> R by apply: le_lt_trans ltn; apply: addr_ge0.
have n1 : 1 <= n%:R :> R by move: n0; rewrite ltr0n ler1n.
have tKn : t + K <= n%:R by apply: le_trans (ltW ltn); rewrite ler_addl.
pose h := t / n%:R; have h0 : 0 <= h by apply: divr_ge0 => //; apply: ltW.
have h1 : h <= 1 by rewrite ler_pdivr_mulr // mul1r (le_trans _ tKn) // ler_addl.
have hn : h *+ n = t by rewrite -mulr_natr mulfVK ?lt0r_neq0.
have hq : 10%:R / pade_den t * h ^+ 2 = K / n%:R / n%:R.
  by rewrite /K /h; field; rewrite !lt0r_neq0 // pade_den_gt0.
have q1 : 10%:R / pade_den t * h ^+ 2 <= 1.
  have kn : K / n%:R <= 1 by rewrite ler_pdivr_mulr // mul1r (le_trans _ tKn) // ler_addr.
  by rewrite hq ler_pdivr_mulr // mul1r (le_trans kn).
have := pade_steps t3 h0 h1 (_ : h *+ n <= t) q1; rewrite hn => /(_ (lexx t)).
rewrite hq exN [_^-1 * _]mulrC ler_pdivl_mulr // -/B -/F.
rewrite (_ : n%:R * (K / n%:R / n%:R) = K / n%:R); last by field; rewrite lt0r_neq0.
apply/negP; rewrite -ltNge mulrBl mul1r ltr_subr_addr addrC -ltr_subr_addr.
rewrite mulrAC ltr_pdivr_mulr // -ltr_pdivr_mull //.
rewrite (_ : _^-1 * _ = F * K / (F - B)); last by rewrite [RHS]mulrC [F * K]mulrC.
by apply: le_lt_trans ltn; rewrite ler_addr.
Qed.

Corollary ex_bernstein t : 0 <= t -> t < 3%:R ->
  e t - 1 - t <= 3%:R * t ^+ 2 / (6%:R - 2%:R * t).
Proof.
move=> t0 t3; have d0 := pade_den_gt0 t3; rewrite -addrA -opprD ler_subl_addr.
apply: le_trans (ex_pade t0 t3) _; rewrite le_eqVlt; apply/orP; left; apply/eqP.
by move: d0; rewrite /pade_num /pade_den => d0; field; rewrite lt0r_neq0.
Qed.

Lemma frequency_mgf (W : finType) (pr : W -> R) (B : W -> bool) (p t : R) : dist pr ->
  Ex pr (fun w => (B w)%:R) = p ->
  Ex pr (fun w => e (t * ((B w)%:R - p))) <= e (p * (e t - 1 - t)).
Proof.
move=> hp hB.
have -> : Ex pr (fun w => e (t * ((B w)%:R - p))) = e (- (t * p)) * (1 + p * (e t - 1)).
  transitivity (Ex pr (fun w => e (- (t * p)) * (1 + (e t - 1) * (B w)%:R))); last first.
    by rewrite ExZ ExD Ex_const // ExZ hB [p * _]mulrC.
  apply: eq_Ex => w; rewrite mulrBr exD mulrC; case: (B w).
    by rewrite !mulr1 addrC subrK.
  by rewrite !mulr0 ex0 addr0.
rewrite (_ : p * (e t - 1 - t) = - (t * p) + p * (e t - 1)); last by ring.
by rewrite exD; apply: ler_wpmul2l; [exact: ex_ge0 | exact: ex_ge].
Qed.
End Pade.

Section VisitBernstein.
Variables (R : rcfType) (e : expField R) (W : finType) (k : seq W -> W -> R).
Hypothesis hk : forall h, dist (k h).
Variables (v : seq W -> bool) (B : W -> bool) (p : R).
Hypothesis hB : forall h, v h -> Ex (k h) (fun w => (B w)%:R) = p.
Hypothesis p0 : 0 <= p.

Definition excess (_ : seq W) (w : W) : R := (B w)%:R - p.
Notation S := (psum (at_visits v excess)).

Lemma visits_excess_tail N n b t : 0 <= t ->
  Prp k N [::] (ever (fun y => (visits v y == n) && (b <= S y)))
    <= e (- (t * b - n%:R * p * (e t - 1 - t))).
Proof.
move=> t0; set psi := e t - 1 - t; set y := t * b - _.
have psi0 : 0 <= psi by rewrite /psi -addrA -opprD subr_ge0 ex_ge.
pose u := until v n.
pose F x := e (t * psum (at_until v excess n) x - (visits u x)%:R * (p * psi)).
have dec x : Ex (k x) (fun w => F (rcons x w)) <= F x.
  have -> : Ex (k x) (fun w => F (rcons x w)) =
    F x * Ex (k x) (fun w => e (t * at_until v excess n x w - (u x)%:R * (p * psi))).
    rewrite -ExZ; apply: eq_Ex => w; rewrite /F -exD psum_rcons visits_rcons natrD.
    by congr (e _); ring.
  rewrite -[leRHS]mulr1; apply: ler_wpmul2l; first exact: ex_ge0.
  rewrite /at_until -/(u x); case ux: (u x); last first.
    by rewrite mulr0 mul0r subr0 ex0 Ex_const.
  have vx : v x by move: ux => /andP[].
  rewrite (_ : Ex (k x) _ = e (- (p * psi)) * Ex (k x) (fun w => e (t * excess x w))).
    by rewrite exN mulrC ler_pdivr_mulr ?ex_gt0 // mul1r frequency_mgf ?hB.
  by rewrite -ExZ; apply: eq_Ex => w; rewrite mul1r -exD addrC.
have le1 : Epr k N [::] F <= 1.
  apply: le_trans (supermartingale hk N [::] dec) _.
  by rewrite /F psum0 visits_nil mulr0 mul0r subrr ex0.
rewrite exN -[leRHS]mul1r ler_pdivl_mulr ?ex_gt0 // mulrC.
apply: le_trans le1; apply: markov => // x; first exact: ex_ge0.
case/everP=> i [li /andP[/eqP en hb]]; apply: ex_mono; rewrite (until_at _ en) /y -mulrA.
apply: ler_sub; first exact: ler_wpmul2l.
apply: ler_wpmul2r; first exact: mulr_ge0.
by rewrite ler_nat visits_until.
Qed.

Theorem visits_bernstein N n L : 0 <= L ->
  Prp k N [::] (ever (fun y => (visits v y == n) &&
      (Num.sqrt (2%:R * n%:R * p * L) + L / 3%:R < S y)))
    <= e (- L).
Proof.
move=> L0; set b := _ + _.
suff [t t0 le] : exists2 t, 0 <= t & L <= t * b - n%:R * p * (e t - 1 - t).
  apply: (@le_trans _ _ (e (- (t * b - n%:R * p * (e t - 1 - t))))).
    apply: le_trans (visits_excess_tail N n b t0); apply: Prp_mono => // x _.
    by case/everP=> i [li /andP[en /ltW hb]]; apply/everP; exists i; rewrite en hb.
  by apply: ex_mono; rewrite ler_opp2.
have [m mE] : exists m : R, m = n%:R * p by exists (n%:R * p).
have m0 : 0 <= m by rewrite mE mulr_ge0 ?ler0n.
rewrite /b (_ : 2%:R * n%:R * p * L = 2%:R * m * L); last by rewrite mE; ring.
rewrite -mE {b mE}.
case: (eqVneq m 0) => [->|mn].
  exists 3%:R; first by rewrite ler0n.
  by rewrite mulr0 !mul0r sqrtr0 add0r subr0 mulrC divfK // pnatr_eq0.
have mp : 0 < m by rewrite lt_def mn m0.
pose a := Num.sqrt (2%:R * L / m); have a0 : 0 <= a by apply: sqrtr_ge0.
have aa : a ^+ 2 = 2%:R * L / m by rewrite sqr_sqrtr // divr_ge0 // mulr_ge0 ?ler0n.
have -> : Num.sqrt (2%:R * m * L) = m * a.
  rewrite (_ : 2%:R * m * L = m ^+ 2 * (2%:R * L / m)); last by field.
  by rewrite sqrtrM ?sqr_ge0 // sqrtr_sqr ger0_norm.
have d0 : 0 < 3%:R + a by rewrite ltr_paddr ?ltr0n.
have dn : 3%:R + a != 0 by apply: lt0r_neq0.
pose t := 3%:R * a / (3%:R + a).
have t0 : 0 <= t by apply: divr_ge0 (ltW d0); rewrite mulr_ge0 ?ler0n.
have t3 : t < 3%:R.
  by rewrite ltr_pdivr_mulr // mulrDr ltr_addr -natrM ltr0n.
exists t => //; apply: (@le_trans _ _ (t * (m * a + L / 3%:R) -
    m * (3%:R * t ^+ 2 / (6%:R - 2%:R * t)))); last first.
  by rewrite ler_add2l ler_opp2; apply: ler_wpmul2l => //; apply: ex_bernstein.
have -> : 3%:R * t ^+ 2 / (6%:R - 2%:R * t) = 3%:R * a ^+ 2 / (2%:R * (3%:R + a)).
  have tE : 6%:R - 2%:R * t = 18%:R / (3%:R + a) by rewrite /t; field.
  by rewrite tE /t; field.
rewrite le_eqVlt; apply/orP; left; apply/eqP.
have LE : L = m * a ^+ 2 / 2%:R by rewrite aa; field.
by rewrite [in RHS]LE {1}LE /t; field.
Qed.
(* at all times at which the cell has been visited at most m times *)
Theorem visits_bernstein_all N m L : 0 <= L ->
  Prp k N [::] (ever (fun y => (visits v y <= m)%N &&
      (Num.sqrt (2%:R * (visits v y)%:R * p * L) + L / 3%:R < S y)))
    <= m%:R * e (- L).
Proof.
move=> L0; pose E n := ever (fun y => (visits v y == n) &&
  (Num.sqrt (2%:R * n%:R * p * L) + L / 3%:R < S y)).
apply: le_trans (_ : _ <= Prp k N [::] (fun x => has (fun n => E n x) (iota 1 m))) _; last first.
  rewrite -{2}(size_iota 1 m); apply: union_bound_seq_le => // n _; exact: visits_bernstein.
apply: Prp_mono => // x _ /everP[i [li /andP[le hb]]].
apply/hasP; exists (visits v (take i x)); last by apply/everP; exists i; rewrite eqxx hb.
rewrite mem_iota add1n ltnS le andbT lt0n; apply: contraL hb => /eqP v0.
by rewrite (no_visits _ v0) -leNgt addr_ge0 ?sqrtr_ge0 // divr_ge0 ?ler0n.
Qed.
End VisitBernstein.
