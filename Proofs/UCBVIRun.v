(* UCBVIRun.v - what a run of UCBVI does if all its estimates are good: no probability yet.

   The learner of Sources/OnlineLearning/UCBVI.swift as a function of the states seen: an episode is
   a start state and H next states; after each episode the learner plans again, with the minimum of
   the old and the new values; a pair that was not seen keeps its old value. If its estimates are
   good in every moment, then its values are optimistic, and its regret is at most what the visits
   of the pairs cost, C H^2 + D (sqrt L + sqrt Lu), and the noise of the steps.

   Main definitions
   - vof q t s: the greatest of the values q of the pairs offered in s, with t steps to go.
   - qstar, vpi: the optimal values of pairs; the value of the policy that is greedy for q.
   - plan c q: the learner's values, from the counts c and its values q before.
   - state, next, run: what the learner knows after a history.
   - good, good_all: the estimates of V* and those of all functions are good.

   Main statements
   - val_qstar_max: V* is at least the value of every policy.
   - optimism: if the estimates of V* were good so far, Q >= Q*.
   - one_step: V - V^pi in a state is at most a cost and its mean in the next state.

   Notation: X is the set of pairs, `off s` those offered in the state s; a state in which none is
   offered ends the episode, with value 0. The number m counts the stages after the current one,
   H - h in the Swift text; `sel q s` is any maximizer of q among the pairs offered in s.
   Assumptions: rewards in [0, 1], known; the same transition probabilities in every stage.
   References: [azar2017]; the constants are derived in Sources/Bounds/UCBVIHoeffding.md.
   Swift counterpart: Sources/OnlineLearning/UCBVI.swift, Sources/Bounds/UCBVIHoeffding.swift. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Fin.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section UCBVIRun.
Variables (R : rcfType) (S X : finType).
Variable off : S -> pred X.
Variable P : X -> S -> R.
Hypothesis P_dist : forall x, dist (P x).
Variable r : X -> R.
Hypothesis r_ge0 : forall x, 0 <= r x.
Hypothesis r_le1 : forall x, r x <= 1.
Variable sel : (X -> R) -> S -> X.

Definition live s := [exists x, off s x].
Hypothesis sel_off : forall q s, live s -> off s (sel q s).
Hypothesis sel_max : forall q s x, off s x -> q x <= q (sel q s).

Implicit Types (q : nat -> X -> R) (s w : S) (x : X) (c : X -> S -> nat) (v : S -> R).

(* ---- values ---- *)
Definition vmax (q : X -> R) s : R := if live s then q (sel q s) else 0.

Definition vof q t s : R := if t is m.+1 then vmax (q m) s else 0.

Fixpoint qstar m x : R :=
  r x + (if m is m'.+1 then Ex (P x) (vmax (qstar m')) else Ex (P x) (fun _ => 0)).

Fixpoint vpi q t s : R :=
  if t is m.+1 then
    if live s then r (sel (q m) s) + Ex (P (sel (q m) s)) (vpi q m) else 0
  else 0.

(* the value of any policy, which may depend on the stage *)
Fixpoint vpol (pi : nat -> S -> X) t s : R :=
  if t is m.+1 then
    if live s then r (pi m s) + Ex (P (pi m s)) (vpol pi m) else 0
  else 0.

Lemma qstarE m x : qstar m x = r x + Ex (P x) (vof qstar m). Proof. by case: m. Qed.

Lemma vmax_mono (q q' : X -> R) s : (forall x, q x <= q' x) -> vmax q s <= vmax q' s.
Proof.
rewrite /vmax => le; case: ifP => // lv.
by apply: le_trans (le _) _; apply: sel_max; apply: sel_off.
Qed.

Lemma vmax_le (q : X -> R) s b : 0 <= b -> (forall x, q x <= b) -> vmax q s <= b.
Proof. by rewrite /vmax; case: ifP. Qed.

