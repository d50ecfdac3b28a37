(* Estimate.v - data in folds with a fixed design: all estimates are good at once.

   Observation i belongs to fold (fold i) and to cell (cell i), for instance a pair of a state
   and an action. The design is fixed; the outcomes are independent, with the law of their fold
   and cell. Folds come one after another. A learner may choose the function that it averages in
   fold t from the data of the folds before t: pessimistic value iteration averages rewards plus
   discounted values. Then, but for a small probability, every average over a cell is close to
   its expectation.

   Main definitions
   - whp k N d A: with probability at least 1 - d, A holds of the history of length N.
   - design_kernel: the process of independent outcomes with the laws of their folds and cells.
   - cell_count t z n: the number of the first n observations that are in fold t and cell z.
   - cell_sum t z g x: the sum of g over the outcomes of x in fold t and cell z.

   Main statements
   - folds_whp: with probability at least 1 - d, for the T folds t = t0, t0 + 1, ... and all
     cells z with count n: |cell_sum of F_t - n E[F_t]| <= c_t sqrt (n L / 2), if
     2 |cells| T / d <= e L.
   - whp_random_design: what holds with probability 1 - d given each design holds so on average.
   - mean_close: the same for the mean: |mean - E| <= c sqrt (L / (2 n)).

   Notation: F t x is the function averaged in fold t, which depends on earlier folds only.
   Assumptions: fixed design, independent outcomes, finitely many values of an outcome.
   References: [hoeffding1963], theorem 2.
   Swift counterpart: Sources/OfflineLearning/HoeffdingPenalty.swift, BatchDataset. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Fin Process Hoeffding.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Definition whp (R : realFieldType) (W : finType) (k : seq W -> W -> R) N (d : R)
    (A : seq W -> Prop) : Prop :=
  exists good : seq W -> bool, Prp k N [::] (fun x => ~~ good x) <= d /\
    forall x, size x = N -> good x -> A x.

Lemma whp_mono (R : realFieldType) (W : finType) (k : seq W -> W -> R) N d (A B : seq W -> Prop) :
  (forall x, size x = N -> A x -> B x) -> whp k N d A -> whp k N d B.
Proof. by move=> AB [g [gd gA]]; exists g; split=> // x sx /gA-/(_ sx)/(AB x sx). Qed.

(* when the conclusion is a boolean, this is a bound on the probability that it fails *)
Lemma whp_Prp (R : realFieldType) (W : finType) (k : seq W -> W -> R) N d (A : seq W -> bool) :
  (forall h, dist (k h)) -> whp k N d A -> Prp k N [::] (fun x => ~~ A x) <= d.
Proof.
move=> hk [g [gd gA]]; apply: le_trans gd; apply: Prp_mono => // x sx.
by apply: contra => /gA->.
Qed.

(* a random design: what holds given each design holds on average *)
Lemma whp_random_design (R : realFieldType) (I W : finType) (mu : I -> R)
    (k : I -> seq W -> W -> R) N d (A : I -> seq W -> Prop) : dist mu ->
  (forall i, whp (k i) N d (A i)) ->
  exists good : I -> seq W -> bool,
    Ex mu (fun i => Prp (k i) N [::] (fun x => ~~ good i x)) <= d /\
    forall i x, size x = N -> good i x -> A i x.
Proof.
move=> hmu /fin_all_exists[good hgood]; exists good; split=> [|i].
  by apply: Ex_le => // i; case: (hgood i).
by case: (hgood i).
Qed.

(* half-widths of sums and of means *)
Section Mean.
Variables (R : rcfType) (c L : R).
Hypothesis L0 : 0 <= L.

Lemma width_sum_mean n : (0 < n)%N ->
  n%:R * (c * Num.sqrt (L / (2%:R * n%:R))) = c * Num.sqrt (n%:R * L / 2%:R).
Proof.
move=> n0; have n1 : n%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
have -> : n%:R * L / 2%:R = n%:R ^+ 2 * (L / (2%:R * n%:R)) by field; rewrite n1.
by rewrite [in RHS]sqrtrM ?sqr_ge0 // sqrtr_sqr ger0_norm ?ler0n // mulrCA.
Qed.

Lemma mean_close n s mu : (0 < n)%N -> `|s - n%:R * mu| <= c * Num.sqrt (n%:R * L / 2%:R) ->
  `|s / n%:R - mu| <= c * Num.sqrt (L / (2%:R * n%:R)).
Proof.
move=> n0 le; have np : 0 < n%:R :> R by rewrite ltr0n.
rewrite -(ler_pmul2l np) width_sum_mean //; apply: le_trans le.
rewrite -{1}(gtr0_norm np) -normrM mulrBr mulrCA divff ?mulr1 //; exact: lt0r_neq0.
Qed.
End Mean.

Section Folds.
Variables (R : rcfType) (e : expField R) (W C : finType).
Variables (fold : nat -> nat) (cell : nat -> C) (law : nat -> C -> W -> R).
Hypothesis hlaw : forall t z, dist (law t z).
Hypothesis fold_mono : forall i j, (i <= j)%N -> (fold i <= fold j)%N.

Definition design_kernel (h : seq W) : W -> R := law (fold (size h)) (cell (size h)).

Lemma design_dist h : dist (design_kernel h). Proof. exact: hlaw. Qed.

Definition in_cell t z i : bool := (fold i == t) && (cell i == z).
Definition cell_count t z n : nat := \sum_(i < n) in_cell t z i.
Definition cell_sum t z (g : W -> R) (x : seq W) : R :=
  psum (fun h w => if in_cell t z (size h) then g w else 0) x.

Lemma cell_countS t z n : cell_count t z n.+1 = (cell_count t z n + in_cell t z n)%N.
Proof. by rewrite /cell_count big_ord_recr. Qed.

Lemma visits_cell t z (x : seq W) : visits (fun h : seq W => in_cell t z (size h)) x =
  cell_count t z (size x).
Proof.
elim/last_ind: x => [|x w IH]; first by rewrite visits_nil /cell_count big_ord0.
by rewrite visits_rcons size_rcons cell_countS IH.
Qed.

Lemma cell_sum_rcons t z g x w : cell_sum t z g (rcons x w) =
  cell_sum t z g x + (if in_cell t z (size x) then g w else 0).
Proof. exact: psum_rcons. Qed.

Lemma eq_cell_sum t z g g' x : g =1 g' -> cell_sum t z g x = cell_sum t z g' x.
Proof. by move=> eg; apply: eq_psum => h w; rewrite eg. Qed.

(* the folds before t do not see the data that come after *)
Lemma cell_sum_before t z g x y : (t < fold (size x))%N ->
  cell_sum t z g (x ++ y) = cell_sum t z g x.
Proof.
move=> lt; elim/last_ind: y => [|y w IH]; first by rewrite cats0.
rewrite -rcons_cat cell_sum_rcons IH /in_cell size_cat gtn_eqF ?addr0 //.
exact: leq_trans lt (fold_mono (leq_addr _ _)).
Qed.

Lemma cell_count_before t z n j : (t < fold n)%N -> cell_count t z (n + j) = cell_count t z n.
Proof.
move=> lt; elim: j => [|j IH]; first by rewrite addn0.
rewrite addnS cell_countS IH /in_cell gtn_eqF ?addn0 //.
exact: leq_trans lt (fold_mono (leq_addr _ _)).
Qed.

Lemma cell_sum_ge t z g x lo : (forall w, lo <= g w) ->
  (cell_count t z (size x))%:R * lo <= cell_sum t z g x.
Proof.
move=> hg; elim/last_ind: x => [|x w IH]; first by rewrite /cell_count big_ord0 mul0r.
rewrite cell_sum_rcons size_rcons cell_countS natrD mulrDl; apply: ler_add IH _.
by case: (in_cell _ _ _); rewrite ?mul1r // mul0r.
Qed.

Lemma cell_sum_le t z g x hi : (forall w, g w <= hi) ->
  cell_sum t z g x <= (cell_count t z (size x))%:R * hi.
Proof.
move=> hg; elim/last_ind: x => [|x w IH]; first by rewrite /cell_count big_ord0 mul0r.
rewrite cell_sum_rcons size_rcons cell_countS natrD mulrDl; apply: ler_add IH _.
by case: (in_cell _ _ _); rewrite ?mul1r // mul0r.
Qed.

Lemma cell_sum0 t z g x : cell_count t z (size x) = 0%N -> cell_sum t z g x = 0.
Proof.
elim/last_ind: x => [|x w IH] //; rewrite size_rcons cell_countS cell_sum_rcons => /eqP.
by rewrite addn_eq0 => /andP[/eqP/IH-> ]; case: (in_cell _ _ _); rewrite ?addr0.
Qed.

Variables (F : nat -> seq W -> W -> R) (c : nat -> R).
Hypothesis F_before : forall t x y w, (t <= fold (size x))%N -> F t (x ++ y) w = F t x w.
Hypothesis F_range : forall t x w, 0 <= F t x w <= c t.

Let c_ge0 t : 0 <= c t.
Proof.
have [p1 pz] := hlaw t (cell 0).
have [w _] : exists w : W, true.
  case: (pickP (fun _ : W => true)) => [w _|e0]; first by exists w.
  by move: pz; rewrite big_pred0 // => /eqP; rewrite eq_sym oner_eq0.
by case/andP: (F_range t [::] w); apply: le_trans.
Qed.

Definition cell_good N L (x : seq W) (t : nat) (z : C) : bool :=
  `|cell_sum t z (F t x) x - (cell_count t z N)%:R * Ex (law t z) (F t x)|
    <= c t * Num.sqrt ((cell_count t z N)%:R * L / 2%:R).

Lemma cell_tail N L t z : 0 <= L ->
  Prp design_kernel N [::] (fun x => ~~ cell_good N L x t z) <= 2%:R * e (- L).
Proof.
move=> L0; pose v (h : seq W) := in_cell t z (size h).
pose D (h : seq W) w := F t h w - Ex (law t z) (F t h).
pose a (h : seq W) := - Ex (law t z) (F t h).
have hD0 h : v h -> Ex (design_kernel h) (D h) = 0.
  case/andP=> /eqP ft /eqP cz; rewrite /design_kernel ft cz /D ExB Ex_const ?subrr //.
have hDr h w : v h -> a h <= D h w <= a h + c t.
  move=> _; case/andP: (F_range t h w) => h1 h2.
  by rewrite /a /D [F t h w - _]addrC ler_addl h1 ler_add2l h2.
apply: le_trans (visits_hoeffding e design_dist hD0 hDr (c_ge0 t) N (cell_count t z N) L0).
apply: Prp_mono; first exact: design_dist.
move=> x sx; rewrite -ltNge => lt; apply: ever_self; rewrite visits_cell sx eqxx /=.
suff -> : psum (at_visits v D) x =
  cell_sum t z (F t x) x - (cell_count t z N)%:R * Ex (law t z) (F t x) by [].
rewrite -sx -visits_cell -/v.
pose D' (h : seq W) w := F t x w - Ex (law t z) (F t x).
have -> : psum (at_visits v D) x = psum (at_visits v D') x.
  apply: eq_psum_in => h w y ex; rewrite /at_visits; case: ifP => // /andP[/eqP ft _].
  have eF u : F t x u = F t h u by rewrite -ex F_before ?ft.
  by rewrite /D /D' eF (eq_Ex _ eF).
rewrite /cell_sum /D'; move: (F t x) => g {D' sx lt}; elim/last_ind: x => [|y w IH].
  by rewrite !psum0 visits_nil mul0r subrr.
rewrite !psum_rcons visits_rcons IH {1}/at_visits -/(v y) natrD mulrDl opprD addrACA.
by congr (_ + _); case: (v y); rewrite ?mul1r // mul0r subrr.
Qed.

Theorem folds_whp N t0 T L d : 0 <= L -> 0 < d -> 2%:R * #|C|%:R * T%:R / d <= e L ->
  whp design_kernel N d (fun x => forall t z, (t < T)%N -> cell_good N L x (t0 + t) z).
Proof.
move=> L0 d0 hL.
exists (fun x => [forall tz : 'I_T * C, cell_good N L x (t0 + tz.1) tz.2]); split; last first.
  by move=> x _ /forallP good t z lt; apply: (good (Ordinal lt, z)).
apply: (@le_trans _ _ (#|{: 'I_T * C}|%:R * (2%:R * e (- L)))).
  apply: le_trans (_ : _ <= Prp design_kernel N [::]
    (fun x => [exists tz : 'I_T * C, ~~ cell_good N L x (t0 + tz.1) tz.2])) _.
    apply: Prp_mono; first exact: design_dist.
    by move=> x _; rewrite negb_forall.
  apply: union_bound_le; first exact: design_dist.
  by move=> tz; apply: cell_tail.
rewrite card_prod card_ord natrM exN mulrA ler_pdivr_mulr ?ex_gt0 //.
rewrite -ler_pdivr_mull // mulrC; apply: le_trans hL.
by rewrite le_eqVlt; apply/orP; left; apply/eqP; congr (_ / _); ring.
Qed.
End Folds.
