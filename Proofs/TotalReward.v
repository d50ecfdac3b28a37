(* TotalReward.v - what certificates of the undiscounted total reward prove.

   In the states Z whose gain is 0, and for policies that keep that gain, the upper vector h of an
   accepted certificate bounds the n-step rewards in the long run: all but B of them are at most
   h(s) + eps, with one B for all these policies and starts. Where strict choices are rare, nearly
   all of h that is left is nonnegative; where they were frequent, they have cost more than h can
   hold. For the lower vector and the choices of its policy the mirror image holds.

   Main definitions: EN (the expectation after n steps); rest s a (nothing is paid, h stays, h >=
     0); upper_total (each choice costs strictly or rests), lower_total (its mirror image); keeps (a
     policy of available choices in Z).
   Main statements: total_step (rewards, h left over and the cost of strict choices are at most h);
     total_upper (all but B of the n-step rewards are at most h(s) + eps, so their lim sup is at
     most h(s)); total_lower (all but B are at least h(s) - eps, so their lim inf is at least h(s)).
   Notation: Z the states of gain 0, avail the choices that keep it, P with the end as in LongRun.v.
   Assumptions: an Archimedean field; P >= 0 with rows of sum at most 1; available choices of Z lead
     to Z. Policies that lose gain with positive probability are not covered.
   References: [puterman1994] section 7.2.
   Swift counterpart: Sources/Certificates/CertificateChecker+LongRun.swift, condition (2), and
     TotalValue.swift. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Fin Horizon LongRun.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Total.
Variables (R : archiFieldType) (S A : finType).
Variables (P : S -> A -> S -> R) (Z : pred S) (avail : S -> A -> bool) (r : S -> A -> R).
Hypothesis hP0 : forall s a t, 0 <= P s a t.
Hypothesis hP1 : forall s a, \sum_t P s a t <= 1.
Hypothesis closed : forall s a t, Z s -> avail s a -> P s a t != 0 -> Z t.
Variable h : S -> R.

Definition rest s a : Prop :=
  [/\ r s a = 0, forall t, P s a t != 0 -> h t = h s & 0 <= h s].
Definition upper_total : Prop := forall s a, Z s -> avail s a ->
  r s a + drift P s a h < 0 \/ rest s a.
Hypothesis hu : upper_total.

Definition keeps (pi : nat -> S -> A -> R) : Prop := forall k s, Z s ->
  dist (pi k s) /\ forall a, pi k s a != 0 -> avail s a.

Section Policy.
Variable pi : nat -> S -> A -> R.
Hypothesis hpi : keeps pi.

Fixpoint EN (f : S -> R) (n k : nat) (s : S) : R :=
  if n is n'.+1 then Ex (pi k s) (fun a => Ex (P s a) (EN f n' k.+1)) else f s.
Definition strict s a : R := (r s a + drift P s a h < 0)%R%:R.
Notation J f := (Esum (fun _ => P) pi (fun _ => f)).

