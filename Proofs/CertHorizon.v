(* CertHorizon.v - the executable checker of finite-horizon certificates, and its soundness.

   One certificate of Cert.v for each stage; the bounds of a stage are compared with the backups of
   the next stage's, which are zero after the last. The dynamics are the same at every stage and
   nothing is discounted: the model's g must be 1.

   Main definitions: Vopt (optimal values by backward induction); check_stages, check_horizon (the
     checker); pi_h (the policy that the stages denote).
   Main statements: Vopt_ge (no policy is worth more than Vopt), Vopt_attained (some deterministic
     policy is worth that much); check_horizon_sound (check_horizon = true implies, at every stage
     h, lo_h <= V_h^pi <= V_h^* <= hi_h).
   Notation: H the number of stages, cs the list of their certificates, first stage first.
   Assumptions: none; the checker verifies that the rows are distributions.
   References: [puterman1994] section 4.3.
   Swift counterpart: Sources/Certificates/CertificateChecker.swift (checkStages). *)
From Coq Require Import QArith ZArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Proofs Require Import Fin Discounted Horizon Cert.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(* ---- optimal values with n stages to go, the same dynamics at every stage ---- *)
Section Optimal.
Variables (R : realFieldType) (S A : finType) (a0 : A).
Variables (P : S -> A -> S -> R) (r : S -> A -> R).
Hypothesis hP : kernel P.

Fixpoint Vopt (n : nat) (s : S) : R :=
  if n is n'.+1 then fmax a0 (fun a => r s a + Ex (P s a) (Vopt n')) else 0.

Notation J := (Esum (fun _ => P)).
Notation r_h := (fun _ : nat => r).

Theorem Vopt_ge (H : nat) (ps : nat -> S -> A -> R) n h s :
  (forall k t, (k < H)%N -> dist (ps k t)) -> (n + h)%N = H -> J ps r_h n h s <= Vopt n s.
Proof.
move=> hps; elim: n h s => [|n IH] h s //; rewrite addSnnS => hn /=.
apply: Ex_le => [|a]; first by apply: hps; rewrite -hn leq_addl.
apply: le_trans (fmax_ge a0 _ a); rewrite ler_add2l.
by apply: Ex_mono => [|t]; [case: (hP s a) | apply: IH].
Qed.

Theorem Vopt_attained H : exists d : nat -> S -> A, forall n h s, (n + h)%N = H ->
  J (fun h => det R (d h)) r_h n h s = Vopt n s.
Proof.
exists (fun h s => amax a0 (fun a => r s a + Ex (P s a) (Vopt (H - h.+1)))).
elim=> [|n IH] h s //; rewrite addSnnS => hn /=; rewrite Ex_dirac.
have eH : (H - h.+1)%N = n by rewrite -hn addnK.
rewrite eH /fmax; congr (_ + _); apply: eq_Ex => t; exact: IH.
Qed.
End Optimal.

