#pragma once

#include <string>
#include <vector>

#include "search/follow/changes.h"
#include "search/follow/watcher.h"
#include "search/match/highlighter.h"
#include "search/query/terms.h"

namespace broadsheet::search {

// One turn of a live query on one snapshot. What it leads to is taken over only when it succeeded, so that it may be
// run again. For watcher.cc.
class Watcher::Pass {
 public:
  // `columns`: when they are ready and the query has ranges, those of the snapshot; else null.
  Pass(const Watcher& watcher, Reader& reader, const ColumnSet* columns, bool slow, const CallContext& context);

  absl::Status Run();
  Turn TakeOver(Watcher& watcher);

 private:
  absl::Status Begin();
  absl::Status Recall();
  absl::Status CheckPosition() const;
  void TellLag();
  absl::Status PassEmbargoes();
  absl::Status ReportReleased(const std::vector<HeldArticle>& released);
  absl::Status FollowChanges();
  absl::Status Take(const Change& change, bool matches);
  absl::Status Report(Xapian::docid docid, bool known);
  void Withdraw(const Change& change);
  bool MayBeReported(const Change& change) const;
  void Seal(v1::WatchArticlesResponse& message);
  bool full() const;

  const Watcher& watcher_;
  const SearchQuery& query_;
  Reader& reader_;
  const ColumnSet* const columns_;
  const bool slow_;
  const CallContext& context_;
  const int64_t now_micros_;
  std::optional<Highlighter> highlighter_;  // made for the first article
  ResumePosition position_;
  int64_t unseen_through_;
  bool embargoes_done_ = false;
  bool forget_ = false;
  std::vector<std::string> added_, removed_;
  size_t bytes_ = 0;
  Turn turn_;
};

}  // namespace broadsheet::search
