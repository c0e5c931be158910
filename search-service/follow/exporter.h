#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "broadsheet/v1/search.pb.h"
#include "common/base/call_context.h"
#include "common/base/clock.h"
#include "search/index/reader_pool.h"
#include "search/query/resume_token.h"
#include "search/query/search_query.h"

namespace broadsheet::search {

// Every article that matches a query, in the order of the sequences, in short slices: each reads the newest snapshot,
// so that no reader is held over commits, and goes on behind the last article of the one before, so that neither memory
// nor the cost of a slice depends on how far it is.
//
// An article's sequence is that of its last change. So one that stays unchanged comes exactly once; one that changes
// before its turn comes once, as it is then; one that changes after its turn comes again, with its new version, if
// that matches. The export ends when it has caught up with the index. Embargoes count as at its beginning.
// Not thread-safe.
class Exporter {
 public:
  // `query` has the view in which articles are sent. Without `resume` it begins at the first article. `readers` and
  // `clock` must outlive it.
  Exporter(SearchQuery query, std::optional<ResumePosition> resume, ReaderPool& readers, const Clock& clock);

  struct Slice {
    std::vector<v1::ExportArticlesResponse> messages;
    bool finished = false;  // the last message has the summary
  };

  // The next slice; it may be empty though there is more. Errors as Searcher::Search; LINEAGE_MISMATCH when the index
  // is not that of the position; INDEX_INCOMPLETE while a damaged shard is left out that may have what comes next.
  // After an error the same slice may be asked for again.
  absl::StatusOr<Slice> Next(const CallContext& context);

  // What the last message led to.
  int64_t articles() const { return articles_; }

 private:
  class Pass;

  // Makes ready_ for the snapshot.
  void Rewrite(Reader& reader, const CallContext& context);

  const SearchQuery query_;
  ReaderPool& readers_;
  SearchQuery ready_;                  // query_ with its text rewritten
  std::optional<uint64_t> ready_for_;  // the snapshot's identity
  bool begun_ = false;
  ResumePosition position_;
  int64_t articles_ = 0;
  uint32_t wanted_;  // documents of a span to look at
};

}  // namespace broadsheet::search
