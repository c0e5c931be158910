#pragma once

#include <cstdint>
#include <ostream>
#include <string>

#include "absl/time/time.h"

namespace broadsheet::cli {

// Shows how far a load is: a bar that is redrawn on a terminal, a line every five seconds elsewhere. Not thread-safe.
class Progress {
 public:
  // `total_bytes` is 0 when the end is not known.
  Progress(std::ostream& out, bool terminal, int64_t total_bytes);

  // Says where things are at `now`; draws only when it is time to.
  void Update(absl::Time now, int64_t bytes, int64_t articles, int64_t failed);

  // Takes the bar away.
  void Clear();

 private:
  std::ostream& out_;
  const bool terminal_;
  const int64_t total_bytes_;
  absl::Time start_;
  absl::Time last_drawn_;
  bool drawn_ = false;
};

}  // namespace broadsheet::cli
