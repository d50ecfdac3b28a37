// SPDX-License-Identifier: Apache-2.0
// Tells ThreadSanitizer what Swift's Mutex does when two threads meet at it. A lock that is free is
// taken by code that is compiled into ours, and instrumented; one that is not is taken, and handed
// on, inside libswiftSynchronization, which is not. Without this every value behind a contended
// Mutex looks like a race.
//
// Loaded before the library, it stands in for its two functions, calls them, and reports what they
// did. It says nothing of what was done without the lock.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *self

// Absent in programs without ThreadSanitizer, such as those that tests run.
__attribute__((weak)) void __tsan_acquire(void *);
__attribute__((weak)) void __tsan_release(void *);

static void *original(const char *name) {
  void *function = dlsym(RTLD_NEXT, name);
  if (function == NULL) abort();
  return function;
}

#define LOCK_SLOW "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK_SLOW "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

SWIFT void lock_slow(uint32_t thread, SELF) __asm__(LOCK_SLOW);
SWIFT void lock_slow(uint32_t thread, SELF) {
  SWIFT void (*next)(uint32_t, SELF) = (SWIFT void (*)(uint32_t, SELF))original(LOCK_SLOW);
  next(thread, self);
  if (__tsan_acquire) __tsan_acquire(self);
}

SWIFT void unlock_slow(SELF) __asm__(UNLOCK_SLOW);
SWIFT void unlock_slow(SELF) {
  SWIFT void (*next)(SELF) = (SWIFT void (*)(SELF))original(UNLOCK_SLOW);
  if (__tsan_release) __tsan_release(self);
  next(self);
}
