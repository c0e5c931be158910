#pragma once

#include <atomic>
#include <cstddef>
#include <memory>

#include "absl/status/statusor.h"

namespace broadsheet {

// Counts the calls that wait outside the executor (for VISIBLE, for min_sequence) and caps them, since each holds its
// request in memory. Thread-safe; must outlive its places.
class ParkedCalls {
 public:
  explicit ParkedCalls(size_t capacity) : capacity_(capacity) {}
  ParkedCalls(const ParkedCalls&) = delete;
  ParkedCalls& operator=(const ParkedCalls&) = delete;

  // A place, held until the last copy of the pointer goes. RESOURCE_EXHAUSTED with RetryInfo when all are taken.
  absl::StatusOr<std::shared_ptr<const void>> Enter();

  size_t count() const { return count_.load(std::memory_order_relaxed); }
  size_t capacity() const { return capacity_; }

 private:
  const size_t capacity_;
  std::atomic<size_t> count_{0};
};

}  // namespace broadsheet
