// SPDX-License-Identifier: Apache-2.0
// KLU only: UMFPACK of the same package is GPL.
#pragma once
#include <suitesparse/klu.h>
