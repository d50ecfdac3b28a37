(* WitnessPlanning.v - no claim of ClaimsPlanning.v is vacuous.

   For each claim a concrete instance over the rationals on which all hypotheses hold at once and
   the conclusion says something: both sides are known numbers, and the bound is attained or below
   the trivial one.

   Main statements: witness_x for each claim_x.
   Notation: w for the discounted example with two states and two actions, h for the one with one
     stage.
   Assumptions: none.
   References: those of the files of the lemmas.
   Swift counterpart: the tests of each guarantee. *)
From Coq Require Import QArith.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Fin Discounted Existence Horizon LinAlg Cert CertHorizon LongRun
  TotalReward LowRank Occupancy StoredRows ClaimsPlanning.
From Proofs Require Vectors.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Lemma fmax_bool (R : realFieldType) (a0 : bool) (f : bool -> R) :
  fmax a0 f = Num.max (f true) (f false).
Proof.
apply/eqP; rewrite eq_le le_maxl !fmax_ge !andbT; apply: fmax_le => -[];
  by rewrite le_maxr lexx ?orbT.
Qed.

(* the action is the next state; being in state true pays 1; half of it is lost each step *)
Definition wP (s a : bool) : bool -> rat := dirac _ a.
Definition wr (s a : bool) : rat := s%:R.
Definition wg : rat := 2%:R^-1.
Definition wV (s : bool) : rat := if s then 2%:R else 1.
Definition w0 (s : bool) : rat := 0.

