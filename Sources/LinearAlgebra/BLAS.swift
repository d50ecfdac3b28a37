// SPDX-License-Identifier: Apache-2.0
import CLAPACKE
import Synchronization

/// The settings of the BLAS behind the dense factorizations.
///
/// OpenBLAS would start one thread a core, which costs more than it gives on the sizes met here and
/// much more when other work runs beside it. Its thread count is therefore set to one before the
/// first call of this module, and raised only on request. More threads may change the last bits.
public enum BLAS {
  private static let threads = Mutex<Int>(0)

  /// How many threads OpenBLAS may use in one call; one until it is set.
  ///
  /// The setting is global to the process and safe to read and write from any thread.
  public static var threadCount: Int {
    get {
      prepare()
      return threads.withLock { $0 }
    }
    set {
      precondition(newValue >= 1, "a computation needs at least one thread")
      threads.withLock { count in
        count = newValue
        openblas_set_num_threads(Int32(clamping: newValue))
      }
    }
  }

  private static let initialization: Void = threads.withLock { count in
    if count == 0 {
      count = 1
      openblas_set_num_threads(1)
    }
  }

  /// Sets the thread count to one unless that has happened or the user has chosen another.
  ///
  /// Every call into BLAS or LAPACK is preceded by this. The cost is one load after the first time.
  static func prepare() { _ = initialization }
}
