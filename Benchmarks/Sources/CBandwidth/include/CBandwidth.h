// SPDX-License-Identifier: Apache-2.0
// Reads memory as fast as the machine can; used by the bandwidth probe only.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// The sum of n doubles, in whatever order and with whatever instructions are fastest.
double bandwidth_sum(const double *values, int64_t n);

/// n doubles, all 1, on huge pages where the system grants them; free with `free`.
double *bandwidth_array(int64_t n);
