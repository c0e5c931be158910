#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "broadsheet/v1/article.pb.h"
#include "broadsheet/v1/ingest.pb.h"
#include "ingest/parse/rejection.h"

namespace broadsheet::ingest {

// The last type of the pipeline: everything that can be known of an article without asking the archive.
struct EnrichedArticle {
  v1::RawArticle raw;         // as the writer sent it
  v1::Article article;        // as readers will see it, but for what the archive decides: id, sequence, revision,
                              // updated_time, ingested_time and duplicate_of are not set
  std::string raw_hash;       // 32 hex digits over the writer's fields without fetched_time: equal means UNCHANGED
  std::string text_hash;      // 32 hex digits over the folded text: equal means a copy; also article.content_hash
  std::string caller_id;      // raw.id; empty when the writer gave none
  std::string canonical_url;  // empty when the writer gave none
  std::string content_key;    // 32 hex digits: identifies an article that has neither id nor URL
  std::optional<absl::Time> updated_time;  // the writer's; none means the time of receipt
  std::vector<v1::Edit> edits;             // what cleaning changed, in order of place
};

}  // namespace broadsheet::ingest
