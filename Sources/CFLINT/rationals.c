// SPDX-License-Identifier: Apache-2.0
// Compiled to nothing unless the package trait ExactRationals is on, so that a build without it
// needs no FLINT.
#include "CFLINT.h"

#ifdef PROVABLY_EXACT_RATIONALS

#include <stdio.h>
#include <stdlib.h>

#include <flint/flint.h>
#include <flint/fmpq.h>
#include <flint/fmpq_mat.h>
#include <gmp.h>
#include <mpfr.h>

struct provably_rationals {
  int64_t count;
  mpq_t elements[];
};

provably_rationals *provably_rationals_new(int64_t count) {
  provably_rationals *v = malloc(sizeof *v + (size_t)count * sizeof(mpq_t));
  // Like GMP itself, which cannot report a failed allocation.
  if (v == NULL) abort();
  v->count = count;
  for (int64_t i = 0; i < count; i++) mpq_init(v->elements[i]);
  return v;
}

void provably_rationals_free(provably_rationals *v) {
  if (v == NULL) return;
  for (int64_t i = 0; i < v->count; i++) mpq_clear(v->elements[i]);
  free(v);
}

void provably_rationals_set_double(provably_rationals *v, int64_t i, double x) {
  mpq_set_d(v->elements[i], x);
}

void provably_rationals_set_decimal(
    provably_rationals *v, int64_t i, int32_t negative, const char *numerator,
    const char *denominator, int64_t exponent) {
  mpz_ptr n = mpq_numref(v->elements[i]), d = mpq_denref(v->elements[i]);
  mpz_set_str(n, numerator, 10);
  mpz_set_str(d, denominator, 10);
  if (negative) mpz_neg(n, n);
  if (exponent != 0) {
    mpz_t power;
    mpz_init(power);
    mpz_ui_pow_ui(power, 10, (unsigned long)(exponent > 0 ? exponent : -exponent));
    mpz_ptr target = exponent > 0 ? n : d;
    mpz_mul(target, target, power);
    mpz_clear(power);
  }
  mpq_canonicalize(v->elements[i]);
}

void provably_rationals_copy(
    provably_rationals *v, int64_t i, const provably_rationals *w, int64_t j) {
  mpq_set(v->elements[i], w->elements[j]);
}

void provably_rationals_subtract(
    provably_rationals *v, const provably_rationals *w, int64_t count) {
  for (int64_t i = 0; i < count; i++) mpq_sub(v->elements[i], v->elements[i], w->elements[i]);
}

void provably_rationals_combine(
    provably_rationals *v, const provably_rationals *x, char op, const provably_rationals *w) {
  mpq_ptr out = v->elements[0];
  mpq_srcptr a = x->elements[0], b = w->elements[0];
  switch (op) {
  case '+': mpq_add(out, a, b); break;
  case '-': mpq_sub(out, a, b); break;
  case '*': mpq_mul(out, a, b); break;
  default: mpq_div(out, a, b); break;
  }
}

char *provably_rationals_text(const provably_rationals *v, int64_t i) {
  mpq_srcptr q = v->elements[i];
  // The sign, the slash and the final zero byte.
  size_t size = mpz_sizeinbase(mpq_numref(q), 10) + mpz_sizeinbase(mpq_denref(q), 10) + 3;
  char *text = malloc(size);
  if (text != NULL) mpq_get_str(text, 10, q);
  return text;
}

void provably_rationals_bounds(const provably_rationals *v, int64_t i, double *low, double *high) {
  mpfr_t t;
  mpfr_init2(t, 53);
  // Below the normal range the second rounding goes the same way as the first, to a coarser grid.
  mpfr_set_q(t, v->elements[i], MPFR_RNDD);
  *low = mpfr_get_d(t, MPFR_RNDD);
  mpfr_set_q(t, v->elements[i], MPFR_RNDU);
  *high = mpfr_get_d(t, MPFR_RNDU);
  mpfr_clear(t);
}

int32_t provably_rationals_compare(
    const provably_rationals *v, int64_t i, const provably_rationals *w, int64_t j) {
  int order = mpq_cmp(v->elements[i], w->elements[j]);
  return (order > 0) - (order < 0);
}

int32_t provably_rationals_sign(const provably_rationals *v, int64_t i) {
  return mpq_sgn(v->elements[i]);
}

// The values over one denominator: v[j] = scaled[j] / denominator.
struct shared_denominator {
  int64_t count;
  mpz_t denominator;
  mpz_t *scaled;
};

// Brings v over its least common denominator; 0, with nothing to free, when that is much longer
// than the longest denominator. The solution of a linear system has a short one: its determinant.
static int share_denominator(struct shared_denominator *d, const provably_rationals *v) {
  size_t longest = 0;
  for (int64_t j = 0; j < v->count; j++) {
    size_t bits = mpz_sizeinbase(mpq_denref(v->elements[j]), 2);
    if (bits > longest) longest = bits;
  }
  mpz_init_set_ui(d->denominator, 1);
  for (int64_t j = 0; j < v->count; j++) {
    mpz_srcptr next = mpq_denref(v->elements[j]);
    if (mpz_divisible_p(d->denominator, next)) continue;
    mpz_lcm(d->denominator, d->denominator, next);
    if (mpz_sizeinbase(d->denominator, 2) > 2 * longest + 256) {
      mpz_clear(d->denominator);
      return 0;
    }
  }
  d->count = v->count;
  d->scaled = malloc((size_t)v->count * sizeof(mpz_t));
  if (d->scaled == NULL && v->count > 0) abort();
  for (int64_t j = 0; j < v->count; j++) {
    mpz_init(d->scaled[j]);
    mpz_divexact(d->scaled[j], d->denominator, mpq_denref(v->elements[j]));
    mpz_mul(d->scaled[j], d->scaled[j], mpq_numref(v->elements[j]));
  }
  return 1;
}

