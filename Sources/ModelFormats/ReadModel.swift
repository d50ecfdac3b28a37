// SPDX-License-Identifier: Apache-2.0

/// How many bytes of memory the readers of text take at most for each byte of a file.
///
/// Models need much less; these are for the worst texts. `Robustness/archives.py` measures them.
enum MemoryFactor {
  static let json = 20
  static let drn = 8
  static let prism = 20
}

/// Reads a model from a file.
///
/// The format is found from the ending of the name (`.npz`, `.umb`, `.drn`, `.tra`), and for
/// `.json` from the content: a Gymnasium table has `P`, our own format says so in `format`. Numbers
/// in a header are believed only as far as the file can hold what they claim.
///
/// - Parameters:
///   - path: The file. For PRISM's format the `.tra` file; its siblings are found from its name.
///   - options: The format, the rewards to use, the storage.
/// - Returns: The model with everything the file says; `warnings` lists what had to be decided.
/// - Throws: ``ModelFormatError``, naming the file and the line, or the array and the index.
/// - Complexity: Linear in the size of the unpacked file.
public func readModel(
  at path: String, options: ReadOptions = .init()
) throws(ModelFormatError) -> ModelDocument {
  let file = try ReadableFile(path: path)
  switch try format(ofPath: path, options: options, toRead: file) {
  case .json:
    let bytes = try file.allBytes(memoryFactor: MemoryFactor.json)
    return try readProvablyJSON(bytes, file: path, options: options)
  case .gymnasium:
    try refuseRewardModel(path, options)
    let bytes = try file.allBytes(memoryFactor: MemoryFactor.json)
    return try readGymnasium(bytes, file: path, options: options)
  case .npz:
    try refuseRewardModel(path, options)
    return try readNpz(file, options: options)
  case .umb:
    return try readUMB(file, options: options)
  case .drn:
    let bytes = try file.allBytes(memoryFactor: MemoryFactor.drn)
    return try readDRN(bytes, file: path, options: options)
  case .prismExplicit:
    let bytes = try file.allBytes(memoryFactor: MemoryFactor.prism)
    return try readPrism(bytes, file: path, options: options)
  }
}

/// Refuses the choice of a reward model in formats whose rewards have no names.
private func refuseRewardModel(
  _ path: String, _ options: ReadOptions
) throws(ModelFormatError) {
  if let name = options.rewardModel { _ = try rewards(named: name, in: [:], file: path) }
}

/// The format that the ending of a path stands for; `nil` for `.json` and unknown endings.
func format(ofPath path: String) -> ModelFormat? {
  let name = path.lowercased()
  return ModelFormat.allCases.first {
    $0 != .json && $0 != .gymnasium && name.hasSuffix("." + $0.fileExtension)
  }
}

private func format(
  ofPath path: String, options: ReadOptions, toRead file: ReadableFile
) throws(ModelFormatError) -> ModelFormat {
  if let format = options.format ?? format(ofPath: path) { return format }
  guard path.lowercased().hasSuffix(".json") else {
    throw .unknownFormat(path, reason: "the ending of the name is not that of a model format")
  }
  let keys = try decodeJSON(
    JSONKeys.self, from: file.allBytes(memoryFactor: MemoryFactor.json), file: path)
  switch (keys.format, keys.hasTable) {
  case (.some, _): return .json
  case (nil, true): return .gymnasium
  case (nil, false):
    throw .unknownFormat(
      path, reason: "this JSON has neither \"P\" nor \"format\": \"\(ProvablyJSON.formatName)\"")
  }
}

/// What tells one JSON format from another.
private struct JSONKeys: Decodable {
  var format: String?
  var hasTable: Bool

  enum CodingKeys: String, CodingKey {
    case format
    case table = "P"
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.format = try container.decodeIfPresent(String.self, forKey: .format)
    self.hasTable = container.contains(.table)
  }
}
