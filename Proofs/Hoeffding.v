(* Hoeffding.v - the inequalities of Hoeffding and of Azuma on finite adaptive processes.

   The exponential enters through the structure expField only: a function with e (x + y) = e x * e y
   and 1 + x <= e x, and the scalar inequality of Hoeffding. So nothing here needs the real numbers,
   or an axiom. ExpReal.v shows that the exponential of the real numbers is such a function.

   Main definitions
   - expField: functions that behave like the exponential.
   - visits v x: how often the predictable event v occurred along the history x.

   Main statements
   - ex_convex, ex_mono: such a function is convex and increasing.
   - hoeffding_lemma: E[e (t X)] <= e (t^2 c^2 / 8) for X of mean zero in an interval of length c.
   - azuma_mgf, azuma: sums of martingale differences in intervals whose lengths c are predictable:
     P(sum >= b and sum of c^2 <= v) <= e (- 2 b^2 / v).
   - visits_upper, visits_hoeffding: the probability that at some time a cell was visited exactly n
     times and the sum over these visits is off by more than c sqrt (n L / 2) is at most 2 e (-L).
   - visits_hoeffding_all: the same for all counts up to m at once, at most 2 m e (-L).
   - hoeffding_iid: n independent observations, |sum - n mean| > c sqrt (n L / 2).

   Notation: e is the exponential, k the kernel, D h w the increment after the history h.
   Assumptions: finitely many outcomes; square roots exist (real closed field) from visits_upper on.
   References: [hoeffding1963], lemma 1 and theorem 2; Azuma 1967.
   Swift counterpart: Sources/OfflineLearning/HoeffdingPenalty.swift. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Fin Process.
From Proofs Require Export ExpField.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section OneVariable.
Variables (R : realFieldType) (e : expField R).
Variables (W : finType) (p : W -> R) (X : W -> R) (a c : R).
Hypothesis hp : dist p.
Hypothesis hX : forall w, a <= X w <= a + c.

Lemma range_ge0 : 0 <= c.
Proof.
rewrite -(ler_addl a);
  rewrite -[leLHS](Ex_const a hp); apply: Ex_le => // w.
by case/andP: (hX w); apply: le_trans.
Qed.

Lemma hoeffding_lemma t : Ex p X = 0 ->
  Ex p (fun w => e (t * X w)) <= e (t ^+ 2 * c ^+ 2 / 8%:R).
Proof.
move=> X0; have c0 := range_ge0.
have a0 : a <= 0 by rewrite -X0; apply: Ex_ge => // w; case/andP: (hX w).
have b0 : 0 <= a + c by rewrite -X0; apply: Ex_le => // w; case/andP: (hX w).
case: (eqVneq c 0) => [cz|cn].
  have az : a = 0 by apply/le_anti; rewrite a0; move: b0; rewrite cz addr0.
  apply: Ex_le => // w; have := hX w; rewrite cz az addr0 => /le_anti <-.
  by rewrite mulr0 expr0n mulr0 mul0r.
have cp : 0 < c by rewrite lt_def cn c0.
pose q := - a / c.
have qc : q * c = - a by rewrite /q mulfVK.
have q0 : 0 <= q by rewrite divr_ge0 // oppr_ge0.
have q1 : q <= 1 by rewrite ler_pdivr_mulr // mul1r -subr_ge0 opprK addrC.
apply: le_trans (_ : _ <= (1 - q) * e (- (q * (t * c))) + q * e ((1 - q) * (t * c))) _; last first.
  apply: le_trans (ex_hoeffding e _) _; first by rewrite q0.
  by rewrite exprMn.
have -> : - (q * (t * c)) = t * a by rewrite mulrCA qc mulrN opprK.
have -> : (1 - q) * (t * c) = t * (a + c).
  by rewrite mulrBl mul1r mulrCA qc mulrN opprK addrC -mulrDr.
pose l w := (X w - a) / c.
have El : Ex p l = q.
  transitivity (Ex p (fun w => c^-1 * (X w - a))); first by apply: eq_Ex => w; rewrite mulrC.
  by rewrite ExZ ExB X0 Ex_const // sub0r mulrC.
have -> : (1 - q) * e (t * a) + q * e (t * (a + c)) =
    Ex p (fun w => (1 - l w) * e (t * a) + l w * e (t * (a + c))).
  rewrite ExD -El -{1}(Ex_const 1 hp) -ExB.
  by congr (_ + _); rewrite mulrC -ExZ; apply: eq_Ex => w; rewrite mulrC.
apply: Ex_mono => [|w]; first by case: hp.
have l0 : 0 <= l w by rewrite divr_ge0 // subr_ge0; case/andP: (hX w).
have l1 : l w <= 1.
  by rewrite ler_pdivr_mulr // mul1r ler_subl_addl; case/andP: (hX w).
apply: le_trans (ex_convex e _ _ l0 l1); rewrite le_eqVlt; apply/orP; left; apply/eqP; congr (e _).
have -> : X w = a + l w * c by rewrite /l mulfVK // addrC subrK.
by ring.
Qed.
End OneVariable.

(* ---- sums of martingale differences with predictable ranges ---- *)
Section Azuma.
Variables (R : realFieldType) (e : expField R) (W : finType) (k : seq W -> W -> R).
Hypothesis hk : forall h, dist (k h).
Variables (D : seq W -> W -> R) (a c : seq W -> R).
Hypothesis hD0 : forall h, Ex (k h) (D h) = 0.
Hypothesis hDr : forall h w, a h <= D h w <= a h + c h.

Notation sq x := (psum (fun h _ => c h ^+ 2) x).

Lemma sq_ge0 x : 0 <= sq x.
Proof.
by elim/last_ind: x => [|x w IH]; rewrite ?psum0 // psum_rcons addr_ge0 // sqr_ge0.
Qed.

Theorem azuma_mgf t n : Epr k n [::] (fun x => e (t * psum D x - t ^+ 2 / 8%:R * sq x)) <= 1.
Proof.
rewrite -[leRHS](ex0 e).
have -> : e 0 = (fun x => e (t * psum D x - t ^+ 2 / 8%:R * sq x)) [::].
  by rewrite !psum0 !mulr0 subrr.
apply: supermartingale => // x.
pose z := t * psum D x - t ^+ 2 / 8%:R * sq x - t ^+ 2 * c x ^+ 2 / 8%:R.
rewrite (_ : Ex _ _ = e z * Ex (k x) (fun w => e (t * D x w))); last first.
  rewrite -ExZ; apply: eq_Ex => w; rewrite -exD !psum_rcons /z; congr (e _); by ring.
apply: (@le_trans _ _ (e z * e (t ^+ 2 * c x ^+ 2 / 8%:R))).
  by apply: ler_wpmul2l; rewrite ?ex_ge0 // (hoeffding_lemma e (hk x) (hDr x)).
by rewrite -exD /z subrK.
Qed.

Theorem azuma n b v : 0 <= b -> 0 < v ->
  Prp k n [::] (fun x => (b <= psum D x) && (sq x <= v)) <= e (- (2%:R * b ^+ 2 / v)).
Proof.
move=> b0 v0; set E := fun x => _.
pose t := 4%:R * b / v; pose y := t * b - t ^+ 2 / 8%:R * v.
have t0 : 0 <= t by rewrite divr_ge0 ?(ltW v0) // mulr_ge0.
have ty : y = 2%:R * b ^+ 2 / v.
  by rewrite /y /t; field; rewrite (lt0r_neq0 v0).
rewrite -ty exN -[leRHS]mul1r ler_pdivl_mulr ?ex_gt0 // mulrC.
apply: le_trans (azuma_mgf t n); apply: markov => // x; first exact: ex_ge0.
case/andP=> hb hv; apply: ex_mono; apply: ler_sub; first exact: ler_wpmul2l.
by apply: ler_wpmul2l => //; rewrite divr_ge0 ?exprn_ge0 ?ler0n.
Qed.
End Azuma.

(* ---- counting the visits of a cell ---- *)
Section Visits.
Variable W : finType.
Implicit Types (v : seq W -> bool) (x y h : seq W).

Definition visits v x : nat := \sum_(i < size x) v (take i x).

Lemma visits_nil v : visits v [::] = 0%N. Proof. by rewrite /visits big_ord0. Qed.

Lemma visits_rcons v x w : visits v (rcons x w) = (visits v x + v x)%N.
Proof.
rewrite /visits size_rcons big_ord_recr /= -cats1 take_size_cat //; congr (_ + _)%N.
by apply: eq_bigr => i _; rewrite takel_cat // ltnW.
Qed.

Lemma visits_cat v x y : (visits v x <= visits v (x ++ y))%N.
Proof.
elim/last_ind: y => [|y w IH]; first by rewrite cats0.
by rewrite -rcons_cat visits_rcons (leq_trans IH) // leq_addr.
Qed.

Lemma visits_take v x i : (visits v (take i x) <= visits v x)%N.
Proof. by rewrite -{2}(cat_take_drop i x) visits_cat. Qed.

Lemma visits_le_size v x : (visits v x <= size x)%N.
Proof.
elim/last_ind: x => [|x w IH]; first by rewrite visits_nil.
by rewrite visits_rcons size_rcons -addn1 leq_add // leq_b1.
Qed.

Lemma eq_visits v v' x : v =1 v' -> visits v x = visits v' x.
Proof. by move=> ev; apply: eq_bigr => i _; rewrite ev. Qed.

(* the sum of D over the visits of v *)
Section Stop.
Variables (R : realFieldType) (v : seq W -> bool) (D : seq W -> W -> R) (n : nat).
Definition at_visits h w : R := if v h then D h w else 0.
Definition until h := v h && (visits v h < n)%N.
Definition at_until h w : R := if until h then D h w else 0.

Lemma no_visits x : visits v x = 0%N -> psum at_visits x = 0.
Proof.
elim/last_ind: x => [|y w IH] //; rewrite visits_rcons psum_rcons => /eqP.
rewrite addn_eq0 => /andP[/eqP/IH-> /eqP vy].
by rewrite /at_visits; case: (v y) vy => //; rewrite addr0.
Qed.

Lemma visits_until x : (visits until x <= n)%N.
Proof.
suff : (visits until x <= minn n (visits v x))%N by rewrite leq_min => /andP[].
elim/last_ind: x => [|x w IH]; first by rewrite !visits_nil minn0.
rewrite !visits_rcons {2}/until; case: (v x) => /=; last by rewrite !addn0.
case: ltnP => lt; last first.
  rewrite addn0; apply: leq_trans IH _; rewrite leq_min geq_minl.
  by rewrite (leq_trans (geq_minr _ _)) // leq_addr.
move: IH; rewrite (minn_idPr (ltnW lt)) => IH.
by rewrite !addn1 leq_min ltnS IH (leq_ltn_trans IH lt).
Qed.

Lemma until_before x : (visits v x <= n)%N -> psum at_until x = psum at_visits x.
Proof.
elim/last_ind: x => [|x w IH] //; rewrite visits_rcons => le.
rewrite !psum_rcons IH ?(leq_trans (leq_addr _ _) le) //; congr (_ + _).
rewrite /at_until /at_visits /until; case vx: (v x) => //=.
by move: le; rewrite vx addn1 => ->.
Qed.

Lemma until_after x y : (n <= visits v x)%N -> psum at_until (x ++ y) = psum at_until x.
Proof.
move=> le; elim/last_ind: y => [|y w IH]; first by rewrite cats0.
rewrite -rcons_cat psum_rcons IH /at_until /until ltnNge.
by rewrite (leq_trans le (visits_cat v x y)) andbF addr0.
Qed.

Lemma until_at x i : visits v (take i x) = n -> psum at_until x = psum at_visits (take i x).
Proof.
move=> en; rewrite -{1}(cat_take_drop i x) until_after ?en //.
by rewrite until_before // en.
Qed.
End Stop.
End Visits.

Section VisitTail.
Variables (R : rcfType) (e : expField R) (W : finType) (k : seq W -> W -> R).
Hypothesis hk : forall h, dist (k h).
Variables (v : seq W -> bool) (D : seq W -> W -> R) (a : seq W -> R) (c : R).
Hypothesis hD0 : forall h, v h -> Ex (k h) (D h) = 0.
Hypothesis hDr : forall h w, v h -> a h <= D h w <= a h + c.
Hypothesis c_ge0 : 0 <= c.

Notation S := (psum (at_visits v D)).

Lemma visits_tail N n b : 0 <= b -> (0 < n)%N -> 0 < c ->
  Prp k N [::] (ever (fun y => (visits v y == n) && (b <= S y)))
    <= e (- (2%:R * b ^+ 2 / (n%:R * c ^+ 2))).
Proof.
move=> b0 n0 c0; have v0 : 0 < n%:R * c ^+ 2 by rewrite mulr_gt0 ?ltr0n ?exprn_gt0.
pose u := until v n; pose a' h := if u h then a h else 0; pose c' h := if u h then c else 0.
have uv h : u h -> v h by case/andP.
have hD0' h : Ex (k h) (at_until v D n h) = 0.
  rewrite /at_until -/(u h); case eu: (u h); last by rewrite Ex_const.
  by apply/hD0/uv.
have hDr' h w : a' h <= at_until v D n h w <= a' h + c' h.
  rewrite /at_until /a' /c' -/(u h); case eu: (u h); last by rewrite addr0 lexx.
  by apply/hDr/uv.
apply: le_trans (azuma e hk hD0' hDr' N b0 v0); apply: Prp_mono => // x _.
case/everP=> i [li /andP[/eqP en hb]]; rewrite (until_at D en) hb /=.
have -> : psum (fun h _ => c' h ^+ 2) x = (visits u x)%:R * c ^+ 2.
  elim/last_ind: (x) => [|z w IH]; first by rewrite psum0 visits_nil mul0r.
  rewrite psum_rcons visits_rcons IH natrD mulrDl /c'.
  by case: (u z); rewrite ?mul1r // expr0n mul0r.
by apply: ler_wpmul2r; rewrite ?sqr_ge0 // ler_nat visits_until.
Qed.

(* the form with L: one side *)
Theorem visits_upper N n L : 0 <= L ->
  Prp k N [::] (ever (fun y => (visits v y == n) && (c * Num.sqrt (n%:R * L / 2%:R) < S y)))
    <= e (- L).
Proof.
move=> L0; set b := c * _.
case: (ltnP 0 n) => [n0|]; last first.
  rewrite leqn0 => /eqP nz; apply: le_trans (ex_ge0 e _).
  rewrite -[leRHS](Epr_const hk N [::] 0); apply: Epr_mono => // x.
  case: everP => // [[i [_ /andP[/eqP en]]]].
  by rewrite no_visits ?en // /b nz !mul0r sqrtr0 mulr0 ltxx.
case: (eqVneq c 0) => [cz|cn]; last first.
  have c0 : 0 < c by rewrite lt_def cn c_ge0.
  have b0 : 0 <= b by rewrite mulr_ge0 ?(ltW c0) ?sqrtr_ge0.
  apply: le_trans (_ : _ <= Prp k N [::] (ever (fun y => (visits v y == n) && (b <= S y)))) _.
    apply: Prp_mono => // x _ /everP[i [li /andP[en hb]]]; apply/everP; exists i.
    by rewrite en (ltW hb).
  apply: le_trans (visits_tail N b0 n0 c0) _; apply: ex_mono; rewrite ler_opp2.
  rewrite /b exprMn sqr_sqrtr; last by rewrite divr_ge0 ?mulr_ge0 ?ler0n.
  rewrite le_eqVlt; apply/orP; left; apply/eqP.
  by field; rewrite (lt0r_neq0 c0) pnatr_eq0 -lt0n n0.
(* an interval of length zero: the sum is zero *)
have Dz h w : v h -> D h w = 0.
  move=> vh; have De w' : D h w' = a h.
    by apply/esym/le_anti; have := hDr w' vh; rewrite cz addr0.
  by have := hD0 vh; rewrite (eq_Ex _ De) Ex_const // De.
apply: le_trans (ex_ge0 e _).
rewrite -[leRHS](Epr_const hk N [::] 0); apply: Epr_mono => // x.
case: everP => // [[i [_ /andP[_]]]].
have -> : S (take i x) = 0.
  elim/last_ind: (take i x) => [|y w IH] //; rewrite psum_rcons IH add0r /at_visits.
  by case vy: (v y) => //; rewrite Dz.
by rewrite /b cz mul0r ltxx.
Qed.
End VisitTail.

(* both sides *)
Section TwoSides.
Variables (R : rcfType) (e : expField R) (W : finType) (k : seq W -> W -> R).
Hypothesis hk : forall h, dist (k h).
Variables (v : seq W -> bool) (D : seq W -> W -> R) (a : seq W -> R) (c : R).
Hypothesis hD0 : forall h, v h -> Ex (k h) (D h) = 0.
Hypothesis hDr : forall h w, v h -> a h <= D h w <= a h + c.
Hypothesis c_ge0 : 0 <= c.

Notation S := (psum (at_visits v D)).

Theorem visits_lower N n L : 0 <= L ->
  Prp k N [::] (ever (fun y => (visits v y == n) && (S y < - (c * Num.sqrt (n%:R * L / 2%:R)))))
    <= e (- L).
Proof.
move=> L0; pose D' h w := - D h w; pose a' h := - (a h + c).
have hD0' h : v h -> Ex (k h) (D' h) = 0 by move=> vh; rewrite ExN hD0 // oppr0.
have hDr' h w : v h -> a' h <= D' h w <= a' h + c.
  move=> vh; case/andP: (hDr w vh) => h1 h2.
  by rewrite /a' /D' ler_opp2 h2 /= opprD addrNK ler_opp2.
apply: le_trans (visits_upper e hk hD0' hDr' c_ge0 N n L0); apply: Prp_mono => // x _.
case/everP=> i [li /andP[en hb]]; apply/everP; exists i; rewrite en li; split => //=.
have -> : psum (at_visits v D') (take i x) = - S (take i x); last by rewrite ltr_oppr.
by rewrite -psumN; apply: eq_psum => h w; rewrite /at_visits /D'; case: (v h); rewrite ?oppr0.
Qed.

Theorem visits_hoeffding N n L : 0 <= L ->
  Prp k N [::] (ever (fun y => (visits v y == n) && (c * Num.sqrt (n%:R * L / 2%:R) < `|S y|)))
    <= 2%:R * e (- L).
Proof.
move=> L0; rewrite (_ : 2%:R * e (- L) = e (- L) + e (- L)); last by ring.
apply: le_trans (ler_add (visits_upper e hk hD0 hDr c_ge0 N n L0) (visits_lower N n L0)).
apply: le_trans (union_bound2 hk _ _ _ _); apply: Prp_mono => // x _.
case/everP=> i [li /andP[en]]; rewrite ltr_normr => /orP[hb|hb]; apply/orP; [left|right];
  by apply/everP; exists i; rewrite en ?hb // ltr_oppr hb.
Qed.

(* at all times at which the cell has been visited at most m times *)
Theorem visits_hoeffding_all N m L : 0 <= L ->
  Prp k N [::] (ever (fun y => (visits v y <= m)%N &&
      (c * Num.sqrt ((visits v y)%:R * L / 2%:R) < `|S y|)))
    <= m%:R * (2%:R * e (- L)).
Proof.
move=> L0; pose E n := ever (fun y => (visits v y == n) &&
  (c * Num.sqrt (n%:R * L / 2%:R) < `|S y|)).
apply: le_trans (_ : _ <= Prp k N [::] (fun x => has (fun n => E n x) (iota 1 m))) _; last first.
  rewrite -{2}(size_iota 1 m); apply: union_bound_seq_le => // n _; exact: visits_hoeffding.
apply: Prp_mono => // x _ /everP[i [li /andP[le hb]]].
apply/hasP; exists (visits v (take i x)); last by apply/everP; exists i; rewrite eqxx hb.
rewrite mem_iota add1n ltnS le andbT lt0n; apply: contraL hb => /eqP v0.
by rewrite v0 !mul0r sqrtr0 mulr0 no_visits // normr0 ltxx.
Qed.
End TwoSides.

(* ---- a fixed function of the outcome ---- *)
Section FixedFunction.
Variables (R : rcfType) (e : expField R) (W : finType).
Variables (f : W -> R) (lo c mu : R).
Hypothesis hf : forall w, lo <= f w <= lo + c.
Hypothesis c_ge0 : 0 <= c.

Let hfD w : lo - mu <= f w - mu <= (lo - mu) + c.
Proof. by rewrite addrAC !ler_add2r. Qed.

(* the cell x is visited at the steps v; given that it is, f has mean mu *)
Corollary visits_hoeffding_fixed (k : seq W -> W -> R) (v : seq W -> bool) N n L :
  (forall h, dist (k h)) -> (forall h, v h -> Ex (k h) f = mu) -> 0 <= L ->
  Prp k N [::] (ever (fun y => (visits v y == n) &&
      (c * Num.sqrt (n%:R * L / 2%:R) < `|psum (at_visits v (fun _ w => f w - mu)) y|)))
    <= 2%:R * e (- L).
Proof.
move=> hk hm; apply: (visits_hoeffding e hk (a := fun _ => lo - mu)) => // h vh.
by rewrite ExB hm // Ex_const // subrr.
Qed.

(* n independent observations with the same law *)
Corollary hoeffding_iid (p : W -> R) n L : dist p -> Ex p f = mu -> 0 <= L ->
  Prp (fun _ => p) n [::]
    (fun x => c * Num.sqrt (n%:R * L / 2%:R) < `|\sum_(w <- x) f w - n%:R * mu|)
    <= 2%:R * e (- L).
Proof.
move=> hp hm L0.
apply: le_trans (visits_hoeffding_fixed (v := predT) n n (fun _ => hp) (fun _ _ => hm) L0).
apply: Prp_mono => // x sx hb; apply: ever_self.
have -> : visits predT x = n by rewrite -sx /visits sum_nat_const card_ord muln1.
rewrite eqxx /=; congr (_ < `| _ |): hb.
rewrite -sx; elim/last_ind: (x) => [|y w IH]; first by rewrite big_nil mul0r subrr.
rewrite psum_rcons -IH /at_visits /= size_rcons -cats1 big_cat big_seq1 /= mulrSr; ring.
Qed.
End FixedFunction.
