(* PEVI.v - pessimistic value iteration on counts, data split by stages, end to end.

   The data of a stage are drawn with a fixed design, and independent of those of later stages.
   The process lists the last stage first: fold t holds the data of stage H - 1 - t. An outcome
   is a next state with law P(. | s, a) of its stage; rewards are known and in [0, 1]. The
   learner is that of Sources/LinearLearning/TabularPEVI.swift with the multipliers of
   SplitHoeffding.swift for unit-vector features: ridge estimate with lambda, penalty beta sqrt
   (1 / (lambda + n)), truncation to [0, H - h].

   Main definitions
   - beta t: t sqrt (L / 2) + sqrt lambda (t + 1), that is beta_h for h = H - 1 - t.
   - best, gamma, qhat, vhat: the estimate, the penalty, Q and V with t stages to go after this one.
   - greedy_pevi: the policy that the learner returns, by stages.

   Main statements
   - pessimism_by_stages: from the quantifier of every stage to the two conclusions.
   - vhat_range: 0 <= V_h <= H - h, whatever the data are.
   - pevi_quantifier: with probability at least 1 - d, for all stages and pairs,
     |estimate - (r + P V)| <= Gamma, if 2 H |S| |A| / d <= e L (the Proposition).
   - pevi_split: with probability at least 1 - d, V_h <= V^pi_h in every stage and state and
     V^pi'_h - V^pi_h <= 2 E_pi' [sum of Gamma] for every policy pi' (the Consequence).

   Notation: t counts stages from the end; m t s a x is the count of the pair in the stage's data.
   Assumptions: fixed design, independent next states, known rewards in [0, 1], lambda > 0.
   References: [jin2021], section 4; [hoeffding1963], theorem 2.
   Swift counterpart: Sources/LinearLearning/SplitHoeffding.swift, TabularPEVI.swift. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Fin Horizon Process Hoeffding Estimate.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(* ---- from the quantifier of every stage to the two conclusions ---- *)
Section Stages.
Variables (R : rcfType) (S A : finType) (H : nat).
Variables (P : nat -> S -> A -> S -> R) (r : nat -> S -> A -> R).
Hypothesis hP : forall h s a, dist (P h s a).
Hypothesis hr : forall h s a, 0 <= r h s a <= 1.
Variable pick : (A -> R) -> A.
Hypothesis pick_max : forall f a, f a <= f (pick f).
Variables (bt gam q : nat -> S -> A -> R) (V : nat -> S -> R) (ph : nat -> S -> A -> R).
Hypothesis hq : forall t s a, q t s a = Num.max 0 (Num.min (bt t s a - gam t s a) t.+1%:R).
Hypothesis hV0 : forall s, V 0%N s = 0.
Hypothesis hVS : forall t s, V t.+1 s = q t s (pick (q t s)).
Hypothesis hph : forall h s, ph h s = dirac R (pick (q (H - h.+1)%N s)).
Hypothesis quant : forall t s a, (t < H)%N ->
  `|bt t s a - (r (H - t.+1)%N s a + Ex (P (H - t.+1)%N s a) (V t))| <= gam t s a.

Lemma clip_swap (y u : R) : 0 <= u -> Num.max 0 (Num.min y u) = Num.min u (Num.max 0 y).
Proof.
move=> u0; case: (lerP 0 y) => [y0|y0]; first by rewrite minC max_r // le_minr u0.
by rewrite (min_r u0) (min_l (ltW (lt_le_trans y0 u0))) max_l // ltW.
Qed.

Lemma pessimism_by_stages n h s : (n + h)%N = H ->
  V n s <= Esum P ph r n h s /\
  forall ps, (forall h s, dist (ps h s)) -> Esum P ps r n h s - Esum P ph r n h s
    <= 2%:R * Esum P ps (fun h s a => gam (H - h.+1)%N s a) n h s.
Proof.
move=> hn; have hV t u : 0 <= V t u <= t%:R.
  case: t => [|t]; first by rewrite hV0 lexx.
  by rewrite hVS hq le_maxr lexx /= le_maxl ler0n /= le_minl lexx orbT.
pose Vh h s := V (H - h)%N s.
pose Qh h s a := q (H - h.+1)%N s a.
pose Qbar h s a := bt (H - h.+1)%N s a.
pose b h s a := gam (H - h.+1)%N s a.
pose U h : R := (H - h)%:R.
have eS k : (k < H)%N -> (H - k = (H - k.+1).+1)%N by move=> lt; rewrite subnSK.
have estage k : (k < H)%N -> (H - (H - k.+1).+1)%N = k.
  by move=> lt; rewrite -(eS k lt) subKn // ltnW.
have hVQ k u : (k < H)%N -> Vh k u = Ex (ph k u) (Qh k u).
  by move=> lt; rewrite hph Ex_dirac /Vh (eS k lt) hVS.
have hVH u : Vh H u = 0 by rewrite /Vh subnn.
have good k u a : (k < H)%N -> `|Qbar k u a - BV P r Vh k u a| <= b k u a.
  move=> lt; have lt' : (H - k.+1 < H)%N by rewrite -(eS k lt) leq_subr.
  by have := quant u a lt'; rewrite estage.
have hEx k u a : (k < H)%N -> 0 <= Ex (P k u a) (Vh k.+1) <= (H - k.+1)%:R.
  move=> lt; apply/andP; split; [apply: Ex_ge | apply: Ex_le] => // w;
    by case/andP: (hV (H - k.+1)%N w).
have hBV0 k u a : (k < H)%N -> 0 <= BV P r Vh k u a.
  by move=> lt; apply: addr_ge0; [case/andP: (hr k u a) | case/andP: (hEx k u a lt)].
have hBVU k u a : (k < H)%N -> BV P r Vh k u a <= U k.
  move=> lt; rewrite /U (eS k lt) mulrSr addrC.
  by apply: ler_add; [case/andP: (hr k u a) | case/andP: (hEx k u a lt)].
have hpi k u : dist (ph k u) by rewrite hph; apply: dist_dirac.
have hgr k u a : (k < H)%N -> Qh k u a <= Ex (ph k u) (Qh k u).
  by move=> lt; rewrite hph Ex_dirac; apply: pick_max.
have hclip k u a : (k < H)%N -> Qh k u a = lcb Qbar b U k u a.
  by move=> lt; rewrite /Qh hq /lcb /U (eS k lt) clip_swap ?ler0n.
have eV : Vh h s = V n s by rewrite /Vh -hn addnK.
have all ps (hps : forall h s, dist (ps h s)) :=
  vilcb_guarantee hP hVQ hVH good hBV0 hBVU s hpi hps hgr hclip hn.
split=> [|ps hps]; last by case: (all ps hps).
by rewrite -eV; case: (all _ hpi).
Qed.
End Stages.

Section PEVI.
Variables (R : rcfType) (e : expField R) (S A : finType) (H : nat).
Variables (P : nat -> S -> A -> S -> R) (r : nat -> S -> A -> R).
Hypothesis hP : forall h s a, dist (P h s a).
Hypothesis hr : forall h s a, 0 <= r h s a <= 1.
Variables (fold : nat -> nat) (pair : nat -> S * A) (L lam : R).
Hypothesis fold_mono : forall i j, (i <= j)%N -> (fold i <= fold j)%N.
Hypotheses (L0 : 0 <= L) (lam0 : 0 < lam).
Variable pick : (A -> R) -> A.
Hypothesis pick_max : forall f a, f a <= f (pick f).

Definition stage (t : nat) : nat := (H - t.+1)%N.
Definition stage_law (t : nat) (z : S * A) : S -> R := P (stage t) z.1 z.2.
Definition pevi_kernel : seq S -> S -> R := design_kernel fold pair stage_law.

Notation m t s a x := (cell_count fold pair t (s, a) (size x)).

Definition beta (t : nat) : R := t%:R * Num.sqrt (L / 2%:R) + Num.sqrt lam * t.+1%:R.

Definition best t (V : S -> R) (x : seq S) s a : R :=
  ((m t s a x)%:R * r (stage t) s a + cell_sum fold pair t (s, a) V x) / (lam + (m t s a x)%:R).

Definition gamma t (x : seq S) s a : R := beta t * Num.sqrt (1 / (lam + (m t s a x)%:R)).

Definition qhat t (V : S -> R) (x : seq S) s a : R :=
  Num.max 0 (Num.min (best t V x s a - gamma t x s a) t.+1%:R).

Fixpoint vhat (t : nat) (x : seq S) (s : S) : R :=
  if t is t'.+1 then qhat t' (vhat t' x) x s (pick (qhat t' (vhat t' x) x s)) else 0.

Definition greedy_pevi (x : seq S) (h : nat) (s : S) : A -> R :=
  let t := (H - h.+1)%N in dirac R (pick (qhat t (vhat t x) x s)).

Lemma vhat_range t x s : 0 <= vhat t x s <= t%:R.
Proof.
case: t => [|t]; first by rewrite /= lexx.
by rewrite /= /qhat le_maxr lexx /= le_maxl ler0n /= le_minl lexx orbT.
Qed.

Lemma vhat_before t x y s : (t <= fold (size x))%N -> vhat t (x ++ y) s = vhat t x s.
Proof.
elim: t s => [|t IH] s //= lt.
have eV u : vhat t (x ++ y) u = vhat t x u by apply: IH; apply: ltnW.
set q := qhat t _ (x ++ y) s; set q' := qhat t _ x s.
have eq a : q a = q' a.
  rewrite /q /q' /qhat /best /gamma size_cat (cell_count_before pair fold_mono) //.
  rewrite (cell_sum_before pair fold_mono) // (eq_cell_sum fold pair t (s, a) x eV) //.
by apply/le_anti; rewrite {1}eq pick_max -eq pick_max.
Qed.

(* from the sum over a cell to the ridge estimate *)
Lemma ridge_close (n : nat) (c w s rw mu : R) : 0 <= c -> 0 <= w ->
  `|rw + mu| <= w -> `|s - n%:R * mu| <= c * Num.sqrt (n%:R * L / 2%:R) ->
  `|(n%:R * rw + s) / (lam + n%:R) - (rw + mu)|
    <= (c * Num.sqrt (L / 2%:R) + Num.sqrt lam * w) * Num.sqrt (1 / (lam + n%:R)).
Proof.
move=> c0 w0 hw hs; set D := lam + n%:R.
have D0 : 0 < D by rewrite ltr_paddr ?ler0n.
pose q := Num.sqrt D; have q0 : 0 < q by rewrite sqrtr_gt0.
have qq : D = q * q by rewrite -expr2 sqr_sqrtr // ltW.
have -> : (n%:R * rw + s) / D - (rw + mu) = ((s - n%:R * mu) - lam * (rw + mu)) / D.
  by rewrite /D; field; rewrite lt0r_neq0.
rewrite normrM normfV (gtr0_norm D0) ler_pdivr_mulr // div1r sqrtrV ?(ltW D0) // -/q.
rewrite {1}qq mulrA divfK ?lt0r_neq0 //; apply: le_trans (ler_norm_sub _ _) _.
rewrite mulrDl; apply: ler_add.
  apply: le_trans hs _; rewrite -[leRHS]mulrA; apply: ler_wpmul2l => //.
  rewrite (_ : n%:R * L / 2%:R = L / 2%:R * n%:R); last by ring.
  rewrite sqrtrM ?divr_ge0 ?ler0n //; apply: ler_wpmul2l; rewrite ?sqrtr_ge0 //.
  by apply: ler_wsqrtr; rewrite ler_addr ltW.
rewrite normrM (gtr0_norm lam0); apply: (@le_trans _ _ (lam * w)).
  by apply: ler_wpmul2l => //; apply: ltW.
rewrite -{1}(sqr_sqrtr (ltW lam0)) expr2 -!mulrA; apply: ler_wpmul2l; rewrite ?sqrtr_ge0 //.
rewrite mulrC; apply: ler_wpmul2l => //; apply: ler_wsqrtr; by rewrite ler_addl ler0n.
Qed.

(* the uncertainty quantifier of one stage and pair *)
Definition quantifier (x : seq S) t s a : Prop :=
  `|best t (vhat t x) x s a - (r (stage t) s a + Ex (P (stage t) s a) (vhat t x))| <= gamma t x s a.

Theorem pevi_quantifier N d : 0 < d -> 2%:R * #|{: S * A}|%:R * H%:R / d <= e L ->
  whp pevi_kernel N d (fun x => forall t s a, (t < H)%N -> quantifier x t s a).
Proof.
move=> d0 hL; pose F t x := vhat t x; pose c t : R := t%:R.
have law_dist t z : dist (stage_law t z) by apply: hP.
have F_before t x y w : (t <= fold (size x))%N -> F t (x ++ y) w = F t x w.
  exact: vhat_before.
have F_range t x w : 0 <= F t x w <= c t by apply: vhat_range.
apply: whp_mono (folds_whp pair (F := F) (c := c) law_dist F_before F_range N 0%N L0 d0 hL).
move=> x sx good t s a lt; have := good t (s, a) lt; rewrite add0n /cell_good /F -sx => close.
rewrite /quantifier /best /gamma /beta; apply: ridge_close close; rewrite ?ler0n //.
case/andP: (hr (stage t) s a) => r0 r1.
have v01 : 0 <= Ex (P (stage t) s a) (vhat t x) <= t%:R.
  apply/andP; split; [apply: Ex_ge | apply: Ex_le] => // u; by case/andP: (vhat_range t x u).
case/andP: v01 => v0 v1; rewrite ger0_norm ?addr_ge0 // mulrSr addrC.
exact: ler_add.
Qed.

Lemma pevi_consequence x : (forall t s a, (t < H)%N -> quantifier x t s a) ->
  forall n h s, (n + h)%N = H ->
  vhat n x s <= Esum P (greedy_pevi x) r n h s /\
  forall ps, (forall h s, dist (ps h s)) ->
    Esum P ps r n h s - Esum P (greedy_pevi x) r n h s
      <= 2%:R * Esum P ps (fun h s a => gamma (H - h.+1) x s a) n h s.
Proof.
move=> quant n h s hn.
exact: (@pessimism_by_stages R S A H P r hP hr pick pick_max
  (fun t => best t (vhat t x) x) (fun t => gamma t x) (fun t => qhat t (vhat t x) x)
  (fun t => vhat t x) (greedy_pevi x) (fun _ _ _ => erefl) (fun _ => erefl)
  (fun _ _ => erefl) (fun _ _ => erefl) quant n h s hn).
Qed.

Theorem pevi_split N d : 0 < d -> 2%:R * #|{: S * A}|%:R * H%:R / d <= e L ->
  whp pevi_kernel N d (fun x => forall n h s, (n + h)%N = H ->
    vhat n x s <= Esum P (greedy_pevi x) r n h s /\
    forall ps, (forall h s, dist (ps h s)) ->
      Esum P ps r n h s - Esum P (greedy_pevi x) r n h s
        <= 2%:R * Esum P ps (fun h s a => gamma (H - h.+1) x s a) n h s).
Proof.
move=> d0 hL; apply: whp_mono (pevi_quantifier N d0 hL) => x _; exact: pevi_consequence.
Qed.
End PEVI.
