// SPDX-License-Identifier: Apache-2.0
// Runtime dispatch: the kernels are compiled for three instruction sets and one table is chosen on
// first use. An atomic pointer (not ifunc, whose resolver runs before ThreadSanitizer is ready).
#if defined(__linux__)
#define _GNU_SOURCE
#include <sched.h>
#include <unistd.h>
#endif
#include "CShims.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

typedef double lanes __attribute__((vector_size(64), aligned(8)));

// The first entries at p, and zeros: for the end of a row. Each becomes a load or two, where a copy of a
// number of doubles that the compiler does not know would be a call, which costs more than a short row.
#define FIRST_1(p) ((lanes){(p)[0]})
#define FIRST_2(p) ((lanes){(p)[0], (p)[1]})
#define FIRST_3(p) ((lanes){(p)[0], (p)[1], (p)[2]})
#define FIRST_4(p) ((lanes){(p)[0], (p)[1], (p)[2], (p)[3]})
#define FIRST_5(p) ((lanes){(p)[0], (p)[1], (p)[2], (p)[3], (p)[4]})
#define FIRST_6(p) ((lanes){(p)[0], (p)[1], (p)[2], (p)[3], (p)[4], (p)[5]})
#define FIRST_7(p) ((lanes){(p)[0], (p)[1], (p)[2], (p)[3], (p)[4], (p)[5], (p)[6]})

// How many rows ahead of their turn entries are asked for; how many entries, of rows that lie one after another.
enum { ahead = 8, entries_ahead = 256 };

// States from which x, of 3 MB, fits into no core's own cache.
enum { many = 400000 };

struct kernels {
  double (*dot)(const double *, const double *, int64_t);
  double (*sparse_dot)(const double *, const int32_t *, int64_t, const double *);
  void (*dense_times_vector)(
      const double *, int64_t, int64_t, int64_t, const double *, double *);
  void (*sparse_times_vector)(
      const int64_t *, const int32_t *, const double *, int64_t, int64_t, const double *,
      double *);
  void (*sparse_bellman)(
      const int64_t *, const int64_t *, const int32_t *, const double *, const double *, double,
      const double *, int64_t, int64_t, double *, int64_t *, double *);
  void (*dense_bellman)(
      const int64_t *, const double *, int64_t, const double *, double, const double *,
      const double *, int64_t, int64_t, double *, int64_t *, double *);
  void (*sparse_gauss_seidel)(
      const int64_t *, const int64_t *, const int32_t *, const double *, int64_t, const double *,
      double, int64_t, int64_t, int32_t, int32_t, int64_t *, double *);
  void (*dense_gauss_seidel)(
      const int64_t *, const double *, int64_t, const double *, double, const int32_t *, int64_t,
      int32_t, int32_t, int64_t *, double *);
  void (*sparse_policy_backup)(
      const int64_t *, const int32_t *, const double *, int64_t, const double *, double,
      const double *, const int64_t *, int64_t, int64_t, double *, double *);
  void (*dense_policy_backup)(
      const double *, int64_t, const double *, double, const double *, const int64_t *, int64_t,
      int64_t, double *, double *);
  int64_t (*sparse_lazy_bellman)(
      const int64_t *, const int64_t *, const int32_t *, const double *, int64_t, const double *,
      double, const double *, int64_t, int64_t, double, double *, double *, int64_t *, double *,
      const int64_t *, const int32_t *, const double *);
  int64_t (*dense_lazy_bellman)(
      const int64_t *, const double *, int64_t, const double *, double, const double *,
      const double *, int64_t, int64_t, double, double *, double *, int64_t *, double *);
  void (*band_factor)(
      double *, int64_t, int64_t, int64_t, int64_t, int64_t, double *);
  void (*band_forward)(const double *, int64_t, int64_t, int64_t, int64_t, double *);
  void (*band_backward)(
      const double *, int64_t, int64_t, int64_t, int64_t, const double *, double *);
};

#define NAME(x) base_##x
#define TARGET
#include "kernels.inc"
#undef NAME
#undef TARGET

#if defined(__x86_64__)
#define NAME(x) v3_##x
#define TARGET __attribute__((target("arch=x86-64-v3")))
#include "kernels.inc"
#undef NAME
#undef TARGET

#define NAME(x) v4_##x
#define TARGET __attribute__((target("arch=x86-64-v4")))
#include "kernels.inc"
#undef NAME
#undef TARGET
#endif

static int32_t level_of_cpu(void) {
  int32_t level = 0;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("x86-64-v3")) level = 1;
  if (__builtin_cpu_supports("x86-64-v4")) level = 2;
#endif
  const char *wish = getenv("PROVABLY_CPU");
  if (wish && strcmp(wish, "base") == 0) level = 0;
  if (wish && strcmp(wish, "avx2") == 0 && level > 1) level = 1;
  return level;
}

static _Atomic(const struct kernels *) chosen;

static inline const struct kernels *table(void) {
  const struct kernels *t = atomic_load_explicit(&chosen, memory_order_acquire);
  if (__builtin_expect(t != NULL, 1)) return t;
  t = &base_table;
#if defined(__x86_64__)
  switch (level_of_cpu()) {
  case 2: t = &v4_table; break;
  case 1: t = &v3_table; break;
  default: break;
  }
#endif
  atomic_store_explicit(&chosen, t, memory_order_release);
  return t;
}

int32_t provably_cpu_level(void) { return level_of_cpu(); }

double provably_dot(const double *a, const double *b, int64_t n) { return table()->dot(a, b, n); }

