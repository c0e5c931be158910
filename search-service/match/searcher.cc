#include "search/match/searcher.h"

#include <functional>
#include <memory>
#include <span>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/index/xapian_status.h"
#include "search/index/caller.h"
#include "search/index/requirements.h"
#include "search/match/cost.h"
#include "search/match/deadline_source.h"
#include "search/match/embargo.h"
#include "search/match/engine_match.h"
#include "search/match/facets.h"
#include "search/match/feedback.h"
#include "search/match/hidden.h"
#include "search/match/hit_filler.h"
#include "search/match/length_weights.h"
#include "search/match/matching.h"
#include "search/match/newest_first.h"
#include "search/match/page.h"
#include "search/match/pager.h"
#include "search/match/ranking.h"
#include "search/match/word_match.h"
#include "search/match/word_plan.h"
#include "search/match/word_sweep.h"
#include "search/query/compile.h"
#include "search/query/expansion.h"
#include "search/query/terms.h"

namespace broadsheet::search {
namespace {

// Whether anything is asked that only columns answer.
bool NeedsColumns(const SearchQuery& query) {
  return HasRanges(query) || !query.facets.empty() || query.exact_total || NeedsPager(query);
}

// Counts matches.
class CountSink : public MatchSink {
 public:
  void BeginShard(const ShardView&) override {}
  void Take(const Batch& batch) override { count_ += static_cast<int64_t>(batch.docids.size()); }
  int64_t count() const { return count_; }

 private:
  int64_t count_ = 0;
};

std::function<void()> LookAt(const CallContext& context) {
  return [&context] { ThrowUnlessWaiting(context); };
}

// One query on one snapshot.
class Run {
 public:
  Run(const SearchQuery& query, ReaderPool& readers, SearchCaches& caches, Reader& reader, absl::Time now,
      const CallContext& context, Effort effort, size_t max_bytes = kMaxReplyBytes, bool may_be_heavy = true)
      : asked_(query.text),
        query_(query),
        readers_(readers),
        caches_(caches),
        reader_(reader),
        now_(now),
        context_(context),
        effort_(effort),
        max_bytes_(max_bytes),
        may_be_heavy_(may_be_heavy) {}

  absl::StatusOr<SearchResult> Answer() {
    result_.snapshot = reader_.snapshot();
    absl::Status status = CheckSnapshot();
    if (status.ok()) RewriteForSnapshot();
    if (status.ok() && MustWait()) return SearchResult{.postponed = true};
    if (status.ok()) status = FindColumns();
    if (status.ok()) status = MatchAndCount();
    if (status.ok()) status = FillHits();
    if (!status.ok()) return status;
    return std::move(result_);
  }

 private:
  absl::Status CheckSnapshot() {
    auto holds = CheckRequirements({query_.min_sequence, query_.lineage}, reader_.snapshot());
    if (!holds.ok() || !query_.after.has_value()) return holds;
    result_.snapshot_changed = query_.after->snapshot_identity != reader_.snapshot().identity;
    return CheckLineage(*query_.after, reader_.snapshot().lineage);
  }

  void RewriteForSnapshot() {
    RewrittenQuery rewritten = caches_.rewritten.Get(query_, reader_.snapshot().identity,
                                                     [this] { return RewriteText(query_, reader_, LookAt(context_)); });
    query_.text = std::move(rewritten.query);
    query_.rewritten = true;
    result_.notes = std::move(rewritten.notes);
    result_.expansions = std::move(rewritten.expansions);
    result_.suggestion = std::move(rewritten.suggestion);
  }

  bool MustWait() const { return !may_be_heavy_ && EstimateCost(query_, reader_) > kHeavyCost; }

  absl::Status FindColumns() {
    if (!NeedsColumns(query_)) {
      // Weights by columns are those of the engine, only sooner: not worth to wait for.
      if (auto ready = readers_.ReadyColumnsOf(reader_)) columns_ = *std::move(ready);
      return absl::OkStatus();
    }
    auto columns = readers_.ColumnsOf(reader_, context_);
    if (!columns.ok()) return columns.status();
    columns_ = *std::move(columns);
    return absl::OkStatus();
  }

