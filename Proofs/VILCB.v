(* VILCB.v - pessimistic value iteration on folds, for discounted models, end to end.

   T + 1 folds with a fixed design: observation i is in fold (fold i) and at the pair (pair i);
   its outcome w holds a next state (nxt w) and a reward (rew w) in [0, 1], drawn from the law of
   the pair. The learner is that of Sources/OfflineLearning/VILCB.swift: unseen pairs have the
   estimate 0, the penalty is V_max sqrt (L / (2 max (1, n))), and value and choice of a state
   change only if the value rises.

   Main definitions
   - trans, mean_rew: the transition probabilities and the mean rewards of a law.
   - penalty, qval, vval, choice: b_t, Q_t, V_t and pi_t, functions of the data.
   - penalty_sum: sum over i < T of g^i (P_pi)^i b_{T-i}, as a recursion; penalty_sumE is the sum.

   Main statements
   - vval_range: 0 <= V_t <= 1 / (1 - g), whatever the data are.
   - vilcb_lower: V_t <= T_{pi_t} V_t on the good event, so V_T is below the value of pi_T.
   - vilcb_folds: with probability at least 1 - d, V_T <= V^{pi_T} in every state and, if L >= 2,
     V^pi - V^{pi_T} <= 2 penalty_sum + g^T / (1 - g) for every policy pi and start.

   Notation: g the discount, m the count of a pair in a fold; fold 0 is for the first policy only.
   Assumptions: fixed design, independent outcomes; 2 |S| |A| T / d <= e L.
   References: [rashidinejad2021], the algorithm for Markov decision processes.
   Swift counterpart: Sources/OfflineLearning/VILCB.swift, its Guarantee, and MonotoneBackup. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Fin Process Hoeffding Estimate Discounted.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section VILCB.
Variables (R : rcfType) (S A W : finType) (s0 : S) (a0 : A) (g : R).
Hypotheses (g0 : 0 <= g) (g1 : g < 1).
Variables (law : S * A -> W -> R) (nxt : W -> S) (rew : W -> R).
Hypothesis hlaw : forall z, dist (law z).
Hypothesis hrew : forall w, 0 <= rew w <= 1.

Definition trans s a t : R := Ex (law (s, a)) (fun w => (nxt w == t)%:R).
Definition mean_rew s a : R := Ex (law (s, a)) rew.

Lemma trans_Ex s a V : Ex (trans s a) V = Ex (law (s, a)) (fun w => V (nxt w)).
Proof.
rewrite /Ex /trans /Ex; under eq_bigr do rewrite mulr_suml.
rewrite exchange_big; apply: eq_bigr => w _; rewrite (bigD1 (nxt w)) //= eqxx mulr1.
by rewrite big1 ?addr0 // => t /negbTE; rewrite eq_sym => ->; rewrite mulr0 mul0r.
Qed.

Lemma trans_dist s a : dist (trans s a).
Proof.
split=> [t|]; first by apply: Ex_ge => // w; rewrite ler0n.
rewrite -[RHS](Ex_const 1 (hlaw (s, a))) -(trans_Ex s a (fun _ => 1)).
by apply: eq_bigr => t _; rewrite mulr1.
Qed.

Lemma mean_rew01 s a : 0 <= mean_rew s a <= 1.
Proof. by apply/andP; split; [apply: Ex_ge | apply: Ex_le] => // w; case/andP: (hrew w). Qed.

Notation P := trans.
Notation r := mean_rew.
Notation B := (Qf g P r).

(* the target of one observation, given the value function of the fold before *)
Definition target (V : S -> R) w : R := rew w + g * V (nxt w).

Lemma target_Ex V s a : Ex (law (s, a)) (target V) = B V s a.
Proof. by rewrite /target ExD ExZ /Qf trans_Ex. Qed.

Definition vmax : R := (1 - g)^-1.
Let g1' : 0 < 1 - g. Proof. by rewrite subr_gt0. Qed.
Lemma vmax_gt0 : 0 < vmax. Proof. by rewrite invr_gt0. Qed.
Lemma vmaxE : 1 + g * vmax = vmax.
Proof. by rewrite /vmax; field; rewrite lt0r_neq0. Qed.

(* ---- the learner ---- *)
Variables (e : expField R) (fold : nat -> nat) (pair : nat -> S * A) (L : R).
Hypothesis L0 : 0 <= L.
Variable pick : (A -> R) -> A.
Hypothesis pick_max : forall f a, f a <= f (pick f).
Variable first : seq W -> S -> A.     (* the policy of fold 0; the guarantee holds for any *)

Notation m t s a x := (cell_count fold pair t (s, a) (size x)).

Definition penalty (x : seq W) t s a : R :=
  vmax * Num.sqrt (L / (2%:R * (maxn 1 (m t s a x))%:R)).

Definition qval (x : seq W) t (V : S -> R) s a : R :=
  (if m t s a x == 0%N then 0
   else cell_sum fold pair t (s, a) (target V) x / (m t s a x)%:R) - penalty x t s a.

Fixpoint vval (t : nat) (x : seq W) (s : S) : R :=
  if t is t'.+1 then
    let q := qval x t'.+1 (vval t' x) s in
    if vval t' x s < q (pick q) then q (pick q) else vval t' x s
  else 0.

