// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import TestSupport
import Testing

@Suite("FrozenLake")
struct FrozenLakeTests {
  @Test("equals Gymnasium's table entry for entry", arguments: ["4x4", "8x8"])
  func gymnasium(map: String) throws {
    let lake = try FrozenLake(map: map == "4x4" ? FrozenLake.map4x4 : FrozenLake.map8x8)
    try GymnasiumTable(named: "frozenlake-\(map)").expectEqual(to: lake.table())
  }

  @Test(
    "has the known optimal value at discount 0.99",
    arguments: [(FrozenLake.map4x4, 0.542_025_932_0), (FrozenLake.map8x8, 0.414_640_361_8)])
  func knownValue(map: [String], value: Double) throws {
    let model = try FrozenLake(map: map).model()
    let values = Oracle(model).optimalValues(discount: 0.99, tolerance: 1e-12)
    expectClose(values[0], value, tolerance: 1e-10)
  }

  @Test("without slips, the value is the discount to the power of the way less one")
  func closedForm() throws {
    for map in [FrozenLake.map4x4, FrozenLake.map8x8] {
      let lake = try FrozenLake(map: map, slippery: false)
      let d = try #require(lake.shortestPath)
      let values = Oracle(try lake.model()).optimalValues(discount: 0.9)
      expectClose(values[0], (1..<d).reduce(1.0) { v, _ in 0.9 * v }, tolerance: 1e-12)
    }
    #expect(try FrozenLake().shortestPath == 6)
    #expect(try FrozenLake(map: FrozenLake.map8x8).shortestPath == 14)
  }

  @Test("a goal behind holes cannot be reached")
  func unreachable() throws {
    let lake = try FrozenLake(map: ["SHG"], slippery: false)
    #expect(lake.shortestPath == nil)
    #expect(Oracle(try lake.model()).optimalValues(discount: 0.9)[0] == 0)
  }

  @Test("spreads the start over all cells S")
  func starts() throws {
    #expect(try FrozenLake(map: ["SSG", "FFS"]).model().initialDistribution?.max() == 1 / 3.0)
  }

  @Test(
    "refuses maps that are not maps",
    arguments: [[], [""], ["FFG"], ["SF", "F"], ["SXG"], ["S\u{e9}G"]])
  func badMaps(map: [String]) {
    #expect(throws: ModelError.self) { try FrozenLake(map: map) }
  }
}
