(* ClaimsRegret.v - the register of the bounds on regret.

   Each claim restates in full what the software prints, or what the printed bound rests on; if a
   lemma is weakened, this file no longer compiles.

   Main statements: claim_x for each bound x of the list in Proofs/claims.tsv.
   Notation: C = #|X| pairs, S = #|S| states, N = K H steps; e is any function of expField.
   Assumptions: those of the claims. References: those of the files.
   Swift counterpart: Sources/Bounds, Sources/Bandits. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Proofs Require Import Fin Process Hoeffding LinAlg RegretSum.
From Proofs Require UCBVIRun UCBVISteps UCBVIRegret UCBVISharpRegret UCB1 Elliptical.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(* UCBVI, every next state of a run: Q >= Q* with probability at least 1 - delta/3 *)
Theorem claim_ucbvi_optimism : forall (R : rcfType) (e : expField R) (S X : finType)
  (off : S -> pred X) (P : X -> S -> R), (forall x, dist (P x)) ->
  forall r : X -> R, (forall x, 0 <= r x) -> (forall x, r x <= 1) ->
  forall sel : (X -> R) -> S -> X,
  (forall q s, UCBVIRun.live off s -> off s (sel q s)) ->
  (forall q s x, off s x -> q x <= q (sel q s)) ->
  forall (L : R) (H : nat) (s0 : S), 0 <= L ->
  forall mu : seq S -> S -> R, (forall h, dist (mu h)) ->
  forall (K : nat) (d : R), 0 < d ->
  (6 * #|X| * H.-1 * (K * H))%:R / d <= e L ->
  forall k, (k <= K)%N ->
  Prp (UCBVISteps.ker off P r sel L H s0 mu) (k * H.+1) [::]
    (ever (fun y => [exists i : 'I_H * X,
       UCBVIRun.Qt (UCBVIRun.run off r sel L H s0 y) i.1 i.2
         < UCBVIRun.qstar off P r sel i.1 i.2])) <= d / 3%:R.
Proof.
move=> R e S X off P hP r r0 r1 sel so sm L H s0 L0 mu hmu K d d0 hL k kK.
apply: (UCBVIRegret.ucbvi_optimism hP r0 r1 so sm s0 L0 hmu d0 _ kK).
apply: le_trans hL; rewrite ler_pmul2r ?invr_gt0 // ler_nat !leq_mul2r.
by rewrite !orbT.
Qed.

(* the regret of the first k of K episodes exceeds R_u with probability at most delta *)
Theorem claim_ucbvi_hoeffding_regret : forall (R : rcfType) (e : expField R) (S X : finType)
  (off : S -> pred X) (P : X -> S -> R), (forall x, dist (P x)) ->
  forall r : X -> R, (forall x, 0 <= r x) -> (forall x, r x <= 1) ->
  forall sel : (X -> R) -> S -> X,
  (forall q s, UCBVIRun.live off s -> off s (sel q s)) ->
  (forall q s x, off s x -> q x <= q (sel q s)) ->
  forall (L Lu : R) (H : nat) (s0 : S), 0 <= L -> 0 <= Lu ->
  forall mu : seq S -> S -> R, (forall h, dist (mu h)) ->
  forall (K : nat) (d : R), 0 < d ->
  (6 * #|X| * H.-1 * (K * H))%:R / d <= e L ->
  (3 * #|X| * (K * H) * (2 ^ #|S| - 2))%:R / d <= e Lu ->
  forall L3 : R, 3%:R / d <= e L3 -> d <= 1 ->
  forall k, (0 < k)%N -> (k <= K)%N -> (0 < H)%N ->
  Prp (UCBVISteps.ker off P r sel L H s0 mu) (k * H.+1) [::]
    (fun x => #|X|%:R * H%:R ^+ 2
       + (H.-1)%:R * Num.sqrt ((2 * #|X| * (k * H))%:R) * (Num.sqrt L + Num.sqrt Lu)
       + Num.sqrt (k%:R * L3 / 2%:R * \sum_(i < H) (H - i)%:R ^+ 2)
       < UCBVISteps.regret off P r sel L H s0 mu x) <= d.
Proof.
move=> R e S X off P hP r r0 r1 sel so sm L Lu H s0 L0 Lu0 mu hmu K d d0 hL hLu L3 h3 d1 k.
apply: (UCBVIRegret.ucbvi_hoeffding_regret hP r0 r1 so sm s0 L0 Lu0 hmu d0 _ hLu h3 d1).
apply: le_trans hL; rewrite ler_pmul2r ?invr_gt0 // ler_nat !leq_mul2r.
by rewrite !orbT.
Qed.

(* what the program prints: the smaller of R_u and R_b *)
Theorem claim_ucbvi_regret : forall (R : rcfType) (e : expField R) (S X : finType)
  (off : S -> pred X) (P : X -> S -> R), (forall x, dist (P x)) ->
  forall r : X -> R, (forall x, 0 <= r x) -> (forall x, r x <= 1) ->
  forall sel : (X -> R) -> S -> X,
  (forall q s, UCBVIRun.live off s -> off s (sel q s)) ->
  (forall q s x, off s x -> q x <= q (sel q s)) ->
  forall (L Lb : R) (H : nat) (s0 : S), 0 <= L -> 0 <= Lb -> (0 < H)%N ->
  forall mu : seq S -> S -> R, (forall h, dist (mu h)) ->
  forall (K : nat) (d : R), 0 < d ->
  (6 * #|X| * H.-1 * (K * H))%:R / d <= e L ->
  (3 * #|X| * #|S| * (K * H))%:R / d <= e Lb ->
  forall L3 l : R, 3%:R / d <= e L3 -> d <= 1 -> 0 <= l ->
  forall Lu : R, 0 <= Lu -> (3 * #|X| * (K * H) * (2 ^ #|S| - 2))%:R / d <= e Lu ->
  forall k, (0 < k)%N -> (k <= K)%N -> (k * H)%:R / #|X|%:R <= e l ->
  Prp (UCBVISteps.ker off P r sel L H s0 mu) (k * H.+1) [::]
    (fun x => Num.min
      (#|X|%:R * H%:R ^+ 2
       + (H.-1)%:R * Num.sqrt ((2 * #|X| * (k * H))%:R) * (Num.sqrt L + Num.sqrt Lu)
       + Num.sqrt (k%:R * L3 / 2%:R * \sum_(i < H) (H - i)%:R ^+ 2))
      (#|X|%:R * H%:R ^+ 2
       + 2%:R * ((H.-1)%:R * Num.sqrt ((2 * #|X| * (k * H))%:R)) * Num.sqrt L
       + #|S|%:R * #|X|%:R * (H.-1)%:R * (H%:R / 2%:R + 3%:R^-1) * Lb * (1 + l)
       + Num.sqrt (k%:R * L3 / 2%:R
                   * \sum_(i < H) (1 + H%:R^-1) ^+ (2 * i) * (H - i)%:R ^+ 2))
      < UCBVISteps.regret off P r sel L H s0 mu x) <= d.
Proof. exact UCBVISharpRegret.ucbvi_regret. Qed.

(* R_b alone *)
Theorem claim_ucbvi_bernstein_regret : forall (R : rcfType) (e : expField R) (S X : finType)
  (off : S -> pred X) (P : X -> S -> R), (forall x, dist (P x)) ->
  forall r : X -> R, (forall x, 0 <= r x) -> (forall x, r x <= 1) ->
  forall sel : (X -> R) -> S -> X,
  (forall q s, UCBVIRun.live off s -> off s (sel q s)) ->
  (forall q s x, off s x -> q x <= q (sel q s)) ->
  forall (L Lb : R) (H : nat) (s0 : S), 0 <= L -> 0 <= Lb -> (0 < H)%N ->
  forall mu : seq S -> S -> R, (forall h, dist (mu h)) ->
  forall (K : nat) (d : R), 0 < d ->
  (6 * #|X| * H.-1 * (K * H))%:R / d <= e L ->
  (3 * #|X| * #|S| * (K * H))%:R / d <= e Lb ->
  forall L3 l : R, 3%:R / d <= e L3 -> d <= 1 -> 0 <= l ->
  forall k, (0 < k)%N -> (k <= K)%N -> (k * H)%:R / #|X|%:R <= e l ->
  Prp (UCBVISteps.ker off P r sel L H s0 mu) (k * H.+1) [::]
    (fun x => #|X|%:R * H%:R ^+ 2
       + 2%:R * ((H.-1)%:R * Num.sqrt ((2 * #|X| * (k * H))%:R)) * Num.sqrt L
       + #|S|%:R * #|X|%:R * (H.-1)%:R * (H%:R / 2%:R + 3%:R^-1) * Lb * (1 + l)
       + Num.sqrt (k%:R * L3 / 2%:R
                   * \sum_(i < H) (1 + H%:R^-1) ^+ (2 * i) * (H - i)%:R ^+ 2)
       < UCBVISteps.regret off P r sel L H s0 mu x) <= d.
Proof. exact UCBVISharpRegret.ucbvi_bernstein_regret. Qed.

(* the V* of that regret is at least the value of every policy *)
Theorem claim_ucbvi_optimal : forall (R : rcfType) (S X : finType) (off : S -> pred X)
  (P : X -> S -> R), (forall x, dist (P x)) ->
  forall (r : X -> R) (sel : (X -> R) -> S -> X),
  (forall q s x, off s x -> q x <= q (sel q s)) ->
  forall (pi : nat -> S -> X) (t : nat) (s : S),
  (forall m s, UCBVIRun.live off s -> off s (pi m s)) ->
  UCBVIRun.vpol off P r pi t s <= UCBVIRun.vof off sel (UCBVIRun.qstar off P r sel) t s.
Proof. exact UCBVIRun.val_qstar_max. Qed.

(* UCB1, for any monotone l above the logarithm *)
Theorem claim_ucb1_plays : forall (R : rcfType) (e : expField R) (A Y : finType)
  (p : A -> Y -> R) (rew : Y -> R), (forall a, dist (p a)) -> (forall y, 0 <= rew y <= 1) ->
  forall l : nat -> R, (forall t, (0 < t)%N -> t%:R <= e (l t)) ->
  (forall t t', (0 < t)%N -> (t <= t')%N -> l t <= l t') ->
  forall arm : seq Y -> A, UCB1.ucb1 rew l arm ->
  forall (best a : A) (T : nat), 0 < UCB1.gap p rew best a -> (0 < T)%N ->
  Epr (UCB1.ker p arm) T [::] (fun x => (UCB1.plays arm a x)%:R)
    <= 8%:R * l T / UCB1.gap p rew best a ^+ 2 + 7%:R / 6%:R.
Proof. exact UCB1.ucb1_plays. Qed.

Theorem claim_ucb1_regret : forall (R : rcfType) (e : expField R) (A Y : finType)
  (p : A -> Y -> R) (rew : Y -> R), (forall a, dist (p a)) -> (forall y, 0 <= rew y <= 1) ->
  forall l : nat -> R, (forall t, (0 < t)%N -> t%:R <= e (l t)) ->
  (forall t t', (0 < t)%N -> (t <= t')%N -> l t <= l t') ->
  forall arm : seq Y -> A, UCB1.ucb1 rew l arm ->
  forall best, (forall a, Ex (p a) rew <= Ex (p best) rew) -> forall T, (0 < T)%N ->
  Epr (UCB1.ker p arm) T [::] (fun x => \sum_(y <- x) (Ex (p best) rew - rew y))
    <= \sum_(a | 0 < UCB1.gap p rew best a)
         (8%:R * l T / UCB1.gap p rew best a + 7%:R / 6%:R * UCB1.gap p rew best a).
Proof. exact UCB1.ucb1_regret. Qed.

(* the same for l = ln: e (l t) = t *)
Theorem claim_ucb1_regret_ln : forall (R : rcfType) (e : expField R) (A Y : finType)
  (p : A -> Y -> R) (rew : Y -> R), (forall a, dist (p a)) -> (forall y, 0 <= rew y <= 1) ->
  forall l : nat -> R, (forall t, (0 < t)%N -> e (l t) = t%:R) ->
  forall arm : seq Y -> A, UCB1.ucb1 rew l arm ->
  forall best, (forall a, Ex (p a) rew <= Ex (p best) rew) -> forall T, (0 < T)%N ->
  Epr (UCB1.ker p arm) T [::] (fun x => \sum_(y <- x) (Ex (p best) rew - rew y))
    <= \sum_(a | 0 < UCB1.gap p rew best a)
         (8%:R * l T / UCB1.gap p rew best a + 7%:R / 6%:R * UCB1.gap p rew best a).
Proof.
move=> R e A Y p rew hp hr l hl arm rule best hb T T0.
apply: (UCB1.ucb1_regret (e := e)) => // [t t0|t t' t0 le]; first by rewrite hl.
by rewrite -(ler_ex e) !hl ?ler_nat // (leq_trans t0).
Qed.

Theorem claim_elliptical_potential : forall (R : realFieldType) (d : nat) (e : expField R)
  (L0 : 'M[R]_d) (x : nat -> 'cV[R]_d),
  L0^T = L0 /\ (forall v : 'cV[R]_d, v != 0 -> 0 < (v^T *m L0 *m v) 0 0) ->
  forall (n : nat) (l : R), \det (gram L0 x n) / \det L0 <= e l ->
  \sum_(t < n) Num.min 1 (quad (gram L0 x t) (x t) (x t)^T) <= 2%:R * l.
Proof. exact Elliptical.elliptical_potential. Qed.

Theorem claim_charges_total : forall (R : rcfType) (X : finType) (c B : R) (H : nat),
  0 <= c -> 0 <= B -> forall (n : X -> nat) (N : nat), (\sum_x n x <= N)%N ->
  \sum_x \sum_(j < n x) (if (j < H)%N then c else B / Num.sqrt (j.+1 - H)%:R)
    <= #|X|%:R * (H%:R * c) + 2%:R * B * Num.sqrt (#|X|%:R * N%:R).
Proof. exact charges_total. Qed.