Lemma wg0 : 0 <= wg. Proof. by []. Qed.
Lemma wg1 : wg < 1. Proof. by []. Qed.
Lemma w_kernel : kernel wP. Proof. by move=> s a; apply: dist_dirac. Qed.
Lemma w_Qf V s a : Qf wg wP wr V s a = s%:R + wg * V a. Proof. by rewrite /Qf Ex_dirac. Qed.
Lemma w_Topt V s : Topt true wg wP wr V s = Num.max (s%:R + wg * V true) (s%:R + wg * V false).
Proof. by rewrite /Topt fmax_bool !w_Qf. Qed.
Lemma w_optimal : optimal true wg wP wr wV. Proof. by case; rewrite w_Topt; apply/eqP. Qed.
Lemma w_residual s : `|Topt true wg wP wr w0 s - w0 s| <= 1. Proof. by case: s; rewrite w_Topt. Qed.

(* all hypotheses hold, and the bound is attained: |0 - 2| = 1 / (1 - 1/2) *)
Example witness_aposteriori : `|w0 true - wV true| <= 1 / (1 - wg) /\ `|w0 true - wV true| = 2%:R.
Proof.
split; last by apply/eqP.
exact: (claim_aposteriori true wg0 wg1 w_kernel w_optimal w_residual).
Qed.

(* 0 < |1 - 1.5| = .. <= g e / (1 - g) = 1: after one sweep |T 0 - V*| <= 1 = half of the above *)
Example witness_aposteriori_next :
  `|Topt true wg wP wr w0 true - wV true| <= wg * 1 / (1 - wg) /\
  `|Topt true wg wP wr w0 true - wV true| = 1.
Proof.
split; last by apply/eqP; rewrite w_Topt.
exact: (claim_aposteriori_next true wg0 wg1 w_kernel w_optimal w_residual).
Qed.

(* the residual of 0 lies in [0, 1]: V* in [0, 2], and in state true V* = 2 > 0 *)
Example witness_macqueen :
  w0 false + 0 / (1 - wg) < wV false /\ wV true = w0 true + 1 / (1 - wg) /\
  forall s, w0 s + 0 / (1 - wg) <= wV s /\ wV s <= w0 s + 1 / (1 - wg).
Proof.
split=> //; split; first by apply/eqP.
apply: (claim_macqueen true wg0 wg1 w_kernel w_optimal) => s; first by case: s; rewrite w_Topt.
exact: le_trans (ler_norm _) (w_residual s).
Qed.

(* from V = V* the greedy policy is worth V*, which is 2 in state true *)
Example witness_macqueen_greedy : exists2 Vg : bool -> rat,
  value wg wP wr (det _ (greedy true wg wP wr wV)) Vg & 2%:R <= Vg true.
Proof.
have hp := policy_det rat_realFieldType (greedy true wg wP wr wV).
have hV := value_exists true wg0 wg1 wr w_kernel hp.
eexists; first exact: hV.
have h s : 0 <= Topt true wg wP wr wV s - wV s by rewrite -(w_optimal s) subrr.
exact: le_trans (claim_macqueen_greedy true wg0 wg1 w_kernel hV h true).
Qed.

(* a V that misleads: greedy goes to false, and loses 2 in state true *)
Definition wVm (s : bool) : rat := if s then 0 else 2%:R.
Definition wVg (s : bool) : rat := if s then 1 else 0.
Lemma w_greedy s : greedy true wg wP wr wVm s = false.
Proof.
have := fmax_ge true (Qf wg wP wr wVm s) false.
rewrite /fmax -/(greedy true wg wP wr wVm s) !w_Qf.
by case: (greedy true wg wP wr wVm s) => //; case: s.
Qed.
Example witness_greedy_loss :
  wV true - wVg true <= 2%:R * wg * 2%:R / (1 - wg) /\ 0 < wV true - wVg true.
Proof.
split; last by [].
apply: (claim_greedy_loss (V := wVm) (Vs := wV) (Vg := wVg) true wg0 wg1 w_kernel w_optimal).
  by move=> s; rewrite Tdet w_Qf w_greedy; apply/eqP; case: s.
by case.
Qed.

(* second model: the same kernel with 1/2 more reward, V' = V + 1 *)
Definition wr' (s a : bool) : rat := s%:R + 2%:R^-1.
Definition wpi (s : bool) : bool -> rat := dirac _ true.
Example witness_simulation :
  `|wV true - (wV true + 1)| <= (2%:R^-1 + wg * 0) / (1 - wg) /\ `|wV true - (wV true + 1)| = 1.
Proof.
split; last by apply/eqP.
apply: (claim_simulation (P := wP) (P' := wP) (r := wr) (r' := wr') (pi := wpi) (V := wV)
  (V' := fun s => wV s + 1) true wg0 wg1 w_kernel).
- by move=> s; apply: dist_dirac.
- by move=> s; rewrite /Tpi Ex_dirac w_Qf; apply/eqP; case: s.
- by move=> s; rewrite /Tpi Ex_dirac /Qf Ex_dirac; apply/eqP; case: s.
- by case.
by move=> s a; rewrite ExBl subrr.
Qed.

(* one stage, two actions, the estimate and its width are wrong by 1/4 on the better action *)
Definition hP (h : nat) (s : unit) (a : bool) : unit -> rat := dirac _ s.
Definition hr (h : nat) (s : unit) (a : bool) : rat := if a then 4%:R / 8%:R else 3%:R / 8%:R.
Definition hb (h : nat) (s : unit) (a : bool) : rat := if a then 4%:R^-1 else 0.
Definition hQb (h : nat) (s : unit) (a : bool) : rat := if a then 4%:R^-1 else 3%:R / 8%:R.
Definition hQl (h : nat) (s : unit) (a : bool) : rat :=
  Num.min 1 (Num.max 0 (hQb h s a - hb h s a)).
Definition hQu (h : nat) (s : unit) (a : bool) : rat :=
  Num.min 1 (Num.max 0 (hQb h s a + hb h s a)).
Definition hpl (h : nat) (s : unit) : bool -> rat := dirac _ false.
Definition hpu (h : nat) (s : unit) : bool -> rat := dirac _ true.
Definition hVl (h : nat) (s : unit) : rat := if h is O then 3%:R / 8%:R else 0.
Definition hVu (h : nat) (s : unit) : rat := if h is O then 2%:R^-1 else 0.

Lemma h_Esum pi f : Esum hP pi f 1 0 tt =
  pi 0%N tt true * f 0%N tt true + pi 0%N tt false * f 0%N tt false.
Proof.
have z a : Ex (hP 0 tt a) (fun _ => 0) = 0 by rewrite /hP Ex_dirac.
by rewrite /= {1}/Ex big_bool /= !z !addr0.
Qed.

(* the pessimist takes the sure action and loses 1/8 <= 2 * 1/4 *)
Example witness_vilcb_guarantee :
  (hVl 0 tt <= Esum hP hpl hr 1 0 tt /\
   Esum hP hpu hr 1 0 tt - Esum hP hpl hr 1 0 tt <= 2%:R * Esum hP hpu hb 1 0 tt) /\
  (0 < Esum hP hpu hr 1 0 tt - Esum hP hpl hr 1 0 tt /\ 2%:R * Esum hP hpu hb 1 0 tt < 1).
Proof.
split; last by rewrite !h_Esum.
apply: (@claim_vilcb_guarantee _ _ _ 1 hP _ hr hpl hQl hVl _ _ hQb hb (fun _ => 1)) => //.
- by move=> h s a; apply: dist_dirac.
- by move=> [|//] [] _; rewrite Ex_dirac; apply/eqP.
- by move=> [|//] [] [] _; rewrite /hP Ex_dirac.
- by move=> [|//] [] [] _; rewrite /hP Ex_dirac.
- by move=> [|//] [] [] _; rewrite /hP Ex_dirac.
- by move=> h s; apply: dist_dirac.
- by move=> h s; apply: dist_dirac.
by move=> [|//] [] [] _; rewrite Ex_dirac.
Qed.

(* the optimist takes the uncertain action, which here is the better one: V* = 1/2, not below *)
Definition hpm (h : nat) (s : unit) (a : bool) : rat := 2%:R^-1.
Lemma hpm_dist h s : dist (hpm h s).
Proof. by split=> //; rewrite big_bool; apply/eqP. Qed.
Example witness_ucbvi_guarantee :
  (Esum hP hpm hr 1 0 tt <= hVu 0 tt /\
   Esum hP hpm hr 1 0 tt - Esum hP hpu hr 1 0 tt <= 2%:R * Esum hP hpu hb 1 0 tt) /\
  (Esum hP hpm hr 1 0 tt != hVu 0 tt /\ 2%:R * Esum hP hpu hb 1 0 tt < 1).
Proof.
split; last by rewrite !h_Esum.
apply: (@claim_ucbvi_guarantee _ _ _ 1 hP _ hr hpu hQu hVu _ _ hQb hb (fun _ => 1)) => //.
- by move=> h s a; apply: dist_dirac.
- by move=> [|//] [] _; rewrite Ex_dirac; apply/eqP.
- by move=> [|//] [] [] _; rewrite /hP Ex_dirac.
- by move=> [|//] [] [] _; rewrite /hP Ex_dirac.
- by move=> [|//] [] [] _; rewrite /hP Ex_dirac.
- by move=> h s; apply: dist_dirac.
- by move=> h s; apply: hpm_dist.
by move=> [|//] [] [] _; rewrite Ex_dirac.
Qed.

(* two rank-one updates in dimension 1: det 1 -> 2 -> 3 *)
Definition wx (t : nat) : 'cV[rat]_1 := 1%:M.
Lemma w_gram t : gram (1%:M : 'M[rat]_1) wx t = (t.+1%:R)%:M.
Proof.
elim: t => //= t ->; rewrite /wx trmx1 mulmx1 -raddfD /=.
by congr (_%:M); rewrite [in RHS]mulrSr.
Qed.
Lemma w_gram_unit t : gram (1%:M : 'M[rat]_1) wx t \in unitmx.
Proof. by rewrite w_gram unitmxE det_scalar expr1 unitfE pnatr_eq0. Qed.
Example witness_elliptical_product :
  \det (gram (1%:M : 'M[rat]_1) wx 2) = 3%:R /\
  \det (1%:M : 'M[rat]_1) *
    \prod_(t < 2) (1 + ((wx t)^T *m invmx (gram 1%:M wx t) *m wx t) 0 0) = 3%:R.
Proof.
have d : \det (gram (1%:M : 'M[rat]_1) wx 2) = 3%:R by rewrite w_gram det_scalar expr1.
by split=> //; rewrite -d; apply/esym/claim_elliptical_product => t _; apply: w_gram_unit.
Qed.

(* the certificate of Vectors.v with equal bounds: it determines V*, which exists *)
Example witness_check_sound (R : realFieldType) : exists2 Vs : 'I_2 -> R,
  optimal (ord0 : 'I_2) (gm R Vectors.m1) (Pm R Vectors.m1) (rm R Vectors.m1) Vs &
  Vs ord0 = qval R ((200#11)%Q).
Proof.
have ok : check Vectors.m1 Vectors.good 2 2 by vm_compute.
have [/and3P[_ _ okr] okc _ _] := and4P ok.
have g0 := gm_ge0 R (nS := 1) (nA := 1) ok; have g1 := gm_lt1 R (nS := 1) (nA := 1) ok.
have hP := @kernelPm R 1 1 _ okr; have hp := @policym R 1 1 _ okc.
have [d hd] := optimal_exists ord0 ord0 g0 g1 (@rm R 1 1 Vectors.m1) hP.
eexists; first exact: hd.
have := @claim_check_sound R 1 1 _ _ ok _ _ (value_exists ord0 g0 g1 _ hP hp) hd ord0.
by case=> h1 h2 h3 _; apply/eqP; rewrite eq_le h3; apply: le_trans h1 h2.
Qed.

Example witness_check_horizon_sound (R : realFieldType) :
  Vopt (ord0 : 'I_2) (Pm R Vectors.m2) (rm R Vectors.m2) 2 (ord0 : 'I_2) =
  qval R ((5#2)%Q).
Proof.
have ok : check_horizon Vectors.m2 [:: Vectors.first_stage; Vectors.last_stage] 2 2 2.
  by vm_compute.
have [h1 h2 h3] := @claim_check_horizon_sound R 1 1 2 _ _ ok 0 isT ord0.
by apply/eqP; rewrite eq_le h3; apply: le_trans h1 h2.
Qed.

(* going to true and staying there has gain 1, which nothing exceeds *)
Definition one (s : bool) : rat := 1.
Definition wh (s : bool) : rat := s%:R.
Lemma wP_sum s a : \sum_t wP s a t = 1. Proof. by have [] := w_kernel s a. Qed.
Lemma w_stay n k : Esum (fun _ => wP) (fun _ s => dirac _ true) (fun _ => wr) n k true = n%:R.
Proof. by elim: n k => //= n IH k; rewrite !Ex_dirac IH /wr -natrD. Qed.
Example witness_gain_bracket : (exists K, forall n k s,
    n%:R * 1 - K <= Esum (fun _ => wP) (fun _ s => dirac _ true) (fun _ => wr) n k s /\
    forall pi, (forall k s, dist (pi k s)) /\ (forall k s a, pi k s a != 0 -> true) ->
      Esum (fun _ => wP) pi (fun _ => wr) n k s <= n%:R * 1 + K) /\
  forall n, Esum (fun _ => wP) (fun _ s => dirac _ true) (fun _ => wr) n 0 true = n%:R * 1.
Proof.
split=> [|n]; last by rewrite w_stay mulr1.
apply: (@claim_gain_bracket _ _ _ wP (fun _ _ => true) wr _ _ (fun _ => true) one wh one wh).
- by move=> s a t; case: (w_kernel s a).
- by move=> s a; rewrite wP_sum.
- move=> s a _; right; rewrite wP_sum eqxx Ex_dirac; split=> //.
  by case: s; case: a.
move=> s a /eqP ->; right; rewrite wP_sum eqxx Ex_dirac; split=> //.
by case: s.
Qed.

Lemma w_span s : fmax true (fun a => wr s a + Ex (wP s a) wh) - wh s = 1.
Proof. by rewrite fmax_bool !Ex_dirac; apply/eqP; case: s. Qed.
Example witness_span_upper : exists K, forall pi, (forall k s, dist (pi k s)) ->
  forall n k s, Esum (fun _ => wP) pi (fun _ => wr) n k s <= n%:R * 1 + K.
Proof. by apply: (@claim_span_upper _ _ _ true wP wr w_kernel wh) => s; rewrite w_span. Qed.
Example witness_span_lower : exists K, forall n k s, n%:R * 1 - K <=
  Esum (fun _ => wP) (fun _ s => dirac _ (amax true (fun a => wr s a + Ex (wP s a) wh)))
    (fun _ => wr) n k s.
Proof. by apply: (@claim_span_lower _ _ _ true wP wr w_kernel wh) => s; rewrite w_span. Qed.

(* rank 1 hides which action leads where; V* = v is still bracketed within 1 of the chosen policy *)
Definition wPhi (s a : bool) (i : 'I_1) : rat := 1.
Definition wM (i : 'I_1) (t : bool) : rat := 2%:R^-1.
Definition wPh (s a t : bool) : rat := \sum_i wPhi s a i * wM i t.
Lemma wPhE s a t : wPh s a t = 2%:R^-1. Proof. by rewrite /wPh big_ord1 mul1r. Qed.
Lemma w_Topth s : Topt true wg wPh wr wV s - wV s = - 4%:R^-1.
Proof.
by rewrite /Topt fmax_bool /Qf /Ex !big_bool !wPhE; apply/eqP; case: s.
Qed.
Example witness_lowrank_bounds : exists2 Vp : bool -> rat,
  value wg wP wr (det _ (greedy true wg wPh wr wV)) Vp &
  forall s, wV s - 1 <= Vp s /\ wV s <= wV s + (- 4%:R^-1 + 4%:R^-1) / (1 - wg).
Proof.
have hp := policy_det rat_realFieldType (greedy true wg wPh wr wV).
have hV := value_exists true wg0 wg1 wr w_kernel hp.
have hlo t : 1 <= wV t by case: t.
have hhi t : wV t <= 2%:R by case: t.
have hs s a : wg * ((\sum_t `|wP s a t - wPh s a t|) * ((2%:R - 1) / 2%:R) +
    `|\sum_t wP s a t - \sum_t wPh s a t| * `|(1 + 2%:R) / 2%:R|) <= 4%:R^-1.
  by rewrite !big_bool !wPhE; case: a.
