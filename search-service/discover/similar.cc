#include "search/discover/similar.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/index/xapian_status.h"
#include "search/discover/profile.h"
#include "search/discover/restrictions.h"
#include "search/index/caller.h"
#include "search/match/deadline_source.h"
#include "search/match/hidden.h"
#include "search/match/library.h"
#include "search/match/ranking.h"
#include "search/match/result.h"
#include "search/match/stored.h"
#include "search/query/compile.h"
#include "search/query/copies.h"

namespace broadsheet::search {
namespace {

using SimilarAnswer = absl::StatusOr<v1::SimilarArticlesResponse>;
using Xapian::Query;

// One question on one snapshot.
class SimilarRun {
 public:
  SimilarRun(const SimilarQuery& query, Reader& reader, absl::Time now, const CallContext& context)
      : query_(query), reader_(reader), database_(reader.database()), now_(now), context_(context) {}

  SimilarAnswer Answer() {
    if (auto met = CheckRequirements(query_.requirements, reader_.snapshot()); !met.ok()) return met;
    SetSnapshot(reader_.snapshot(), *response_.mutable_snapshot());
    auto terms = query_.id.empty() ? ProfileOfText() : ProfileOfArticle();
    if (!terms.ok()) return terms.status();
    TellTerms(*terms);
    if (auto filled = FillHits(*terms); !filled.ok()) return filled;
    return std::move(response_);
  }

 private:
  using Terms = absl::StatusOr<std::vector<ProfileTerm>>;

  Terms ProfileOfText() {
    ProfileBuilder profile(database_, reader_.languages());
    profile.Add(query_.text, 1);
    return profile.Choose(1, context_);
  }

  Terms ProfileOfArticle() {
    const Xapian::docid docid = FindArticle(reader_, query_.id, now_);
    if (docid == 0) {
      return ErrorWithReason(absl::StatusCode::kNotFound, "ARTICLE_NOT_FOUND",
                             absl::StrCat("there is no article with id \"", query_.id, "\""));
    }
    auto article = ReadArticle(reader_, docid, true);
    if (!article.ok()) return article.status();
    ProfileBuilder profile(database_, {article->language()});
    profile.Add(article->title(), kTitleWeight);
    profile.Add(article->body(), 1);
    filters_.push_back(WithoutCopiesOf(*article));
    return profile.Choose(2, context_);  // a term that only the article itself has finds nothing
  }

  void TellTerms(const std::vector<ProfileTerm>& terms) {
    const std::vector<Xapian::docid> hidden = FindHidden(reader_, now_);
    for (const ProfileTerm& term : terms) {
      const int64_t visible = term.articles - CountWith(database_, hidden, term.term);
      if (visible == 0) continue;
      v1::SignificantTerm* told = response_.add_terms();
      told->set_text(term.text);
      told->set_score(term.score);
      told->set_foreground(1);
      told->set_background(visible);
    }
  }

  Query Compile(const std::vector<ProfileTerm>& terms) {
    std::vector<Query> parts;
    for (const ProfileTerm& term : terms)
      parts.emplace_back(Query::OP_SCALE_WEIGHT, Query(term.term), term.frequency);
    if (query_.filter.has_value()) filters_.push_back(*query_.filter);
    Query matching(Query::OP_OR, parts.begin(), parts.end());
    if (!filters_.empty()) matching = Query(Query::OP_FILTER, matching, CompileFilter(AllOf(filters_)));
    if (query_.hide_copies) matching = WithoutCopies(matching);
    return WithDeadline(WithoutHidden(matching, reader_, now_), context_);
  }

  absl::Status FillHits(const std::vector<ProfileTerm>& terms) {
    if (terms.empty()) return absl::OkStatus();
    Xapian::Enquire enquire(database_);
    enquire.set_query(Compile(terms));
    enquire.set_weighting_scheme(TimedBm25(context_));
    const Xapian::MSet set = enquire.get_mset(0, static_cast<Xapian::doccount>(query_.page_size));
    size_t bytes = response_.ByteSizeLong();
    for (auto hit = set.begin(); hit != set.end(); ++hit) {
      if (auto waits = CheckCaller(context_); !waits.ok()) return waits;
      auto article = ReadArticle(reader_, *hit, query_.view == v1::ARTICLE_VIEW_FULL);
      if (!article.ok()) return article.status();
      Restrict(query_.view, *article);
      bytes += article->ByteSizeLong();
      if (bytes > kMaxReplyBytes && response_.hits_size() > 0) break;
      v1::SearchHit* told = response_.add_hits();
      told->set_score(hit.get_weight());
      *told->mutable_article() = *std::move(article);
    }
    return absl::OkStatus();
  }

  const SimilarQuery& query_;
  Reader& reader_;
  const Xapian::Database& database_;
  const absl::Time now_;
  const CallContext& context_;
  std::vector<Filter> filters_;
  v1::SimilarArticlesResponse response_;
};

}  // namespace

SimilarAnswer SimilarFinder::Find(const SimilarQuery& query, const CallContext& context) const {
  const absl::Time now = clock_.Now();
  return readers_.Run(context, [&](Reader& reader, Effort) {
    return CatchXapian([&] { return SimilarRun(query, reader, now, context).Answer(); });
  });
}

}  // namespace broadsheet::search
