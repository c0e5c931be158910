#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "broadsheet/v1/search.pb.h"
#include "common/base/call_context.h"
#include "common/base/clock.h"
#include "search/follow/reported_ids.h"
#include "search/follow/watch_board.h"
#include "search/index/reader_pool.h"
#include "search/query/resume_token.h"
#include "search/query/search_query.h"

namespace broadsheet::search {

// One live query: what newly matches, changes or is withdrawn, in short turns over the newest snapshot. All it knows of
// where it is is a position, so that one who pauses costs nothing and goes on where he was.
//
// Order: first articles whose embargo has passed, by its time and then by sequence, then what was written, by sequence.
//
// An article that does not match any more is withdrawn if it may have been reported: if it is among the last
// ReportedIds::kReportedIds that were; or if the memory cannot rule it out, since more than so many were reported, or
// since it changed while nobody watched. In the latter cases a first version was never reported, but a deletion or a
// later version may have been. Where a call goes on from a token, the memory is made again from what the index holds.
// Not thread-safe.
class Watcher {
 public:
  // `query` has view, highlights and lineage. At most one of `resume` and `start_sequence`; without either it begins
  // with what is written after the first turn. What is passed by reference must outlive it.
  Watcher(SearchQuery query, std::optional<ResumePosition> resume, std::optional<int64_t> start_sequence,
          ReaderPool& readers, WatchBoard& board, const Clock& clock);
  ~Watcher();
  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;

  struct Turn {
    std::vector<v1::WatchArticlesResponse> messages;
    bool caught_up = false;                                  // nothing is left to look at
    absl::Duration next_embargo = absl::InfiniteDuration();  // until one ends
  };

  // `slow`: the reader let messages lie for long; told first when there is something that it has missed meanwhile.
  // FAILED_PRECONDITION: WATCH_HORIZON when deletions after the position may be forgotten, LINEAGE_MISMATCH when the
  // index is another. UNAVAILABLE: INDEX_INCOMPLETE while a damaged shard is left out that may have what comes next.
  // Otherwise as Searcher::Search. After an error the same turn may be asked for again.
  absl::StatusOr<Turn> Next(bool slow, const CallContext& context);

  // Says only where it is.
  v1::WatchArticlesResponse Heartbeat() const;

 private:
  class Pass;

  const SearchQuery query_;
  const std::optional<int64_t> start_sequence_;
  ReaderPool& readers_;
  WatchBoard& board_;
  const Clock& clock_;
  const bool resumed_;
  bool begun_ = false;
  ResumePosition position_;
  int64_t unseen_through_ = 0;  // what changed up to this sequence did so while nobody watched
  ReportedIds reported_;
  std::atomic<int64_t> reached_{0};  // position_.sequence, for the metrics
};

}  // namespace broadsheet::search