have hd s : - 4%:R^-1 <= Topt true wg wPh wr wV s - wV s by rewrite w_Topth.
have hD s : Topt true wg wPh wr wV s - wV s <= - 4%:R^-1 by rewrite w_Topth.
eexists; first exact: hV.
move=> s; have [h1 _ h2] := @claim_lowrank_bounds _ _ _ true true wg wg0 wg1 wP wr w_kernel
  1 wPhi wM wV 1 2%:R 4%:R^-1 hlo hhi hs (- 4%:R^-1) (- 4%:R^-1) wV _ hd hD w_optimal hV s.
by split=> //; apply: le_trans h1; case: s.
Qed.

(* the start in true, staying there: the occupancy earns 2 = V*, which a dual solution bounds *)
Definition wmu (s : bool) : rat := s%:R.
Lemma wmu0 s : 0 <= wmu s. Proof. by case: s. Qed.
Lemma wpi_policy : policy wpi. Proof. by move=> s; apply: dist_dirac. Qed.
Lemma wpi_value : value wg wP wr wpi wV.
Proof. by move=> s; rewrite /Tpi Ex_dirac w_Qf; apply/eqP; case: s. Qed.
Example witness_occupancy_exists :
  (forall s a, 0 <= occ wg wP wmu wpi s a) /\
  (forall t, \sum_a occ wg wP wmu wpi t a =
     wmu t + wg * \sum_s \sum_a occ wg wP wmu wpi s a * wP s a t).
