(* Occupancy.v - discounted occupancy measures and the duality of linear programming.

   Nonnegative weights of state-action pairs that satisfy the flow constraints are bounded by every
   dual feasible V; every policy has such weights, and they give its value.

   Main definitions: occupancy mu d (d >= 0 and the flow constraints for the start weights mu);
     reward_of d (the sum of d r); visits (the expected discounted number of visits).
   Main statements: occupancy_difference (reward_of d - mu V is the sum of d times the advantage
     over V); weak_duality (V >= r + g P V bounds reward_of d by mu V); occupancy_mass (mu / (1 -
     g)); occupancy_exists (pi s a times visits is an occupancy); occupancy_value (its reward is mu
     V^pi); occupancy_optimal (no occupancy earns more than mu Vs).
   Notation: mu the weights of the start, d the occupancy, g, P, r as in Discounted.v.
   Assumptions: 0 <= g < 1 and the rows of P sum to 1; mu is nonnegative where an occupancy is
     built.
   References: [puterman1994] section 6.9.
   Swift counterpart: Sources/Planning/LinearProgramPlanner.swift, Sources/LinearProgramming. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Fin Discounted Existence.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Occupancy.
Variables (R : realFieldType) (S A : finType) (s0 : S) (a0 : A) (g : R).
Hypotheses (g0 : 0 <= g) (g1 : g < 1).
Variable P : S -> A -> S -> R.
Hypothesis hP : kernel P.
Variable mu : S -> R.
Implicit Types (r d : S -> A -> R) (V : S -> R).

Definition flow d : Prop := forall t,
  \sum_a d t a = mu t + g * \sum_s \sum_a d s a * P s a t.
Definition occupancy d : Prop := (forall s a, 0 <= d s a) /\ flow d.
Definition reward_of r d : R := \sum_s \sum_a d s a * r s a.

Theorem occupancy_difference r d V : flow d ->
  reward_of r d - \sum_s mu s * V s = \sum_s \sum_a d s a * (Qf g P r V s a - V s).
Proof.
move=> hf.
have e1 : \sum_s \sum_a d s a * V s =
    \sum_s mu s * V s + g * \sum_s \sum_a d s a * Ex (P s a) V.
  transitivity (\sum_t (mu t + g * \sum_s \sum_a d s a * P s a t) * V t).
    by apply: eq_bigr => t _; rewrite -mulr_suml hf.
  under eq_bigr do rewrite mulrDl -mulrA mulr_suml.
  rewrite big_split /= -mulr_sumr; congr (_ + _ * _).
  rewrite exchange_big; apply: eq_bigr => s _.
  under eq_bigr do rewrite mulr_suml.
  rewrite exchange_big; apply: eq_bigr => a _; rewrite mulr_sumr.
  by apply: eq_bigr => t _; rewrite mulrA.
have -> : \sum_s \sum_a d s a * (Qf g P r V s a - V s) =
   reward_of r d + g * (\sum_s \sum_a d s a * Ex (P s a) V) - \sum_s \sum_a d s a * V s.
  rewrite /reward_of mulr_sumr -big_split -sumrB; apply: eq_bigr => s _ /=.
  rewrite mulr_sumr -big_split -sumrB; apply: eq_bigr => a _ /=; rewrite /Qf; ring.
rewrite e1; ring.
Qed.

Theorem weak_duality r d V : occupancy d -> (forall s a, Qf g P r V s a <= V s) ->
  reward_of r d <= \sum_s mu s * V s.
Proof.
case=> d0 hf hV; rewrite -subr_le0 occupancy_difference // -oppr_ge0 -sumrN.
apply: sumr_ge0 => s _; rewrite -sumrN; apply: sumr_ge0 => a _.
by rewrite -mulrN mulr_ge0 // oppr_ge0 subr_le0.
Qed.

Theorem occupancy_mass d : flow d -> \sum_s \sum_a d s a = (\sum_s mu s) / (1 - g).
Proof.
move=> hf; have n1 : 1 - g != 0 by rewrite lt0r_neq0 // subr_gt0.
have e : \sum_s \sum_a d s a = \sum_s mu s + g * \sum_s \sum_a d s a.
  rewrite {1}(eq_bigr _ (fun t _ => hf t)) big_split /= -mulr_sumr; congr (_ + _ * _).
  rewrite exchange_big; apply: eq_bigr => s _; rewrite exchange_big; apply: eq_bigr => a _.
  by rewrite -mulr_sumr; have [_ ->] := hP s a; rewrite mulr1.
apply: (mulIf n1); rewrite mulfVK // mulrBr mulr1 {1}e; ring.
Qed.

Theorem occupancy_optimal r d Vs : occupancy d -> optimal a0 g P r Vs ->
  reward_of r d <= \sum_s mu s * Vs s.
Proof.
move=> hd hs; apply: weak_duality => // s a; rewrite [leRHS](hs s).
exact: (fmax_ge a0 (Qf g P r Vs s)).
Qed.

(* ---- every policy has an occupancy ---- *)
Section Policy.
Variable pi : S -> A -> R.
Hypothesis hp : policy pi.

(* discounted visits of t from u: the value of 1 in state t *)
Definition visit t : S -> R := Vpi g P (fun s _ => (s == t)%:R) pi.
Definition visits t : R := \sum_u mu u * visit t u.
Definition occ s a : R := pi s a * visits s.

Lemma rpi_state (f : S -> R) s : rpi (fun s _ => f s) pi s = f s.
Proof. exact: Ex_const. Qed.

Lemma visitE t u : visit t u = (u == t)%:R + g * \sum_v Ppi P pi u v * visit t v.
Proof. by rewrite {1}/visit (value_exists s0 g0 g1 _ hP hp) TpiE rpi_state. Qed.

Lemma visit_ge0 t u : 0 <= visit t u.
Proof.
apply: (certificate_lower s0 g0 g1 hP hp (value_exists s0 g0 g1 _ hP hp)) => s.
rewrite TpiE rpi_state big1 ?mulr0 ?addr0 ?ler0n // => v _; exact: mulr0.
Qed.

Lemma visit_flow t u : visit t u = (u == t)%:R + g * \sum_s visit s u * Ppi P pi s t.
Proof.
pose Y u := \sum_s visit s u * Ppi P pi s t.
have hY w : Y w = Ppi P pi w t + g * \sum_v Ppi P pi w v * Y v.
  rewrite /Y; under eq_bigr do rewrite visitE mulrDl.
  rewrite big_split /=; congr (_ + _).
    rewrite (bigD1 w) //= eqxx mul1r big1 ?addr0 // => s /negbTE ns.
    by rewrite eq_sym ns mul0r.
  under eq_bigr do rewrite -mulrA mulr_suml.
  rewrite -mulr_sumr exchange_big; congr (_ * _); apply: eq_bigr => v _.
  by rewrite mulr_sumr; apply: eq_bigr => s _; rewrite mulrA.
pose U w := (w == t)%:R + g * Y w; pose e (s : S) (_ : A) : R := (s == t)%:R.
have hU : value g P e pi U; last first.
  exact: (value_unique s0 g0 g1 hP hp (value_exists s0 g0 g1 e hP hp) hU u).
move=> w; rewrite /U TpiE rpi_state {1}hY; congr (_ + _ * _).
under [in RHS]eq_bigr do rewrite mulrDr.
rewrite big_split /=; congr (_ + _).
  by rewrite (bigD1 t) //= eqxx mulr1 big1 ?addr0 // => v /negbTE ->; rewrite mulr0.
by rewrite mulr_sumr; apply: eq_bigr => v _; rewrite mulrCA.
Qed.

Theorem occupancy_exists : (forall s, 0 <= mu s) -> occupancy occ.
Proof.
move=> mu0; split=> [s a|t].
  apply: mulr_ge0; first by case: (hp s).
  by apply: sumr_ge0 => u _; apply: mulr_ge0 => //; apply: visit_ge0.
rewrite /occ -mulr_suml; have [_ ->] := hp t; rewrite mul1r /visits.
under eq_bigr do rewrite visit_flow mulrDr.
rewrite big_split /=; congr (_ + _).
  by rewrite (bigD1 t) //= eqxx mulr1 big1 ?addr0 // => v /negbTE ->; rewrite mulr0.
under eq_bigr do rewrite mulrCA mulr_sumr.
rewrite -mulr_sumr exchange_big; congr (_ * _); apply: eq_bigr => s _ /=.
under [in RHS]eq_bigr do rewrite mulrAC.
rewrite -mulr_suml -/(Ppi P pi s t) mulrC mulr_suml.
by apply: eq_bigr => u _; rewrite mulrA.
Qed.

Theorem occupancy_value r V : (forall s, 0 <= mu s) -> value g P r pi V ->
  reward_of r occ = \sum_s mu s * V s.
Proof.
move=> mu0 hV; apply/eqP; rewrite -subr_eq0; have [_ hf] := occupancy_exists mu0.
rewrite occupancy_difference //; apply/eqP/big1 => s _.
transitivity (visits s * Ex (pi s) (fun a => Qf g P r V s a - V s)).
  by rewrite mulr_sumr; apply: eq_bigr => a _; rewrite /occ mulrCA mulrA.
by rewrite ExB (Ex_const _ (hp s)) [V s]hV subrr mulr0.
Qed.
End Policy.
End Occupancy.