Fixpoint choice (t : nat) (x : seq W) (s : S) : A :=
  if t is t'.+1 then
    let q := qval x t'.+1 (vval t' x) s in
    if vval t' x s < q (pick q) then pick q else choice t' x s
  else first x s.

Lemma penalty_ge0 x t s a : 0 <= penalty x t s a.
Proof. by rewrite mulr_ge0 ?sqrtr_ge0 ?(ltW vmax_gt0). Qed.

Lemma vval_mono t x s : vval t x s <= vval t.+1 x s.
Proof. by rewrite /=; case: ltrP => // /ltW. Qed.

Lemma qval_le_vval t x s a : qval x t.+1 (vval t x) s a <= vval t.+1 x s.
Proof. by apply: le_trans (pick_max _ a) _; rewrite /=; case: ltrP. Qed.

Lemma target_range V w : (forall s, 0 <= V s <= vmax) -> 0 <= target V w <= vmax.
Proof.
move=> hV; case/andP: (hV (nxt w)) => V0 V1; case/andP: (hrew w) => r0 r1.
rewrite addr_ge0 ?mulr_ge0 //= -[leRHS]vmaxE; apply: ler_add => //.
exact: ler_wpmul2l.
Qed.

(* whatever the data are *)
Lemma vval_range t x s : 0 <= vval t x s <= vmax.
Proof.
elim: t s => [|t IH] s; first by rewrite /= lexx ltW ?vmax_gt0.
rewrite (le_trans _ (vval_mono t x s)) /=; last by case/andP: (IH s).
case: ltrP => _; last by case/andP: (IH s).
set a := pick _; rewrite /qval ler_subl_addr; apply: (@le_trans _ _ vmax).
  case: eqVneq => [_|n0]; first exact/ltW/vmax_gt0.
  rewrite ler_pdivr_mulr ?ltr0n ?lt0n // mulrC; apply: cell_sum_le => w.
  by case/andP: (target_range w IH).
by rewrite ler_addl penalty_ge0.
Qed.

