(* LinearPEVI.v - the uncertainty quantifier of pessimistic value iteration with linear features.

   Data of one stage with a fixed design of features f_i, next states drawn independently; the ridge
   estimate is the solution of the normal equations. No matrix is inverted: x solves Lambda x = phi,
   and phi' Lambda^-1 phi is x . phi, for any such x.

   Main definitions
   - dot, gram: the dot product, and Lambda u = lam u + sum of f_i (f_i . u) over the fold.

   Main statements
   - gram_form: x . Lambda x = lam |x|^2 + sum of (x . f_i)^2.
   - linear_tail: |sum of (x . f_i) (V(s_i) - P V)| > c sqrt (L / 2) sqrt (x . phi) has probability
     at most 2 e (-L), V a function of earlier folds with values in [0, c].
   - linear_quantifier: outside this event |phi . w_hat - phi . w| <= beta sqrt (x . phi) with
     beta = c sqrt (L / 2) + sqrt lam |w|, where r + P V = phi . w.
   - linear_quantifier_simplex: with probability at least 1 - d, in a linear model of mixtures,
     |phi . w_hat - (r + P V)| <= beta sqrt (x . phi) for all T folds and all cells, with
     beta = c sqrt (L / 2) + sqrt lam sqrt dim (c + 1), if 2 T |C| / d <= e L.

   Notation: vectors are functions on a finite type of coordinates.
   Assumptions: lam > 0, the model is linear in the features, fixed design.
   References: [jin2021], lemma 5.2, with Hoeffding's inequality in the place of self-normalization.
   Swift counterpart: Sources/LinearLearning/SplitHoeffding.swift, the Proposition. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Fin Process Hoeffding Estimate.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Linear.
Variables (R : rcfType) (e : expField R) (J C W : finType).
Implicit Types u v x : J -> R.

Definition dot u v : R := \sum_j u j * v j.
Lemma dotC u v : dot u v = dot v u.
Proof. by apply: eq_bigr => j _; rewrite mulrC. Qed.
Lemma dot_ge0 u : 0 <= dot u u.
Proof. by apply: sumr_ge0 => j _; rewrite -expr2 sqr_ge0. Qed.
Lemma dotDr u v (y : J -> R) : dot u (fun j => v j + y j) = dot u v + dot u y.
Proof. by rewrite /dot -big_split; apply: eq_bigr => j _; rewrite mulrDr. Qed.
Lemma dotZr c u v : dot u (fun j => c * v j) = c * dot u v.
Proof. by rewrite /dot mulr_sumr; apply: eq_bigr => j _; rewrite mulrCA. Qed.
Lemma dotZl c u v : dot (fun j => c * u j) v = c * dot u v.
Proof. by rewrite dotC dotZr dotC. Qed.

Lemma cauchy_schwarz u v : dot u v ^+ 2 <= dot u u * dot v v.
Proof.
have sq0 : 0 <= \sum_i \sum_j (u i * v j - u j * v i) ^+ 2.
  by apply: sumr_ge0 => i _; apply: sumr_ge0 => j _; apply: sqr_ge0.
have sqE : \sum_i \sum_j (u i * v j - u j * v i) ^+ 2 =
    2%:R * (dot u u * dot v v - dot u v ^+ 2).
  transitivity (\sum_i \sum_j (u i * u i) * (v j * v j) +
     \sum_i \sum_j (u j * u j) * (v i * v i) - 2%:R * \sum_i \sum_j (u i * v i) * (u j * v j)).
    rewrite mulr_sumr -big_split -sumrB; apply: eq_bigr => i _ /=.
    by rewrite mulr_sumr -big_split -sumrB; apply: eq_bigr => j _ /=; ring.
  rewrite [X in _ + X - _]exchange_big /= -!big_distrlr /= -/(dot u u) -/(dot v v) -/(dot u v).
  by ring.
by move: sq0; rewrite sqE pmulr_rge0 ?ltr0n // subr_ge0.
Qed.

Lemma dot_eq0 u v : dot u u = 0 -> dot u v = 0.
Proof.
move=> u0; have := cauchy_schwarz u v; rewrite u0 mul0r => le.
by apply/eqP; rewrite -sqrf_eq0 eq_le le sqr_ge0.
Qed.

Lemma psum_size (V : zmodType) (g : nat -> V) (h : seq W) :
  psum (fun h _ => g (size h)) h = \sum_(i < size h) g i.
Proof.
elim/last_ind: h => [|h w IH]; first by rewrite big_ord0.
by rewrite psum_rcons size_rcons big_ord_recr IH.
Qed.

(* ---- the design ---- *)
Variables (fold : nat -> nat) (cell : nat -> C) (law : nat -> C -> W -> R).
Hypothesis hlaw : forall t z, dist (law t z).
Variables (f : C -> J -> R) (lam : R).
Hypothesis lam0 : 0 < lam.
Variables (F : nat -> seq W -> W -> R) (c : nat -> R).
Hypothesis F_before : forall t h y w, (t <= fold (size h))%N -> F t (h ++ y) w = F t h w.
Hypothesis F_range : forall t h w, 0 <= F t h w <= c t.
Hypothesis c_ge0 : forall t, 0 <= c t.

Notation k := (design_kernel fold cell law).

Definition gram N t u : J -> R := fun j =>
  lam * u j + \sum_(i < N) (if fold i == t then f (cell i) j * dot (f (cell i)) u else 0).

Lemma gram_dot N t x u : dot x (gram N t u) = lam * dot x u +
  \sum_(i < N) (if fold i == t then dot x (f (cell i)) * dot (f (cell i)) u else 0).
Proof.
rewrite dotDr dotZr; congr (_ + _); rewrite /dot.
under eq_bigr do rewrite mulr_sumr.
rewrite exchange_big; apply: eq_bigr => i _; case: (fold i == t); last first.
  by apply: big1 => j _; rewrite mulr0.
by rewrite mulr_suml; apply: eq_bigr => j _; rewrite mulrA.
Qed.

Lemma gram_form N t x : dot x (gram N t x) = lam * dot x x +
  \sum_(i < N) (if fold i == t then dot x (f (cell i)) ^+ 2 else 0).
Proof.
rewrite gram_dot; congr (_ + _); apply: eq_bigr => i _; case: ifP => // _.
by rewrite expr2 [dot (f _) x]dotC.
Qed.

Definition noise t x (V : W -> R) (h : seq W) : R := psum (fun y w =>
  if fold (size y) == t
  then dot x (f (cell (size y))) * (V w - Ex (law t (cell (size y))) V) else 0) h.

(* one side; s is 1 or -1 *)
Lemma linear_tail1 N t x (s : R) L : 0 <= L -> s ^+ 2 = 1 ->
  Prp k N [::] (fun h => c t * Num.sqrt (L / 2%:R) * Num.sqrt (dot x (gram N t x))
    < s * noise t x (F t h) h) <= e (- L).
Proof.
move=> L0 s1; set G2 := dot x (gram N t x); set b := c t * _ * _.
pose al (h : seq W) := s * dot x (f (cell (size h))).
pose E (h : seq W) := Ex (law t (cell (size h))) (F t h).
pose D (h : seq W) w := if fold (size h) == t then al h * (F t h w - E h) else 0.
pose ch (h : seq W) := if fold (size h) == t then c t * `|al h| else 0.
pose ah (h : seq W) := if fold (size h) == t
  then (if 0 <= al h then al h * (0 - E h) else al h * (c t - E h)) else 0.
have kd h : dist (k h) by apply: design_dist.
have hD0 h : Ex (k h) (D h) = 0.
  rewrite /D; case: (eqVneq (fold (size h)) t) => [ft|_]; last by rewrite Ex_const.
  by rewrite ExZ ExB Ex_const // /E /design_kernel ft subrr mulr0.
have hDr h w : ah h <= D h w <= ah h + ch h.
  rewrite /ah /D /ch; case: ifP => _; last by rewrite addr0 lexx.
  case/andP: (F_range t h w) => F0 F1; case: (lerP 0 (al h)) => [a0|a0].
    rewrite (ger0_norm a0).
    have -> : al h * (0 - E h) + c t * al h = al h * (c t - E h) by ring.
    by apply/andP; split; apply: ler_wpmul2l => //; rewrite ler_add2r.
  rewrite (ltr0_norm a0).
  have -> : al h * (c t - E h) + c t * - al h = al h * (0 - E h) by ring.
  by apply/andP; split; apply: (ler_wnmul2l (ltW a0)); rewrite ler_add2r.
have noiseE h : s * noise t x (F t h) h = psum D h.
  rewrite /noise -psumZ; apply: eq_psum_in => y w z ey.
  rewrite /D /al; case: ifP => [/eqP ft|_]; last by rewrite mulr0.
  have eF (u : W) : F t h u = F t y u by rewrite -ey F_before // ft.
  by rewrite eF /E (eq_Ex _ eF) mulrA.
have sqE h : size h = N -> psum (fun y _ => ch y ^+ 2) h <= c t ^+ 2 * G2.
  move=> sh; rewrite (psum_size (fun i => (if fold i == t
    then c t * `|s * dot x (f (cell i))| else 0) ^+ 2) h) sh /G2 gram_form.
  apply: (@le_trans _ _ (c t ^+ 2 *
    \sum_(i < N) (if fold i == t then dot x (f (cell i)) ^+ 2 else 0))).
    rewrite mulr_sumr; apply: ler_sum => i _; case: ifP => _.
      by rewrite exprMn real_normK ?num_real // exprMn s1 mul1r.
    by rewrite expr0n mulr0.
  apply: ler_wpmul2l; rewrite ?sqr_ge0 // ler_addr mulr_ge0 ?dot_ge0 //; exact: ltW.
