// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <lapacke.h>
#include <cblas.h>
#include <openblas_config.h>
// `lapack_int` is a macro, which Swift does not see.
typedef lapack_int CLapackInt;
