(* LinearSplit.v - pessimistic value iteration with linear features on split data, end to end.

   As PEVI.v, with features: the estimate of a pair z is f_z . w_hat, w_hat = Lambda^-1 (sum of
   f_i (r_i + V(s'_i))), and the penalty is beta sqrt (f_z . Lambda^-1 f_z), with the multipliers of
   SplitHoeffding.swift for simplex features. The inverse enters as a function (solve t) with
   Lambda_t (solve t b) = b.

   Main definitions
   - lin_best, lin_gamma, lin_q, lin_v, lin_policy: estimate, penalty, Q, V, policy of the learner.

   Main statements
   - linear_split: with probability at least 1 - d, V_h <= V^pi_h and
     V^pi'_h - V^pi_h <= 2 E_pi' [sum of Gamma] for every policy pi', if 2 H |S| |A| / d <= e L.

   Notation: t counts stages from the end, h = H - 1 - t.
   Assumptions: a linear model of mixtures, fixed design, independent next states, lam > 0.
   References: [jin2021], section 4; [hoeffding1963], theorem 2.
   Swift counterpart: Sources/LinearLearning/SplitHoeffding.swift, PEVI.swift. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Proofs Require Import Fin Horizon Process Hoeffding Estimate PEVI LinearPEVI.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Linear.
Variables (R : rcfType) (e : expField R) (J S A : finType) (H N : nat).
Variables (fold : nat -> nat) (pair : nat -> S * A) (f : S * A -> J -> R) (L lam : R).
Variables (theta : nat -> J -> R) (M : nat -> J -> S -> R).
Hypothesis fold_mono : forall i j, (i <= j)%N -> (fold i <= fold j)%N.
Hypotheses (L0 : 0 <= L) (lam0 : 0 < lam).
Hypothesis f_ge0 : forall z j, 0 <= f z j.
Hypothesis f_sum : forall z, \sum_j f z j = 1.
Hypothesis hM : forall h j, dist (M h j).
Hypothesis hth : forall h j, 0 <= theta h j <= 1.
Variable pick : (A -> R) -> A.
Hypothesis pick_max : forall g a, g a <= g (pick g).

(* the model, stage h *)
Definition lin_P h s a u : R := \sum_j f (s, a) j * M h j u.
Definition lin_r h s a : R := dot (f (s, a)) (theta h).
Definition fold_P t (z : S * A) : S -> R := lin_P (H - t.+1)%N z.1 z.2.
Definition fold_r t (z : S * A) : R := lin_r (H - t.+1)%N z.1 z.2.

Variable solve : nat -> (J -> R) -> J -> R.
Hypothesis solve_gram : forall t b j, (t < H)%N -> gram fold pair f lam N t (solve t b) j = b j.
Hypothesis solve_ext : forall t b b', b =1 b' -> solve t b =1 solve t b'.

Definition lin_best t (V : S -> R) (x : seq S) s a : R :=
  dot (f (s, a)) (solve t (moments fold pair f fold_r t V x)).
Definition lin_gamma t s a : R :=
  (t%:R * Num.sqrt (L / 2%:R) + Num.sqrt lam * (Num.sqrt #|J|%:R * (t%:R + 1))) *
  Num.sqrt (dot (solve t (f (s, a))) (f (s, a))).
Definition lin_q t (V : S -> R) (x : seq S) s a : R :=
  Num.max 0 (Num.min (lin_best t V x s a - lin_gamma t s a) t.+1%:R).
Fixpoint lin_v (t : nat) (x : seq S) (s : S) : R :=
  if t is t'.+1 then lin_q t' (lin_v t' x) x s (pick (lin_q t' (lin_v t' x) x s)) else 0.
Definition lin_policy (x : seq S) h s : A -> R :=
  dirac R (pick (lin_q (H - h.+1)%N (lin_v (H - h.+1)%N x) x s)).

Lemma lin_P_dist h s a : dist (lin_P h s a).
Proof.
split=> [u|]; first by apply: sumr_ge0 => j _; rewrite mulr_ge0 //; case: (hM h j).
rewrite exchange_big -(f_sum (s, a)); apply: eq_bigr => j _ /=.
by rewrite -mulr_sumr (proj2 (hM h j)) mulr1.
Qed.

Lemma lin_r01 h s a : 0 <= lin_r h s a <= 1.
Proof.
apply/andP; split.
  by apply: sumr_ge0 => j _; rewrite mulr_ge0 //; case/andP: (hth h j).
rewrite -(f_sum (s, a)); apply: ler_sum => j _.
by rewrite ler_pimulr //; case/andP: (hth h j).
Qed.

Lemma lin_v_range t x s : 0 <= lin_v t x s <= t%:R.
Proof.
case: t => [|t]; first by rewrite /= lexx.
by rewrite /= /lin_q le_maxr lexx /= le_maxl ler0n /= le_minl lexx orbT.
Qed.

Lemma moments_before t (V V' : S -> R) (x y : seq S) : (t < fold (size x))%N -> V =1 V' ->
  moments fold pair f fold_r t V (x ++ y) =1 moments fold pair f fold_r t V' x.
Proof.
move=> lt eV j; elim/last_ind: y => [|y w IH].
  by rewrite cats0; apply: eq_psum => h w; rewrite eV.
rewrite -rcons_cat /moments psum_rcons -/(moments _ _ _ _ _ _ _ j) IH size_cat gtn_eqF ?addr0 //.
exact: leq_trans lt (fold_mono (leq_addr _ _)).
Qed.

Lemma lin_v_before t x y s : (t <= fold (size x))%N -> lin_v t (x ++ y) s = lin_v t x s.
Proof.
elim: t s => [|t IH] s //= lt.
have eV : lin_v t (x ++ y) =1 lin_v t x by move=> u; apply: IH; apply: ltnW.
set q := lin_q t _ (x ++ y) s; set q' := lin_q t _ x s.
have eq a : q a = q' a.
  rewrite /q /q' /lin_q (_ : lin_best t _ _ _ _ = lin_best t (lin_v t x) x s a) //.
  by apply: eq_bigr => j _; rewrite (solve_ext t (moments_before y lt eV)).
by apply/le_anti; rewrite {1}eq pick_max -eq pick_max.
Qed.

Theorem linear_split d : 0 < d -> 2%:R * #|{: S * A}|%:R * H%:R / d <= e L ->
  whp (design_kernel fold pair fold_P) N d (fun x => forall n h s, (n + h)%N = H ->
    lin_v n x s <= Esum lin_P (lin_policy x) lin_r n h s /\
    forall ps, (forall h s, dist (ps h s)) ->
      Esum lin_P ps lin_r n h s - Esum lin_P (lin_policy x) lin_r n h s
        <= 2%:R * Esum lin_P ps (fun h s a => lin_gamma (H - h.+1)%N s a) n h s).
Proof.
move=> d0 hL; pose F t x := lin_v t x; pose c t : R := t%:R.
have law_dist t z : dist (fold_P t z) by apply: lin_P_dist.
have F_before t h y w : (t <= fold (size h))%N -> F t (h ++ y) w = F t h w.
  exact: lin_v_before.
have F_range t h w : 0 <= F t h w <= c t by apply: lin_v_range.
have c0 t : 0 <= c t by apply: ler0n.
have hx t z j : (t < H)%N -> gram fold pair f lam N t (solve t (f z)) j = f z j.
  exact: solve_gram.
have hrw t z : fold_r t z = dot (f z) (theta (H - t.+1)%N) by case: z.
have hlawM t z (u : S) : fold_P t z u = \sum_j f z j * M (H - t.+1)%N j u by case: z.
have quant := @linear_quantifier_simplex R e J [finType of S * A] S fold pair fold_P law_dist
  f lam lam0 F c F_before F_range c0 fold_r N H L d
  (fun t z => solve t (f z)) (fun t => theta (H - t.+1)%N)
  (fun t => M (H - t.+1)%N) L0 d0 hL hx (fun t => hM _) (fun t => hth _) hrw hlawM.
apply: whp_mono quant => x sx quant n h s hn.
have quant' t u a : (t < H)%N -> `|lin_best t (lin_v t x) x u a -
    (lin_r (H - t.+1)%N u a + Ex (lin_P (H - t.+1)%N u a) (lin_v t x))| <= lin_gamma t u a.
  by move=> lt; apply: (quant t (u, a)) => // j; apply: solve_gram.
exact: (@pessimism_by_stages R S A H lin_P lin_r lin_P_dist lin_r01 pick pick_max
  (fun t => lin_best t (lin_v t x) x) lin_gamma (fun t => lin_q t (lin_v t x) x)
  (fun t => lin_v t x) (lin_policy x) (fun _ _ _ => erefl) (fun _ => erefl)
  (fun _ _ => erefl) (fun _ _ => erefl) quant' n h s hn).
Qed.
End Linear.