have G0 : 0 <= G2.
  rewrite /G2 gram_form addr_ge0 ?mulr_ge0 ?dot_ge0 ?(ltW lam0) //.
  by apply: sumr_ge0 => i _; case: ifP; rewrite ?sqr_ge0.
have b0 : 0 <= b by rewrite !mulr_ge0 ?sqrtr_ge0.
case: (eqVneq (c t ^+ 2 * G2) 0) => [vz|vn].
  have Dz h : psum D h = 0.
    elim/last_ind: h => [|y w IH] //; rewrite psum_rcons IH add0r /D; case: ifP => // _.
    move/eqP: vz; rewrite mulf_eq0 sqrf_eq0 => /orP[/eqP cz|/eqP Gz].
      have Fz (u : W) : F t y u = 0 by apply/le_anti; rewrite -{1}cz andbC F_range.
      by rewrite Fz /E (eq_Ex _ Fz) Ex_const // subrr mulr0.
    have xx : dot x x = 0.
      apply/eqP; move: Gz => /eqP; rewrite /G2 gram_form.
      rewrite paddr_eq0 ?mulr_ge0 ?dot_ge0 ?(ltW lam0) //.
        by case/andP; rewrite mulf_eq0 (negbTE (lt0r_neq0 lam0)).
      by apply: sumr_ge0 => i _; case: ifP; rewrite ?sqr_ge0.
    by rewrite /al (dot_eq0 _ xx) mulr0 mul0r.
  apply: le_trans (ex_ge0 e _); rewrite -[leRHS](Epr_const kd N [::] 0).
  by apply: Epr_mono => // h; rewrite noiseE Dz ltNge b0.
