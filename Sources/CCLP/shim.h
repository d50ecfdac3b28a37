// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <coin/Clp_C_Interface.h>
