(* ClaimsFoundations.v - the register of the probabilistic guarantees.

   Each claim restates in full what the program prints, with every hypothesis; if a lemma is
   weakened, this file no longer compiles.

   Main statements: one claim per row of claims.tsv whose file is Process.v to PEVI.v.
   Notation, Assumptions, References, Swift counterpart: those of the file of each lemma. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Proofs Require Import Fin Process Hoeffding Bernstein Estimate.
From Proofs Require Import LCB VILCB PEVI LinearPEVI LinearSplit.
From Proofs Require Discounted Horizon.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Theorem claim_hoeffding_scalar : forall (R : realFieldType) (e : expField R) (p t : R),
  0 <= p <= 1 -> (1 - p) * e (- (p * t)) + p * e ((1 - p) * t) <= e (t ^+ 2 / 8%:R).
Proof. by move=> R e p t; apply: ex_hoeffding. Qed.

Theorem claim_azuma : forall (R : realFieldType) (e : expField R) (W : finType)
  (k : seq W -> W -> R), (forall h, dist (k h)) ->
  forall (D : seq W -> W -> R) (a c : seq W -> R),
  (forall h, Ex (k h) (D h) = 0) -> (forall h w, a h <= D h w <= a h + c h) ->
  forall n b v, 0 <= b -> 0 < v ->
  Prp k n [::] (fun x => (b <= psum D x) && (psum (fun h _ => c h ^+ 2) x <= v))
    <= e (- (2%:R * b ^+ 2 / v)).
Proof. exact: azuma. Qed.

Theorem claim_hoeffding_iid : forall (R : rcfType) (e : expField R) (W : finType)
  (f : W -> R) (lo c mu : R), (forall w, lo <= f w <= lo + c) -> 0 <= c ->
  forall (p : W -> R) n L, dist p -> Ex p f = mu -> 0 <= L ->
  Prp (fun _ => p) n [::]
    (fun x => c * Num.sqrt (n%:R * L / 2%:R) < `|\sum_(w <- x) f w - n%:R * mu|)
    <= 2%:R * e (- L).
Proof. exact: hoeffding_iid. Qed.

Theorem claim_visits_hoeffding : forall (R : rcfType) (e : expField R) (W : finType)
  (k : seq W -> W -> R), (forall h, dist (k h)) ->
  forall (v : seq W -> bool) (D : seq W -> W -> R) (a : seq W -> R) (c : R),
  (forall h, v h -> Ex (k h) (D h) = 0) -> (forall h w, v h -> a h <= D h w <= a h + c) ->
  0 <= c -> forall N n L, 0 <= L ->
  Prp k N [::] (ever (fun y => (visits v y == n) &&
      (c * Num.sqrt (n%:R * L / 2%:R) < `|psum (at_visits v D) y|)))
    <= 2%:R * e (- L).
Proof. by move=> R e W k hk v D a c h0 hr c0 N n L; apply: (visits_hoeffding e hk h0 hr). Qed.

