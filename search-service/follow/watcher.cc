#include "search/follow/watcher.h"

#include <utility>

#include "common/index/xapian_status.h"
#include "search/follow/watch_pass.h"
#include "search/match/matching.h"

namespace broadsheet::search {

Watcher::Watcher(SearchQuery query, std::optional<ResumePosition> resume, std::optional<int64_t> start_sequence,
                 ReaderPool& readers, WatchBoard& board, const Clock& clock)
    : query_(std::move(query)),
      start_sequence_(start_sequence),
      readers_(readers),
      board_(board),
      clock_(clock),
      resumed_(resume.has_value()) {
  if (resume.has_value()) position_ = *resume;
}

Watcher::~Watcher() {
  board_.Remove(&reached_);
}

absl::StatusOr<Watcher::Turn> Watcher::Next(bool slow, const CallContext& context) {
  return readers_.Run(context, [&](Reader& reader, Effort) -> absl::StatusOr<Turn> {
    return CatchXapian([&]() -> absl::StatusOr<Turn> {
      std::optional<ColumnSet> columns;
      if (HasRanges(query_)) columns = readers_.ReadyColumnsOf(reader);
      Pass pass(*this, reader, columns.has_value() ? &*columns : nullptr, slow, context);
      if (absl::Status ran = pass.Run(); !ran.ok()) return ran;
      return pass.TakeOver(*this);
    });
  });
}

v1::WatchArticlesResponse Watcher::Heartbeat() const {
  v1::WatchArticlesResponse message;
  message.mutable_heartbeat();
  message.set_sequence(position_.sequence);
  message.set_resume_token(EncodeResumeToken(position_, ResumeKind::kWatch, query_.fingerprint));
  return message;
}

}  // namespace broadsheet::search