  Xapian::Query Compile(const std::optional<Filter>& filter, const WeighAnyOf* weigh = nullptr) const {
    return WithoutHidden(CompileMatching(query_, filter, reader_, &columns_, weigh), reader_, now_);
  }

  // What a match by relevance runs.
  Xapian::Query CompileWeighted() const {
    if (columns_.empty()) return Compile(query_.filter);
    const LengthWeights weights(reader_.frequencies(), columns_, kBm25, context_, caches_.postings);
    const WeighAnyOf weigh = [&](const std::vector<std::string>& terms) { return weights.AnyOf(terms); };
    return Compile(query_.filter, &weigh);
  }

  // The same with the terms of query expansion: all that a score of step 1 (relevance.h) has of words.
  Xapian::Query CompileRanked() const {
    const Xapian::Query matching = CompileWeighted();
    if (!query_.ranking.expansion.has_value()) return matching;
    const Xapian::Query timed = WeightsKeepTime(query_) ? matching : WithDeadline(matching, context_);
    Xapian::Enquire enquire(reader_.database());
    enquire.set_query(timed);
    enquire.set_weighting_scheme(TimedBm25(context_));
    return WithFeedback(query_, timed, enquire, reader_);
  }

  // One sweep over all matches makes the page, the total and the facets over the matches themselves; facets that leave
  // out filters have sweeps of their own. A page of single hits by relevance needs no sweep, and is one when most
  // matches have to be gone through for it anyway.
  absl::Status MatchAndCount() {
    if (AsksForNewest(query_)) {
      const Xapian::Query matching = Compile(query_.filter);
      if (IsWorthwhile(matching, reader_)) return FindNewest(matching);
    }
    result_.facets.resize(query_.facets.size());
    std::vector<FacetGroup> groups = GroupFacets(query_.facets, query_.facet_budget, result_.facets);
    const std::unique_ptr<Pager> pager = MakePager(query_, asked_, now_);
    CountSink count;
    const bool exact = query_.exact_total || (!query_.facets.empty() && query_.facet_budget == 0);
    if (pager == nullptr) words_ = OpenWords();
    const bool along = pager == nullptr && exact && FindsAllOnTheWay();
    std::vector<MatchSink*> sinks;
    if (pager != nullptr) sinks = {pager.get()};
    if (pager == nullptr && !along) {
      if (auto found = FindHits({}); !found.ok()) return found;
    }
    const bool counts = pager != nullptr || (exact && result_.total.relation() != v1::TOTAL_RELATION_EXACT);
    if (counts) sinks.push_back(&count);
    if (!groups.empty() && groups.front().excluded_fields.empty()) sinks.push_back(groups.front().sink.get());
    if (auto shown = ShowMatches(along, pager != nullptr, sinks); !shown.ok()) return shown;
    if (counts) {
      result_.total.set_value(count.count());
      result_.total.set_relation(v1::TOTAL_RELATION_EXACT);
    }
    if (pager != nullptr) {
      auto page = pager->Finish(reader_, columns_);
      if (!page.ok()) return page.status();
      page_ = *std::move(page);
    }
    return CountFacets(groups);
  }

  // A page of the newest of many, of which nobody asked the exact number.
  absl::Status FindNewest(const Xapian::Query& matching) {
    DatePager pager(query_);
    result_.total = ShowNewest(matching, reader_, columns_, context_, pager);
    auto page = pager.Finish(reader_, columns_);
    if (!page.ok()) return page.status();
    page_ = *std::move(page);
    return absl::OkStatus();
  }