have v0 : 0 < c t ^+ 2 * G2 by rewrite lt_def vn mulr_ge0 ?sqr_ge0.
apply: le_trans (_ : _ <= e (- (2%:R * b ^+ 2 / (c t ^+ 2 * G2)))) _; last first.
  apply: ex_mono; rewrite ler_opp2 le_eqVlt; apply/orP; left; apply/eqP.
  rewrite /b !exprMn !sqr_sqrtr ?divr_ge0 ?ler0n //.
  by move: vn; rewrite mulf_eq0 negb_or sqrf_eq0 => /andP[cn Gn]; field; rewrite cn Gn.
apply: le_trans (azuma e kd hD0 hDr N b0 v0); apply: Prp_mono => // h sh.
by rewrite noiseE => /ltW ->; rewrite sqE.
Qed.

Theorem linear_tail N t x L : 0 <= L ->
  Prp k N [::] (fun h => c t * Num.sqrt (L / 2%:R) * Num.sqrt (dot x (gram N t x))
    < `|noise t x (F t h) h|) <= 2%:R * e (- L).
Proof.
move=> L0; rewrite (_ : 2%:R * e (- L) = e (- L) + e (- L)); last by ring.
have s1 : 1 ^+ 2 = 1 :> R by rewrite expr1n.
have s2 : (- 1) ^+ 2 = 1 :> R by rewrite sqrrN expr1n.
apply: le_trans (ler_add (linear_tail1 N t x L0 s1) (linear_tail1 N t x L0 s2)).
apply: le_trans (union_bound2 (design_dist fold cell hlaw) _ _ _ _).
apply: Prp_mono; first exact: design_dist.
by move=> h _; rewrite mul1r mulN1r ltr_normr.
Qed.
(* ---- the ridge estimate ---- *)
Variable rw : nat -> C -> R.      (* the known reward of a cell in the stage of the fold *)

Definition moments t (V : W -> R) (h : seq W) : J -> R := fun j => psum (fun y w =>
  if fold (size y) == t then f (cell (size y)) j * (rw t (cell (size y)) + V w) else 0) h.

Lemma gram_sym N t u v : dot (gram N t u) v = dot u (gram N t v).
Proof.
rewrite dotC !gram_dot [dot v u]dotC; congr (_ + _); apply: eq_bigr => i _.
by case: ifP => // _; rewrite mulrC dotC [dot v _]dotC.
Qed.

Lemma dot_moments t x V h : dot x (moments t V h) = psum (fun y w => if fold (size y) == t
  then dot x (f (cell (size y))) * (rw t (cell (size y)) + V w) else 0) h.
Proof.
elim/last_ind: h => [|h w IH].
  by rewrite psum0 /dot big1 // => j _; rewrite /moments psum0 mulr0.
rewrite psum_rcons -IH; transitivity (dot x (fun j => moments t V h j +
   (if fold (size h) == t then (rw t (cell (size h)) + V w) * f (cell (size h)) j else 0))).
  by apply: eq_bigr => j _; rewrite /moments psum_rcons [f _ _ * _]mulrC.
rewrite dotDr; congr (_ + _); case: ifP => _; first by rewrite dotZr mulrC.
by rewrite /dot big1 // => j _; rewrite mulr0.
Qed.

Lemma ridge_error t x z (V : W -> R) (h : seq W) (w what : J -> R) :
  (forall j, gram (size h) t x j = f z j) ->
  (forall j, gram (size h) t what j = moments t V h j) ->
  (forall y, dot (f y) w = rw t y + Ex (law t y) V) ->
  dot (f z) what - dot (f z) w = noise t x V h - lam * dot x w.
Proof.
move=> hx hw hlin.
have fE v : dot (f z) v = dot x (gram (size h) t v).
  by rewrite -gram_sym; apply: eq_bigr => j _; rewrite hx.
have -> : dot (f z) what = dot x (moments t V h).
  by rewrite fE; apply: eq_bigr => j _; rewrite hw.
rewrite fE gram_dot dot_moments opprD addrA addrAC; congr (_ - _).
rewrite -(psum_size (fun i => if fold i == t then dot x (f (cell i)) * dot (f (cell i)) w else 0)).
rewrite -psumN -psumD; apply: eq_psum => y u; case: ifP => _; last by rewrite subr0.
by rewrite hlin -mulrBr; congr (_ * _); ring.
Qed.

Definition linear_beta t (w : J -> R) L : R :=
  c t * Num.sqrt (L / 2%:R) + Num.sqrt lam * Num.sqrt (dot w w).

Theorem linear_quantifier N T L d (x : nat -> C -> J -> R) : 0 <= L -> 0 < d ->
  2%:R * #|C|%:R * T%:R / d <= e L ->
  (forall t z j, (t < T)%N -> gram N t (x t z) j = f z j) ->
  whp k N d (fun h => forall t z w what, (t < T)%N ->
    (forall j, gram N t what j = moments t (F t h) h j) ->
    (forall y, dot (f y) w = rw t y + Ex (law t y) (F t h)) ->
    `|dot (f z) what - dot (f z) w| <= linear_beta t w L * Num.sqrt (dot (x t z) (f z))).