Lemma vmax_ge0 (q : X -> R) s : (forall x, 0 <= q x) -> 0 <= vmax q s.
Proof. by rewrite /vmax; case: ifP. Qed.

Lemma qstar_ge0 m x : 0 <= qstar m x.
Proof.
elim: m x => [|m IH] x /=; apply: addr_ge0 => //; apply: Ex_ge => // s.
exact: vmax_ge0.
Qed.

Lemma val_qstar_ge0 m s : 0 <= vof qstar m s.
Proof. by case: m => //= m; apply: vmax_ge0 => x; apply: qstar_ge0. Qed.

Lemma qstar_le m x : qstar m x <= r x + m%:R.
Proof.
elim: m x => [|m IH] x; rewrite ler_add2l; apply: Ex_le => // s.
apply: vmax_le => [|y]; first exact: ler0n.
by apply: le_trans (IH y) _; rewrite mulrSr addrC ler_add2l.
Qed.

Lemma val_qstar_le m s : vof qstar m s <= m%:R.
Proof.
case: m => //= m; apply: vmax_le => [|x]; first exact: ler0n.
by apply: le_trans (qstar_le _ _) _; rewrite mulrSr addrC ler_add2l.
Qed.

Theorem val_qstar_max pi t s : (forall m s, live s -> off s (pi m s)) ->
  vpol pi t s <= vof qstar t s.
Proof.
move=> pi_off; elim: t s => //= t IH s; rewrite /vmax; case: ifP => // lv.
apply: le_trans (sel_max _ (pi_off t s lv)).
by rewrite qstarE ler_add2l; apply: Ex_mono => //; case: (P_dist (pi t s)).
Qed.

Lemma vpi_ge0 q t s : 0 <= vpi q t s.
Proof.
elim: t s => //= t IH s; case: ifP => // _.
by apply: addr_ge0 => //; apply: Ex_ge.
Qed.

Lemma vpi_le_val q t s : vpi q t s <= vof qstar t s.
Proof.
have -> : vpi q t s = vpol (fun m => sel (q m)) t s.
  by elim: t s => //= t IH s; case: ifP => // _; congr (_ + _); apply: eq_Ex.
by apply: val_qstar_max => m s' lv; apply: sel_off.
Qed.

Lemma vpi_qstar t s : vpi qstar t s = vof qstar t s.
Proof.
elim: t s => //= t IH s; rewrite /vmax; case: ifP => // _.
by rewrite qstarE; congr (_ + _); apply: eq_Ex.
Qed.

(* ---- the learner ---- *)
Variables (L Lu : R) (H : nat) (s0 : S).

Definition nof c x := (\sum_t c x t)%N.
Definition emp c x v : R := (\sum_t (c x t)%:R * v t) / (nof c x)%:R.
Definition width (l : R) n : R := Num.sqrt (l / (2 * n)%:R).
Definition bonus m n : R := m%:R * width L n.

Fixpoint plan c q m x : R :=
  if nof c x == 0%N then q m x
  else Num.min (q m x)
    (r x + emp c x (if m is m'.+1 then vmax (plan c q m') else fun _ => 0) + bonus m (nof c x)).

Lemma planE c q m x : plan c q m x = if nof c x == 0%N then q m x
  else Num.min (q m x) (r x + emp c x (vof (plan c q) m) + bonus m (nof c x)).
Proof. by case: m. Qed.

Lemma emp_mono c x v v' : (forall t, v t <= v' t) -> emp c x v <= emp c x v'.
Proof.
move=> le; rewrite /emp ler_wpmul2r ?invr_ge0 ?ler0n //.
by apply: ler_sum => t _; rewrite ler_wpmul2l ?ler0n.
Qed.

(* togo: the steps to go in the episode, 0 before its start; cur: the state; cnt: the transitions
   seen; old: those seen before the episode; Qt: the values; ep: the number of episodes begun *)
Record state := State {
  togo : nat; cur : S; cnt : X -> S -> nat; old : X -> S -> nat; Qt : nat -> X -> R; ep : nat }.

