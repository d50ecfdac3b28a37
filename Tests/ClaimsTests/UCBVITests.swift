// SPDX-License-Identifier: Apache-2.0
import Claims
import Testing

@Suite("Study of UCBVI")
struct UCBVITests {}
