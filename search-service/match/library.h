#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "broadsheet/v1/search.pb.h"
#include "common/base/call_context.h"
#include "common/base/clock.h"
#include "search/index/reader_pool.h"
#include "search/index/requirements.h"

namespace broadsheet::search {

inline constexpr int kMaxBatchIds = 100;  // of BatchGetArticles

// Reads articles by their ids, and describes the index. Thread-safe.
class Library {
 public:
  // Both must outlive it. The clock says which embargoes have passed: it is read once for each call.
  Library(ReaderPool& readers, const Clock& clock) : readers_(readers), clock_(clock) {}

  // Articles by id, from one snapshot: those that are there in the order of `ids`, those that are not (or not yet:
  // embargoed), and those left out because the reply would grow over kMaxReplyBytes. An id that is asked for twice
  // comes twice. Errors as Searcher::Search; of a single id that is not there, INDEX_INCOMPLETE (CheckWhole) while a
  // damaged shard is left out that may have it.
  absl::StatusOr<v1::BatchGetArticlesResponse> Get(const std::vector<std::string>& ids, v1::ArticleView view,
                                                   const Requirements& requirements, const CallContext& context) const;

  // Everything of GetIndexInfo, without what is under embargo. Times come from the bounds that the engine keeps, which
  // may be wider than the truth after deletions.
  absl::StatusOr<v1::GetIndexInfoResponse> Describe(const CallContext& context) const;

  // Languages of the articles, those under embargo too; none when there is no index.
  std::vector<std::string> Languages(const CallContext& context) const;

 private:
  ReaderPool& readers_;
  const Clock& clock_;
};

// Fills what a response says of its snapshot.
void SetSnapshot(const Snapshot& snapshot, v1::Snapshot& message);

}  // namespace broadsheet::search
