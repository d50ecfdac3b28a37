(* ExpField.v - functions that behave like the exponential, over any Archimedean ordered field.

   The tail inequalities need an exponential, and the real numbers of Coq rest on axioms. So the
   exponential is any function e with e (x + y) = e x * e y and 1 + x <= e x, on an Archimedean
   field. All that the theory needs follows from these, also the scalar inequality of Hoeffding,
   which is usually proved by calculus. ExpReal.v shows that the exponential of the real numbers is
   such a function.

   Main definitions
   - expField R: the functions e with these properties.

   Main statements
   - ex0, exN, ex_gt0, ex_mono, ler_ex: values, and that e is increasing.
   - ex_convex: e is convex.
   - ex_hoeffding: (1 - p) e (- p t) + p e ((1 - p) t) <= e (t^2 / 8) for 0 <= p <= 1. Proof: with
     M(t) = 1 - p + p e t and the tilted probability q(t) = p e t / M(t), a small step h raises q by
     at most h/4 + O(h^2) and multiplies M by at most e (q h + O(h^2)); n steps of length t/n give
     e (p t + t^2 / 8 + O(1/n)), for every n.

   Notation: e x.
   Assumptions: the field is Archimedean, a field of the record.
   References: [hoeffding1963], the inequality (4.16) in the proof of theorem 2.
   Swift counterpart: none. Logarithms do not occur: L = ln x is any L with x <= e L. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Record expField (R : realFieldType) := ExpField {
  ex :> R -> R;
  exD : forall x y, ex (x + y) = ex x * ex y;
  ex_ge : forall x, 1 + x <= ex x;
  ex_archi : Num.archimedean_axiom R }.

Section ExpFacts.
Variables (R : realFieldType) (e : expField R).
Implicit Types x y : R.

Lemma ex0 : e 0 = 1.
Proof.
have e0 : e 0 != 0.
  by apply/lt0r_neq0/(lt_le_trans ltr01); rewrite -{1}[1]addr0 ex_ge.
by apply: (mulfI e0); rewrite -exD addr0 mulr1.
Qed.

Lemma exMN x : e x * e (- x) = 1. Proof. by rewrite -exD subrr ex0. Qed.

Lemma ex_gt0 x : 0 < e x.
Proof.
have -> : x = x / 2%:R + x / 2%:R by rewrite -mulrDl -mulr2n -[x *+ 2]mulr_natr mulfK // pnatr_eq0.
rewrite exD -expr2 exprn_even_gt0 //=; apply/eqP => e0.
by have := exMN (x / 2%:R); rewrite e0 mul0r => /eqP; rewrite eq_sym oner_eq0.
Qed.

Lemma ex_ge0 x : 0 <= e x. Proof. exact/ltW/ex_gt0. Qed.
Lemma ex_neq0 x : e x != 0. Proof. exact/lt0r_neq0/ex_gt0. Qed.

Lemma exN x : e (- x) = (e x)^-1.
Proof. by apply: (mulfI (ex_neq0 x)); rewrite exMN divff // ex_neq0. Qed.

Lemma exB x y : e (x - y) = e x / e y. Proof. by rewrite exD exN. Qed.

Lemma ex_tangent z y : e z * (1 + (y - z)) <= e y.
Proof.
have -> : e y = e z * e (y - z) by rewrite -exD addrC subrK.
by rewrite ler_pmul2l ?ex_gt0 // ex_ge.
Qed.

Lemma ex_ge1 x : 0 <= x -> 1 <= e x.
Proof. by move=> x0; apply: le_trans (ex_ge e x); rewrite ler_addl. Qed.

Lemma ex_mono x y : x <= y -> e x <= e y.
Proof.
move=> xy; apply: le_trans (ex_tangent x y).
by rewrite ler_pmulr ?ex_gt0 // ler_addl subr_ge0.
Qed.

Lemma ex_lt x y : x < y -> e x < e y.
Proof.
move=> xy; apply: lt_le_trans (ex_tangent x y).
by rewrite ltr_pmulr ?ex_gt0 // ltr_addl subr_gt0.
Qed.

Lemma ler_ex x y : (e x <= e y) = (x <= y).
Proof. by apply/idP/idP => [|/ex_mono//]; rewrite !leNgt; apply: contra => /ex_lt. Qed.

Lemma ex_convex p x y : 0 <= p -> p <= 1 ->
  e ((1 - p) * x + p * y) <= (1 - p) * e x + p * e y.
Proof.
move=> p0 p1; set z := (1 - p) * x + p * y.
apply: (@le_trans _ _ ((1 - p) * (e z * (1 + (x - z))) + p * (e z * (1 + (y - z))))).
  by rewrite [leRHS](_ : _ = e z) // /z; ring.
by apply: ler_add; apply: ler_wpmul2l; rewrite ?subr_ge0 ?ex_tangent.
Qed.

(* ---- the scalar inequality of Hoeffding ---- *)
Lemma ex_small x : 0 <= x -> 2%:R * x <= 1 -> e x - 1 <= x + 2%:R * x ^+ 2.
Proof.
move=> x0 x2; have x1 : 0 < 1 - x.
  rewrite subr_gt0; apply: le_lt_trans (_ : _ <= 2%:R^-1) _.
    by rewrite -[leRHS]mul1r ler_pdivl_mulr ?ltr0n // mulrC.
  by rewrite invf_lt1 ?ltr0n // ltr1n.
rewrite ler_subl_addr -(ler_pmul2r x1); apply: (@le_trans _ _ 1).
  by rewrite -{2}(exMN x); apply: ler_wpmul2l; rewrite ?ex_ge0 // ex_ge.
rewrite -subr_ge0 (_ : _ - 1 = x ^+ 2 * (1 - 2%:R * x)); last by ring.
by rewrite mulr_ge0 ?sqr_ge0 // subr_ge0.
Qed.

Section Scalar.
Variable p : R.
Implicit Types t h : R.
Hypothesis p01 : 0 <= p <= 1.
Let p0 : 0 <= p. Proof. by case/andP: p01. Qed.
Let p1 : 0 <= 1 - p. Proof. by rewrite subr_ge0; case/andP: p01. Qed.

Definition mgf t : R := (1 - p) + p * e t.
Definition tilt t : R := p * e t / mgf t.

Lemma mgf_gt0 t : 0 < mgf t.
Proof.
rewrite /mgf; case: (eqVneq p 0) => [->|pn]; first by rewrite subr0 mul0r addr0 ltr01.
by apply: ltr_paddl => //; rewrite mulr_gt0 ?ex_gt0 // lt_def pn p0.
Qed.

Lemma tilt_ge0 t : 0 <= tilt t.
Proof. by rewrite divr_ge0 ?(ltW (mgf_gt0 t)) // mulr_ge0 ?ex_ge0. Qed.

Lemma tilt_le1 t : tilt t <= 1.
Proof. by rewrite ler_pdivr_mulr ?mgf_gt0 // mul1r ler_addr. Qed.

Lemma mgf_step t h : mgf (t + h) = mgf t * (1 + tilt t * (e h - 1)).
Proof.
rewrite {1}/mgf /tilt exD /mgf; field.
by have := lt0r_neq0 (mgf_gt0 t).
Qed.

Lemma tilt_step t h : 0 <= h -> tilt (t + h) - tilt t <= (e h - 1) / 4%:R.
Proof.
move=> h0; have u0 : 0 <= e h - 1 by rewrite subr_ge0 ex_ge1.
have q0 := tilt_ge0 t; have q1 := tilt_le1 t.
set q := tilt t; set u := e h - 1; have d1 : 1 <= 1 + q * u by rewrite ler_addl mulr_ge0.
have d0 : 0 < 1 + q * u by apply: lt_le_trans d1.
have -> : tilt (t + h) = q * (1 + u) / (1 + q * u).
  rewrite {1}/tilt mgf_step exD -/q -/u /q /tilt /u; field.
  rewrite lt0r_neq0 ?mgf_gt0 //= (_ : _ + _ = mgf t * (1 + q * u)).
    by rewrite mulf_neq0 // lt0r_neq0 ?mgf_gt0.
  by rewrite /q /tilt /u; field; rewrite lt0r_neq0 ?mgf_gt0.
have -> : q * (1 + u) / (1 + q * u) - q = q * (1 - q) * u / (1 + q * u).
  by field; rewrite (lt0r_neq0 d0).
have q4 : q * (1 - q) <= 4%:R^-1.
  rewrite -subr_ge0 (_ : _ - _ = (q - 2%:R^-1) ^+ 2) ?sqr_ge0 //; by field.
rewrite ler_pdivr_mulr //; apply: (@le_trans _ _ (u / 4%:R)).
  by rewrite [u / _]mulrC; apply: ler_wpmul2r.
by apply: ler_pemulr; rewrite // divr_ge0 ?ler0n.
Qed.

Lemma mgf_steps h i : 0 <= h -> 2%:R * h <= 1 ->
  let g := (h + 2%:R * h ^+ 2) / 4%:R in let s := h *+ i in
  tilt s <= p + i%:R * g /\
  mgf s <= e (i%:R * p * h + i%:R ^+ 2 * g * h / 2%:R + 2%:R * i%:R * h ^+ 2).
Proof.
move=> h0 h2 g; have g0 : 0 <= g.
  by rewrite divr_ge0 ?ler0n // addr_ge0 // mulr_ge0 ?sqr_ge0 ?ler0n.
have eh := ex_small h0 h2; have u0 : 0 <= e h - 1 by rewrite subr_ge0 ex_ge1.
elim: i => [|i [IHq IHm]] /=.
  rewrite mulr0n /tilt /mgf ex0 !mul0r !mulr0 !mulr1 subrK divr1 !mul0r expr0n /= !mul0r !addr0.
  by rewrite ex0.
rewrite mulrSr; set s := h *+ i in IHq IHm *; split.
  rewrite -[tilt _](subrK (tilt s)) mulrSr mulrDl mul1r addrA [p + _ + _]addrC.
  apply: ler_add IHq; apply: le_trans (tilt_step s h0) _.
  by apply: ler_wpmul2r; rewrite ?invr_ge0 ?ler0n.
rewrite mgf_step; set E := e (_ + _ + _) in IHm.
apply: (@le_trans _ _ (E * e ((p + i%:R * g) * h + 2%:R * h ^+ 2))).
  apply: ler_pmul => //; first exact/ltW/mgf_gt0.
    by apply: addr_ge0; [exact: ler01|apply: mulr_ge0 => //; apply: tilt_ge0].
  apply: le_trans (ex_ge e _); rewrite ler_add2l.
  apply: (@le_trans _ _ (tilt s * (h + 2%:R * h ^+ 2))); first by rewrite ler_wpmul2l ?tilt_ge0.
  rewrite mulrDr; apply: ler_add; first exact: ler_wpmul2r.
  by apply: ler_pimull; rewrite ?tilt_le1 // mulr_ge0 ?sqr_ge0 ?ler0n.
rewrite -exD; apply: ex_mono; rewrite -subr_ge0.
rewrite (_ : _ - _ = g * h / 2%:R); first by rewrite divr_ge0 ?ler0n // mulr_ge0.
by rewrite !mulrSr; field.
Qed.

Lemma hoeffding_pos t : 0 <= t -> e (- (p * t)) * mgf t <= e (t ^+ 2 / 8%:R).
Proof.
move=> t0; set F := e (- (p * t)) * mgf t; set E := e _.
have F0 : 0 < F by rewrite mulr_gt0 ?ex_gt0 ?mgf_gt0.
rewrite leNgt; apply/negP => lt; have d0 : 0 < F - E by rewrite subr_gt0.
pose C := t * (t ^+ 2 / 4%:R + 2%:R * t).
have [n] := ex_archi e (2%:R * t + F * C / (F - E)).
have r1 : 0 <= 2%:R * t by rewrite mulr_ge0 ?ler0n.
have C0 : 0 <= C.
  apply: mulr_ge0 => //; apply: addr_ge0; last by rewrite mulr_ge0 ?ler0n.
  by apply: divr_ge0; rewrite ?sqr_ge0 ?ler0n.
have r2 : 0 <= F * C / (F - E).
  by apply: divr_ge0 (ltW d0); apply: mulr_ge0 (ltW F0) C0.
rewrite ger0_norm ?addr_ge0 // => ltn.
have n0 : 0 < n%:R :> R by apply: le_lt_trans ltn; rewrite addr_ge0.
pose h := t / n%:R; have h0 : 0 <= h by rewrite divr_ge0 ?(ltW n0).
have h2 : 2%:R * h <= 1.
  rewrite /h mulrA ler_pdivr_mulr // mul1r; apply: le_trans (ltW ltn); by rewrite ler_addl.
have hn : h *+ n = t by rewrite -mulr_natr /h mulfVK ?lt0r_neq0.
have [_] := mgf_steps n h0 h2; rewrite hn => le.
have {}le : F <= E * e (C / n%:R).
  rewrite /F; apply: (@le_trans _ _ (e (- (p * t)) * _)).
    by apply: ler_wpmul2l le; exact: ex_ge0.
  rewrite -!exD; apply: ex_mono; rewrite le_eqVlt; apply/orP; left; apply/eqP.
  by rewrite /h /C; field; rewrite lt0r_neq0.
have : F * (1 - C / n%:R) <= E.
  apply: (@le_trans _ _ (F * e (- (C / n%:R)))).
    by apply: ler_wpmul2l; rewrite ?(ltW F0) // ex_ge.
  by rewrite exN ler_pdivr_mulr ?ex_gt0.
apply/negP; rewrite -ltNge mulrBr mulr1 ltr_subr_addr addrC -ltr_subr_addr.
rewrite mulrA ltr_pdivr_mulr // -ltr_pdivr_mull // mulrC.
by apply: le_lt_trans ltn; rewrite ler_addr.
Qed.
End Scalar.

Theorem ex_hoeffding (p t : R) : 0 <= p <= 1 ->
  (1 - p) * e (- (p * t)) + p * e ((1 - p) * t) <= e (t ^+ 2 / 8%:R).
Proof.
move=> p01; case: (lerP 0 t) => [t0|/ltW t0].
  have e1 : e ((1 - p) * t) = e (- (p * t)) * e t by rewrite -exD; congr (e _); ring.
  apply: le_trans (hoeffding_pos p01 t0); rewrite /mgf e1.
  by rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
have q01 : 0 <= 1 - p <= 1.
  by case/andP: p01 => p0 p1; rewrite subr_ge0 p1 ler_subl_addr ler_addl p0.
have nt : 0 <= - t by rewrite oppr_ge0.
have e1 : e (- (p * t)) = e (- ((1 - p) * - t)) * e (- t) by rewrite -exD; congr (e _); ring.
have e2 : e ((1 - p) * t) = e (- ((1 - p) * - t)) by congr (e _); ring.
have := hoeffding_pos q01 nt; rewrite /mgf sqrrN; apply: le_trans; rewrite e1 e2.
by rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
Qed.
End ExpFacts.
Arguments ex_hoeffding {R} e [p t] _.
