#include "search/match/searcher.h"

#include <functional>
#include <memory>
#include <utility>

#include "common/index/xapian_status.h"
#include "search/index/caller.h"
#include "search/index/requirements.h"
#include "search/match/deadline_source.h"
#include "search/match/embargo.h"
#include "search/match/explain.h"
#include "search/match/facets.h"
#include "search/match/highlighter.h"
#include "search/match/page.h"
#include "search/match/ranking.h"
#include "search/match/stored.h"
#include "search/match/word_matches.h"
#include "search/query/compile.h"
#include "search/query/expansion.h"
#include "search/query/terms.h"

namespace broadsheet::search {
namespace {

// Throws once the caller waits no more.
std::function<void()> LookAt(const CallContext& context) {
  return [&context] {
    if (auto waits = CheckCaller(context); !waits.ok()) throw StatusException{waits};
  };
}

RewrittenQuery RewriteFor(Reader& reader, const ParsedQuery& text, const WordOptions& options, const Synonyms& synonyms,
                          const CallContext& context) {
  return Rewrite(text, options, synonyms, reader.languages(), reader.database(), LookAt(context));
}

// One query on one snapshot.
class Run {
 public:
  Run(const SearchQuery& query, const Synonyms& synonyms, Reader& reader, absl::Time now, const CallContext& context,
      Effort effort)
      : asked_(query.text),
        query_(query),
        synonyms_(synonyms),
        reader_(reader),
        now_(now),
        context_(context),
        effort_(effort) {}

  absl::StatusOr<SearchResult> Answer() {
    result_.snapshot = reader_.snapshot();
    absl::Status status = CheckSnapshot();
    if (status.ok()) RewriteText();
    if (status.ok()) status = MatchAndCount();
    if (status.ok()) status = FillHits();
    if (!status.ok()) return status;
    return std::move(result_);
  }

 private:
  absl::Status CheckSnapshot() {
    auto holds = CheckRequirements({query_.min_sequence, query_.lineage}, reader_.snapshot());
    if (!holds.ok() || !query_.after.has_value()) return holds;
    result_.snapshot_changed = query_.after->snapshot_sequence != reader_.snapshot().sequence;
    return CheckLineage(*query_.after, reader_.snapshot().lineage);
  }

  void RewriteText() {
    RewrittenQuery rewritten = RewriteFor(reader_, asked_, query_.words, synonyms_, context_);
    query_.text = std::move(rewritten.query);
    result_.notes = std::move(rewritten.notes);
    result_.expansions = std::move(rewritten.expansions);
    result_.suggestion = std::move(rewritten.suggestion);
  }

  Xapian::Query Compile(const std::optional<Filter>& filter) const {
    const Filter* compiled = filter.has_value() ? &*filter : nullptr;
    Xapian::Query matching = CompileQuery(query_.text, compiled, reader_.languages(), query_.exact_words);
    return WithoutEmbargoed(matching, reader_.database(), now_);
  }

  // Facets over the matches themselves ride on a match by date, which sees all of them; everything else is counted in
  // matches of its own: without weights, they cost less than a match by relevance that may leave nothing out.
  absl::Status MatchAndCount() {
    Xapian::Query matching = Compile(query_.filter);
    result_.facets.resize(query_.facets.size());
    bool exact = query_.exact_total || !query_.facets.empty();
    std::vector<FacetGroup> groups = GroupFacets(query_.facets, exact, result_.facets);
    bool rides = ByDate(query_) && exact;
    const Xapian::Query timed = WithDeadline(matching, context_);
    auto page = FindPage(query_, asked_, WeightsKeepTime(query_) ? matching : timed, reader_, now_, context_, effort_,
                         rides ? groups.front().spy.get() : nullptr);
    if (!page.ok()) return page.status();
    page_ = *std::move(page);
    result_.total = page_.total;
    for (FacetGroup& group : groups) {
      bool all = group.excluded_fields.empty();
      if (all && group.spy->empty() && result_.total.relation() == v1::TOTAL_RELATION_EXACT) continue;
      if (!all || !rides) CountGroup(group, timed);
      if (auto finished = group.spy->Finish(); !finished.ok()) return finished;
      if (!all) continue;
      result_.total.set_value(group.spy->considered());
      result_.total.set_relation(v1::TOTAL_RELATION_EXACT);
    }
    return absl::OkStatus();
  }

