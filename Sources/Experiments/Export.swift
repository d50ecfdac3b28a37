// SPDX-License-Identifier: Apache-2.0

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
    func joined(_ cells: [String]) -> String { cells.map(quoted).joined(separator: ",") }
    try line(joined(names + ["trial"] + schema.scalars + curveColumns))
    for point in points {
      let coordinates = names.map { name in
        point.coordinates.first { $0.name == name }?.value.description ?? ""
      }
      var trial = 0
      try forEachTrial(at: point) { numbers in
        try line(joined(coordinates + ["\(trial)"] + numbers.map { "\($0)" }))
        trial += 1
      }
    }
  }

  private func quoted(_ cell: String) -> String {
    guard cell.contains(where: { ",\"\r\n".contains($0) }) else { return cell }
    return "\""
      + cell.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}