  absl::Status ShowMatches(bool along, bool paged, std::span<MatchSink* const> sinks) {
    if (along) return FindHits(sinks);
    if (paged && !ByDate(query_)) {
      Sweep(CompileRanked(), true, reader_, columns_, context_, sinks);
    } else if (!sinks.empty()) {
      SweepUnweighted(query_.filter, sinks);
    }
    return absl::OkStatus();
  }

  // Whether text and filter alone say what matches.
  bool HidesNothingElse() const { return !query_.hide_copies && !HasEmbargoes(reader_.database(), now_); }

  // Whether WordSweep can go through the matches.
  bool AreDecodable(const std::optional<Filter>& filter) const {
    return !filter.has_value() && query_.text.root.has_value() && IsDecodable(*query_.text.root) && HidesNothingElse();
  }

  // For single hits by relevance, of what decoded postings can answer.
  std::unique_ptr<WordMatch> OpenWords() const {
    const bool words = query_.text.root.has_value() && !columns_.empty() && !query_.ranking.expansion.has_value();
    if (!words || !HidesNothingElse()) return nullptr;
    const TermLookup lookup(reader_.languages(), query_.exact_words);
    const Filter* filter = query_.filter.has_value() ? &*query_.filter : nullptr;
    auto plan = PlanWords(*query_.text.root, filter, lookup, reader_.frequencies());
    if (!plan.has_value()) return nullptr;
    return WordMatch::Open(*std::move(plan), reader_, columns_, caches_.postings, context_);
  }

  // Whether the best matches are found by going through nearly all, and a sweep would do the same once more.
  bool FindsAllOnTheWay() const {
    if (query_.ranking.HasFactors() || query_.ranking.expansion.has_value()) return false;
    if (words_ != nullptr) return true;
    const auto& root = query_.text.root;
    const bool words = AreDecodable(query_.filter) && HasWordsOnly(*root);
    return root.has_value() && root->kind != NodeKind::kAny && !words;
  }

  void SweepUnweighted(const std::optional<Filter>& filter, std::span<MatchSink* const> sinks) {
    if (AreDecodable(filter)) {
      const TermLookup lookup(reader_.languages(), query_.exact_words);
      if (WordSweep(reader_, columns_, lookup, caches_.postings, context_).Run(*query_.text.root, sinks)) return;
    }
    Sweep(Compile(filter), false, reader_, columns_, context_, sinks);
  }

  // Shows every match to the sinks, if there are any.
  absl::Status FindHits(std::span<MatchSink* const> sinks) {
    if (words_ != nullptr) {
      return TakeHits([&](Xapian::doccount wanted) { return words_->Find(wanted, sinks); });
    }
    const Xapian::Query matching = CompileWeighted();
    const Xapian::doccount documents = reader_.database().get_doccount();
    // The last attempt counts no more than it must: the reply says that its total is an estimate.
    const Xapian::doccount counted =
        effort_ == Effort::kBounded ? 0 : std::min<Xapian::doccount>(kCountedMatches, documents);
    const bool watched = !sinks.empty();
    SinkSpy spy(columns_, context_, sinks);
    const Xapian::Query timed = watched                   ? spy.Watch(matching)
                                : WeightsKeepTime(query_) ? matching
                                                          : WithDeadline(matching, context_);
    EngineMatch match(query_, timed, reader_, context_, watched ? documents : counted, watched ? &spy : nullptr);
    return TakeHits([&](Xapian::doccount wanted) { return match.Find(wanted); });
  }

  absl::Status TakeHits(const FindBest& best) {
    auto page = FindByRelevance(query_, asked_, best, reader_, columns_, caches_, now_);
    if (!page.ok()) return page.status();
    page_ = *std::move(page);
    result_.total = page_.total;
    return absl::OkStatus();
  }

  absl::Status CountFacets(std::vector<FacetGroup>& groups) {
    for (FacetGroup& group : groups) {
      if (!group.excluded_fields.empty()) {
        std::optional<Filter> left;
        if (query_.filter.has_value()) left = WithoutFields(*query_.filter, group.excluded_fields);
        MatchSink* const sink = group.sink.get();
        SweepUnweighted(left, {&sink, 1});
      }
      if (auto finished = group.sink->Finish(); !finished.ok()) return finished;
    }
    return absl::OkStatus();
  }

