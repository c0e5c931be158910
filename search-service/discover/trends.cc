#include "search/discover/trends.h"

#include <utility>

#include "common/index/xapian_status.h"
#include "search/discover/docid_set.h"
#include "search/discover/restrictions.h"
#include "search/discover/telling.h"
#include "search/index/caller.h"
#include "search/match/deadline_source.h"
#include "search/match/hidden.h"
#include "search/match/library.h"
#include "search/query/compile.h"
#include "search/query/copies.h"

namespace broadsheet::search {
namespace {

using TrendsAnswer = absl::StatusOr<v1::TrendsResponse>;
using Terms = std::vector<TellingTerm>;

// One question on one snapshot.
class TrendsRun {
 public:
  TrendsRun(const TrendsQuery& query, ReaderPool& readers, Reader& reader, absl::Time now, const CallContext& context)
      : query_(query),
        reader_(reader),
        database_(reader.database()),
        columns_(readers.ReadyColumnsOf(reader)),
        now_(now),
        context_(context) {}

  TrendsAnswer Answer() {
    if (auto met = CheckRequirements(query_.requirements, reader_.snapshot()); !met.ok()) return met;
    v1::TrendsResponse response;
    SetSnapshot(reader_.snapshot(), *response.mutable_snapshot());
    const DocidSet window = Published(query_.window);
    const DocidSet baseline = Published(query_.baseline);
    response.set_window_articles(window.size());
    response.set_baseline_articles(baseline.size());
    const std::vector<Xapian::docid> sample = window.Sample(kCountedArticles);
    auto terms = FindCandidates(sample, baseline.Sample(kCountedArticles));
    if (terms.ok()) terms = CountExactly(*std::move(terms), window, baseline);
    if (!terms.ok()) return terms.status();
    *terms = WithoutRepetition(*std::move(terms), reader_.languages(), {});
    terms = WriteTerms(reader_, *std::move(terms), static_cast<size_t>(query_.limit), sample, context_);
    if (!terms.ok()) return terms.status();
    for (TellingTerm& term : *terms)
      Tell(std::move(term), response);
    return response;
  }

 private:
  DocidSet Published(const Bounds& bounds) const {
    std::vector<Filter> filters = {PublishedFrom(bounds.min, bounds.max)};
    if (query_.filter.has_value()) filters.push_back(*query_.filter);
    const Filter filter = AllOf(std::move(filters));
    const ColumnSet* columns = columns_.has_value() ? &*columns_ : nullptr;
    Xapian::Query matching = CompileQuery({}, &filter, reader_.languages(), false, columns);
    if (query_.hide_copies) matching = WithoutCopies(matching);
    return {WithDeadline(WithoutHidden(matching, reader_, now_), context_), reader_};
  }

  absl::StatusOr<Terms> FindCandidates(const std::vector<Xapian::docid>& window,
                                       const std::vector<Xapian::docid>& baseline) const {
    TermCounter now, before;
    if (auto counted = CountTerms(database_, window, context_, now); !counted.ok()) return counted;
    if (auto counted = CountTerms(database_, baseline, context_, before); !counted.ok()) return counted;
    const int64_t least = LeastArticles(now.articles());
    Terms terms;
    for (const auto& [term, count] : now.counts()) {
      if (count.articles < least) continue;
      auto found = before.counts().find(term);
      const int64_t had = found == before.counts().end() ? 0 : found->second.articles;
      Rate({term, {}, 0, {count.articles, now.articles()}, {had, before.articles()}, count.first}, terms);
    }
    SortByScore(terms);
    if (terms.size() > kMaxCandidates) terms.resize(kMaxCandidates);
    return terms;
  }

  static void Rate(TellingTerm term, Terms& terms) {
    term.score = LogLikelihoodRatio(term.these, term.others);
    if (term.score >= kLeastLikelihoodRatio) terms.push_back(std::move(term));
  }

  absl::StatusOr<Terms> CountExactly(Terms candidates, const DocidSet& window, const DocidSet& baseline) const {
    Terms terms;
    for (TellingTerm& term : candidates) {
      if (auto waits = CheckCaller(context_); !waits.ok()) return waits;
      term.these = {window.CountWith(database_, term.term), window.size()};
      term.others = {baseline.CountWith(database_, term.term), baseline.size()};
      Rate(std::move(term), terms);
    }
    SortByScore(terms);
    return terms;
  }

  static void Tell(TellingTerm term, v1::TrendsResponse& response) {
    v1::Trend* told = response.add_trends();
    told->set_text(std::move(term.text));
    told->set_score(term.score);
    told->set_window_articles(term.these.with);
    told->set_baseline_articles(term.others.with);
  }

  const TrendsQuery& query_;
  Reader& reader_;
  const Xapian::Database& database_;
  const std::optional<ColumnSet> columns_;  // when they are there: times are found sooner by them
  const absl::Time now_;
  const CallContext& context_;
};

}  // namespace

TrendsAnswer TrendsFinder::Find(const TrendsQuery& query, const CallContext& context) const {
  const absl::Time now = clock_.Now();
  return readers_.Run(context, [&](Reader& reader, Effort) {
    return CatchXapian([&] { return TrendsRun(query, readers_, reader, now, context).Answer(); });
  });
}

}  // namespace broadsheet::search