static void free_shared_denominator(struct shared_denominator *d) {
  for (int64_t j = 0; j < d->count; j++) mpz_clear(d->scaled[j]);
  free(d->scaled);
  mpz_clear(d->denominator);
}

// One reduction to lowest terms a row, instead of two for each of its entries.
static void backup_shared(
    int64_t rows, const int64_t *pointers, const int32_t *columns, const provably_rationals *p,
    mpq_srcptr gamma, const provably_rationals *r, const struct shared_denominator *v,
    provably_rationals *out) {
  mpz_t common, sum, factor, below;
  mpz_init(common);
  mpz_init(sum);
  mpz_init(factor);
  mpz_init(below);
  for (int64_t k = 0; k < rows; k++) {
    // sum / common = Σ_e p[e] scaled[columns[e]]
    mpz_set_ui(common, 1);
    for (int64_t e = pointers[k]; e < pointers[k + 1]; e++)
      mpz_lcm(common, common, mpq_denref(p->elements[e]));
    mpz_set_ui(sum, 0);
    for (int64_t e = pointers[k]; e < pointers[k + 1]; e++) {
      mpz_divexact(factor, common, mpq_denref(p->elements[e]));
      mpz_mul(factor, factor, mpq_numref(p->elements[e]));
      mpz_addmul(sum, factor, v->scaled[columns[e]]);
    }
    // gamma sum / (common denominator) + r over one denominator
    mpz_mul(below, common, v->denominator);
    mpz_mul(below, below, mpq_denref(gamma));
    mpz_mul(sum, sum, mpq_numref(gamma));
    mpz_mul(sum, sum, mpq_denref(r->elements[k]));
    mpz_addmul(sum, below, mpq_numref(r->elements[k]));
    mpz_mul(below, below, mpq_denref(r->elements[k]));
    mpz_swap(mpq_numref(out->elements[k]), sum);
    mpz_swap(mpq_denref(out->elements[k]), below);
    mpq_canonicalize(out->elements[k]);
  }
  mpz_clear(below);
  mpz_clear(factor);
  mpz_clear(sum);
  mpz_clear(common);
}

static void backup_plain(
    int64_t rows, const int64_t *pointers, const int32_t *columns, const provably_rationals *p,
    mpq_srcptr gamma, const provably_rationals *r, const provably_rationals *v,
    provably_rationals *out) {
  mpq_t term;
  mpq_init(term);
  for (int64_t k = 0; k < rows; k++) {
    mpq_ptr sum = out->elements[k];
    mpq_set_ui(sum, 0, 1);
    for (int64_t e = pointers[k]; e < pointers[k + 1]; e++) {
      mpq_mul(term, p->elements[e], v->elements[columns[e]]);
      mpq_add(sum, sum, term);
    }
    mpq_mul(sum, sum, gamma);
    mpq_add(sum, sum, r->elements[k]);
  }
  mpq_clear(term);
}

void provably_rationals_backup(
    int64_t rows, const int64_t *pointers, const int32_t *columns, const provably_rationals *p,
    const provably_rationals *gamma, const provably_rationals *r, const provably_rationals *v,
    provably_rationals *out) {
  struct shared_denominator shared;
  if (share_denominator(&shared, v)) {
    backup_shared(rows, pointers, columns, p, gamma->elements[0], r, &shared, out);
    free_shared_denominator(&shared);
  } else {
    backup_plain(rows, pointers, columns, p, gamma->elements[0], r, v, out);
  }
}

provably_rationals *provably_rationals_solve(
    int64_t n, const int64_t *choice, const int64_t *pointers, const int32_t *columns,
    const provably_rationals *p, const provably_rationals *gamma, const provably_rationals *r) {
  fmpq_mat_t a, b, x;
  fmpq_t factor, term;
  fmpq_mat_init(a, n, n);
  fmpq_mat_init(b, n, 1);
  fmpq_mat_init(x, n, 1);
  fmpq_init(factor);
  fmpq_init(term);
  fmpq_mat_one(a);
  fmpq_set_mpq(factor, gamma->elements[0]);
  for (int64_t s = 0; s < n; s++) {
    int64_t k = choice[s];
    fmpq_set_mpq(fmpq_mat_entry(b, s, 0), r->elements[k]);
    for (int64_t e = pointers[k]; e < pointers[k + 1]; e++) {
      fmpq_set_mpq(term, p->elements[e]);
      fmpq_submul(fmpq_mat_entry(a, s, columns[e]), factor, term);
    }
  }
  provably_rationals *result = NULL;
  if (fmpq_mat_solve_dixon(x, a, b)) {
    result = provably_rationals_new(n);
    for (int64_t s = 0; s < n; s++) fmpq_get_mpq(result->elements[s], fmpq_mat_entry(x, s, 0));
  }
  fmpq_clear(term);
  fmpq_clear(factor);
  fmpq_mat_clear(x);
  fmpq_mat_clear(b);
  fmpq_mat_clear(a);
  return result;
}

#endif
