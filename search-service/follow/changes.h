#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "search/index/reader.h"
#include "xapian.h"

namespace broadsheet::search {

// What the index holds under one sequence: an article as it stands, or a deletion.
struct Change {
  static constexpr int64_t kNoEmbargo = std::numeric_limits<int64_t>::min();

  int64_t sequence = 0;
  Xapian::docid docid = 0;
  std::string id;
  bool deleted = false;
  bool first_version = false;  // of an article: it had none before
  std::string message;         // of a deletion: why, as its writer said
  int64_t embargo_micros = kNoEmbargo;
};

// What stands under the sequences after one and up to another, in their order. Versions that were overtaken are left
// out: an article that changed twice has its last sequence only.
struct ChangeSet {
  uint64_t identity = 0;  // of the snapshot (Snapshot::identity)
  int64_t after = 0;
  int64_t through = 0;
  std::vector<Change> changes;
};

// The next changes after a sequence, some hundreds at most (or as many as a block of sequences has). DATA_LOSS when an
// article is damaged. Xapian's exceptions pass through.
absl::StatusOr<ChangeSet> ReadChanges(Reader& reader, int64_t after);

// An article whose embargo ends after some time.
struct HeldArticle {
  int64_t embargo_micros = 0;
  int64_t sequence = 0;
  Xapian::docid docid = 0;
};

// All whose embargo ends after a time, by that time, then by sequence. Costs nothing when there are none, else a walk
// over all articles that ever had an embargo. Xapian's exceptions pass through.
std::vector<HeldArticle> ReadHeld(const Reader& reader, int64_t after_micros);

}  // namespace broadsheet::search
