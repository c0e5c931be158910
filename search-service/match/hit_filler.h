#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/base/call_context.h"
#include "search/index/reader.h"
#include "search/match/explain.h"
#include "search/match/highlighter.h"
#include "search/match/page.h"
#include "search/match/result.h"
#include "search/match/search_caches.h"
#include "search/match/word_matches.h"
#include "search/query/search_query.h"
#include "search/query/terms.h"

namespace broadsheet::search {

// Makes the hits of a page: articles as the view shows them, how each word was met, highlights, explanations. One a
// page; not thread-safe. Xapian's exceptions pass through.
class HitFiller {
 public:
  // `query` has its text rewritten for the reader's snapshot; `columns` are those of it, or none. All must outlive it.
  HitFiller(const SearchQuery& query, const Page& page, Reader& reader, const ColumnSet& columns, SearchCaches& caches,
            absl::Time now, const CallContext& context);

  // Adds the hits or groups of the page to the result, as long as all of it takes `max_bytes` at most, and the token of
  // the page after those. Errors as ReadArticle; DEADLINE_EXCEEDED and CANCELLED.
  absl::Status Fill(size_t max_bytes, SearchResult& result);

 private:
  absl::Status FillSingleHits(size_t max_bytes, SearchResult& result);
  absl::Status FillGroups(size_t max_bytes, SearchResult& result);
  absl::Status FillHit(const Match& match, v1::SearchHit& hit);
  absl::Status FillWholeArticle(Xapian::docid docid, v1::SearchHit& hit);
  absl::Status FillCard(Xapian::docid docid, v1::SearchHit& hit);

  const SearchQuery& query_;
  const Page& page_;
  Reader& reader_;
  ArticleCache& articles_;
  const CallContext& context_;
  const TermLookup lookup_;
  WordMatches words_;
  std::optional<Highlighter> highlighter_;
  std::optional<Explainer> explainer_;
  std::string last_id_;  // PositionAfter
};

}  // namespace broadsheet::search
