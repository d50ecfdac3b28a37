(* Bernstein.v - Bernstein's bound for the exponential, and the visits of a cell at which a rare
   event happens.

   e t <= 1 + t + t^2 / (2 (1 - t/3)) for 0 <= t < 3, from e (x + y) = e x * e y and 1 + x <= e x on
   an Archimedean field: the right side g satisfies g (x) (1 + u) <= g (x + u), so (1 + t/n)^n <=
   g t, and e t is at most (1 + t/n)^n times 1 + O(1/n). With it, how often an event of probability
   p happens at n visits of a cell is rarely more than (1 + 1/H) n p + (H/2 + 1/3) L.

   Main definitions
   - bern t: the bound 1 + t + 3/2 t^2 / (3 - t).

   Main statements
   - ex_bernstein: e t <= bern t.
   - visits_chernoff: P(at some time n visits and S > a) <= e (n p (e s - 1 - s) - s a), s >= 0.
   - visits_bernstein: P(at some time n visits and S > n p / H + (H/2 + 1/3) L) <= e (- L).

   Notation: S is the sum over the visits of (1 if the event happened, else 0) - p.
   Assumptions: finitely many outcomes. The form with a square root, as in [maurer2009], theorem 3,
   has the same consequence (by 2 sqrt (ab) <= a + b) and is not needed.
   References: [maurer2009], theorem 3.
   Swift counterpart: Sources/Bounds/UCBVIHoeffding.swift, `bernsteinLogTerm`. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Fin Process Hoeffding.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Scalar.
Variables (R : realFieldType) (e : expField R).
Implicit Types t u x : R.

Definition bern t : R := 1 + t + 3%:R / 2%:R * (t ^+ 2 / (3%:R - t)).

Lemma bern_step x u : 0 <= x -> 0 <= u -> x + u < 3%:R -> bern x * (1 + u) <= bern (x + u).
Proof.
move=> x0 u0 lt; have d1 : 0 < 3%:R - (x + u) by rewrite subr_gt0.
have d0 : 0 < 3%:R - x by apply: lt_le_trans d1 _; rewrite ler_add2l ler_opp2 ler_addl.
rewrite -subr_ge0; have -> : bern (x + u) - bern x * (1 + u) =
  u * (x ^+ 3 / 2%:R + 9%:R / 2%:R * u + 3%:R / 2%:R * (u * x) + x ^+ 2 * u / 2%:R)
    / ((3%:R - x) * (3%:R - (x + u))).
  by rewrite /bern; field; rewrite !lt0r_neq0.
rewrite divr_ge0 //; last by rewrite mulr_ge0 ?ltW.
by rewrite mulr_ge0 // !addr_ge0 // ?divr_ge0 ?mulr_ge0 ?invr_ge0 ?exprn_ge0 ?ler0n.
Qed.

Lemma bern_pow u n : 0 <= u -> n%:R * u < 3%:R -> (1 + u) ^+ n <= bern (n%:R * u).
Proof.
move=> u0; elim: n => [|n IH] lt.
  by rewrite mul0r /bern expr0n /= mul0r mulr0 !addr0 expr0.
have eS : n.+1%:R * u = n%:R * u + u by rewrite mulrSr mulrDl mul1r.
rewrite eS in lt *; rewrite exprSr; apply: le_trans (bern_step _ u0 lt).
  rewrite ler_wpmul2r ?addr_ge0 ?ler01 // IH //.
  by apply: le_lt_trans lt; rewrite ler_addl.
by rewrite mulr_ge0 ?ler0n.
Qed.

Lemma ex_natmul x n : e (n%:R * x) = e x ^+ n.
Proof.
elim: n => [|n IH]; first by rewrite mul0r ex0 expr0.
by rewrite exprSr -IH mulrSr mulrDl mul1r exD.
Qed.

Theorem ex_bernstein t : 0 <= t -> t < 3%:R -> e t <= bern t.
Proof.
move=> t0 t3; rewrite leNgt; apply/negP => lt; pose d := e t - bern t.
have d0 : 0 < d by rewrite subr_gt0.
pose B := 2%:R * t + 2%:R * t ^+ 2 * e t / d.
have [n] := ex_archi e B; have B1 : 0 <= 2%:R * t by rewrite mulr_ge0 ?ler0n.
have B2 : 0 <= 2%:R * t ^+ 2 * e t / d.
  by rewrite divr_ge0 ?(ltW d0) // !mulr_ge0 ?ler0n ?exprn_ge0 ?ex_ge0.
rewrite ger0_norm ?addr_ge0 // => Bn.
have n0 : (0 : R) < n%:R by apply: le_lt_trans Bn; rewrite addr_ge0.
have nt : 2%:R * t <= n%:R by apply: le_trans (ltW Bn); rewrite ler_addl.
have nd : 2%:R * t ^+ 2 * e t < d * n%:R.
  rewrite [X in _ < X]mulrC -ltr_pdivr_mulr //.
  by apply: le_lt_trans Bn; rewrite ler_addr.
pose u := t / n%:R; have u0 : 0 <= u by rewrite divr_ge0 // ltW.
have nu : n%:R * u = t by rewrite /u mulrC divfK // lt0r_neq0.
have u2 : 2%:R * u <= 1 by rewrite /u mulrA ler_pdivr_mulr // mul1r.
pose h := u - 2%:R * u ^+ 2.
have hE : h = u * (1 - 2%:R * u) by rewrite /h; ring.
have h0 : 0 <= h by rewrite hE mulr_ge0 // subr_ge0.
have hu : h <= u by rewrite /h ler_subl_addr ler_addl mulr_ge0 ?ler0n ?sqr_ge0.
have eh : e h <= 1 + u.
  have h2 : 2%:R * h <= 1 by apply: le_trans u2; rewrite ler_wpmul2l ?ler0n.
  rewrite addrC -ler_subl_addr; apply: le_trans (ex_small e h0 h2) _.
  rewrite {1}/h -addrA ger_addl addrC subr_le0 ler_wpmul2l ?ler0n //.
  by rewrite ler_expn2r ?nnegrE.
have enh : e (n%:R * h) <= bern t.
  rewrite ex_natmul -nu; apply: le_trans (bern_pow u0 _); last by rewrite nu.
  by rewrite ler_expn2r ?nnegrE ?ex_ge0 ?addr_ge0 ?ler01.
pose y := 2%:R * t ^+ 2 / n%:R.
have ty : t = n%:R * h + y.
  by rewrite /h /y /u; field; rewrite lt0r_neq0.
have ey : e t * (1 - y) <= bern t.
  rewrite {1}ty exD -mulrA; apply: le_trans enh.
  rewrite ler_pimulr ?ex_ge0 // -[leRHS](exMN e y) ler_wpmul2l ?ex_ge0 //.
  exact: ex_ge.
have : d * n%:R <= 2%:R * t ^+ 2 * e t.
  rewrite -ler_pdivl_mulr // /d ler_subl_addr -ler_subl_addl; apply: le_trans ey.
  rewrite le_eqVlt; apply/orP; left; apply/eqP; rewrite /y; field.
  by rewrite lt0r_neq0.
by rewrite leNgt nd.
Qed.
End Scalar.

Section VisitTail.
Variables (R : realFieldType) (e : expField R) (W : finType) (k : seq W -> W -> R).
Hypothesis hk : forall h, dist (k h).
Variables (v : seq W -> bool) (f : W -> bool) (p : R).
Hypothesis p_ge0 : 0 <= p.
Hypothesis p_mean : forall h, v h -> Ex (k h) (fun w => (f w)%:R) = p.

Notation D := (fun (_ : seq W) w => (f w)%:R - p).
Notation S := (psum (at_visits v D)).

Theorem visits_chernoff (N n : nat) s a : 0 <= s ->
  Prp k N [::] (ever (fun y => (visits v y == n) && (a < S y)))
    <= e (n%:R * (p * (e s - 1 - s)) - s * a).
Proof.
move=> s0; set phi := e s - 1 - s; have phi0 : 0 <= phi.
  by rewrite /phi -addrA -opprD subr_ge0 ex_ge.
pose F x := e (s * psum (at_until v D n) x - (visits (until v n) x)%:R * (p * phi)).
have super x : Ex (k x) (fun w => F (rcons x w)) <= F x.
  rewrite /F; under eq_Ex do rewrite psum_rcons visits_rcons {2}/at_until.
  case ux: (until v n x) => /=; last first.
    by under eq_Ex do rewrite addr0 addn0; rewrite Ex_const.
  have vx : v x by case/andP: ux.
  set C := e (s * psum (at_until v D n) x - (visits (until v n) x)%:R * (p * phi)).
  rewrite (_ : Ex _ _ = Ex (k x) (fun w => C * (e (- (s * p) - p * phi) * e (s * (f w)%:R)))).
    rewrite !ExZ -[leRHS]mulr1 ler_wpmul2l ?ex_ge0 //.
    have -> : Ex (k x) (fun w => e (s * (f w)%:R)) = 1 + (e s - 1) * p.
      rewrite -(p_mean vx) -ExZ -[X in X + _](Ex_const 1 (hk x)) -ExD; apply: eq_Ex => w.
      by case: (f w); rewrite ?mulr1 ?mulr0 ?ex0 ?addr0 // addrC subrK.
    apply: le_trans (_ : _ <= e (- (s * p) - p * phi) * e ((e s - 1) * p)) _.
      by rewrite ler_wpmul2l ?ex_ge0 ?ex_ge.
    rewrite -exD (_ : _ + _ = 0) ?ex0 //; rewrite /phi; ring.
  by apply: eq_Ex => w; rewrite /C -!exD; congr (e _); rewrite natrD; ring.
have EF := supermartingale hk N [::] super.
have F0 : F [::] = 1 by rewrite /F psum0 visits_nil mul0r mulr0 subrr ex0.
rewrite F0 in EF; set A := n%:R * _ - s * a.
rewrite -(ler_pmul2l (ex_gt0 e (- A))) -exD addNr ex0; apply: le_trans EF.
apply: (markov hk) => [x|x /everP[i [li /andP[/eqP en lt]]]]; first exact: ex_ge0.
apply: ex_mono; rewrite (until_at D en) /A opprB; apply: ler_sub.
  by rewrite ler_wpmul2l // (ltW lt).
by rewrite ler_wpmul2r ?mulr_ge0 // ler_nat visits_until.
Qed.

(* s = 6 / (3 H + 2) makes (e s - 1 - s) / s at most 1/H *)
Theorem visits_bernstein (N n H : nat) L : (0 < H)%N ->
  Prp k N [::] (ever (fun y => (visits v y == n) &&
    (n%:R * p / H%:R + (H%:R / 2%:R + 3%:R^-1) * L < S y))) <= e (- L).
Proof.
move=> H0; have h0 : (0 : R) < H%:R by rewrite ltr0n.
pose q : R := 3%:R * H%:R + 2%:R; pose s : R := 6%:R / q.
have q0 : 0 < q by rewrite addr_gt0 ?mulr_gt0 ?ltr0n.
have s0 : 0 <= s by rewrite divr_ge0 ?ler0n ?ltW.
have hn := lt0r_neq0 h0; have qn := lt0r_neq0 q0; rewrite /q in qn.
have rn : 3%:R * (3%:R * H%:R + 2%:R) - 6%:R != 0 :> R.
  by rewrite (_ : _ - _ = 9%:R * H%:R) ?mulf_neq0 ?pnatr_eq0 //; [rewrite -lt0n | ring].
have s3 : s < 3%:R.
  rewrite ltr_pdivr_mulr // -subr_gt0 (_ : _ - _ = 9%:R * H%:R); last by rewrite /q; ring.
  by rewrite mulr_gt0 ?ltr0n.
apply: le_trans (visits_chernoff N n _ s0) _; apply: ex_mono.
have le : e s - 1 - s <= s / H%:R.
  rewrite -addrA -opprD ler_subl_addr addrC; apply: le_trans (ex_bernstein e s0 s3) _.
  rewrite /bern ler_add2l le_eqVlt; apply/orP; left; apply/eqP.
  by rewrite /s /q; field; rewrite hn qn rn.
apply: (@le_trans _ _ (n%:R * (p * (s / H%:R))
  - s * (n%:R * p / H%:R + (H%:R / 2%:R + 3%:R^-1) * L))).
  by rewrite ler_add2r ler_wpmul2l ?ler0n // ler_wpmul2l.
rewrite le_eqVlt; apply/orP; left; apply/eqP; rewrite /s /q; field.
by rewrite hn qn.
Qed.
End VisitTail.
