#include "search/follow/exporter.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "common/index/xapian_status.h"
#include "search/follow/sequence_span.h"
#include "search/index/caller.h"
#include "search/index/requirements.h"
#include "search/match/deadline_source.h"
#include "search/match/hidden.h"
#include "search/match/library.h"
#include "search/match/matching.h"
#include "search/match/stored.h"

namespace broadsheet::search {
namespace {

constexpr size_t kSliceArticles = 128;
constexpr size_t kSliceBytes = 1 << 20;

// Documents to look at in one slice: more where few of them match, so that a rare match is found in few slices.
constexpr uint32_t kFirstSpan = 256;
constexpr uint32_t kSmallestSpan = 128;
constexpr uint32_t kLargestSpan = 16'384;

}  // namespace

// One slice on one snapshot. What it leads to is taken over only when it succeeded.
class Exporter::Pass {
 public:
  Pass(const Exporter& exporter, Reader& reader, const CallContext& context)
      : query_(exporter.ready_), reader_(reader), context_(context), position_(exporter.position_) {
    if (HasRanges(query_)) columns_ = exporter.readers_.ReadyColumnsOf(reader);
    articles_ = exporter.articles_;
    wanted_ = exporter.wanted_;
  }

  absl::Status Run() {
    const Snapshot& snapshot = reader_.snapshot();
    if (position_.lineage == 0) position_.lineage = HashLineage(snapshot.lineage);
    if (auto same = CheckLineage(position_, snapshot.lineage); !same.ok()) return same;
    if (auto whole = CheckWhole(snapshot, position_.sequence); !whole.ok()) return whole;
    const SequenceSpan span = NextSpan(reader_.database(), position_.sequence, snapshot.sequence, wanted_);
    Xapian::Query matching =
        CompileMatching(query_, query_.filter, reader_, columns_.has_value() ? &*columns_ : nullptr);
    matching = WithoutHidden(matching, reader_, absl::FromUnixMicros(position_.clock_micros));
    const auto found = MatchesIn(reader_.database(), WithDeadline(matching, context_), span);
    bool all = true;
    if (auto sent = Send(found, all); !sent.ok()) return sent;
    if (all) position_.sequence = span.through;
    Widen(found.size());
    if (all && span.through >= snapshot.sequence) Summarise();
    return absl::OkStatus();
  }

  Slice TakeOver(Exporter& exporter) {
    exporter.position_ = position_;
    exporter.articles_ = articles_;
    exporter.wanted_ = wanted_;
    return std::move(slice_);
  }

 private:
  absl::Status Send(const std::vector<SequencedDocument>& found, bool& all) {
    size_t bytes = 0;
    for (const SequencedDocument& document : found) {
      if (slice_.messages.size() >= kSliceArticles || bytes >= kSliceBytes) {
        all = false;
        return absl::OkStatus();
      }
      if (auto waits = CheckCaller(context_); !waits.ok()) return waits;
      auto article = ReadArticle(reader_, document.docid, query_.view == v1::ARTICLE_VIEW_FULL);
      if (!article.ok()) return article.status();
      Restrict(query_.view, *article);
      position_.sequence = document.sequence;
      ++articles_;
      v1::ExportArticlesResponse& message = slice_.messages.emplace_back();
      *message.mutable_article() = *std::move(article);
      message.set_resume_token(Token());
      bytes += message.ByteSizeLong();
    }
    return absl::OkStatus();
  }

  void Widen(size_t found) {
    if (found < kSliceArticles / 4) wanted_ = std::min(wanted_ * 4, kLargestSpan);
    if (found > 2 * kSliceArticles) wanted_ = std::max(wanted_ / 2, kSmallestSpan);
  }

  void Summarise() {
    v1::ExportArticlesResponse& message = slice_.messages.emplace_back();
    message.mutable_summary()->set_articles(articles_);
    SetSnapshot(reader_.snapshot(), *message.mutable_summary()->mutable_snapshot());
    message.set_resume_token(Token());
    slice_.finished = true;
  }

  std::string Token() const { return EncodeResumeToken(position_, ResumeKind::kExport, query_.fingerprint); }

  const SearchQuery& query_;
  Reader& reader_;
  std::optional<ColumnSet> columns_;  // when they are ready and the query has ranges
  const CallContext& context_;
  ResumePosition position_;
  int64_t articles_ = 0;
  uint32_t wanted_ = 0;
  Slice slice_;
};

Exporter::Exporter(SearchQuery query, std::optional<ResumePosition> resume, ReaderPool& readers, const Clock& clock)
    : query_(std::move(query)), readers_(readers), wanted_(kFirstSpan) {
  position_.clock_micros = absl::ToUnixMicros(clock.Now());
  if (resume.has_value()) position_ = *resume;
}

void Exporter::Rewrite(Reader& reader, const CallContext& context) {
  const uint64_t identity = reader.snapshot().identity;
  if (ready_for_ == identity) return;
  RewrittenQuery rewritten = RewriteText(query_, reader, [&context] { ThrowUnlessWaiting(context); });
  ready_ = query_;
  ready_.text = std::move(rewritten.query);
  ready_.rewritten = true;
  ready_for_ = identity;
}

absl::StatusOr<Exporter::Slice> Exporter::Next(const CallContext& context) {
  return readers_.Run(context, [&](Reader& reader, Effort) -> absl::StatusOr<Slice> {
    // What must hold of the beginning needs not be asked of what follows.
    if (!begun_) {
      const Requirements requirements{query_.min_sequence, query_.lineage};
      if (auto met = CheckRequirements(requirements, reader.snapshot()); !met.ok()) return met;
    }
    return CatchXapian([&]() -> absl::StatusOr<Slice> {
      Rewrite(reader, context);
      Pass pass(*this, reader, context);
      if (auto ran = pass.Run(); !ran.ok()) return ran;
      begun_ = true;
      return pass.TakeOver(*this);
    });
  });
}

}  // namespace broadsheet::search