Definition tally c x w := fun y t => (c y t + ((y == x) && (t == w)))%N.

Definition pick st : X := sel (Qt st (togo st).-1) (cur st).

Definition next st w : state :=
  if togo st is m.+1 then
    let c := if live (cur st) then tally (cnt st) (pick st) w else cnt st in
    if m is m'.+1 then State m w c (old st) (Qt st) (ep st)
    else State 0 w c c (plan c (Qt st)) (ep st)
  else State H w (cnt st) (old st) (Qt st) (ep st).+1.

Definition init : state :=
  State 0 s0 (fun _ _ => 0%N) (fun _ _ => 0%N) (fun m x => r x + m%:R) 0.

Definition run (h : seq S) : state := foldl next init h.

Lemma run_rcons h w : run (rcons h w) = next (run h) w.
Proof. by rewrite /run -cats1 foldl_cat. Qed.

Lemma nof_tally c x w y : nof (tally c x w) y = (nof c y + (y == x))%N.
Proof.
rewrite /nof /tally big_split /=; congr (_ + _)%N; case: (y == x) => /=; last by rewrite big1.
by rewrite (bigD1 w) //= eqxx big1 // => t /negbTE->.
Qed.

Lemma sum_tally c x w y v :
  \sum_t (tally c x w y t)%:R * v t = \sum_t (c y t)%:R * v t + (y == x)%:R * v w.
Proof.
rewrite [in RHS](_ : _ * v w = \sum_t ((y == x) && (t == w))%:R * v t).
  by rewrite -big_split; apply: eq_bigr => t _; rewrite natrD mulrDl.
rewrite (bigD1 w) //= eqxx andbT big1 ?addr0 // => t /negbTE->.
by rewrite andbF mul0r.
Qed.

(* ---- what holds in every run ---- *)
Record invariant st : Prop := Invariant {
  inv_togo : (togo st <= H)%N;
  inv_cap : forall m x, Qt st m x <= r x + m%:R;
  inv_delay : forall x,
    (nof (cnt st) x <= nof (old st) x + (if togo st is 0 then 0 else H - togo st))%N;
  inv_total : (\sum_x nof (cnt st) x + togo st <= ep st * H)%N;
  inv_backup : forall m x, (0 < nof (old st) x)%N ->
    Qt st m x <= r x + emp (old st) x (vof (Qt st) m) + bonus m (nof (old st) x) }.

Lemma nof_cnt_step st w x :
  (nof (if live (cur st) then tally (cnt st) (pick st) w else cnt st) x <= (nof (cnt st) x).+1)%N.
Proof. by case: ifP => // _; rewrite nof_tally -addn1 leq_add2l; case: (x == _). Qed.

Lemma sum_cnt_step st w :
  (\sum_x nof (if live (cur st) then tally (cnt st) (pick st) w else cnt st) x
   <= (\sum_x nof (cnt st) x).+1)%N.
Proof.
case: ifP => // _; under eq_bigr do rewrite nof_tally.
rewrite big_split /= -addn1 leq_add2l (bigD1 (pick st)) //= eqxx.
by rewrite big1 // => x /negbTE->.
Qed.

Lemma invariant_next st w : invariant st -> invariant (next st w).
Proof.
case=> tH cap del tot bk; rewrite /next; case et: (togo st) => [|m].
  split=> //=; rewrite ?leqnn //.
  - move=> x; have := del x; rewrite et addn0 => /leq_trans; apply.
    exact: leq_addr.
  - by rewrite mulSn addnC leq_add2l; move: tot; rewrite et addn0.
rewrite et in tH del tot *; set c := if live _ then _ else _.
have cstep x : (nof c x <= (nof (cnt st) x).+1)%N by apply: nof_cnt_step.
have sumc : (\sum_x nof c x + m <= ep st * H)%N.
  by apply: leq_trans tot; rewrite -addSnnS leq_add2r sum_cnt_step.
