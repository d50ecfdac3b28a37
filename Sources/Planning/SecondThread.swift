// SPDX-License-Identifier: Apache-2.0
import CShims
import Foundation
import Synchronization

/// A thread that stays at hand, to share the pieces of many short jobs with the caller.
///
/// A sweep over a small model takes some ten microseconds, less than it takes to wake a sleeping
/// thread. The second thread therefore watches for a while after each job before it sleeps. Nothing
/// waits for it to wake: whoever is free takes the next piece, and when the second thread is late, or
/// another program has its core, the caller does the whole job. The caller takes pieces from the end and
/// the second thread from the beginning, so that in job after job each finds its own part in its cache.
///
/// - Complexity: about a microsecond a job. The thread ends with the object.
final class SecondThread: Sendable {
  /// The one of all solvers, from its first use to the end of the process.
  ///
  /// A solver that starts a thread of its own just when that of the solver before it ends finds the other
  /// core taken: the new thread then waits milliseconds for its first turn, longer than a small solve.
  static let shared = SecondThread()

  private let board = Board()

  /// Starts the thread and sees it off.
  ///
  /// Linux may give a new thread its first turn on the caller's CPU, behind the caller, and move it to an idle
  /// one only many milliseconds later. The caller therefore gives way until the thread has gone to another
  /// CPU, some ten microseconds, but not for long: all results are the same without it.
  init() {
    let board = board
    let cpu = provably_current_cpu()
    let thread = Thread {
      let number = provably_current_thread()
      provably_move_thread(number, cpu)
      board.number.store(number, ordering: .releasing)
      board.work()
    }
    thread.name = "provably second"
    thread.stackSize = 1 << 18
    thread.start()
    for _ in 0..<1_000 where board.number.load(ordering: .acquiring) < 0 { sched_yield() }
  }

  deinit { board.post(Board.end) }

  /// Calls `body` with 0 ..< `count`, each once, on two threads, and returns when all are done.
  ///
  /// Pieces must not write to the same places. While a job is running, a second caller gets no help.
  ///
  /// - Precondition: `count < 65,536`.
  func share(_ count: Int, _ body: (Int) -> Void) {
    precondition(count < 1 << 16, "too many pieces")
    guard !board.isTaken.exchange(true, ordering: .acquiring) else {
      for i in 0..<count { body(i) }
      return
    }
    withoutActuallyEscaping(body) { body in
      board.body = body
      board.finished.store(0, ordering: .relaxed)
      let generation = (board.state.load(ordering: .relaxed) >> 32) &+ 1
      board.post(generation << 32 | UInt64(count))
      var own = 0
      while let i = board.takePiece(first: false) {
        body(i)
        own += 1
        board.finished.add(1, ordering: .relaxed)
      }
      board.noteHelp(own < count)
      var waits = 0
      while board.finished.load(ordering: .acquiring) < count { Board.pause(&waits) }
      board.body = nil
    }
    board.isTaken.store(false, ordering: .releasing)
  }

  /// Who shares a pass over `count` elements with the caller: nobody if it takes less than some 50 µs.
  static func forPass(over count: Int) -> SecondThread? { count >= 100_000 ? .shared : nil }

  /// Calls `body` with `pieces` ranges that make up 0 ..< `count`, shared with `second` if there is one.
  ///
  /// Bounds are multiples of four, the rows that a kernel takes at a time, as far as they can be.
  static func share(
    _ pieces: Int, of count: Int, with second: SecondThread?, _ body: (Range<Int>) -> Void
  ) {
    guard let second, pieces > 1 else { return body(0..<count) }
    func bound(_ i: Int) -> Int {
      let exact = count * i / pieces
      return count >= 4 * pieces && i < pieces ? exact & ~3 : exact
    }
    second.share(pieces) { body(bound($0)..<bound($0 + 1)) }
  }

  /// What the two threads have in common.
  private final class Board: @unchecked Sendable {
    /// The state that ends the thread.
    static let end = UInt64.max
    /// How many looks at the state, of some 20 ns each, the thread takes before it sleeps.
    static let patience = 10_000

    /// Of 64 bits: the number of the job in 32, the first piece that nobody has taken in 16, and the one
    /// after the last in 16.
    let state = Atomic<UInt64>(0)
    /// How many pieces of the job are done.
    let finished = Atomic<Int>(0)
    let isTaken = Atomic<Bool>(false)
    /// The thread's number in the system; negative until its first turn.
    let number = Atomic<Int32>(-1)
    /// How many jobs in a row the caller did alone; only for who has taken the board.
    nonisolated(unsafe) var lonelyJobs = 0
    /// From how many of them the thread is taken to wait behind the caller, for the caller's CPU.
    static let lonely = 16
    /// The job; written only while no piece of it can be taken.
    nonisolated(unsafe) var body: ((Int) -> Void)?
    private let sleeps = Atomic<Bool>(false)
    private let alarm = DispatchSemaphore(value: 0)

    func post(_ new: UInt64) {
      state.store(new, ordering: .sequentiallyConsistent)
      if sleeps.exchange(false, ordering: .sequentiallyConsistent) { alarm.signal() }
    }

    /// Counts the jobs that the caller did alone, and moves the thread away when they are many.
    func noteHelp(_ helped: Bool) {
      lonelyJobs = helped ? 0 : lonelyJobs + 1
      guard lonelyJobs >= Self.lonely else { return }
      lonelyJobs = 0
      provably_move_thread(number.load(ordering: .acquiring), provably_current_cpu())
    }

    /// The pieces that nobody has taken yet.
    private static func left(_ state: UInt64) -> Range<Int> {
      let (first, end) = (Int(state >> 16 & 0xFFFF), Int(state & 0xFFFF))
      return first..<max(first, end)
    }

    /// Takes the first or the last piece that is left of the job on the board.
    func takePiece(first: Bool) -> Int? {
      var seen = state.load(ordering: .acquiring)
      while true {
        let left = Self.left(seen)
        guard !left.isEmpty else { return nil }
        let (taken, found) = state.compareExchange(
          expected: seen, desired: first ? seen + 1 << 16 : seen - 1, ordering: .acquiring)
        if taken { return first ? left.lowerBound : left.upperBound - 1 }
        seen = found
      }
    }

    /// The life of the second thread.
    func work() {
      var waits = 0
      while state.load(ordering: .acquiring) != Self.end {
        if let i = takePiece(first: true) {
          body?(i)
          finished.add(1, ordering: .releasing)
          waits = 0
        } else if waits < Self.patience {
          provably_pause()
          waits += 1
        } else {
          sleeps.store(true, ordering: .sequentiallyConsistent)
          let now = state.load(ordering: .sequentiallyConsistent)
          // A post since then has either seen that we sleep, and signals, or is seen here.
          if Self.left(now).isEmpty || !sleeps.exchange(false, ordering: .sequentiallyConsistent) {
            alarm.wait()
          }
          waits = 0
        }
      }
    }

    /// Waits a little, and gives the core away now and then.
    static func pause(_ waits: inout Int) {
      waits += 1
      if waits % 1_000 == 0 { sched_yield() } else { provably_pause() }
    }
  }
}
