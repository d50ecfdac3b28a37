// SPDX-License-Identifier: Apache-2.0
import Figures

extension Results {
  /// Writes every cell as a line of comma-separated values: the coordinates, the trial, the scalars,
  /// and the curves with one column a checkpoint.
  ///
  /// - Parameter line: Receives each line, the header first, without the line's end.
  /// - Throws: What `line` throws, and errors of the store.
  /// - Complexity: O(numbers) time, O(numbers of one cell) memory.
  public func exportCSV(_ line: (String) throws -> Void) throws {
    let schema = design.schema
    var names: [String] = []
    for point in points {
      for coordinate in point.coordinates where !names.contains(coordinate.name) {
        names.append(coordinate.name)
      }
    }
    let curveColumns = schema.curves.flatMap { curve in
      curve.checkpoints.map { "\(curve.name) at \(Point.Value.number($0))" }
    }
    try line(CSVTable.line(names + ["trial"] + schema.scalars + curveColumns))
    for point in points {
      let coordinates = names.map { name in
        point.coordinates.first { $0.name == name }?.value.description ?? ""
      }
      var trial = 0
      try forEachTrial(at: point) { numbers in
        try line(CSVTable.line(coordinates + ["\(trial)"] + numbers.map { "\($0)" }))
        trial += 1
      }
    }
  }
}