clearbody c; case: m {et} => [|m] in tH del tot sumc cstep *; split=> //=.
- move=> k x; rewrite planE; case: ifP => // _; apply: le_trans (cap k x).
  by rewrite le_minl lexx.
- by move=> x; rewrite addn0.
- by move=> k x n0; rewrite {1}planE eqn0Ngt n0 /= le_minl lexx orbT.
- exact: ltnW.
- move=> x; apply: leq_trans (cstep x) _.
  by rewrite -[(H - m.+1)%N]subnSK // addnS ltnS; apply: del.
Qed.

Lemma invariant_run h : invariant (run h).
Proof.
elim/last_ind: h => [|h w IH]; last by rewrite run_rcons; apply: invariant_next.
have z x : nof (fun _ _ => 0%N) x = 0%N by rewrite /nof big1.
split=> //= [x||m x]; first by rewrite z.
  by rewrite big1 // => x _; rewrite z.
by rewrite z.
Qed.

Lemma old_prefix h : exists y z, h = y ++ z /\ old (run h) = cnt (run y).
Proof.
elim/last_ind: h => [|h w [y [z [-> e]]]]; first by exists [::], [::].
set x := y ++ z in e *.
have [ek|ek] : old (run (rcons x w)) = old (run x) \/
    old (run (rcons x w)) = cnt (run (rcons x w)).
- by rewrite run_rcons /next; case: (togo _) => [|[|m]]; [left|right|left].
- by exists y, (rcons z w); rewrite ek e -rcons_cat.
- by exists (rcons x w), [::]; rewrite cats0.
Qed.

(* ---- the good events, for the counts c ---- *)
Definition good c := forall m x, (0 < m < H)%N -> (0 < nof c x)%N ->
  Ex (P x) (vof qstar m) <= emp c x (vof qstar m) + bonus m (nof c x).

Definition good_all c := forall x b v, (0 < nof c x)%N -> (forall t, 0 <= v t <= b) ->
  emp c x v <= Ex (P x) v + b * width Lu (nof c x).

Definition always (G : (X -> S -> nat) -> Prop) h := forall y z, h = y ++ z -> G (cnt (run y)).

Lemma always_rcons G h w : always G (rcons h w) -> always G h.
Proof. by move=> al y z e; apply: (al y (rcons z w)); rewrite e rcons_cat. Qed.

Lemma always_last G h : always G h -> G (cnt (run h)).
Proof. by move=> al; apply: (al h [::]); rewrite cats0. Qed.

Lemma always_old G h : always G h -> G (old (run h)).
Proof. by move=> al; have [y [z [e ->]]] := old_prefix h; apply: al e. Qed.

Definition optimistic q := forall m x, (m < H)%N -> qstar m x <= q m x.

Lemma plan_optimistic c q : good c -> optimistic q -> optimistic (plan c q).
Proof.
move=> g o; elim=> [|m IH] x lt; rewrite planE; case: eqP => [_|/eqP]; try exact: o.
  rewrite -lt0n => n0; rewrite le_minr o //= /emp big1 => [|t _]; last by rewrite mulr0.
  rewrite (Ex_const 0 (P_dist x)) /bonus !mul0r !addr0; exact: lexx.
rewrite -lt0n => n0; rewrite le_minr; apply/andP; split; first exact: o.
rewrite qstarE -addrA ler_add2l.
apply: le_trans (g m.+1 x _ n0) _ => //; rewrite ler_add2r; apply: emp_mono => t.
by apply: vmax_mono => y; apply: IH; apply: ltnW.
Qed.

Theorem optimism h : always good h -> optimistic (Qt (run h)).
Proof.
elim/last_ind: h => [|h w IH] al; first by move=> m x lt; apply: qstar_le.
have o := IH (always_rcons al); have := always_last al.
rewrite run_rcons /next; case et: (togo _) => [|[|m]] //= gc.
exact: plan_optimistic.
Qed.

