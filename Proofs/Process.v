(* Process.v - expectations over the histories of a finite adaptive process.

   A kernel gives the law of the next outcome from all the outcomes before it, the oldest first.
   The expectation of a function of the history after n steps is a finite sum: no measure theory,
   and nothing but an ordered field. Independent and identically distributed samples, and samples of
   a fixed design, are the kernels that depend on the length of the history only.

   Main definitions
   - Epr k n h f: the expectation of f after n more steps from the history h.
   - Prp k n h E: the probability of the event E, a boolean function of the history.
   - psum g x: the sum over the steps of the history x of g (history before the step) (outcome).
   - ever E x: E holds for x or for one of the histories before it.

   Main statements
   - Epr_mono, EprD, EprZ, Epr_const: the expectation is monotone and linear.
   - supermartingale: if one step never raises the expectation of F, no number of steps does.
   - markov: c P(E) <= E[F] if F >= 0, and F >= c on E.
   - union_bound, union_bound_seq: of events indexed by a finite type, or by a sequence.
   - Prp_compl: the probability that an event does not fail.

   Notation: x, h, y are histories, w is an outcome.
   Assumptions: the set of outcomes is finite; every value of the kernel is a distribution.
   References: none; textbook material.
   Swift counterpart: none; the learners under Sources/OfflineLearning and Sources/OnlineLearning
   are functions of such histories. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Proofs Require Import Fin.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Process.
Variables (R : realFieldType) (W : finType) (k : seq W -> W -> R).

Fixpoint Epr (n : nat) (h : seq W) (f : seq W -> R) : R :=
  if n is n'.+1 then Ex (k h) (fun w => Epr n' (rcons h w) f) else f h.

Definition Prp n h (E : seq W -> bool) : R := Epr n h (fun x => (E x)%:R).

Hypothesis hk : forall h, dist (k h).

Lemma eq_Epr n h f g : f =1 g -> Epr n h f = Epr n h g.
Proof. by move=> e; elim: n h => [|n IH] h //=; apply: eq_Ex => w. Qed.

Lemma Epr_const n h c : Epr n h (fun _ => c) = c.
Proof.
elim: n h => [|n IH] h //=.
by rewrite (eq_Ex (k h) (fun w => IH (rcons h w))) Ex_const.
Qed.

(* only the histories of the right length that extend h matter *)
Lemma Epr_mono_ext n h f g :
  (forall y, size y = n -> f (h ++ y) <= g (h ++ y)) -> Epr n h f <= Epr n h g.
Proof.
elim: n h => [|n IH] h le /=; first by rewrite -[h]cats0; apply: le.
apply: Ex_mono => [|w]; first by case: (hk h).
by apply: IH => y sy; rewrite cat_rcons; apply: le; rewrite /= sy.
Qed.

Lemma Epr_mono n h f g : (forall x, f x <= g x) -> Epr n h f <= Epr n h g.
Proof. by move=> le; apply: Epr_mono_ext. Qed.

Lemma EprD n h f g : Epr n h (fun x => f x + g x) = Epr n h f + Epr n h g.
Proof. by elim: n h => [|n IH] h //=; rewrite -ExD; apply: eq_Ex. Qed.

Lemma EprZ n h c f : Epr n h (fun x => c * f x) = c * Epr n h f.
Proof. by elim: n h => [|n IH] h //=; rewrite -ExZ; apply: eq_Ex. Qed.

Lemma EprN n h f : Epr n h (fun x => - f x) = - Epr n h f.
Proof. by elim: n h => [|n IH] h //=; rewrite -ExN; apply: eq_Ex. Qed.

Lemma EprB n h f g : Epr n h (fun x => f x - g x) = Epr n h f - Epr n h g.
Proof. by rewrite EprD EprN. Qed.

Lemma Epr_ge0 n h f : (forall x, 0 <= f x) -> 0 <= Epr n h f.
Proof. by move=> f0; rewrite -(Epr_const n h 0); apply: Epr_mono. Qed.

Lemma Epr_sum n h (I : Type) (s : seq I) (f : I -> seq W -> R) :
  Epr n h (fun x => \sum_(i <- s) f i x) = \sum_(i <- s) Epr n h (f i).
Proof.
elim: s => [|i s IH].
  rewrite big_nil -[RHS](Epr_const n h); apply: eq_Epr => x; by rewrite big_nil.
by rewrite big_cons -IH -EprD; apply: eq_Epr => x; rewrite big_cons.
Qed.