  void CountGroup(FacetGroup& group, const Xapian::Query& timed) {
    bool less = query_.filter.has_value() && !group.excluded_fields.empty();
    Xapian::Query wider;
    if (less) wider = WithDeadline(Compile(WithoutFields(*query_.filter, group.excluded_fields)), context_);
    ShowAllMatches(less ? wider : timed, reader_.database(), *group.spy);
  }

  absl::Status FillHits() {
    TermLookup lookup(reader_.languages(), query_.exact_words);
    for (Note& note : NoteCutPrefixes(query_.text, lookup, reader_.database()))
      result_.notes.push_back(std::move(note));
    std::vector<Xapian::docid> docids;
    for (const Match& match : page_.matches)
      docids.push_back(match.docid);
    WordMatches words(query_.text, lookup, reader_.database(), std::move(docids));
    std::optional<Highlighter> highlighter;
    if (query_.highlight.enabled) highlighter.emplace(query_, lookup);
    std::optional<Explainer> explainer;
    if (query_.explain && !ByDate(query_)) explainer.emplace(query_, reader_, now_);
    size_t bytes = 0;
    for (const v1::FacetResult& facet : result_.facets)
      bytes += facet.ByteSizeLong();
    std::string last_id;
    for (const Match& match : page_.matches) {
      if (auto waits = CheckCaller(context_); !waits.ok()) return waits;
      v1::SearchHit hit;
      std::string id;
      if (auto filled = FillHit(match, highlighter, explainer, hit, id); !filled.ok()) return filled;
      words.Describe(match.docid, hit);
      bytes += hit.ByteSizeLong();
      if (bytes > kMaxReplyBytes && !result_.hits.empty()) {
        result_.early_stop = v1::EARLY_STOP_REPLY_SIZE;
        break;
      }
      last_id = std::move(id);
      result_.hits.push_back(std::move(hit));
    }
    bool more = page_.more || result_.hits.size() < page_.matches.size();
    if (more) {
      PagePosition next = PositionAfter(query_, page_, result_.hits.size(), last_id, reader_.snapshot());
      result_.next_page_token = EncodePageToken(next, query_.fingerprint);
    }
    return absl::OkStatus();
  }

  absl::Status FillHit(const Match& match, std::optional<Highlighter>& highlighter, std::optional<Explainer>& explainer,
                       v1::SearchHit& hit, std::string& id) {
    bool with_body = highlighter.has_value() || query_.view == v1::ARTICLE_VIEW_FULL;
    auto article = ReadArticle(reader_.database(), match.docid, with_body);
    if (!article.ok()) return article.status();
    if (highlighter.has_value()) highlighter->Highlight(*article, *hit.mutable_highlights());
    hit.set_score(match.score);
    id = article->id();
    if (explainer.has_value()) explainer->Explain(match, id, *hit.mutable_explanation());
    Restrict(query_.view, *article);
    *hit.mutable_article() = *std::move(article);
    return absl::OkStatus();
  }

  const ParsedQuery& asked_;  // the text as it was written
  SearchQuery query_;         // its text rewritten for the snapshot
  const Synonyms& synonyms_;
  Reader& reader_;
  const absl::Time now_;
  const CallContext& context_;
  const Effort effort_;
  Page page_;
  SearchResult result_;
};

std::shared_ptr<const Synonyms> SynonymsOf(SynonymFile* file) {
  return file == nullptr ? std::make_shared<const Synonyms>() : file->Current();
}

}  // namespace

absl::StatusOr<SearchResult> Searcher::Search(const SearchQuery& query, const CallContext& context) const {
  const absl::Time now = clock_.Now();
  const auto synonyms = SynonymsOf(synonyms_);
  return readers_.Run(context, [&](Reader& reader, Effort effort) {
    return CatchXapian([&] { return Run(query, *synonyms, reader, now, context, effort).Answer(); });
  });
}

RewrittenQuery Searcher::Understand(const ParsedQuery& text, const WordOptions& options,
                                    const CallContext& context) const {
  const auto synonyms = SynonymsOf(synonyms_);
  auto understood = readers_.Run(context, [&](Reader& reader, Effort) {
    return CatchXapian([&] { return RewriteFor(reader, text, options, *synonyms, context); });
  });
  return understood.ok() ? *std::move(understood) : RewrittenQuery{.query = text};
}

}  // namespace broadsheet::search
