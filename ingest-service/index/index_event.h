#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "broadsheet/v1/article.pb.h"

namespace broadsheet::ingest {

// One event of the archive as the index takes it: from `sequence` on, the article stands so, or readers do not find it
// any more because it was deleted or withheld.
struct IndexEvent {
  enum class Kind { kArticle, kDelete };

  Kind kind = Kind::kArticle;
  int64_t sequence = 0;
  v1::Article article;  // kArticle: complete, with id, sequence and times
  // kArticle: the article's first event, by which originals are told from copies. 0: this one.
  int64_t first_sequence = 0;
  absl::Time first_received;  // kArticle: when the service received that
  std::string article_id;     // kDelete
  absl::Time updated_time;    // kDelete: the version time of the deletion
  absl::Time time;            // kDelete: when the service received it; its day decides when it is forgotten
  std::string reason;         // kDelete: why, in words; may be empty
};

// What one read may return. At least one event is returned when there is one, however large it is.
struct EventLimits {
  int64_t through_sequence = 0;  // none above it
  size_t events = 0;
  size_t bytes = 0;  // of articles, roughly
};

// Reads the events after a sequence in ascending order; empty when there are none within the limits. Called on one
// thread at a time, never on the one that starts it.
using EventReader =
    std::function<absl::StatusOr<std::vector<IndexEvent>>(int64_t after_sequence, const EventLimits& limits)>;

}  // namespace broadsheet::ingest