double provably_sparse_dot(
    const double *values, const int32_t *columns, int64_t n, const double *x) {
  return table()->sparse_dot(values, columns, n, x);
}

void provably_dense_times_vector(
    const double *rows, int64_t n, int64_t begin, int64_t end, const double *x, double *y) {
  table()->dense_times_vector(rows, n, begin, end, x, y);
}

void provably_sparse_times_vector(
    const int64_t *pointers, const int32_t *columns, const double *values, int64_t begin,
    int64_t end, const double *x, double *y) {
  table()->sparse_times_vector(pointers, columns, values, begin, end, x, y);
}

void provably_sparse_bellman(
    const int64_t *choices, const int64_t *pointers, const int32_t *columns, const double *values,
    const double *rewards, double gamma, const double *v, int64_t begin, int64_t end, double *out,
    int64_t *choice, double *extrema) {
  table()->sparse_bellman(
      choices, pointers, columns, values, rewards, gamma, v, begin, end, out, choice, extrema);
}

void provably_dense_bellman(
    const int64_t *choices, const double *rows, int64_t n, const double *rewards, double gamma,
    const double *x, const double *v, int64_t begin, int64_t end, double *out, int64_t *choice,
    double *extrema) {
  table()->dense_bellman(
      choices, rows, n, rewards, gamma, x, v, begin, end, out, choice, extrema);
}

void provably_sparse_gauss_seidel(
    const int64_t *choices, const int64_t *pointers, const int32_t *columns, const double *values,
    int64_t n, const double *rewards, double gamma, int64_t begin, int64_t end, int32_t backwards,
    int32_t policy_only, int64_t *choice, double *v) {
  table()->sparse_gauss_seidel(
      choices, pointers, columns, values, n, rewards, gamma, begin, end, backwards, policy_only,
      choice, v);
}

void provably_dense_gauss_seidel(
    const int64_t *choices, const double *rows, int64_t n, const double *rewards, double gamma,
    const int32_t *order, int64_t count, int32_t backwards, int32_t policy_only, int64_t *choice,
    double *v) {
  table()->dense_gauss_seidel(
      choices, rows, n, rewards, gamma, order, count, backwards, policy_only, choice, v);
}

void provably_sparse_policy_backup(
    const int64_t *pointers, const int32_t *columns, const double *values, int64_t n,
    const double *rewards, double gamma, const double *v, const int64_t *choice, int64_t begin,
    int64_t end, double *out, double *extrema) {
  table()->sparse_policy_backup(
      pointers, columns, values, n, rewards, gamma, v, choice, begin, end, out, extrema);
}

void provably_dense_policy_backup(
    const double *rows, int64_t n, const double *rewards, double gamma, const double *v,
    const int64_t *choice, int64_t begin, int64_t end, double *out, double *extrema) {
  table()->dense_policy_backup(
      rows, n, rewards, gamma, v, choice, begin, end, out, extrema);
}

int64_t provably_sparse_lazy_bellman(
    const int64_t *choices, const int64_t *pointers, const int32_t *columns, const double *values,
    int64_t n, const double *rewards, double gamma, const double *v, int64_t begin, int64_t end,
    double credit, double *stored, double *out, int64_t *choice, double *extrema,
    const int64_t *held_pointers, const int32_t *held_columns, const double *held_values) {
  return table()->sparse_lazy_bellman(
      choices, pointers, columns, values, n, rewards, gamma, v, begin, end, credit, stored, out,
      choice, extrema, held_pointers, held_columns, held_values);
}

int64_t provably_dense_lazy_bellman(
    const int64_t *choices, const double *rows, int64_t n, const double *rewards, double gamma,
    const double *x, const double *v, int64_t begin, int64_t end, double credit, double *stored,
    double *out, int64_t *choice, double *extrema) {
  return table()->dense_lazy_bellman(
      choices, rows, n, rewards, gamma, x, v, begin, end, credit, stored, out, choice, extrema);
}

void provably_band_factor(
    double *a, int64_t stride, int64_t w, int64_t begin, int64_t end, int64_t eliminated,
    double *reciprocals) {
  table()->band_factor(a, stride, w, begin, end, eliminated, reciprocals);
}

void provably_band_forward(
    const double *a, int64_t stride, int64_t w, int64_t rows, int64_t eliminated, double *x) {
  table()->band_forward(a, stride, w, rows, eliminated, x);
}

void provably_band_backward(
    const double *a, int64_t stride, int64_t w, int64_t rows, int64_t eliminated,
    const double *reciprocals, double *x) {
  table()->band_backward(a, stride, w, rows, eliminated, reciprocals, x);
}

int32_t provably_current_cpu(void) {
#if defined(__linux__)
  return sched_getcpu();
#else
  return -1;
#endif
}

int32_t provably_current_thread(void) {
#if defined(__linux__)
  return gettid();
#else
  return -1;
#endif
}

void provably_move_thread(int32_t thread, int32_t cpu) {
#if defined(__linux__)
  cpu_set_t allowed, others;
  if (thread < 0 || cpu < 0 || cpu >= CPU_SETSIZE) return;
  if (sched_getaffinity(thread, sizeof allowed, &allowed) != 0) return;
  others = allowed;
  CPU_CLR(cpu, &others);
  if (CPU_COUNT(&others) == 0 || sched_setaffinity(thread, sizeof others, &others) != 0) return;
  sched_setaffinity(thread, sizeof allowed, &allowed);  // moved; where it stays is the scheduler's choice
#else
  (void)thread, (void)cpu;
#endif
}
