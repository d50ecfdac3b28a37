// SPDX-License-Identifier: Apache-2.0
// Kernels that Swift cannot compile for more than one CPU. No stable API: only LinearAlgebra and
// Planning call them.
//
// Canonical order of a reduction over n terms x_0 … x_{n-1}: eight lanes, lane j starts at +0.0 and
// adds x_j, x_{j+8}, x_{j+16}, … in this order; the lanes l_0 … l_7 are then added as
//   ((l0 + l4) + (l2 + l6)) + ((l1 + l5) + (l3 + l7)).
// No product is contracted into an FMA. Every CPU therefore returns the same bits.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// The instruction set in use: 0 = baseline, 1 = AVX2 level (x86-64-v3), 2 = AVX-512 (x86-64-v4).
/// Read once from the CPU; the environment variable PROVABLY_CPU = base | avx2 | avx512 lowers it.
int32_t provably_cpu_level(void);

/// Tells the CPU that this thread waits for another.
static inline void provably_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

/// The CPU that the calling thread runs on; -1 where that cannot be asked.
int32_t provably_current_cpu(void);
/// The number of the calling thread in the system; -1 where there is none.
int32_t provably_current_thread(void);
/// Moves a thread of this process to a CPU other than `cpu`, if it may use one. It may come back later.
void provably_move_thread(int32_t thread, int32_t cpu);

/// The dot product of `a` and `b`, both of length n, in the canonical order.
double provably_dot(const double *a, const double *b, int64_t n);

/// The dot product of a sparse row (n column indices and values) with the dense vector `x`.
double provably_sparse_dot(const double *values, const int32_t *columns, int64_t n, const double *x);

/// y[i] = row_i · x for i in [begin, end) of a dense row-major matrix with n columns.
void provably_dense_times_vector(
    const double *rows, int64_t n, int64_t begin, int64_t end, const double *x, double *y);

/// y[i] = row_i · x for i in [begin, end) of a CSR matrix.
void provably_sparse_times_vector(
    const int64_t *pointers, const int32_t *columns, const double *values, int64_t begin,
    int64_t end, const double *x, double *y);

/// One Bellman sweep over the states in [begin, end):
///   out[s] = max_k rewards[k] + gamma * (row_k · v),  choice[s] = the lowest k that attains it,
/// k over choices[s] ..< choices[s+1]; the dense rows are multiplied by x, of length n, which is v for
/// a table and M v for factors. `extrema` receives the least and the greatest out[s] - v[s].
void provably_sparse_bellman(
    const int64_t *choices, const int64_t *pointers, const int32_t *columns, const double *values,
    const double *rewards, double gamma, const double *v, int64_t begin, int64_t end, double *out,
    int64_t *choice, double *extrema);
void provably_dense_bellman(
    const int64_t *choices, const double *rows, int64_t n, const double *rewards, double gamma,
    const double *x, const double *v, int64_t begin, int64_t end, double *out, int64_t *choice,
    double *extrema);

/// One Gauss–Seidel sweep over the states in [begin, end), or the dense kernel's order[0 ..< count], from the
/// last to the first if backwards: v[s] is replaced in place, and the self-loop of the row is solved for:
///   v[s] = max_k (rewards[k] + gamma * Σ_{t≠s} P_k(t) v[t]) / (1 - gamma * P_k(s)).
/// choice[s] receives the k that attains it; with policy_only, k is choice[s] and nothing else. In the sparse
/// kernel n, the number of states, decides how far ahead of their turn rows are asked for.
void provably_sparse_gauss_seidel(
    const int64_t *choices, const int64_t *pointers, const int32_t *columns, const double *values,
    int64_t n, const double *rewards, double gamma, int64_t begin, int64_t end, int32_t backwards,
    int32_t policy_only, int64_t *choice, double *v);
void provably_dense_gauss_seidel(
    const int64_t *choices, const double *rows, int64_t n, const double *rewards, double gamma,
    const int32_t *order, int64_t count, int32_t backwards, int32_t policy_only, int64_t *choice,
    double *v);

/// out[s - begin] = rewards[k] + gamma * (row_k · v) with k = choice[s], for s in [begin, end).
/// In the sparse kernel choice may be NULL, which means k = s; v has n elements, which decides how far
/// ahead of their turn they are asked for.
void provably_sparse_policy_backup(
    const int64_t *pointers, const int32_t *columns, const double *values, int64_t n,
    const double *rewards, double gamma, const double *v, const int64_t *choice, int64_t begin,
    int64_t end, double *out, double *extrema);
void provably_dense_policy_backup(
    const double *rows, int64_t n, const double *rewards, double gamma, const double *v,
    const int64_t *choice, int64_t begin, int64_t end, double *out, double *extrema);

/// A lazy Bellman sweep: provably_sparse_bellman, but a row is read only if it can still win.
///
/// stored[k] + credit must be an upper bound on rewards[k] + gamma * (row_k · v) for every k, up to
/// the rounding of one evaluation; `choice` holds the incumbent of every state. The incumbent is
/// evaluated first, another row only if its bound reaches the best value so far (in the sparse kernel:
/// the incumbent's value). Each evaluated row gets a fresh bound, q - credit; in the sparse kernel the
/// incumbent only if it loses, as it is read in every sweep anyway. Returns the number of
/// rows that were read. If held_pointers is not NULL the held arrays are a CSR copy of the rows of the
/// incumbents, one for each state. In the sparse kernel v has n elements, as above.
int64_t provably_sparse_lazy_bellman(
    const int64_t *choices, const int64_t *pointers, const int32_t *columns, const double *values,
    int64_t n, const double *rewards, double gamma, const double *v, int64_t begin, int64_t end,
    double credit, double *stored, double *out, int64_t *choice, double *extrema,
    const int64_t *held_pointers, const int32_t *held_columns, const double *held_values);
int64_t provably_dense_lazy_bellman(
    const int64_t *choices, const double *rows, int64_t n, const double *rewards, double gamma,
    const double *x, const double *v, int64_t begin, int64_t end, double credit, double *stored,
    double *out, int64_t *choice, double *extrema);

/// Eliminates the columns below `eliminated` from the rows [begin, end) of a band matrix, in place and
/// without pivoting, after the rows before: rows below `eliminated` then hold L and U, the others their
/// Schur complement.
/// Entry (i, j), |i - j| <= w, is a[i * stride + w + j - i]; stride >= 2 w + 12, and what lies beyond
/// the band is 0. reciprocals[k] receives 1 / U(k, k).
void provably_band_factor(
    double *a, int64_t stride, int64_t w, int64_t begin, int64_t end, int64_t eliminated,
    double *reciprocals);
/// x <- L^-1 x for the rows below `eliminated`; the others lose what the elimination takes from them.
void provably_band_forward(
    const double *a, int64_t stride, int64_t w, int64_t rows, int64_t eliminated, double *x);
/// x[i] <- U^-1 x for i < eliminated, given the solution x[i] for the other rows.
void provably_band_backward(
    const double *a, int64_t stride, int64_t w, int64_t rows, int64_t eliminated,
    const double *reciprocals, double *x);