Proof. exact: (claim_occupancy_exists true wg0 wg1 w_kernel wpi_policy wmu0). Qed.
Example witness_occupancy_value :
  \sum_s \sum_a occ wg wP wmu wpi s a * wr s a = 2%:R.
Proof.
rewrite (claim_occupancy_value true wg0 wg1 w_kernel wpi_policy wmu0 wpi_value) big_bool.
by apply/eqP.
Qed.
Example witness_weak_duality :
  \sum_s \sum_a occ wg wP wmu wpi s a * wr s a <= \sum_s wmu s * wV s /\
  \sum_s wmu s * wV s = 2%:R.
Proof.
split; last by rewrite big_bool; apply/eqP.
apply: (claim_weak_duality (V := wV) witness_occupancy_exists) => s a.
by rewrite Ex_dirac; case: s; case: a.
Qed.

(* one state, one action: pay -1, and end with probability 1/2; the total is -2 *)
Definition uP (s : unit) (a : unit) : unit -> rat := fun _ => 2%:R^-1.
Definition ur (s : unit) (a : unit) : rat := - 1.
Lemma uP_sum s a : \sum_t uP s a t = 2%:R^-1. Proof. by rewrite big_const cardT enumT unlock. Qed.
Lemma u_drift s a c : Ex (uP s a) (fun _ => c) - c = 2%:R^-1 * c - c.
Proof. by rewrite /Ex -mulr_suml uP_sum. Qed.
Example witness_total_upper : exists B : nat, forall pi : nat -> unit -> unit -> rat,
  (forall k s, true -> dist (pi k s) /\ forall a, pi k s a != 0 -> true) ->
  forall k s, true -> forall N, (\sum_(n < N)
    (- (3%:R / 2%:R) + 4%:R^-1 < Esum (fun _ => uP) pi (fun _ => ur) n k s)%R <= B)%N.