(* the tower property: m steps, then n more *)
Lemma Epr_add m n h f : Epr (m + n) h f = Epr m h (fun x => Epr n x f).
Proof. by elim: m h => [|m IH] h //=; apply: eq_Ex => w; apply: IH. Qed.

Theorem supermartingale n h F :
  (forall x, Ex (k x) (fun w => F (rcons x w)) <= F x) -> Epr n h F <= F h.
Proof.
move=> dec; elim: n h => [|n IH] h //=; apply: le_trans (dec h).
by apply: Ex_mono => // w; case: (hk h).
Qed.

(* ---- probabilities ---- *)
Lemma Prp_ge0 n h E : 0 <= Prp n h E.
Proof. by apply: Epr_ge0 => x; rewrite ler0n. Qed.

Lemma Prp_le1 n h E : Prp n h E <= 1.
Proof. by rewrite -(Epr_const n h 1); apply: Epr_mono => x; case: (E x); rewrite ?lexx ?ler01. Qed.

Lemma Prp_mono_ext n h (E F : seq W -> bool) :
  (forall y, size y = n -> E (h ++ y) -> F (h ++ y)) -> Prp n h E <= Prp n h F.
Proof.
move=> sub; apply: Epr_mono_ext => y sy; rewrite ler_nat.
by have := sub y sy; case: (E _) => // ->.
Qed.

(* from the empty history, only the histories of length n matter *)
Lemma Prp_mono n (E F : seq W -> bool) :
  (forall x, size x = n -> E x -> F x) -> Prp n [::] E <= Prp n [::] F.
Proof. by move=> sub; apply: Prp_mono_ext => y; apply: sub. Qed.

Lemma Prp_compl n h E : Prp n h (fun x => ~~ E x) = 1 - Prp n h E.
Proof.
rewrite -(Epr_const n h 1) -EprB; apply: eq_Epr => x.
by case: (E x); rewrite /= ?subrr ?subr0.
Qed.

Theorem markov n h (E : seq W -> bool) F (c : R) :
  (forall x, 0 <= F x) -> (forall x, E x -> c <= F x) ->
  c * Prp n h E <= Epr n h F.
Proof.
move=> F0 FE; rewrite -EprZ; apply: Epr_mono => x.
by case: (boolP (E x)) => [/FE|_]; rewrite ?mulr1 ?mulr0.
Qed.

Theorem union_bound_seq n h (I : Type) (s : seq I) (E : I -> seq W -> bool) :
  Prp n h (fun x => has (fun i => E i x) s) <= \sum_(i <- s) Prp n h (E i).
Proof.
rewrite -Epr_sum; apply: Epr_mono => x; elim: s => [|i s IH]; first by rewrite big_nil.
rewrite big_cons /=; case: (E i x) => /=; last by rewrite add0r.
by rewrite ler_addl sumr_ge0 // => j _; rewrite ler0n.
Qed.

Theorem union_bound n h (I : finType) (E : I -> seq W -> bool) :
  Prp n h (fun x => [exists i, E i x]) <= \sum_i Prp n h (E i).
Proof.
apply: le_trans (union_bound_seq n h (index_enum I) E).
apply: Epr_mono => x; rewrite ler_nat.
case: existsP => // [[i Ei]]; suff -> : has (E^~ x) (index_enum I) by [].
by apply/hasP; exists i; rewrite ?mem_index_enum.
Qed.

Corollary union_bound_le n h (I : finType) (E : I -> seq W -> bool) d :
  (forall i, Prp n h (E i) <= d) -> Prp n h (fun x => [exists i, E i x]) <= #|I|%:R * d.
Proof.
move=> le; apply: le_trans (union_bound n h E) _.
apply: (@le_trans _ _ (\sum_(i : I) d)); first exact: ler_sum.
by rewrite sumr_const mulr_natl.
Qed.

Corollary union_bound_seq_le n h (I : eqType) (s : seq I) (E : I -> seq W -> bool) d :
  (forall i, i \in s -> Prp n h (E i) <= d) ->
  Prp n h (fun x => has (fun i => E i x) s) <= (size s)%:R * d.
Proof.
move=> le; apply: le_trans (union_bound_seq n h s E) _.
rewrite big_seq; apply: (@le_trans _ _ (\sum_(i <- s | i \in s) d)); first exact: ler_sum.
by rewrite -big_seq big_const_seq count_predT iter_addr_0 mulr_natl.
Qed.