  absl::Status FillHits() {
    const TermLookup lookup(reader_.languages(), query_.exact_words);
    for (Note& note : NoteCutPrefixes(query_.text, lookup, reader_.database()))
      result_.notes.push_back(std::move(note));
    for (const v1::FacetResult& facet : result_.facets)
      result_.bytes += facet.ByteSizeLong();
    result_.total_groups = page_.total_groups;
    return HitFiller(query_, page_, reader_, columns_, caches_, now_, context_).Fill(max_bytes_, result_);
  }

  const ParsedQuery& asked_;  // the text as it was written
  SearchQuery query_;         // its text rewritten for the snapshot
  ReaderPool& readers_;
  SearchCaches& caches_;
  Reader& reader_;
  const absl::Time now_;
  const CallContext& context_;
  const Effort effort_;
  const size_t max_bytes_;
  const bool may_be_heavy_;
  ColumnSet columns_;                 // of the reader's snapshot; none unless NeedsColumns
  std::unique_ptr<WordMatch> words_;  // finds the best matches, where it can
  Page page_;
  SearchResult result_;
};

absl::Status ReplyFull() {
  return ErrorWithReason(absl::StatusCode::kResourceExhausted, "REPLY_FULL",
                         absl::StrCat("the answers before this one fill the reply of ", kMaxReplyBytes,
                                      " bytes: ask it in a call of its own, or for smaller pages"));
}

// All of them on one snapshot; ABORTED when it was overtaken at any of them, for all are to come from one.
absl::StatusOr<Searcher::Batch> AnswerAll(const std::vector<SearchQuery>& queries, ReaderPool& readers,
                                          SearchCaches& caches, Reader& reader, absl::Time now,
                                          const CallContext& context, Effort effort) {
  Searcher::Batch batch;
  batch.snapshot = reader.snapshot();
  size_t bytes = 0;
  for (const SearchQuery& query : queries) {
    if (bytes >= kMaxReplyBytes) {
      batch.results.push_back(ReplyFull());
      continue;
    }
    auto result = CatchXapian(
        [&] { return Run(query, readers, caches, reader, now, context, effort, kMaxReplyBytes - bytes).Answer(); });
    if (absl::IsAborted(result.status())) return result.status();
    const bool fits = !result.ok() || bytes == 0 || bytes + result->bytes <= kMaxReplyBytes;
    if (fits && result.ok()) bytes += result->bytes;
    batch.results.push_back(fits ? std::move(result) : ReplyFull());
  }
  return batch;
}

}  // namespace

absl::StatusOr<Searcher::Batch> Searcher::SearchAll(const std::vector<SearchQuery>& queries,
                                                    const CallContext& context) const {
  const absl::Time now = clock_.Now();
  return readers_.Run(context, [&](Reader& reader, Effort effort) {
    return AnswerAll(queries, readers_, caches_, reader, now, context, effort);
  });
}

absl::StatusOr<SearchResult> Searcher::Search(const SearchQuery& query, const CallContext& context,
                                              bool may_be_heavy) const {
  const absl::Time now = clock_.Now();
  return readers_.Run(context, [&](Reader& reader, Effort effort) {
    return CatchXapian([&] {
      return Run(query, readers_, caches_, reader, now, context, effort, kMaxReplyBytes, may_be_heavy).Answer();
    });
  });
}

RewrittenQuery Searcher::Understand(const SearchQuery& query, const CallContext& context) const {
  auto understood = readers_.Run(context, [&](Reader& reader, Effort) {
    return CatchXapian([&] { return RewriteText(query, reader, LookAt(context)); });
  });
  return understood.ok() ? *std::move(understood) : RewrittenQuery{.query = query.text};
}

}  // namespace broadsheet::search
