// SPDX-License-Identifier: Apache-2.0
#include "CBandwidth.h"
#include <stdlib.h>
#include <sys/mman.h>

#if defined(__x86_64__)
#define EVERY_CPU __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define EVERY_CPU
#endif

EVERY_CPU double bandwidth_sum(const double *values, int64_t n) {
#pragma clang fp reassociate(on)
  double sum = 0;
#pragma clang loop vectorize(enable) interleave_count(8)
  for (int64_t i = 0; i < n; i++) sum += values[i];
  return sum;
}

double *bandwidth_array(int64_t n) {
  size_t bytes = (size_t)n * sizeof(double);
  size_t page = (size_t)1 << 21;
  bytes = (bytes + page - 1) / page * page;
  double *array = aligned_alloc(page, bytes);
  if (!array) return NULL;
  madvise(array, bytes, MADV_HUGEPAGE);
  for (int64_t i = 0; i < n; i++) array[i] = 1;
  return array;
}
