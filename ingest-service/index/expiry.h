#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "ingest/index/shard_writer.h"

namespace broadsheet::ingest {

// Articles leave the index so long after they became too old, at most, and no more of them are looked up at once.
inline constexpr absl::Duration kExpiryInterval = absl::Hours(1);
inline constexpr size_t kExpiredAtOnce = 10'000;

// Takes articles out of an index that are older than its retention (retention.h), a few with each commit. What is due
// is found again from the documents, so nothing of it is stored. For the writer's thread.
class Expiry {
 public:
  // `retention`: InfiniteDuration keeps everything. `clock` must outlive it.
  Expiry(absl::Duration retention, const Clock& clock, size_t at_once = kExpiredAtOnce)
      : retention_(retention), clock_(clock), at_once_(at_once) {}

  // Finds what is due, when it is time to and nothing is pending. Nothing may wait for the writer's Commit().
  absl::Status Look(ShardWriter& writer);

  // Whether there is something for TakeOut().
  bool pending() const { return !due_.empty(); }

  // Takes out some, as part of the writer's next commit. Errors are those of the writer.
  absl::Status TakeOut(ShardWriter& writer);

  // After what was not committed is lost.
  void LookAgain();

  // Articles taken out since the start; those whose commit failed count twice.
  int64_t taken_out() const { return taken_out_; }

 private:
  const absl::Duration retention_;
  const Clock& clock_;
  const size_t at_once_;
  absl::Time next_look_ = absl::InfinitePast();
  absl::Time kept_since_;         // of what is due
  std::vector<std::string> due_;  // unique terms
  int64_t taken_out_ = 0;
};

}  // namespace broadsheet::ingest
