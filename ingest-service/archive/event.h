#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "broadsheet/v1/article.pb.h"

namespace broadsheet::ingest {

// What a row of the archive did. Stored on disk: never change the numbers.
enum class EventKind : int {
  kArticle = 1,   // a version of the article was written
  kDeletion = 2,  // the article was deleted
  kDerive = 3,    // the version that stands, made again by newer rules: same raw article, same revision
};

// One row of the archive, checked against its checksum.
struct Event {
  int64_t sequence = 0;
  EventKind kind = EventKind::kArticle;
  std::string article_id;
  int32_t revision = 0;      // deletions count: an article deleted after its first version has revision 2
  absl::Time received_time;  // never earlier than that of the event before; microseconds
  absl::Time updated_time;   // the version time: the writer's, or received_time; microseconds
  v1::Article article;       // complete; of a deletion only id, sequence, revision and both times
  std::string reason;        // of a deletion, in words; empty when it gave none
  size_t bytes = 0;          // of the article, uncompressed

  // The article's first event, which stays the same for ever, and when the service received it. Only ReadEvents and
  // ReadStanding give them.
  int64_t first_sequence = 0;
  absl::Time first_received;
};

// How much one read returns: it ends at whichever comes first, but gives at least one event if there is any.
struct ReadLimits {
  int events = 500;
  size_t bytes = 8 << 20;  // of articles, uncompressed
};

}  // namespace broadsheet::ingest