Proof.
apply: (@claim_total_upper _ _ _ uP xpredT (fun _ _ => true) ur _ _ _
  (fun _ => - (3%:R / 2%:R))) => // [s a|s a _ _]; first by rewrite uP_sum.
by left; rewrite u_drift.
Qed.
Example witness_total_lower : exists B : nat, forall pi : nat -> unit -> unit -> rat,
  (forall k s, true -> dist (pi k s) /\ forall a, pi k s a != 0 -> true) ->
  forall k s, true -> forall N, (\sum_(n < N)
    (Esum (fun _ => uP) pi (fun _ => ur) n k s < - (5%:R / 2%:R) - 4%:R^-1)%R <= B)%N.
Proof.
apply: (@claim_total_lower _ _ _ uP xpredT (fun _ _ => true) ur _ _ _
  (fun _ => - (5%:R / 2%:R))) => // [s a|s a _ _]; first by rewrite uP_sum.
by left; rewrite u_drift.
Qed.

(* the same example without a discount: the row sums of 1/2 make the contraction *)
Definition uV (s : unit) : rat := - 2%:R.
Example witness_rows_certificate :
  [/\ - (5%:R / 2%:R) <= uV tt, uV tt <= uV tt & uV tt <= - (3%:R / 2%:R)] /\
  - (5%:R / 2%:R) != uV tt.
Proof.
have hQ V a : Qf 1 uP ur V tt a = - 1 + 2%:R^-1 * V tt.
  have e : V =1 (fun _ => V tt) by case.
  by rewrite /Qf mul1r (eq_Ex _ e) /Ex -mulr_suml uP_sum.
split; last by [].
apply: (@claim_rows_certificate _ _ _ tt tt 1 2%:R^-1 uP ur _ _ _ _ (fun _ => dirac _ tt)
  (fun _ => - (3%:R / 2%:R)) (fun _ => - (5%:R / 2%:R)) uV uV) => //.
- by move=> s a; rewrite uP_sum.
- by move=> s; apply: dist_dirac.
- by case; rewrite /Tpi Ex_dirac hQ; apply/eqP.
- case; rewrite /Topt /fmax hQ; exact/eqP.
- by case=> a; rewrite -/(Qf 1 uP ur _ tt a) hQ.
by case; rewrite Ex_dirac -/(Qf 1 uP ur _ tt tt) hQ.
Qed.