Proof.
move=> L0 d0 hL hx.
pose bad t z (h : seq W) := c t * Num.sqrt (L / 2%:R) * Num.sqrt (dot (x t z) (gram N t (x t z)))
    < `|noise t (x t z) (F t h) h|.
exists (fun h => [forall tz : 'I_T * C, ~~ bad tz.1 tz.2 h]); split.
  apply: (@le_trans _ _ (#|{: 'I_T * C}|%:R * (2%:R * e (- L)))).
    apply: le_trans (_ : _ <= Prp k N [::]
      (fun h => [exists tz : 'I_T * C, bad tz.1 tz.2 h])) _.
      apply: Prp_mono; first exact: design_dist.
      move=> h _; rewrite negb_forall => /existsP[tz]; rewrite negbK => btz.
      by apply/existsP; exists tz.
    apply: union_bound_le; first exact: design_dist.
    by move=> tz; apply: linear_tail.
  rewrite card_prod card_ord natrM exN mulrA ler_pdivr_mulr ?ex_gt0 //.
  rewrite -ler_pdivr_mull // mulrC; apply: le_trans hL.
  by rewrite le_eqVlt; apply/orP; left; apply/eqP; congr (_ / _); ring.
move=> h sh /forallP good t z w what lt hw hlin.
have := good (Ordinal lt, z); rewrite /bad /= -leNgt => close.
have hx' j : gram (size h) t (x t z) j = f z j by rewrite sh hx.
have hw' j : gram (size h) t what j = moments t (F t h) h j by rewrite sh hw.
have fE : dot (x t z) (gram N t (x t z)) = dot (x t z) (f z).
  by apply: eq_bigr => j _; rewrite hx.
rewrite (ridge_error hx' hw' hlin) /linear_beta mulrDl; apply: le_trans (ler_norm_sub _ _) _.
rewrite fE in close; apply: ler_add => //.
set xx := x t z in fE *; rewrite -sqrtr_sqr -!sqrtrM ?(ltW lam0) ?mulr_ge0 ?dot_ge0 ?(ltW lam0) //.
apply: ler_wsqrtr; rewrite exprMn -mulrA expr2 -mulrA; apply: ler_wpmul2l; first exact: ltW.
apply: (@le_trans _ _ (lam * (dot xx xx * dot w w))).
  by apply: ler_wpmul2l (cauchy_schwarz _ _); apply: ltW.
rewrite mulrA mulrC; apply: ler_wpmul2l; first exact: dot_ge0.
rewrite -fE gram_form ler_addl; apply: sumr_ge0 => i _; case: ifP => // _; exact: sqr_ge0.
Qed.
(* ---- a linear model: rewards f . theta, next states from the mixture of d laws ---- *)
Lemma norm_box (w : J -> R) B : (forall j, 0 <= w j <= B) ->
  Num.sqrt (dot w w) <= Num.sqrt #|J|%:R * B.
Proof.
move=> hw; have [j _|J0] := pickP (fun _ : J => true); last first.
  by rewrite /dot big_pred0 // sqrtr0 (_ : #|J| = 0%N) ?sqrtr0 ?mul0r // eq_card0.
have B0 : 0 <= B by case/andP: (hw j); apply: le_trans.
rewrite -[X in _ * X](ger0_norm B0) -sqrtr_sqr -sqrtrM ?ler0n //; apply: ler_wsqrtr.
rewrite mulr_natl -sumr_const; apply: ler_sum => i _; case/andP: (hw i) => w0 w1.
by rewrite expr2; apply: ler_pmul.
Qed.

Corollary linear_quantifier_simplex N T L d (x : nat -> C -> J -> R)
    (theta : nat -> J -> R) (M : nat -> J -> W -> R) : 0 <= L -> 0 < d ->
  2%:R * #|C|%:R * T%:R / d <= e L ->
  (forall t z j, (t < T)%N -> gram N t (x t z) j = f z j) ->
  (forall t j, dist (M t j)) -> (forall t j, 0 <= theta t j <= 1) ->
  (forall t z, rw t z = dot (f z) (theta t)) ->
  (forall t z (u : W), law t z u = \sum_j f z j * M t j u) ->
  whp k N d (fun h => forall t z what, (t < T)%N ->
    (forall j, gram N t what j = moments t (F t h) h j) ->
    `|dot (f z) what - (rw t z + Ex (law t z) (F t h))|
      <= (c t * Num.sqrt (L / 2%:R) + Num.sqrt lam * (Num.sqrt #|J|%:R * (c t + 1)))
         * Num.sqrt (dot (x t z) (f z))).
Proof.
move=> L0 d0 hL hx hM hth hrw hlawM.
apply: whp_mono (linear_quantifier L0 d0 hL hx) => h sh quant t z what lt hw.
pose w j := theta t j + Ex (M t j) (F t h).
have hlin y : dot (f y) w = rw t y + Ex (law t y) (F t h).
  rewrite hrw dotDr; congr (_ + _); rewrite /dot /Ex.
  under [RHS]eq_bigr do rewrite hlawM mulr_suml.
  rewrite exchange_big; apply: eq_bigr => j _ /=; rewrite mulr_sumr.
  by apply: eq_bigr => o _; rewrite mulrA.
have w01 j : 0 <= w j <= c t + 1.
  have E0 : 0 <= Ex (M t j) (F t h) by apply: Ex_ge => // o; case/andP: (F_range t h o).
  have E1 : Ex (M t j) (F t h) <= c t by apply: Ex_le => // o; case/andP: (F_range t h o).
  by case/andP: (hth t j) => t0 t1; rewrite addr_ge0 //= [c t + 1]addrC ler_add.
rewrite -hlin; apply: le_trans (quant t z w what lt hw hlin) _.
apply: ler_wpmul2r; rewrite ?sqrtr_ge0 // ler_add2l; apply: ler_wpmul2l; rewrite ?sqrtr_ge0 //.
exact: norm_box.
Qed.
End Linear.
