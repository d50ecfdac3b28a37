(* LongRun.v - what certificates of the average reward prove, without limits.

   Rows may sum to less than 1: the rest is the probability of the end, where x is 0 and nothing is
   paid. If vectors g and h satisfy the conditions of the checker, the reward of n steps is at most
   n g(s) + K under every policy, and at least n g(s) - K under the policy that the lower vectors
   belong to, with one K for all n, all starts and all policies: no gain exceeds g, and that
   policy's is at least g. A strict loss of gain is paid for by adding a multiple of g to h.

   Main definitions: drift s a x (the expected change of x in a step); level (no next state changes
     x); upper_gain, lower_gain (the conditions of the checker); follows (a policy that takes
     available choices only).
   Main statements: gain_upper, gain_lower (n-step rewards against n g); gain_bracket (both, the
     certificate as a whole); span_upper, span_lower (for any v, n-step rewards lie between n times
     the least and n times the greatest T v - v, up to a constant).
   Notation: P the kernel, r the reward, avail s a when a is a choice of s.
   Assumptions: P >= 0 with rows of sum at most 1.
   References: [puterman1994] Theorems 8.5.5 (span bounds), 9.1.2 and 7.2.2.
   Swift counterpart: Sources/Certificates/CertificateChecker+LongRun.swift, condition (1). *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Fin Horizon.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Lemma Ex_le_support (R : realFieldType) (I : finType) (p f : I -> R) c :
  dist p -> (forall i, p i != 0 -> f i <= c) -> Ex p f <= c.
Proof.
move=> d h; rewrite -[leRHS](Ex_const c d); apply: ler_sum => i _.
by case: (eqVneq (p i) 0) => [->|/h]; [rewrite !mul0r | apply: ler_wpmul2l; case: d].
Qed.

Section LongRun.
Variables (R : realFieldType) (S A : finType).
Variables (P : S -> A -> S -> R) (avail : S -> A -> bool).
Hypothesis hP0 : forall s a t, 0 <= P s a t.
Hypothesis hP1 : forall s a, \sum_t P s a t <= 1.
Implicit Types (r : S -> A -> R) (x g h : S -> R) (pi : nat -> S -> A -> R).

Definition drift s a x : R := Ex (P s a) x - x s.
Definition level s a x : Prop :=
  (forall t, P s a t != 0 -> x t = x s) /\ (\sum_t P s a t != 1 -> x s = 0).
Definition follows pi : Prop := policy_h pi /\ forall k s a, pi k s a != 0 -> avail s a.

Definition upper_gain r g h : Prop := forall s a, avail s a ->
  drift s a g < 0 \/ level s a g /\ r s a + drift s a h <= g s.
Definition lower_gain r g h : Prop := forall s a, avail s a ->
  0 < drift s a g \/ level s a g /\ g s <= r s a + drift s a h.

Lemma level_drift s a x : level s a x -> drift s a x = 0.
Proof.
case=> h e; have -> : drift s a x = (\sum_t P s a t - 1) * x s.
  rewrite mulrBl mul1r mulr_suml; congr (_ - _); apply: eq_bigr => t _.
  by case: (eqVneq (P s a t) 0) => [->|/h->]; rewrite ?mul0r.
by case: (eqVneq (\sum_t P s a t) 1) => [->|/e->]; rewrite ?subrr ?mul0r ?mulr0.
Qed.

Lemma driftN s a x : drift s a (fun t => - x t) = - drift s a x.
Proof. by rewrite /drift ExN opprB opprK addrC. Qed.

Lemma driftDZ s a c x y : drift s a (fun t => x t + c * y t) = drift s a x + c * drift s a y.
Proof. by rewrite /drift ExD ExZ; ring. Qed.

Lemma Ex_sub s a c : 0 <= c -> Ex (P s a) (fun _ => c) <= c.
Proof. by move=> c0; rewrite /Ex -mulr_suml -[leRHS]mul1r; apply: ler_wpmul2r. Qed.

Lemma norm_bound x : exists2 K, 0 <= K & forall s, `|x s| <= K.
Proof.
exists (\sum_s `|x s|) => [|s]; first by apply: sumr_ge0.
by rewrite (bigD1 s) //= ler_addl sumr_ge0.
Qed.

(* a step that never wins gain, and a bias that pays for each step, bound all horizons *)
Section Bound.
Variables (r : S -> A -> R) (g h : S -> R).
Hypothesis hg : forall s a, avail s a -> drift s a g <= 0.
Hypothesis hh : forall s a, avail s a -> r s a + drift s a h <= g s.

Lemma potential_bound K pi n k s : follows pi -> 0 <= K -> (forall t, - h t <= K) ->
  Esum (fun _ => P) pi (fun _ => r) n k s <= n%:R * g s + h s + K.
