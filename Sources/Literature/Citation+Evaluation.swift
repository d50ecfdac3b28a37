// SPDX-License-Identifier: Apache-2.0

// What evaluation rest on.
extension Citation {
}