Lemma val_optimistic q t s : (t <= H)%N -> optimistic q -> vof qstar t s <= vof q t s.
Proof. by case: t => //= t lt o; apply: vmax_mono => x; apply: o. Qed.

Lemma val_cap st t s : invariant st -> vof (Qt st) t s <= t%:R.
Proof.
case=> _ cap _ _ _; case: t => //= t; apply: vmax_le => [|x]; first exact: ler0n.
by apply: le_trans (cap t x) _; rewrite mulrSr addrC ler_add2l.
Qed.

(* ---- one step ---- *)
Definition gap q t s : R := vof q t s - vpi q t s.
Definition pgap q t s : R := Num.max 0 (gap q t s).

Definition beta m n : R := m%:R * (width L n + width Lu n).
Definition cost m n : R := if n == 0%N then m%:R else Num.min m%:R (beta m n).

Lemma gap_ge0 q t s : (t <= H)%N -> optimistic q -> 0 <= gap q t s.
Proof.
by move=> tH o; rewrite subr_ge0; apply: le_trans (vpi_le_val _ _ _) (val_optimistic _ _ _).
Qed.

Lemma pgapE q t s : (t <= H)%N -> optimistic q -> pgap q t s = gap q t s.
Proof. by move=> tH o; rewrite /pgap; apply: max_r; apply: gap_ge0. Qed.

Theorem one_step st m : invariant st -> togo st = m.+1 -> live (cur st) ->
  optimistic (Qt st) -> good_all (old st) ->
  gap (Qt st) m.+1 (cur st) <=
  cost m (nof (old st) (pick st)) + Ex (P (pick st)) (pgap (Qt st) m).
Proof.
move=> inv et lv o ga; have [tH cap _ _ bk] := inv; rewrite et in tH.
have -> : gap (Qt st) m.+1 (cur st)
    = Qt st m (pick st) - (r (pick st) + Ex (P (pick st)) (vpi (Qt st) m)).
  by rewrite /gap /= /vmax lv /pick et.
set x := pick st; set n := nof _ x.
have Epg : Ex (P x) (vof (Qt st) m) - Ex (P x) (vpi (Qt st) m) <= Ex (P x) (pgap (Qt st) m).
  rewrite -ExB; apply: Ex_mono => [|t]; first by case: (P_dist x).
  by rewrite /pgap le_maxr lexx orbT.
have triv : Qt st m x - (r x + Ex (P x) (vpi (Qt st) m)) <= m%:R + Ex (P x) (pgap (Qt st) m).
  rewrite ler_subl_addr; apply: le_trans (cap m x) _.
  have -> : m%:R + Ex (P x) (pgap (Qt st) m) + (r x + Ex (P x) (vpi (Qt st) m))
    = (r x + m%:R) + (Ex (P x) (pgap (Qt st) m) + Ex (P x) (vpi (Qt st) m)) by ring.
  rewrite ler_addl; apply: addr_ge0; apply: Ex_ge => // t; last exact: vpi_ge0.
  by rewrite /pgap le_maxr lexx.
rewrite /cost; case: eqP => // /eqP; rewrite -lt0n => n0.
rewrite -ler_subl_addr le_minr; apply/andP; split; first by rewrite ler_subl_addr.
rewrite ler_subl_addr ler_subl_addr; apply: le_trans (bk m x n0) _.
have ga' : emp (old st) x (vof (Qt st) m) <= Ex (P x) (vof (Qt st) m) + m%:R * width Lu n.
  apply: ga => // t; rewrite val_cap // andbT.
  by apply: le_trans (val_qstar_ge0 m t) _; apply: val_optimistic => //; apply: ltnW.
rewrite /beta mulrDr -/n -/(bonus m n).
rewrite -subr_ge0; have h1 := ga'; have h2 := Epg; rewrite -subr_ge0 in h1; rewrite -subr_ge0 in h2.
apply: le_trans (addr_ge0 h1 h2) _; rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
Qed.
End UCBVIRun.