Theorem claim_visits_hoeffding_all : forall (R : rcfType) (e : expField R) (W : finType)
  (k : seq W -> W -> R), (forall h, dist (k h)) ->
  forall (v : seq W -> bool) (D : seq W -> W -> R) (a : seq W -> R) (c : R),
  (forall h, v h -> Ex (k h) (D h) = 0) -> (forall h w, v h -> a h <= D h w <= a h + c) ->
  0 <= c -> forall N m L, 0 <= L ->
  Prp k N [::] (ever (fun y => (visits v y <= m)%N &&
      (c * Num.sqrt ((visits v y)%:R * L / 2%:R) < `|psum (at_visits v D) y|)))
    <= m%:R * (2%:R * e (- L)).
Proof. by move=> R e W k hk v D a c h0 hr c0 N m L; apply: (visits_hoeffding_all e hk h0 hr). Qed.

Theorem claim_visits_bernstein : forall (R : rcfType) (e : expField R) (W : finType)
  (k : seq W -> W -> R), (forall h, dist (k h)) ->
  forall (v : seq W -> bool) (B : W -> bool) (p : R),
  (forall h, v h -> Ex (k h) (fun w => (B w)%:R) = p) -> 0 <= p ->
  forall N n L, 0 <= L ->
  Prp k N [::] (ever (fun y => (visits v y == n) &&
      (Num.sqrt (2%:R * n%:R * p * L) + L / 3%:R
        < psum (at_visits v (fun _ w => (B w)%:R - p)) y)))
    <= e (- L).
Proof. by move=> R e W k hk v B p hB p0 N n L; apply: (visits_bernstein e hk hB p0). Qed.

Theorem claim_visits_bernstein_all : forall (R : rcfType) (e : expField R) (W : finType)
  (k : seq W -> W -> R), (forall h, dist (k h)) ->
  forall (v : seq W -> bool) (B : W -> bool) (p : R),
  (forall h, v h -> Ex (k h) (fun w => (B w)%:R) = p) -> 0 <= p ->
  forall N m L, 0 <= L ->
  Prp k N [::] (ever (fun y => (visits v y <= m)%N &&
      (Num.sqrt (2%:R * (visits v y)%:R * p * L) + L / 3%:R
        < psum (at_visits v (fun _ w => (B w)%:R - p)) y)))
    <= m%:R * e (- L).
Proof. by move=> R e W k hk v B p hB p0 N m L; apply: (visits_bernstein_all e hk hB p0). Qed.

Theorem claim_folds : forall (R : rcfType) (e : expField R) (W C : finType)
  (fold : nat -> nat) (cell : nat -> C) (law : nat -> C -> W -> R), (forall t z, dist (law t z)) ->
  forall (F : nat -> seq W -> W -> R) (c : nat -> R),
  (forall t x y w, (t <= fold (size x))%N -> F t (x ++ y) w = F t x w) ->
  (forall t x w, 0 <= F t x w <= c t) ->
  forall N t0 T L d, 0 <= L -> 0 < d -> 2%:R * #|C|%:R * T%:R / d <= e L ->
  whp (design_kernel fold cell law) N d (fun x => forall t z, (t < T)%N ->
    let u := (t0 + t)%N in let n := (cell_count fold cell u z N)%:R in
    `|cell_sum fold cell u z (F u x) x - n * Ex (law u z) (F u x)|
      <= c u * Num.sqrt (n * L / 2%:R)).
Proof.
by move=> R e W C fold cell law hl F c hF hr N t0 T L d; apply: (folds_whp cell hl hF hr).
Qed.

Theorem claim_lcb_bandit : forall (R : rcfType) (e : expField R) (W A : finType)
  (arm : nat -> A) (law : A -> W -> R) (rew : W -> R),
  (forall a, dist (law a)) -> (forall w, 0 <= rew w <= 1) ->
  forall (N : nat) (L d : R) (pick : seq W -> A),
  (forall x a, lcb_score arm rew L x a <= lcb_score arm rew L x (pick x)) ->
  0 <= L -> 0 < d -> 2%:R * #|A|%:R / d <= e L ->
  Prp (bandit_kernel arm law) N [::] (fun x => ~~ [forall a, (0 < pulls arm a N)%N ==>
      (mean_reward law rew a - mean_reward law rew (pick x)
        <= 2%:R * Num.sqrt (L / (2%:R * (pulls arm a N)%:R)))]) <= d.
Proof. by move=> R e W A arm law rew hl hr N L d pick hp; apply: lcb_bandit. Qed.

Theorem claim_vilcb : forall (R : rcfType) (S A W : finType) (s0 : S) (g : R), 0 <= g -> g < 1 ->
  forall (law : S * A -> W -> R) (nxt : W -> S) (rew : W -> R),
  (forall z, dist (law z)) -> (forall w, 0 <= rew w <= 1) ->
  forall (e : expField R) (fold : nat -> nat) (pair : nat -> S * A) (L : R), 0 <= L ->
  forall pick : (A -> R) -> A, (forall f a, f a <= f (pick f)) ->
  forall first : seq W -> S -> A, (forall i j, (i <= j)%N -> (fold i <= fold j)%N) ->
  forall N T d, 0 < d -> 2%:R * #|{: S * A}|%:R * T%:R / d <= e L ->
  let P := trans law nxt in let r := mean_rew law rew in
  let V x := vval g nxt rew fold pair L pick T x in
  let pi_T x := Discounted.det R (choice g nxt rew fold pair L pick first T x) in
  whp (design_kernel fold pair (fun _ => law)) N d (fun x => forall Vp,
    Discounted.value g P r (pi_T x) Vp ->
    (forall s, V x s <= Vp s) /\
    (2%:R <= L -> forall pi Vs, Discounted.policy pi -> Discounted.value g P r pi Vs ->
      forall s, Vs s - Vp s <= 2%:R * (\sum_(i < T) g ^+ i *
        iter i (fun f u => Ex (pi u) (fun a => Ex (P u a) f))
          (fun u => Ex (pi u) (penalty g fold pair L x (T - i)%N u)) s) + g ^+ T / (1 - g))).
Proof.
move=> R S A W s0 g g0 g1 law nxt rew hl hr e fold pair L L0 pick hp first hf N T d d0 hL
  P r V pi_T.
apply: whp_mono (vilcb_folds s0 g0 g1 nxt hl hr pair L0 hp first hf N d0 hL) => x _ h Vp hV.
have [lo gap] := h Vp hV; split=> // L2 pi Vs hpi hVs s.
by have := gap L2 pi Vs hpi hVs s; rewrite penalty_sumE.
Qed.

Theorem claim_pevi_quantifier : forall (R : rcfType) (e : expField R) (S A : finType) (H : nat)
  (P : nat -> S -> A -> S -> R) (r : nat -> S -> A -> R),
  (forall h s a, dist (P h s a)) -> (forall h s a, 0 <= r h s a <= 1) ->
  forall (fold : nat -> nat) (pair : nat -> S * A) (L lam : R),
  (forall i j, (i <= j)%N -> (fold i <= fold j)%N) -> 0 <= L -> 0 < lam ->
  forall pick : (A -> R) -> A, (forall f a, f a <= f (pick f)) ->
  forall N d, 0 < d -> 2%:R * #|{: S * A}|%:R * H%:R / d <= e L ->
  whp (pevi_kernel H P fold pair) N d (fun x => forall t s a, (t < H)%N ->
    let V := vhat H r fold pair L lam pick t x in let h := (H - t.+1)%N in
    `|best H r fold pair lam t V x s a - (r h s a + Ex (P h s a) V)|
      <= (t%:R * Num.sqrt (L / 2%:R) + Num.sqrt lam * t.+1%:R) *
         Num.sqrt (1 / (lam + (cell_count fold pair t (s, a) (size x))%:R))).
Proof.
move=> R e S A H P r hP hr fold pair L lam hf L0 l0 pick hp N d d0 hL.
exact: (pevi_quantifier hP hr pair hf L0 l0 hp N d0 hL).
Qed.

Theorem claim_pevi : forall (R : rcfType) (e : expField R) (S A : finType) (H : nat)
  (P : nat -> S -> A -> S -> R) (r : nat -> S -> A -> R),
  (forall h s a, dist (P h s a)) -> (forall h s a, 0 <= r h s a <= 1) ->
  forall (fold : nat -> nat) (pair : nat -> S * A) (L lam : R),
  (forall i j, (i <= j)%N -> (fold i <= fold j)%N) -> 0 <= L -> 0 < lam ->
  forall pick : (A -> R) -> A, (forall f a, f a <= f (pick f)) ->
  forall N d, 0 < d -> 2%:R * #|{: S * A}|%:R * H%:R / d <= e L ->
  let J pi f := Horizon.Esum P pi f in
  let pi_hat x := greedy_pevi H r fold pair L lam pick x in
  whp (pevi_kernel H P fold pair) N d (fun x => forall n h s, (n + h)%N = H ->
    vhat H r fold pair L lam pick n x s <= J (pi_hat x) r n h s /\
    forall ps, (forall h s, dist (ps h s)) ->
      J ps r n h s - J (pi_hat x) r n h s
        <= 2%:R * J ps (fun h s a => gamma fold pair L lam (H - h.+1) x s a) n h s).
Proof.
move=> R e S A H P r hP hr fold pair L lam hf L0 l0 pick hp N d d0 hL J pi_hat.
exact: (pevi_split hP hr pair hf L0 l0 hp N d0 hL).
Qed.

Theorem claim_linear_quantifier : forall (R : rcfType) (e : expField R) (J C W : finType)
  (fold : nat -> nat) (cell : nat -> C) (law : nat -> C -> W -> R), (forall t z, dist (law t z)) ->
  forall (f : C -> J -> R) (lam : R), 0 < lam ->
  forall (F : nat -> seq W -> W -> R) (c : nat -> R),
  (forall t h y w, (t <= fold (size h))%N -> F t (h ++ y) w = F t h w) ->
  (forall t h w, 0 <= F t h w <= c t) -> (forall t, 0 <= c t) ->
  forall (rw : nat -> C -> R) (N T : nat) (L d : R) (x : nat -> C -> J -> R)
    (theta : nat -> J -> R) (M : nat -> J -> W -> R),
  0 <= L -> 0 < d -> 2%:R * #|C|%:R * T%:R / d <= e L ->
  let dot u v := \sum_j (u j * v j : R) in
  let Lambda t u j := lam * u j +
    \sum_(i < N) (if fold i == t then f (cell i) j * dot (f (cell i)) u else 0) in
  (forall t z j, (t < T)%N -> Lambda t (x t z) j = f z j) ->
  (forall t j, dist (M t j)) -> (forall t j, 0 <= theta t j <= 1) ->
  (forall t z, rw t z = dot (f z) (theta t)) ->
  (forall t z u, law t z u = \sum_j f z j * M t j u) ->
  whp (design_kernel fold cell law) N d (fun h => forall t z what, (t < T)%N ->
    (forall j, Lambda t what j = moments fold cell f rw t (F t h) h j) ->
    `|dot (f z) what - (rw t z + Ex (law t z) (F t h))|
      <= (c t * Num.sqrt (L / 2%:R) + Num.sqrt lam * (Num.sqrt #|J|%:R * (c t + 1)))
         * Num.sqrt (dot (x t z) (f z))).
Proof.
move=> R e J C W fold cell law hl f lam l0 F c hF hr c0 rw N T L d x theta M L0 d0 hL dot' Lam hx.
exact: (linear_quantifier_simplex hl l0 hF hr c0 L0 d0 hL hx).
Qed.

Theorem claim_linear_split : forall (R : rcfType) (e : expField R) (J S A : finType) (H N : nat)
  (fold : nat -> nat) (pair : nat -> S * A) (f : S * A -> J -> R) (L lam : R)
  (theta : nat -> J -> R) (M : nat -> J -> S -> R),
  (forall i j, (i <= j)%N -> (fold i <= fold j)%N) -> 0 <= L -> 0 < lam ->
  (forall z j, 0 <= f z j) -> (forall z, \sum_j f z j = 1) ->
  (forall h j, dist (M h j)) -> (forall h j, 0 <= theta h j <= 1) ->
  forall pick : (A -> R) -> A, (forall g a, g a <= g (pick g)) ->
  forall solve : nat -> (J -> R) -> J -> R,
  (forall t b j, (t < H)%N -> gram fold pair f lam N t (solve t b) j = b j) ->
  (forall t b b', b =1 b' -> solve t b =1 solve t b') ->
  forall d, 0 < d -> 2%:R * #|{: S * A}|%:R * H%:R / d <= e L ->
  let P h s a u := \sum_j f (s, a) j * M h j u in
  let r h s a := \sum_j f (s, a) j * theta h j in
  let J' pi g := Horizon.Esum P pi g in
  let pi_hat x := lin_policy H fold pair f L lam theta pick solve x in
  let Gamma h s a := let t := (H - h.+1)%N in
    (t%:R * Num.sqrt (L / 2%:R) + Num.sqrt lam * (Num.sqrt #|J|%:R * (t%:R + 1))) *
    Num.sqrt (\sum_j solve t (f (s, a)) j * f (s, a) j) in
  whp (design_kernel fold pair (fun t z => P (H - t.+1)%N z.1 z.2)) N d (fun x =>
    forall n h s, (n + h)%N = H ->
    lin_v H fold pair f L lam theta pick solve n x s <= J' (pi_hat x) r n h s /\
    forall ps, (forall h s, dist (ps h s)) ->
      J' ps r n h s - J' (pi_hat x) r n h s <= 2%:R * J' ps Gamma n h s).
Proof.
move=> R e J S A H N fold pair f L lam theta M hf L0 l0 f0 f1 hM hth pick hp solve hs hx d d0 hL.
exact: (linear_split hf L0 l0 f0 f1 hM hth hp hs hx d0 hL).
Qed.