Lemma union_bound2 n h E F : Prp n h (fun x => E x || F x) <= Prp n h E + Prp n h F.
Proof.
rewrite -EprD; apply: Epr_mono => x.
by case: (E x); case: (F x); rewrite /= ?addr0 ?add0r ?ler_addl ?ler01.
Qed.

(* ---- sums along a history ---- *)
Section Sums.
Variable V : zmodType.
Implicit Types g : seq W -> W -> V.

Fixpoint psum_from g (h x : seq W) : V :=
  if x is w :: y then g h w + psum_from g (rcons h w) y else 0.

Definition psum g x := psum_from g [::] x.

Lemma psum_from_cat g h x y :
  psum_from g h (x ++ y) = psum_from g h x + psum_from g (h ++ x) y.
Proof.
elim: x h => [|w x IH] h /=; first by rewrite add0r cats0.
by rewrite IH cat_rcons addrA.
Qed.

Lemma psum0 g : psum g [::] = 0. Proof. by []. Qed.

Lemma psum_rcons g x w : psum g (rcons x w) = psum g x + g x w.
Proof. by rewrite /psum -cats1 psum_from_cat /= addr0. Qed.

Lemma psum_cat g x y : psum g (x ++ y) = psum g x + psum_from g x y.
Proof. exact: psum_from_cat. Qed.

Lemma eq_psum g g' x : (forall h w, g h w = g' h w) -> psum g x = psum g' x.
Proof. by move=> e; elim/last_ind: x => // x w IH; rewrite !psum_rcons IH e. Qed.

(* equal as soon as the summands are equal along x *)
Lemma eq_psum_in g g' x :
  (forall h w y, h ++ w :: y = x -> g h w = g' h w) -> psum g x = psum g' x.
Proof.
elim/last_ind: x => // x w IH e; rewrite !psum_rcons IH => [|h v y eh].
  by rewrite (e x w [::]) ?cats1.
by rewrite (e h v (rcons y w)) // -rcons_cons -rcons_cat eh.
Qed.

Lemma psumD g g' x : psum (fun h w => g h w + g' h w) x = psum g x + psum g' x.
Proof.
elim/last_ind: x => [|x w IH]; first by rewrite !psum0 addr0.
by rewrite !psum_rcons IH addrACA.
Qed.

Lemma psumN g x : psum (fun h w => - g h w) x = - psum g x.
Proof.
elim/last_ind: x => [|x w IH]; first by rewrite !psum0 oppr0.
by rewrite !psum_rcons IH opprD.
Qed.
End Sums.

Lemma psumZ (c : R) g x : psum (fun h w => c * g h w) x = c * psum g x.
Proof.
elim/last_ind: x => [|x w IH]; first by rewrite !psum0 mulr0.
by rewrite !psum_rcons IH mulrDr.
Qed.

Lemma ler_psum (g g' : seq W -> W -> R) x :
  (forall h w, g h w <= g' h w) -> psum g x <= psum g' x.
Proof. by move=> le; elim/last_ind: x => // x w IH; rewrite !psum_rcons ler_add. Qed.

(* ---- the first time at which something holds ---- *)
Definition ever (E : seq W -> bool) x := has (fun i => E (take i x)) (iota 0 (size x).+1).

Lemma everP (E : seq W -> bool) x :
  reflect (exists i, (i <= size x)%N /\ E (take i x)) (ever E x).
Proof.
apply: (iffP hasP) => [[i im Ei]|[i [li Ei]]]; exists i => //.
  by move: im; rewrite mem_iota add0n ltnS.
by rewrite mem_iota add0n ltnS.
Qed.

Lemma ever_self (E : seq W -> bool) x : E x -> ever E x.
Proof. by move=> Ex; apply/everP; exists (size x); rewrite take_size. Qed.

Lemma ever_nil (E : seq W -> bool) : ever E [::] = E [::].
Proof. by rewrite /ever /= orbF. Qed.

Lemma ever_rcons (E : seq W -> bool) x w : ever E (rcons x w) = ever E x || E (rcons x w).
Proof.
apply/everP/orP => [[i [li Ei]]|[/everP[i [li Ei]]|Ei]].
- move: li; rewrite size_rcons leq_eqVlt => /orP[/eqP ei|].
    by right; move: Ei; rewrite ei -(size_rcons x w) take_size.
  rewrite ltnS => li; left; apply/everP; exists i; split=> //.
  by move: Ei; rewrite -cats1 takel_cat.
- exists i; rewrite size_rcons leqW //; split=> //.
  by rewrite -cats1 takel_cat.
by exists (size x).+1; rewrite size_rcons -(size_rcons x w) take_size.
Qed.
End Process.