(* ---- on the good event ---- *)
Section Good.
Variables (x : seq W) (T : nat).
Hypothesis good : forall t s a, (t < T)%N -> (0 < m t.+1 s a x)%N ->
  `|cell_sum fold pair t.+1 (s, a) (target (vval t x)) x / (m t.+1 s a x)%:R - B (vval t x) s a|
    <= penalty x t.+1 s a.

Let B_mono V V' s a : (forall s, V s <= V' s) -> B V s a <= B V' s a.
Proof.
move=> le; rewrite ler_add2l; apply: ler_wpmul2l => //.
by apply: Ex_mono => //; case: (trans_dist s a).
Qed.

Let B_ge0 t s a : 0 <= B (vval t x) s a.
Proof.
case/andP: (mean_rew01 s a) => r0 _; apply: addr_ge0 => //; apply: mulr_ge0 => //.
by apply: Ex_ge => [|u]; [exact: trans_dist | case/andP: (vval_range t x u)].
Qed.

Lemma qval_le t s a : (t < T)%N -> qval x t.+1 (vval t x) s a <= B (vval t x) s a.
Proof.
move=> lt; rewrite /qval ler_subl_addr; case: posnP => [_|n0].
  by rewrite addr_ge0 ?B_ge0 ?penalty_ge0.
by have := good lt n0; rewrite ler_norml ler_subl_addl => /andP[].
Qed.

Lemma vilcb_lower t s : (t <= T)%N -> vval t x s <= B (vval t x) s (choice t x s).
Proof.
elim: t s => [|t IH] s lt; first exact: (B_ge0 0).
apply: (@le_trans _ _ (B (vval t x) s (choice t.+1 x s))); last first.
  by apply: B_mono => u; apply: vval_mono.
by rewrite /=; case: ltrP => _; [apply: qval_le | apply: IH; apply: ltnW].
Qed.

Lemma vilcb_valid Vp : value g P r (det R (choice T x)) Vp -> forall s, vval T x s <= Vp s.
Proof.
move=> hv; apply: (certificate_lower s0 g0 g1 trans_dist _ hv); first exact: policy_det.
by move=> s; rewrite Tdet; apply: vilcb_lower.
Qed.

Lemma qval_ge t s a : 2%:R <= L -> (t < T)%N ->
  B (vval t x) s a - 2%:R * penalty x t.+1 s a <= qval x t.+1 (vval t x) s a.
Proof.
move=> L2 lt; rewrite /qval (_ : 2%:R * _ = penalty x t.+1 s a + penalty x t.+1 s a); last by ring.
rewrite opprD addrA ler_add2r ler_subl_addr; case: posnP => [n0|n0]; last first.
  by have := good lt n0; rewrite ler_distl ler_subl_addr => /andP[].
rewrite add0r -target_Ex; apply: (@le_trans _ _ vmax).
  by apply: Ex_le => // w; case/andP: (target_range w (vval_range t x)).
rewrite /penalty n0 maxn0 mulr1 ler_pmulr ?vmax_gt0 // -{1}(sqrtr1 R).
by apply: ler_wsqrtr; rewrite ler_pdivl_mulr ?ltr0n // mul1r.
Qed.

(* sum over i < t of g^i (P_pi)^i b_{t-i} *)
Fixpoint penalty_sum (pi : S -> A -> R) (t : nat) (s : S) : R :=
  if t is t'.+1 then
    Ex (pi s) (fun a => penalty x t'.+1 s a + g * Ex (P s a) (penalty_sum pi t'))
  else 0.

Lemma value_le_vmax pi Vs : policy pi -> value g P r pi Vs -> forall s, Vs s <= vmax.
Proof.
move=> hp hv s; have := compare_sup s0 g1 (Tpi_shift g0 r trans_dist hp)
  (V := fun _ => 0) (W := Vs) (c := 1); rewrite -/vmax div1r => h.
rewrite -[Vs s]subr0; apply: h => // u; rewrite subr_le0; apply: Ex_le => // a.
rewrite /Qf Ex_const ?mulr0 ?addr0; last exact: trans_dist.
by case/andP: (mean_rew01 u a).
Qed.

Lemma vilcb_gap pi Vs t : 2%:R <= L -> policy pi -> value g P r pi Vs -> (t <= T)%N ->
  forall s, Vs s - vval t x s <= 2%:R * penalty_sum pi t s + g ^+ t * vmax.
Proof.
move=> L2 hp hv; elim: t => [|t IH] lt s.
  by rewrite /= mulr0 add0r subr0 mul1r (value_le_vmax hp hv).
rewrite {1}(hv s) ler_subl_addr -ler_subl_addl /=.
set c := g ^+ t.+1 * vmax.
have -> : 2%:R * Ex (pi s) (fun a => penalty x t.+1 s a + g * Ex (P s a) (penalty_sum pi t)) + c =
  Ex (pi s) (fun a => 2%:R * (penalty x t.+1 s a + g * Ex (P s a) (penalty_sum pi t)) + c).
  by rewrite [in RHS]ExD ExZ [in RHS]Ex_const.
rewrite /Tpi -ExB; apply: Ex_le => // a; apply: le_trans (qval_le_vval t x s a).
apply: le_trans (qval_ge s a L2 (lt)); rewrite -subr_ge0.
have : Ex (P s a) (fun u => Vs u - vval t x u) <=
   Ex (P s a) (fun u => 2%:R * penalty_sum pi t u + g ^+ t * vmax).
  by apply: Ex_mono => [u|u]; [case: (trans_dist s a) | apply: IH; apply: ltnW].
rewrite ExB ExD ExZ Ex_const; last exact: trans_dist.
move/(ler_wpmul2l g0); rewrite -subr_ge0 /c exprS /Qf; congr (_ <= _); ring.
Qed.
End Good.
(* the sum in the words of the guarantee *)
Definition step_pi (pi : S -> A -> R) (f : S -> R) (s : S) : R :=
  Ex (pi s) (fun a => Ex (P s a) f).

Lemma step_pi_sum pi n (f : nat -> S -> R) (b : nat -> R) s :
  \sum_(i < n) b i * step_pi pi (f i) s = step_pi pi (fun u => \sum_(i < n) b i * f i u) s.
Proof.
elim: n => [|n IH].
  rewrite big_ord0 /step_pi; apply/esym.
  transitivity (Ex (pi s) (fun a => 0 * Ex (P s a) (fun=> 0))); last by rewrite ExZ mul0r.
  apply: eq_Ex => a; rewrite -ExZ; apply: eq_Ex => u; by rewrite big_ord0 mul0r.
rewrite big_ord_recr IH /= /step_pi -ExZ -ExD; apply: eq_Ex => a.
by rewrite -ExZ -ExD; apply: eq_Ex => u; rewrite big_ord_recr.
Qed.

Theorem penalty_sumE x pi T s : penalty_sum x pi T s = \sum_(i < T)
  g ^+ i * iter i (step_pi pi) (fun u => Ex (pi u) (penalty x (T - i)%N u)) s.
Proof.
elim: T s => [|T IH] s; first by rewrite big_ord0.
rewrite /= big_ord_recl /= mul1r subn0 ExD; congr (_ + _).
rewrite ExZ -/(step_pi pi (penalty_sum x pi T) s).
under [RHS]eq_bigr do rewrite /bump /= add1n exprS -mulrA subSS.
rewrite -mulr_sumr; congr (_ * _).
rewrite (step_pi_sum pi T (fun i => iter i (step_pi pi)
  (fun u => Ex (pi u) (penalty x (T - i)%N u))) (fun i => g ^+ i)).
by apply: eq_Ex => a; apply: eq_Ex => u; rewrite IH.
Qed.

(* ---- the probability ---- *)
Hypothesis fold_mono : forall i j, (i <= j)%N -> (fold i <= fold j)%N.

Lemma vval_before t x y s : (t == 0%N) || (t < fold (size x))%N -> vval t (x ++ y) s = vval t x s.
Proof.
elim: t s => [|t IH] s //= lt.
have eV u : vval t (x ++ y) u = vval t x u by apply: IH; rewrite (ltnW lt) orbT.
set q := qval (x ++ y) _ _ _; set q' := qval x _ _ _.
have eq a : q a = q' a.
  rewrite /q /q' /qval /penalty size_cat (cell_count_before pair fold_mono) //.
  rewrite (cell_sum_before pair fold_mono) //; congr ((if _ then _ else _ / _) - _).
  by apply: eq_cell_sum => w; rewrite /target eV.
have -> : q (pick q) = q' (pick q').
  by apply/le_anti; rewrite {1}eq pick_max -eq pick_max.
by rewrite eV.
Qed.

Theorem vilcb_folds N T d : 0 < d -> 2%:R * #|{: S * A}|%:R * T%:R / d <= e L ->
  whp (design_kernel fold pair (fun _ => law)) N d (fun x => forall Vp,
    value g P r (det R (choice T x)) Vp ->
    (forall s, vval T x s <= Vp s) /\
    (2%:R <= L -> forall pi Vs, policy pi -> value g P r pi Vs ->
       forall s, Vs s - Vp s <= 2%:R * penalty_sum x pi T s + g ^+ T * vmax)).
Proof.
move=> d0 hL; pose F t x := target (vval t.-1 x).
have F_before t x y w : (t <= fold (size x))%N -> F t (x ++ y) w = F t x w.
  move=> le; rewrite /F /target vval_before //.
  by case: t le => // t /= ->; rewrite orbT.
have F_range t x w : 0 <= F t x w <= vmax by apply/target_range/vval_range.
apply: whp_mono (folds_whp pair (law := fun _ => law) (F := F) (c := fun _ => vmax)
  (fun _ => hlaw) F_before F_range N 1%N L0 d0 hL).
move=> x sx good Vp hVp.
have good' t s a : (t < T)%N -> (0 < m t.+1 s a x)%N ->
  `|cell_sum fold pair t.+1 (s, a) (target (vval t x)) x / (m t.+1 s a x)%:R - B (vval t x) s a|
    <= penalty x t.+1 s a.
  move=> lt n0; rewrite /penalty (maxn_idPr n0); apply: mean_close => //.
  by have := good t (s, a) lt; rewrite /cell_good add1n /F /= target_Ex sx.
have valid := vilcb_valid good' hVp; split=> // L2 pi Vs hp hv s.
rewrite -[Vs s - Vp s](subrKA (vval T x s)) -[leRHS]addr0; apply: ler_add.
  exact: (vilcb_gap good').
by rewrite subr_le0.
Qed.
End VILCB.