Proof.
case=> hp hs K0 hK; elim: n k s => [|n IH] k s /=.
  by rewrite mul0r add0r -ler_subl_addl sub0r.
apply: Ex_le_support (hp k s) _ => a /hs av.
apply: (@le_trans _ _ (r s a + Ex (P s a) (fun t => n%:R * g t + h t + K))).
  by rewrite ler_add2l; apply: Ex_mono => [t|t]; [exact: hP0 | exact: IH].
rewrite !ExD ExZ.
have -> : Ex (P s a) g = drift s a g + g s by rewrite subrK.
have -> : Ex (P s a) h = drift s a h + h s by rewrite subrK.
have -> : n.+1%:R * g s + h s + K = n%:R * g s + h s + g s + K by rewrite -addn1 natrD; ring.
apply: (@le_trans _ _ (r s a + (n%:R * (0 + g s) + (drift s a h + h s) + K))).
  rewrite ler_add2l; apply: ler_add; last exact: Ex_sub.
  by rewrite ler_add2r; apply: ler_wpmul2l; rewrite ?ler0n // ler_add2r hg.
have -> : r s a + (n%:R * (0 + g s) + (drift s a h + h s) + K) =
  n%:R * g s + h s + (r s a + drift s a h) + K by ring.
by rewrite ler_add2r ler_add2l hh.
Qed.
End Bound.

(* enough of g added to h pays for what a step that loses gain may win otherwise *)
Lemma pay_loss r g h : upper_gain r g h -> exists2 M, 0 <= M &
  forall s a, avail s a ->
    drift s a g <= 0 /\ r s a + drift s a (fun t => h t + M * g t) <= g s.
