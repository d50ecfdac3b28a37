(* UCB1Rule.v - there is a rule that is UCB1: the claims of UCB1.v are about something.

   The arms are played in their order first, then an arm of greatest index; so the abstract
   rule of UCB1.v, which may break ties in any way, exists for every set of arms.

   Main definitions
   - ucb1_arm h: the arm played after the history h.

   Main statements
   - ucb1_arm_rule: ucb1_arm satisfies the definition ucb1 of UCB1.v.

   Notation: g is a list of pairs of an arm and a reward, the oldest first.
   Assumptions: there is an arm.
   References: [auer2002], figure 1.
   Swift counterpart: Sources/Bandits/UCB1.swift, `arm(ofRound:using:)`, up to ties. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Proofs Require Import Fin Process Hoeffding UCB1.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Rule.
Variables (R : rcfType) (A Y : finType) (rew : Y -> R) (l : nat -> R) (a0 : A).
Implicit Types (g : seq (A * Y)) (h : seq Y).

Definition index_of g a : R :=
  (\sum_(z <- g | z.1 == a) rew z.2) / (count (fun z => z.1 == a) g)%:R
  + Num.sqrt (2%:R * l (size g).+1 / (count (fun z => z.1 == a) g)%:R).

Definition choose g : A :=
  if (size g < #|A|)%N then nth a0 (enum A) (size g) else amax a0 (index_of g).

Definition log h : seq (A * Y) := foldl (fun g y => rcons g (choose g, y)) [::] h.

Definition ucb1_arm h : A := choose (log h).

Lemma log_rcons h y : log (rcons h y) = rcons (log h) (ucb1_arm h, y).
Proof. by rewrite /log -cats1 foldl_cat. Qed.

Lemma size_log h : size (log h) = size h.
Proof. by elim/last_ind: h => // h y IH; rewrite log_rcons !size_rcons IH. Qed.

Lemma plays_log a h : plays ucb1_arm a h = count (fun z => z.1 == a) (log h).
Proof.
elim/last_ind: h => [|h y IH]; first by rewrite /plays visits_nil.
by rewrite /plays visits_rcons log_rcons -cats1 count_cat /= addn0 -IH.
Qed.

Lemma total_log a h : total rew ucb1_arm a h = \sum_(z <- log h | z.1 == a) rew z.2.
Proof.
elim/last_ind: h => [|h y IH]; first by rewrite /total psum0 big_nil.
rewrite /total psum_rcons log_rcons -cats1 big_cat big_cons big_nil /= -IH.
by rewrite /at_visits /played; case: (_ == a); rewrite ?addr0.
Qed.

Lemma log_first h : (size h <= #|A|)%N -> unzip1 (log h) = take (size h) (enum A).
Proof.
elim/last_ind: h => [|h y IH]; first by rewrite take0.
rewrite size_rcons log_rcons => lt; rewrite /unzip1 map_rcons -/(unzip1 _) IH ?(ltnW lt) //.
by rewrite /ucb1_arm /choose size_log lt (take_nth a0) // -cardE.
Qed.

Theorem ucb1_arm_rule : ucb1 rew l ucb1_arm.
Proof.
split=> [h lt|h a ge].
  rewrite plays_log -(count_map fst (pred1 (ucb1_arm h))) -/(unzip1 _) log_first ?(ltnW lt) //.
  apply/count_memPn; rewrite /ucb1_arm /choose size_log lt.
  have := take_uniq (size h).+1 (enum_uniq A).
  by rewrite (take_nth a0) ?rcons_uniq -?cardE // => /andP[].
have ix b : index rew l ucb1_arm h b = index_of (log h) b.
  by rewrite /index /index_of total_log plays_log size_log.
rewrite !ix /ucb1_arm /choose size_log ltnNge ge /=; exact: fmax_ge.
Qed.
End Rule.
