// SPDX-License-Identifier: Apache-2.0
import Experiments

/// The studies that the program knows, in the order of the atlas.
public enum Catalogue {
  /// One study a paper.
  public static let studies: [Study] = [
    taleOfPessimismStudy,
    ucbviStudy,
    banditStudy,
    peviStudy,
    lsviUCBStudy,
    statisticalPrecipiceStudy,
    rewardShiftStudy,
  ]

  /// All claims of all studies.
  public static var claims: [any Claim] { studies.flatMap(\.claims) }
}