Proof.
move=> hu; pose u s a := r s a + drift s a h - g s.
pose q (x : S * A) := `|u x.1 x.2 / drift x.1 x.2 g|.
exists (\sum_x q x) => [|s a av]; first by apply: sumr_ge0 => x _; exact: normr_ge0.
rewrite driftDZ; case: (hu s a av) => [neg|[lv ok]]; last first.
  by rewrite (level_drift lv) mulr0 addr0.
split; first exact: ltW.
have qM : q (s, a) <= \sum_x q x.
  by rewrite (bigD1 (s, a)) //= ler_addl sumr_ge0 // => x _; exact: normr_ge0.
have un : u s a <= (\sum_x q x) * - drift s a g.
  apply: (@le_trans _ _ (q (s, a) * - drift s a g)); last first.
    by apply: ler_wpmul2r => //; rewrite oppr_ge0 ltW.
  rewrite /q /= normrM normfV (ler0_norm (ltW neg)) mulfVK ?ler_norm //.
  by rewrite oppr_eq0 ltr0_neq0.
move: un; rewrite -subr_ge0 => un; rewrite -subr_ge0; apply: le_trans un _.
by rewrite /u le_eqVlt; apply/orP; left; apply/eqP; ring.
Qed.

(* no policy has a gain above g: n steps pay at most n g(s) + K *)
Theorem gain_upper r g h : upper_gain r g h -> exists K, forall pi, follows pi ->
  forall n k s, Esum (fun _ => P) pi (fun _ => r) n k s <= n%:R * g s + K.
Proof.
case/pay_loss => M M0 ok; have [K K0 hK] := norm_bound (fun t => h t + M * g t).
have h1 t a : avail t a -> drift t a g <= 0 by move=> av; case: (ok t a av).
have h2 t a : avail t a -> r t a + drift t a (fun t => h t + M * g t) <= g t.
  by move=> av; case: (ok t a av).
have h3 t : - (h t + M * g t) <= K by apply: le_trans (hK t); rewrite -normrN ler_norm.
exists (K + K) => pi hpi n k s; apply: le_trans (potential_bound h1 h2 n k s hpi K0 h3) _.
rewrite -(addrA _ _ K) ler_add2l ler_add2r; apply: le_trans (ler_norm _) (hK s).
Qed.

Lemma Esum_opp r pi n k s :
  Esum (fun _ => P) pi (fun _ s a => - r s a) n k s = - Esum (fun _ => P) pi (fun _ => r) n k s.
Proof. by rewrite -mulN1r -EsumZ; apply: eq_Esum => *; rewrite mulN1r. Qed.

(* a policy whose choices satisfy the lower conditions has a gain of at least g *)
Theorem gain_lower r g h : lower_gain r g h -> exists K, forall pi, follows pi ->
  forall n k s, n%:R * g s - K <= Esum (fun _ => P) pi (fun _ => r) n k s.
Proof.
move=> hl; have hu : upper_gain (fun s a => - r s a) (fun t => - g t) (fun t => - h t).
  move=> s a av; rewrite !driftN; case: (hl s a av) => [pos|[[l1 l2] ok]].
    by left; rewrite oppr_lt0.
  right; split; last by rewrite -opprD ler_opp2.
  by split=> [t /l1 ->|/l2 ->]; rewrite ?oppr0.
have [K hK] := gain_upper hu; exists K => pi hpi n k s.
have := hK pi hpi n k s; rewrite Esum_opp ler_oppl opprD mulrN opprK; exact.
Qed.
End LongRun.

(* the certificate as a whole: upper vectors for all choices, lower vectors for one policy's *)
Section Certificate.
Variables (R : realFieldType) (S A : finType).
Variables (P : S -> A -> S -> R) (avail : S -> A -> bool) (r : S -> A -> R).
Hypothesis hP0 : forall s a t, 0 <= P s a t.
Hypothesis hP1 : forall s a, \sum_t P s a t <= 1.
Variables (d : S -> A) (gu hu gl hl : S -> R).
Hypothesis hd : forall s, avail s (d s).
Hypothesis upper : upper_gain P avail r gu hu.
Hypothesis lower : lower_gain P (fun s a => a == d s) r gl hl.
Notation J pi := (Esum (fun _ => P) pi (fun _ => r)).
Notation pid := (fun _ s => dirac R (d s)).

Lemma follows_det : follows (fun s a => a == d s) pid.
Proof.
split=> [k s|k s a]; first exact: dist_dirac.
by rewrite /dirac; case: (a == d s); rewrite // eqxx.
Qed.

Theorem gain_bracket : exists K, forall n k s,
  n%:R * gl s - K <= J pid n k s /\ forall pi, follows avail pi -> J pi n k s <= n%:R * gu s + K.
Proof.
have [Ku hKu] := gain_upper hP0 hP1 upper; have [Kl hKl] := gain_lower hP0 hP1 lower.
exists (`|Ku| + `|Kl|) => n k s; split=> [|pi hpi].
  apply: le_trans (hKl _ follows_det n k s); rewrite ler_add2l ler_opp2.
  by apply: le_trans (ler_norm _) _; rewrite ler_addr.
apply: le_trans (hKu _ hpi n k s) _; rewrite ler_add2l.
by apply: le_trans (ler_norm _) _; rewrite ler_addl.
Qed.
End Certificate.

(* span bounds: any v bounds the gain, and no end is possible *)
Section Span.
Variables (R : realFieldType) (S A : finType) (a0 : A).
Variables (P : S -> A -> S -> R) (r : S -> A -> R).
Hypothesis hP : forall s a, dist (P s a).
Notation J pi := (Esum (fun _ => P) pi (fun _ => r)).
Notation T v s := (fmax a0 (fun a => r s a + Ex (P s a) v)).
Implicit Types (v : S -> R) (pi : nat -> S -> A -> R).

Let hP0 s a t : 0 <= P s a t. Proof. by case: (hP s a). Qed.
Let hP1 s a : \sum_t P s a t <= 1. Proof. by case: (hP s a) => _ ->. Qed.

Lemma level_const s a (c : R) : level P s a (fun _ => c).
Proof. by split=> //; case: (hP s a) => _ ->; rewrite eqxx. Qed.

Theorem span_upper v c : (forall s, T v s - v s <= c) -> exists K, forall pi, policy_h pi ->
  forall n k s, J pi n k s <= n%:R * c + K.
Proof.
move=> h; have hu : upper_gain P (fun _ _ => true) r (fun _ => c) v.
  move=> s a _; right; split; first exact: level_const.
  rewrite addrA; apply: le_trans (h s); rewrite ler_add2r.
  exact: (fmax_ge a0 (fun a => r s a + Ex (P s a) v) a).
by have [K hK] := gain_upper hP0 hP1 hu; exists K => pi hp; apply: hK.
Qed.

(* the policy that is greedy for v has a gain of at least the least T v - v *)
Theorem span_lower v c : (forall s, c <= T v s - v s) -> exists K, forall n k s,
  n%:R * c - K <=
    J (fun _ s => dirac R (amax a0 (fun a => r s a + Ex (P s a) v))) n k s.
Proof.
move=> h; pose d s := amax a0 (fun a => r s a + Ex (P s a) v).
have hl : lower_gain P (fun s a => a == d s) r (fun _ => c) v.
  by move=> s a /eqP ->; right; split; [exact: level_const | rewrite addrA; exact: h].
have [K hK] := gain_lower hP0 hP1 hl; exists K => n k s.
exact: (hK _ (follows_det R d) n k s).
Qed.
End Span.