(* ---- the checker: this is the text that Swift mirrors ---- *)
Definition next_hi (nS : nat) (cs : list cert) : list Q :=
  if cs is c :: _ then c_hi c else nseq nS (0#1)%Q.
Definition next_lo (nS : nat) (cs : list cert) : list Q :=
  if cs is c :: _ then c_lo c else nseq nS (0#1)%Q.

Definition check_hi_stage (m : model) (hi next : list Q) (nS : nat) : bool :=
  all (fun s => all (fun q => Qle_bool q (nth (0#1)%Q hi s)) (backups m next s)) (seq.iota 0 nS).
Definition check_lo_stage (m : model) (c : cert) (next : list Q) (nS : nat) : bool :=
  all (fun s => Qle_bool (nth (0#1)%Q (c_lo c) s)
                         (Qdot (nth [::] (c_pi c) s) (backups m next s))) (seq.iota 0 nS).

Fixpoint check_stages (m : model) (cs : list cert) (nS nA : nat) : bool :=
  if cs is c :: cs' then
    [&& wf_cert c nS nA, check_hi_stage m (c_hi c) (next_hi nS cs') nS,
        check_lo_stage m c (next_lo nS cs') nS & check_stages m cs' nS nA]
  else true.

Definition check_horizon (m : model) (cs : list cert) (H nS nA : nat) : bool :=
  [&& Qeq_bool (m_g m) (1#1)%Q, wf_rows m nS nA, (0 < H)%N, size cs == H
    & check_stages m cs nS nA].

(* ---- soundness ---- *)
Section Sound.
Variable R : realFieldType.
Variables (nS nA : nat) (m : model).
Notation S := 'I_nS.+1. Notation A := 'I_nA.+1.
Implicit Types (c : cert) (cs : list cert).

Definition no_cert : cert := Cert [::] [::] [::].
Definition pi_h cs (h : nat) : S -> A -> R := @pim R nS nA (nth no_cert cs h).

Hypothesis okg : Qeq_bool (m_g m) (1#1)%Q.
Hypothesis okr : wf_rows m nS.+1 nA.+1.
Let hP : kernel (@Pm R nS nA m) := kernelPm R okr.

Lemma Qf1 (V : S -> R) (s : S) (a : A) :
  Qf (gm R m) (Pm R m) (rm R m) V s a = rm R m s a + Ex (Pm R m s a) V.
Proof. by rewrite /Qf /gm (qval_eq R okg) qval1 mul1r. Qed.

Lemma vl_nil (s : S) : vl R (nseq nS.+1 (0#1)%Q) s = 0.
Proof. by rewrite /vl nth_nseq ltn_ord qval0. Qed.

Lemma size_next cs : check_stages m cs nS.+1 nA.+1 ->
  size (next_hi nS.+1 cs) = nS.+1 /\ size (next_lo nS.+1 cs) = nS.+1.
Proof.
case: cs => [|c cs] /=; first by rewrite size_nseq.
by case/and4P => /and4P[/eqP -> /eqP -> _ _].
Qed.

Lemma check_stages_drop h cs : check_stages m cs nS.+1 nA.+1 ->
  check_stages m (drop h cs) nS.+1 nA.+1.
Proof. by elim: cs h => [|c cs IH] [|h] //= /and4P[_ _ _ /IH]. Qed.

Lemma stages_upper cs (s : S) : check_stages m cs nS.+1 nA.+1 ->
  Vopt (ord0 : A) (Pm R m) (rm R m) (size cs) s <= vl R (next_hi nS.+1 cs) s.
Proof.
elim: cs s => [|c cs IH] s; first by rewrite vl_nil.
move=> /= /and4P[_ /allP h _ hs]; have [sz _] := size_next hs.
apply: fmax_le => a.
apply: (@le_trans _ _ (qval R (nth (0#1)%Q (backups m (next_hi nS.+1 cs) s) a))).
  rewrite (backups_sound R okr) // Qf1 ler_add2l.
  by apply: Ex_mono => [|t]; [case: (hP s a) | apply: IH].
rewrite -qval_le.
have /h/(all_nthP (0#1)%Q) : nat_of_ord s \in seq.iota 0 nS.+1 by rewrite mem_iota /=.
by apply; rewrite (size_backups okr).
Qed.

Lemma Esum_shift (P : S -> A -> S -> R) (pi pi' : nat -> S -> A -> R) f n h s :
  (forall k, pi (k + h)%N = pi' k) ->
  Esum (fun _ => P) pi (fun _ => f) n h s = Esum (fun _ => P) pi' (fun _ => f) n 0 s.
Proof.
move=> e; have h0 k : (k + 0)%N = k by rewrite addn0.
have gen : forall n j s, Esum (fun _ => P) pi (fun _ => f) n (j + h) s =
    Esum (fun _ => P) pi' (fun _ => f) n j s.
  elim=> [|n' IH] j t //=; rewrite e; apply: eq_Ex => a; congr (_ + _).
  by apply: eq_Ex => u; rewrite -addSn IH.
exact: (gen n 0%N s).
Qed.

Lemma stages_lower cs (s : S) : check_stages m cs nS.+1 nA.+1 ->
  vl R (next_lo nS.+1 cs) s <=
  Esum (fun _ => Pm R m) (pi_h cs) (fun _ => rm R m) (size cs) 0 s.
Proof.
elim: cs s => [|c cs IH] s; first by rewrite vl_nil.
move=> /= /and4P[okc _ /allP h hs]; have [_ sz] := size_next hs.
have hp := policym R okc.
apply: (@le_trans _ _ (Ex (@pim R nS nA c s) (fun a =>
    qval R (nth (0#1)%Q (backups m (next_lo nS.+1 cs) s) a)))).
  have /h : nat_of_ord s \in seq.iota 0 nS.+1 by rewrite mem_iota /=.
  rewrite (qval_le R) (@Qdot_sum _ _ _ nA.+1) ?(size_backups okr) //.
  by have /and3P[/eqP] := dist_pi okc (ltn_ord s).
apply: Ex_mono => [|a]; first by case: (hp s).
rewrite (backups_sound R okr) // Qf1 ler_add2l.
apply: Ex_mono => [|t]; first by case: (hP s a).
apply: le_trans (IH t hs) _; rewrite (@Esum_shift (Pm R m) _ (pi_h cs)) // => k.
by rewrite addn1.
Qed.

Lemma policy_stages cs : check_stages m cs nS.+1 nA.+1 ->
  forall h s, (h < size cs)%N -> dist (pi_h cs h s).
Proof.
elim: cs => [|c cs IH] //= /and4P[okc _ _ hs] [|h] s lt; first exact: (policym R okc).
exact: IH.
Qed.
End Sound.

Section CheckHorizon.
Variables (R : realFieldType) (nS nA H : nat) (m : model) (cs : list cert).
Hypothesis ok : check_horizon m cs H nS.+1 nA.+1.

(* THE theorem that acceptance of a finite-horizon certificate stands on *)
Theorem check_horizon_sound h : (h < H)%N -> forall s : 'I_nS.+1,
  let Vpi := Esum (fun _ => Pm R m) (@pi_h R nS nA cs) (fun _ => rm R m) (H - h) h s in
  let Vs := Vopt (ord0 : 'I_nA.+1) (Pm R m) (rm R m) (H - h) s in
  [/\ vl R (c_lo (nth no_cert cs h)) s <= Vpi, Vpi <= Vs
    & Vs <= vl R (c_hi (nth no_cert cs h)) s].
Proof.
case/and5P: ok => okg okr _ /eqP sz hs lt s.
have hd := check_stages_drop h hs.
have szd : size (drop h cs) = (H - h)%N by rewrite size_drop sz.
have ltc : (h < size cs)%N by rewrite sz.
have eVpi : Esum (fun _ => Pm R m) (@pi_h R nS nA cs) (fun _ => rm R m) (H - h) h s =
    Esum (fun _ => Pm R m) (@pi_h R nS nA (drop h cs)) (fun _ => rm R m) (H - h) 0 s.
  apply: (@Esum_shift R nS nA (Pm R m)) => k; by rewrite /pi_h nth_drop addnC.
have lo := stages_lower R okg okr s hd; have hi := stages_upper R okg okr s hd.
rewrite szd (drop_nth no_cert ltc) /= in lo hi.
split=> //; first by rewrite eVpi (drop_nth no_cert ltc).
apply: (@Vopt_ge R _ _ ord0 _ _ (kernelPm R okr) H) => [k t lk|].
  by apply: (policy_stages R hs); rewrite sz.
by rewrite subnK // ltnW.
Qed.
End CheckHorizon.
