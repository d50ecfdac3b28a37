// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels

/// Writes compressed rows as NumPy arrays, stored without compression; see `readNpz` for the names.
///
/// - Returns: What the format cannot keep.
func writeNpz(
  _ document: ModelDocument, to path: String, in transaction: FileTransaction
) throws(ModelFormatError) -> [String] {
  let model = document.dynamics
  let matrix = model.transitions.sparseForm()
  let archive = try ArchiveWriter(try transaction.create(path), kind: .zip, path: path)
  try archive.addNpy("indptr", type: "<i8", matrix.rowPointers)
  try archive.addNpy("indices", type: "<i4", matrix.columns)
  try archive.addNpy("data", type: "<f8", matrix.values)
  try archive.addNpy("R", type: "<f8", model.rewards)
  try archive.addNpy("S", type: "<i8", [model.stateCount], isScalar: true)
  try archive.addNpy("A", type: "<i8", [model.actionCount], isScalar: true)
  if let discount = document.discount {
    try archive.addNpy("gamma", type: "<f8", [discount], isScalar: true)
  }
  try archive.addNpy("H", type: "<i8", [document.horizon ?? 0], isScalar: true)
  if let initial = model.initialDistribution {
    try archive.addNpy("initial", type: "<f8", initial)
  }
  if let termination = model.termination {
    try archive.addNpy("termination", type: "<f8", termination)
  }
  if let actions = model.choiceActions {
    try archive.addNpy("choice_pointers", type: "<i8", model.choicePointers)
    try archive.addNpy("choice_actions", type: "<i4", actions)
  }
  try archive.finish()
  return losses(of: document, keeping: [.criterion, .initial])
}

extension ArchiveWriter {
  /// Adds an array with the header that NumPy writes.
  fileprivate func addNpy<T: BitwiseCopyable>(
    _ name: String, type: String, _ array: [T], isScalar: Bool = false
  ) throws(ModelFormatError) {
    let shape = isScalar ? "()" : shapeText([array.count])
    var text = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }"
    // The data start at a multiple of 64 bytes from the start of the member.
    let padding = 63 - (10 + text.utf8.count) % 64
    text += String(repeating: " ", count: padding) + "\n"
    let length = text.utf8.count
    let start: [UInt8] = [
      0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, UInt8(length & 255), UInt8(length >> 8),
    ]
    try add(name + ".npy", head: start + Array(text.utf8), array)
  }
}
