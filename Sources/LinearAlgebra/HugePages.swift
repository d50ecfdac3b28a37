// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  import Glibc
#endif

/// Asks for pages of 2 MiB behind a large block that has not been touched yet.
///
/// In pages of 4 KiB a read at a random place of a long vector waits until the page is found, and every
/// page costs a fault when it is first written, which can take longer than reading a file. It is advice
/// only, so failure means nothing; only Linux is asked.
@usableFromInline
package func useHugePages(_ memory: UnsafeMutableRawBufferPointer) {
  #if canImport(Glibc)
    guard let base = memory.baseAddress, memory.count >= 2 << 20 else { return }
    let page = 4_096
    let start = (UInt(bitPattern: base) + UInt(page - 1)) & ~UInt(page - 1)
    let end = (UInt(bitPattern: base) + UInt(memory.count)) & ~UInt(page - 1)
    let hugePageAdvice: Int32 = 14  // MADV_HUGEPAGE
    _ = madvise(UnsafeMutableRawPointer(bitPattern: start), Int(end - start), hugePageAdvice)
  #endif
}

extension Array {
  /// `count` copies of `value`, in huge pages if there are enough to fill some, and room for `room`
  /// more elements; see `useHugePages`.
  @inlinable
  package init(inHugePages value: Element, count: Int, room: Int = 0) {
    self.init(unsafeUninitializedCapacity: count + room) { buffer, initialized in
      useHugePages(UnsafeMutableRawBufferPointer(buffer))
      buffer[..<count].initialize(repeating: value)
      initialized = count
    }
  }

  /// Room for `count` elements of an empty array, in huge pages if there are enough to fill some.
  @inlinable
  package mutating func reserveHugePages(_ count: Int) {
    reserveCapacity(count)
    withUnsafeMutableBufferPointer {
      useHugePages(
        UnsafeMutableRawBufferPointer(
          start: $0.baseAddress, count: count * MemoryLayout<Element>.stride))
    }
  }
}

/// Memory for several vectors, in whole huge pages as soon as it fills half of one.
///
/// An array begins a few bytes after a page, so that huge pages fit only into its middle, if at all. This
/// memory begins and ends with one: where pages of 4 KiB take a microsecond each when they are first
/// written, it takes a tenth. It is not filled with anything.
package final class HugePageBlock {
  private let memory: UnsafeMutableRawBufferPointer
  private var used = 0

  /// Every vector begins at a line of the cache.
  private static let line = 64

  /// Room for vectors of the given sizes in bytes.
  package init(byteCounts: [Int]) {
    let page = 2 << 20
    let bytes = byteCounts.reduce(Self.line) { $0 + ($1 + Self.line - 1) / Self.line * Self.line }
    let isLarge = bytes >= page / 2
    memory = .allocate(
      byteCount: isLarge ? (bytes + page - 1) / page * page : bytes,
      alignment: isLarge ? page : Self.line)
    useHugePages(memory)
  }

  /// The next vector, to be written before it is read; it is there as long as the block.
  package func take<Element: BitwiseCopyable>(
    _: Element.Type, count: Int
  ) -> UnsafeMutableBufferPointer<Element> {
    let bytes = count * MemoryLayout<Element>.stride
    precondition(used + bytes <= memory.count, "more than the block was made for")
    let vector = UnsafeMutableRawBufferPointer(rebasing: memory[used..<used + bytes])
      .bindMemory(to: Element.self)
    used += (bytes + Self.line - 1) / Self.line * Self.line
    return vector
  }

  deinit { memory.deallocate() }
}
