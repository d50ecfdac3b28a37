// SPDX-License-Identifier: Apache-2.0
// Vectors of exact rationals behind an opaque handle, and an exact solve. No stable API: only
// ExactArithmetic calls it, and no header of GMP, MPFR or FLINT reaches Swift.
//
// The numbers are GMP's and always in lowest terms with a positive denominator. FLINT's own numbers
// live in pools that belong to one thread, so they are made and destroyed within the one function
// that needs them. A vector may be read from several threads, and freed on any.
//
// No function checks its arguments: indices are in range, doubles finite, denominators not zero.
#pragma once
#include <stdint.h>

typedef struct provably_rationals provably_rationals;

/// A vector of zeros.
provably_rationals *provably_rationals_new(int64_t count);

/// Frees a vector; a null pointer is allowed.
void provably_rationals_free(provably_rationals *v);

/// v[i] = x, exactly.
void provably_rationals_set_double(provably_rationals *v, int64_t i, double x);

/// v[i] = ± numerator / denominator · 10^exponent; both texts consist of decimal digits only.
void provably_rationals_set_decimal(
    provably_rationals *v, int64_t i, int32_t negative, const char *numerator,
    const char *denominator, int64_t exponent);

/// v[i] = w[j].
void provably_rationals_copy(
    provably_rationals *v, int64_t i, const provably_rationals *w, int64_t j);

/// v[i] = v[i] - w[i] for i in [0, count).
void provably_rationals_subtract(
    provably_rationals *v, const provably_rationals *w, int64_t count);

/// v[0] = x[0] op w[0], op one of + - * /; not divided by zero.
void provably_rationals_combine(
    provably_rationals *v, const provably_rationals *x, char op, const provably_rationals *w);

/// "n/d", or "n" for an integer; to be passed to `free`. Null without memory.
char *provably_rationals_text(const provably_rationals *v, int64_t i);

/// The greatest double that is at most v[i] and the least that is at least v[i].
void provably_rationals_bounds(const provably_rationals *v, int64_t i, double *low, double *high);

/// -1, 0 or 1 as v[i] is less than, equal to or greater than w[j].
int32_t provably_rationals_compare(
    const provably_rationals *v, int64_t i, const provably_rationals *w, int64_t j);

/// -1, 0 or 1 as v[i] is negative, zero or positive.
int32_t provably_rationals_sign(const provably_rationals *v, int64_t i);

/// out[k] = r[k] + gamma[0] · Σ_e p[e] v[columns[e]], e over row k of a CSR matrix, for all k in
/// [0, rows). `out` is neither `r` nor `v`.
void provably_rationals_backup(
    int64_t rows, const int64_t *pointers, const int32_t *columns, const provably_rationals *p,
    const provably_rationals *gamma, const provably_rationals *r, const provably_rationals *v,
    provably_rationals *out);

/// The solution of (I - gamma[0] P) x = r, with row s of the n × n matrix P being row choice[s] of
/// a CSR matrix and r[choice[s]] its right-hand side; null when the matrix is singular.
///
/// p-adic lifting (Dixon) on a dense matrix: n² rationals of memory.
provably_rationals *provably_rationals_solve(
    int64_t n, const int64_t *choice, const int64_t *pointers, const int32_t *columns,
    const provably_rationals *p, const provably_rationals *gamma, const provably_rationals *r);