Lemma Ex_mono_support (I : finType) (p f f' : I -> R) : (forall i, 0 <= p i) ->
  (forall i, p i != 0 -> f i <= f' i) -> Ex p f <= Ex p f'.
Proof.
move=> p0 e; apply: ler_sum => i _; case: (eqVneq (p i) 0) => [->|/e]; first by rewrite !mul0r.
exact: ler_wpmul2l.
Qed.

Lemma EN_mono f f' n k s : Z s -> (forall t, Z t -> f t <= f' t) -> EN f n k s <= EN f' n k s.
Proof.
move=> zs e; elim: n k s zs => [|n IH] k s zs /=; first exact: e.
have [hd hs] := hpi k zs; apply: Ex_mono_support => [a|a /hs av]; first by case: hd.
by apply: Ex_mono_support => // t nz; apply: IH; apply: closed av nz.
Qed.

Lemma ENZ c f n k s : EN (fun t => c * f t) n k s = c * EN f n k s.
Proof.
elim: n k s => //= n IH k s; rewrite -ExZ; apply: eq_Ex => a; rewrite -ExZ.
by apply: eq_Ex => t; rewrite IH.
Qed.

Lemma EN_ge M f n k s : Z s -> 0 <= M -> (forall t, - M <= f t) -> - M <= EN f n k s.
Proof.
move=> zs M0 e; elim: n k s zs => [|n IH] k s zs //=; have [hd hs] := hpi k zs.
rewrite -[leLHS](Ex_const _ hd); apply: Ex_mono_support => [a|a /hs av]; first by case: hd.
apply: (@le_trans _ _ (Ex (P s a) (fun _ => - M))).
  rewrite /Ex -mulr_suml mulrN ler_opp2 -[leRHS]mul1r; exact: ler_wpmul2r.
by apply: Ex_mono_support => // t nz; apply: IH; apply: closed av nz.
Qed.

(* the least slack of the strict choices *)
Lemma slack : exists2 lam, 0 < lam & forall s a, Z s -> avail s a ->
  r s a + drift P s a h <= - (lam * strict s a).
Proof.
pose q (x : S * A) := `|r x.1 x.2 + drift P x.1 x.2 h|^-1.
have q0 x : 0 <= q x by rewrite invr_ge0.
have s0 : 0 <= \sum_x q x by apply: sumr_ge0.
have S1 : 0 < 1 + \sum_x q x by apply: ltr_spaddl s0; exact: ltr01.
exists (1 + \sum_x q x)^-1 => [|s a zs av]; first by rewrite invr_gt0.
rewrite /strict; case: ltP => [neg|ge]; last first.
  rewrite mulr0 oppr0; case: (hu zs av) => [neg|[-> e h0]]; first by rewrite ltNge ge in neg.
  rewrite add0r /drift; apply: (@le_trans _ _ (Ex (P s a) (fun _ => h s) - h s)).
    by rewrite ler_add2r; apply: Ex_mono_support => // t /e ->.
  rewrite subr_le0 /Ex -mulr_suml -[leRHS]mul1r; exact: ler_wpmul2r.
have n0 : 0 < `|r s a + drift P s a h| by rewrite normr_gt0 lt_eqF.
rewrite mulr1 ler_oppr -(ltr0_norm neg) -[leRHS]invrK lef_pinv ?posrE ?invr_gt0 //.
rewrite -/(q (s, a)) (bigD1 (s, a)) //= addrCA ler_addl addr_ge0 ?ler01 // sumr_ge0 //.
Qed.

Theorem total_step lam : (forall s a, Z s -> avail s a ->
    r s a + drift P s a h <= - (lam * strict s a)) ->
  forall n k s, Z s -> J r n k s + EN h n k s + lam * J strict n k s <= h s.
Proof.
move=> hl; elim=> [|n IH] k s zs /=; first by rewrite add0r mulr0 addr0.
have [hd hs] := hpi k zs; rewrite -ExZ -!ExD.
apply: Ex_le_support hd _ => a /hs av.
apply: (@le_trans _ _ (r s a + lam * strict s a + Ex (P s a) h)); last first.
  have := hl s a zs av; rewrite ler_oppr -subr_ge0 => e; rewrite -subr_ge0.
  by apply: le_trans e _; rewrite /drift le_eqVlt; apply/orP; left; apply/eqP; ring.
rewrite -ler_subl_addl.
apply: (@le_trans _ _ (Ex (P s a)
    (fun t => J r n k.+1 t + EN h n k.+1 t + lam * J strict n k.+1 t))).
  by rewrite !ExD ExZ le_eqVlt; apply/orP; left; apply/eqP; ring.
by apply: Ex_mono_support => // t nz; apply: IH; apply: closed av nz.
Qed.

Definition often n k s : R := EN (fun t => Ex (pi (k + n) t) (strict t)) n k s.

Lemma strict_split n k s : J strict n.+1 k s = J strict n k s + often n k s.
Proof.
elim: n k s => [|n IH] k s.
  rewrite /often /= addn0 add0r; apply: eq_Ex => a.
  rewrite [X in _ + X](_ : _ = 0) ?addr0 // /Ex big1 // => t _; exact: mulr0.
rewrite [LHS]/= /often [J strict n.+1 k s]/= [EN _ n.+1 k s]/= -ExD; apply: eq_Ex => a.
rewrite -addrA -ExD; congr (_ + _); apply: eq_Ex => t.
by have := IH k.+1 t; rewrite /= /often addSnnS.
Qed.

Lemma left_over M n k s : Z s -> 0 <= M -> (forall t, - M <= h t) ->
  - (M * often n k s) <= EN h n k s.
Proof.
move=> zs M0 hM; rewrite -mulNr -ENZ; apply: EN_mono => // t zt.
have [[p0 p1] hs] := hpi (k + n)%N zt; case: (leP 0 (h t)) => [h0|neg].
  apply: le_trans h0; rewrite mulNr oppr_le0; apply: mulr_ge0 => //.
  by apply: sumr_ge0 => a _; apply: mulr_ge0 => //; rewrite ler0n.
have -> : Ex (pi (k + n) t) (strict t) = 1; last by rewrite mulr1.
rewrite -p1; apply: eq_bigr => a _; case: (eqVneq (pi (k + n)%N t a) 0) => [->|/hs av].
  exact: mul0r.
case: (hu zt av) => [e|[_ _ h0]]; first by rewrite /strict e mulr1.
by rewrite leNgt neg in h0.
Qed.

Lemma strict_ge0 n k s : Z s -> 0 <= J strict n k s.
Proof.
move=> zs; elim: n => // n IH; rewrite strict_split; apply: addr_ge0 => //.
have z0 : EN (fun t => 0 * h t) n k s = 0 by rewrite ENZ mul0r.
rewrite /often -[leLHS]z0; apply: EN_mono => // t zt.
have [[p0 _] _] := hpi (k + n)%N zt; rewrite mul0r; apply: sumr_ge0 => a _.
by apply: mulr_ge0 => //; rewrite ler0n.
Qed.
End Policy.

(* all but B of the n-step rewards are at most h(s) + eps, whatever n, policy and start: h(s) bounds
   their lim sup *)
Theorem total_upper eps : 0 < eps -> exists B : nat, forall pi, keeps pi -> forall k s, Z s ->
  forall N, (\sum_(n < N) (h s + eps < Esum (fun _ => P) pi (fun _ => r) n k s)%R <= B)%N.
Proof.
move=> e0; have [lam l0 hl] := slack; have [M M0 hM] := norm_bound h.
have hM' t : - M <= h t by rewrite ler_oppl; apply: le_trans (hM t); rewrite -normrN ler_norm.
have M1 : 0 < M + 1 by rewrite ltr_paddl.
pose d := eps / (M + 1); have d0 : 0 < d by rewrite divr_gt0.
have ld : 0 < lam * d by exact: mulr_gt0.
have x0 : 0 <= M / (lam * d) by exact: divr_ge0 M0 (ltW ld).
have := archi_boundP x0; set L := Num.ExtraDef.archi_bound _; rewrite ltr_pdivr_mulr // => hL.
exists L => pi hpi k s zs.
pose J f n := Esum (fun _ => P) pi (fun _ => f) n k s.
have bound n : J r n <= h s - (EN pi h n k s + lam * J strict n).
  by rewrite ler_subr_addr addrA; apply: total_step.
(* where strict choices are rare the reward is small enough *)
have rare n : often pi n k s <= d -> J r n <= h s + eps.
  move=> small; apply: le_trans (bound n) _; rewrite ler_add2l ler_oppl.
  apply: le_trans (_ : - (M * often pi n k s) <= _).
    rewrite ler_opp2; apply: (@le_trans _ _ (M * d)); first exact: ler_wpmul2l.
    rewrite /d mulrCA ger_pmulr // ler_pdivr_mulr // mul1r ler_addl; exact: ler01.
  apply: le_trans (left_over hpi n k zs M0 hM') _; rewrite ler_addl mulr_ge0 ?(ltW l0) //.
  exact: (strict_ge0 hpi).
(* where they were frequent it is small enough as well *)
have frequent n : L%:R * d <= J strict n -> J r n <= h s + eps.
  move=> c; apply: le_trans (bound n) _; rewrite ler_add2l ler_oppl.
  apply: (@le_trans _ _ 0); first by rewrite oppr_le0 ltW.
  apply: (@le_trans _ _ (- M + lam * (L%:R * d))).
    by rewrite addrC subr_ge0 ltW // mulrCA.
  apply: ler_add; last by rewrite ler_pmul2l.
  exact: EN_ge.
suff c N : (\sum_(n < N) (h s + eps < J r n)%R)%:R * d <= J strict N /\
    (\sum_(n < N) (h s + eps < J r n)%R <= L)%N by move=> N; case: (c N).
elim: N => [|N [IH1 IH2]]; first by rewrite !big_ord0 mul0r.
have st : 0 <= often pi N k s.
  have z0 : EN pi (fun t => 0 * h t) N k s = 0 by rewrite ENZ mul0r.
  rewrite /often -[leLHS]z0; apply: (EN_mono hpi) => // t zt.
  have [[p0 _] _] := hpi (k + N)%N t zt; rewrite mul0r; apply: sumr_ge0 => a _.
  by apply: mulr_ge0 => //; rewrite ler0n.
have eS : J strict N.+1 = J strict N + often pi N k s by exact: strict_split.
rewrite eS !big_ord_recr /=.
case: ltP => [bad|good]; last by rewrite addn0; split=> //; apply: ler_paddr.
split.
  rewrite addn1 mulrSr mulrDl mul1r; apply: ler_add => //; apply: ltW; rewrite ltNge.
  by apply/negP => /rare; rewrite leNgt bad.
rewrite addn1 ltnNge; apply/negP => full; move: bad; rewrite ltNge frequent //.
by apply: le_trans IH1; rewrite ler_pmul2r // ler_nat.
Qed.
End Total.

(* the mirror image, for the choices of a policy *)
Section Lower.
Variables (R : archiFieldType) (S A : finType).
Variables (P : S -> A -> S -> R) (Z : pred S) (avail : S -> A -> bool) (r : S -> A -> R).
Hypothesis hP0 : forall s a t, 0 <= P s a t.
Hypothesis hP1 : forall s a, \sum_t P s a t <= 1.
Hypothesis closed : forall s a t, Z s -> avail s a -> P s a t != 0 -> Z t.
Variable h : S -> R.

Definition lower_total : Prop := forall s a, Z s -> avail s a ->
  0 < r s a + drift P s a h \/ [/\ r s a = 0, forall t, P s a t != 0 -> h t = h s & h s <= 0].

(* all but B of the n-step rewards are at least h(s) - eps: h(s) bounds their lim inf from below *)
Theorem total_lower eps : lower_total -> 0 < eps -> exists B : nat, forall pi,
  keeps Z avail pi -> forall k s, Z s -> forall N,
  (\sum_(n < N) (Esum (fun _ => P) pi (fun _ => r) n k s < h s - eps)%R <= B)%N.
Proof.
move=> hl e0.
have hu : upper_total P Z avail (fun s a => - r s a) (fun t => - h t).
  move=> s a zs av; rewrite driftN -opprD oppr_lt0; case: (hl s a zs av) => [|[r0 e h0]].
    by left.
  by right; split=> [|t /e ->|]; rewrite ?r0 ?oppr0 ?oppr_ge0.
have [B hB] := total_upper hP0 hP1 closed hu e0; exists B => pi hpi k s zs N.
apply: leq_trans (hB pi hpi k s zs N); rewrite leq_eqVlt; apply/orP; left; apply/eqP.
by apply: eq_bigr => n _; rewrite Esum_opp ltr_oppr opprD opprK.
Qed.
End Lower.
