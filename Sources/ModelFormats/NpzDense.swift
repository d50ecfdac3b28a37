// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels

extension NpzArrays {
  /// The model of dense probabilities.
  func denseDocument(options: ReadOptions) throws(ModelFormatError) -> ModelDocument {
    guard let P = doubles["P"], let R = doubles["R"] else {
      throw .missing(file, what: "the array R")
    }
    let axes = try DenseAxes(of: P.header, layout: options.layout, file: file)
    let (S, A) = (axes.S, axes.A)
    try check(whole("S", in: 1...Int.max), "S", is: S)
    try check(whole("A", in: 1...Int.max), "A", is: A)
    guard pointers["choice_pointers"] == nil else {
      throw .badValue(
        file, .array("choice_pointers"), reason: "a dense P offers every action in every state")
    }
    var model = ModelArrays(stateCount: S, actionCount: A)
    model.rowPointers = Array(repeating: 0, count: S * A + 1)
    try setVectors(of: &model)
    var elements = axes.ordered(P.values)
    try setRewards(of: &model, R, P: elements, axes: axes)
    var warnings: [String] = []
    if options.rowSumTolerance > 0,
      let rescaled = rescale(&elements, &model, within: options.rowSumTolerance)
    {
      warnings.append(rescalingWarning(rescaled.count, model.place(ofChoice: rescaled.row)))
    }
    let matrix = Matrix(S, S * A, columnMajor: elements)
    let dynamics = try model.model(of: .dense(matrix), in: file, storage: options.storage) {
      error, model in
      place(of: error, model) { k, next in
        .entry(array: "P", index: axes.rowMajorIndex(s: k / A, a: k % A, next: next ?? 0))
      }
    }
    return ModelDocument(dynamics: dynamics, warnings: warnings)
  }

  private func check(_ found: Int?, _ name: String, is expected: Int) throws(ModelFormatError) {
    guard found == nil || found == expected else {
      throw .badValue(
        file, .array(name), reason: "it is \(found ?? 0), but the shape of P says \(expected)")
    }
  }

  /// Rewards r(s, a) as they are, or Σ P · R with the rewards of the outcomes kept if they matter.
  private func setRewards(
    of model: inout ModelArrays, _ R: Doubles, P: [Double], axes: DenseAxes
  ) throws(ModelFormatError) {
    guard R.header.shape.count == 3 else {
      model.rewards = try choiceRewards(R, choices: axes.S * axes.A, model)
      return
    }
    guard R.header.shape == axes.shape else {
      throw .badValue(
        file, .array("R"),
        reason: "the shape is \(shapeText(R.header.shape)), expected that of P, "
          + "\(shapeText(axes.shape)), or \(shapeText([axes.S, axes.A]))")
    }
    var rewardAxes = axes
    rewardAxes.isFortran = R.header.isFortran
    if let i = R.values.firstIndex(where: { !$0.isFinite }) {
      throw .badValue(
        file, .entry(array: "R", index: rewardAxes.rowMajorIndex(ofStored: i)),
        reason: "the reward is \(R.values[i]), expected a finite number")
    }
    let rewards = rewardAxes.ordered(R.values)
    let S = axes.S
    var varies = false
    model.rewards = (0..<axes.S * axes.A).map { k in
      var mean = 0.0
      var only: Double?
      var isConstant = true
      for i in k * S..<(k + 1) * S where P[i] > 0 {
        mean += P[i] * rewards[i]
        if let only, only != rewards[i] { isConstant = false }
        only = rewards[i]
      }
      varies = varies || !isConstant
      return isConstant ? only ?? 0 : mean
    }
    if varies { model.outcomeRewards = rewards }
  }

  private func rescale(
    _ P: inout [Double], _ model: inout ModelArrays, within tolerance: Double
  ) -> (count: Int, row: Int)? {
    let S = model.stateCount
    var first: Int?
    var count = 0
    for k in 0..<model.choiceCount {
      let row = k * S..<(k + 1) * S
      let sum = accurateSum(P[row], startingAt: model.termination?[k] ?? 0)
      let distance = abs(sum - 1)
      guard distance > Double(S + 1) * .ulpOfOne, distance <= tolerance else { continue }
      for i in row { P[i] /= sum }
      model.termination?[k] /= sum
      if first == nil { first = k }
      count += 1
    }
    return first.map { (count, $0) }
  }
}

/// How the axes of a dense array lie in memory.
struct DenseAxes {
  let S: Int
  let A: Int
  let layout: DenseLayout
  var isFortran: Bool

  /// The shape in the file.
  var shape: [Int] { layout == .sas ? [S, A, S] : [A, S, S] }

  /// Takes the sizes from the shape of `P`.
  init(of header: NpyHeader, layout: DenseLayout, file: String) throws(ModelFormatError) {
    let shape = header.shape
    let name = "P"
    guard shape.count == 3, shape.allSatisfy({ $0 >= 1 && $0 <= Int32.max }) else {
      throw .badValue(
        file, .array(name), reason: "the shape is \(shapeText(shape)), expected (S, A, S)")
    }
    let S = shape[2]
    guard shape[layout == .sas ? 0 : 1] == S else {
      let fitsOther = shape[layout == .sas ? 1 : 0] == S
      throw .badValue(
        file, .array(name),
        reason: "the shape is \(shapeText(shape)), expected "
          + (layout == .sas ? "(S, A, S)" : "(A, S, S)")
          + (fitsOther ? "; read it with layout \(layout == .sas ? "ass" : "sas")" : ""))
    }
    self.S = S
    self.A = shape[layout == .sas ? 1 : 0]
    self.layout = layout
    self.isFortran = header.isFortran
  }

  /// The elements with s slowest, then a, then s′.
  func ordered(_ values: [Double]) -> [Double] {
    if layout == .sas && !isFortran { return values }
    let (first, second, third) =
      isFortran ? (1, shape[0], shape[0] * shape[1]) : (shape[1] * shape[2], shape[2], 1)
    let (sStep, aStep) = layout == .sas ? (first, second) : (second, first)
    return [Double](unsafeUninitializedCapacity: values.count) { result, count in
      useHugePages(UnsafeMutableRawBufferPointer(result))
      for s in 0..<S {
        for a in 0..<A {
          let start = s * sStep + a * aStep
          for next in 0..<S {
            result[count] = values[start + next * third]
            count += 1
          }
        }
      }
    }
  }

  /// The position in `P.ravel()`, as Python counts.
  func rowMajorIndex(s: Int, a: Int, next: Int) -> Int {
    layout == .sas ? (s * A + a) * S + next : (a * S + s) * S + next
  }

  /// The position in `P.ravel()` of the element stored at position `i`.
  func rowMajorIndex(ofStored i: Int) -> Int {
    guard isFortran else { return i }
    let (x, rest) = (i % shape[0], i / shape[0])
    let (y, z) = (rest % shape[1], rest / shape[1])
    return (x * shape[1] + y) * shape[2] + z
  }
}
