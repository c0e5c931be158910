#include "search/discover/significant.h"

#include <algorithm>
#include <utility>

#include "common/index/xapian_status.h"
#include "search/discover/docid_set.h"
#include "search/discover/telling.h"
#include "search/index/caller.h"
#include "search/match/deadline_source.h"
#include "search/match/hidden.h"
#include "search/match/library.h"
#include "search/match/matching.h"
#include "search/match/ranking.h"
#include "search/query/terms.h"

namespace broadsheet::search {
namespace {

using SignificantAnswer = absl::StatusOr<v1::SignificantTermsResponse>;

constexpr size_t kTermsPerLook = 256;  // between two looks at the clock

// One question on one snapshot.
class SignificantRun {
 public:
  SignificantRun(const SignificantQuery& query, Reader& reader, absl::Time now, const CallContext& context)
      : query_(query),
        reader_(reader),
        database_(reader.database()),
        context_(context),
        hidden_(FindHidden(reader, now)),
        now_(now) {}

  SignificantAnswer Answer() {
    const SearchQuery& search = query_.search;
    if (auto met = CheckRequirements({search.min_sequence, search.lineage}, reader_.snapshot()); !met.ok()) return met;
    SetSnapshot(reader_.snapshot(), *response_.mutable_snapshot());
    TakeSample();
    TermCounter counter;
    if (auto counted = CountTerms(database_, sample_, context_, counter); !counted.ok()) return counted;
    response_.set_sampled(counter.articles());
    auto terms = Weigh(counter);
    if (!terms.ok()) return terms.status();
    *terms = WithoutRepetition(*std::move(terms), reader_.languages(), QueryStems());
    terms = WriteTerms(reader_, *std::move(terms), static_cast<size_t>(query_.limit), sample_, context_);
    if (!terms.ok()) return terms.status();
    for (TellingTerm& term : *terms)
      Tell(std::move(term));
    return std::move(response_);
  }

 private:
  void TakeSample() {
    const SearchQuery& search = query_.search;
    Xapian::Query matching = CompileMatching(search, search.filter, reader_);
    matching = WithDeadline(WithoutHidden(matching, reader_, now_), context_);
    const DocidSet matches(matching, reader_);
    response_.mutable_total()->set_value(matches.size());
    response_.mutable_total()->set_relation(v1::TOTAL_RELATION_EXACT);
    const bool all = matches.size() <= static_cast<int64_t>(kCountedArticles);
    if (all || PositiveLeaves(search.text).empty()) {
      sample_ = matches.Sample(kCountedArticles);
    } else {
      Xapian::Enquire enquire(database_);
      enquire.set_query(matching);
      enquire.set_weighting_scheme(TimedBm25(context_));
      const Xapian::MSet best = enquire.get_mset(0, kCountedArticles);
      sample_.assign(best.begin(), best.end());
    }
  }

  // The best terms of the sample, weighed against all other articles.
  absl::StatusOr<std::vector<TellingTerm>> Weigh(const TermCounter& counter) const {
    const std::string article(kArticleTerm);
    const int64_t all = static_cast<int64_t>(database_.get_termfreq(article)) - CountWith(database_, hidden_, article);
    const int64_t least = LeastArticles(counter.articles());
    const auto hidden = static_cast<int64_t>(hidden_.size());
    std::vector<TellingTerm> terms;
    size_t looked = 0;
    for (const auto& [term, count] : counter.counts()) {
      if (looked++ % kTermsPerLook == 0) {
        if (auto waits = CheckCaller(context_); !waits.ok()) return waits;
      }
      if (count.articles < least) continue;
      TellingTerm telling{term, {}, 0, {count.articles, counter.articles()}, {}, count.first};
      // As if all that is hidden had the term: what can be told at all is not lost before it is counted.
      const int64_t most = database_.get_termfreq(term) - count.articles;
      telling.others = {std::max<int64_t>(0, most - hidden), all - counter.articles()};
      Rate(telling, terms);
    }
    SortByScore(terms);
    if (terms.size() > kMaxCandidates) terms.resize(kMaxCandidates);
    return RateVisible(std::move(terms));
  }

  static void Rate(TellingTerm term, std::vector<TellingTerm>& terms) {
    term.score = LogLikelihoodRatio(term.these, term.others);
    if (term.score >= kLeastLikelihoodRatio) terms.push_back(std::move(term));
  }

  // What is hidden is in no count.
  std::vector<TellingTerm> RateVisible(std::vector<TellingTerm> terms) const {
    if (hidden_.empty()) return terms;
    std::vector<TellingTerm> visible;
    for (TellingTerm& term : terms) {
      term.others.with = database_.get_termfreq(term.term) - term.these.with -
                         static_cast<int64_t>(CountWith(database_, hidden_, term.term));
      Rate(std::move(term), visible);
    }
    SortByScore(visible);
    return visible;
  }

  absl::flat_hash_set<std::string> QueryStems() const {
    const TermLookup lookup(reader_.languages(), false);
    absl::flat_hash_set<std::string> stems;
    for (const QueryNode* leaf : PositiveLeaves(query_.search.text)) {
      for (const QueryWord& word : leaf->words) {
        QueryNode one;
        one.words = {word};
        for (LookupTerm& term : lookup.Terms(one))
          stems.insert(std::move(term.text));
      }
    }
    return stems;
  }

  void Tell(TellingTerm term) {
    v1::SignificantTerm* told = response_.add_terms();
    told->set_text(std::move(term.text));
    told->set_score(term.score);
    told->set_foreground(term.these.with);
    told->set_background(term.these.with + term.others.with);
  }

  const SignificantQuery& query_;
  Reader& reader_;
  const Xapian::Database& database_;
  const CallContext& context_;
  const std::vector<Xapian::docid> hidden_;
  const absl::Time now_;
  std::vector<Xapian::docid> sample_;
  v1::SignificantTermsResponse response_;
};

}  // namespace

SignificantAnswer SignificantTermsFinder::Find(const SignificantQuery& query, const CallContext& context) const {
  const absl::Time now = clock_.Now();
  return readers_.Run(context, [&](Reader& reader, Effort) {
    return CatchXapian([&] { return SignificantRun(query, reader, now, context).Answer(); });
  });
}

}  // namespace broadsheet::search
