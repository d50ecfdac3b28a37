// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// Writes a model to a file.
///
/// The file is written under a temporary name in the same folder and then renamed, so that a reader
/// never sees half of it; on failure the temporary file is removed and what was there stays. The
/// same document always gives the same bytes.
///
/// UMB, DRN and PRISM files have no termination: there one more absorbing state with the label
/// `terminated` and reward 0 takes the probability of it.
///
/// - Parameters:
///   - document: The model.
///   - path: The file; for PRISM's format the `.tra` file, its siblings are written beside it.
///   - format: The format; `nil` to find it from the ending of `path` (`.json` is our own).
/// - Returns: What the format could not keep (the discount, names, …), one sentence each.
/// - Throws: ``ModelFormatError`` when the format cannot express the model, or writing fails.
/// - Complexity: Linear in the size of the model.
@discardableResult
public func writeModel(
  _ document: ModelDocument, to path: String, format: ModelFormat? = nil
) throws(ModelFormatError) -> [String] {
  let chosen = format ?? ModelFormats.format(ofPath: path)
  guard let chosen = chosen ?? (path.lowercased().hasSuffix(".json") ? .json : nil) else {
    throw .unknownFormat(path, reason: "the ending of the name is not that of a model format")
  }
  try check(document, file: path)
  let transaction = FileTransaction()
  let losses: [String]
  switch chosen {
  case .json:
    losses = []
    try transaction.write(provablyJSONText(of: document), to: path)
  case .gymnasium:
    let text = try gymnasiumText(of: document, file: path)
    losses = text.losses
    try transaction.write(text.bytes, to: path)
  case .npz:
    losses = try writeNpz(document, to: path, in: transaction)
  case .umb:
    losses = try writeUMB(document, to: path, in: transaction)
  case .drn:
    let text = try drnText(of: document, file: path)
    losses = text.losses
    try transaction.write(text.bytes, to: path)
  case .prismExplicit:
    losses = try writePrism(document, to: path, in: transaction)
  }
  try transaction.commit()
  return losses
}

/// Refuses numbers beside the dynamics that a reader would refuse.
private func check(_ document: ModelDocument, file: String) throws(ModelFormatError) {
  if let discount = document.discount, !(discount >= 0 && discount < 1) {
    throw .inexpressible(file, reason: "\(ModelError.badDiscount(discount))")
  }
  if let horizon = document.horizon, horizon < 1 {
    throw .inexpressible(file, reason: "\(ModelError.badHorizon(horizon))")
  }
  let K = document.dynamics.choiceCount
  for (name, rewards) in document.rewardModels.sorted(by: { $0.key < $1.key }) {
    guard rewards.count == K, rewards.allSatisfy(\.isFinite) else {
      throw .inexpressible(
        file, reason: "the reward model \"\(printable(name))\" needs \(K) finite numbers")
    }
  }
}
