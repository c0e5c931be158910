#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "broadsheet/v1/search.pb.h"
#include "common/base/call_context.h"
#include "search/index/reader_pool.h"
#include "search/index/requirements.h"

namespace broadsheet::search {

inline constexpr int kMaxBatchIds = 100;  // of BatchGetArticles

// Reads articles by their ids, and describes the index. Thread-safe.
class Library {
 public:
  // `readers` must outlive it.
  explicit Library(ReaderPool& readers) : readers_(readers) {}

  // Articles by id, from one snapshot: those that are there in the order of `ids`, those that are not, and those left
  // out because the reply would grow over kMaxReplyBytes. An id that is asked for twice comes twice. Errors as
  // Searcher::Search.
  absl::StatusOr<v1::BatchGetArticlesResponse> Get(const std::vector<std::string>& ids, v1::ArticleView view,
                                                   const Requirements& requirements, const CallContext& context) const;

  // Everything of GetIndexInfo. Times come from the bounds that the engine keeps, which may be wider than the truth
  // after deletions.
  absl::StatusOr<v1::GetIndexInfoResponse> Describe(const CallContext& context) const;

  // Languages of the articles; none when there is no index.
  std::vector<std::string> Languages(const CallContext& context) const;

 private:
  ReaderPool& readers_;
};

// Fills what a response says of its snapshot.
void SetSnapshot(const Snapshot& snapshot, v1::Snapshot& message);

}  // namespace broadsheet::search
