#include "search/match/page.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/schema/term.h"
#include "search/match/relevance.h"

namespace broadsheet::search {
namespace {

// Hits looked at beyond the expected place of a continuation, since a changed snapshot may have moved it.
constexpr Xapian::doccount kContinuationSlack = 100;

// Where to go on in `ranked` when the snapshot is not that of the page before: after its last hit if that still
// matches, else among those that score as it did, as near to the old place as they reach.
size_t ContinuationIn(const std::vector<Match>& ranked, const PagePosition& after, Xapian::docid last) {
  size_t not_better = ranked.size();
  size_t worse = ranked.size();
  for (size_t i = ranked.size(); i-- > 0;) {
    if (ranked[i].docid == last) return i + 1;
    if (ranked[i].score <= after.score) not_better = i;
    if (ranked[i].score < after.score) worse = i;
  }
  return std::clamp(static_cast<size_t>(after.offset), not_better, worse);
}

}  // namespace

absl::Status CheckDepth(int64_t offset) {
  if (offset < kMaxRelevanceDepth) return absl::OkStatus();
  return InvalidField("PAGE_DEPTH", "page_token",
                      absl::StrCat("pages by relevance end after ", kMaxRelevanceDepth,
                                   " hits: narrow the query, or go through all by order NEWEST or OLDEST"));
}

bool ByDate(const SearchQuery& query) {
  return query.order != v1::ORDER_RELEVANCE;
}

absl::StatusOr<Page> FindByRelevance(const SearchQuery& query, const ParsedQuery& asked, const FindBest& best,
                                     Reader& reader, const ColumnSet& columns, SearchCaches& caches, absl::Time now) {
  Page page;
  page.ranked_micros = query.after.has_value() ? query.after->ranked_micros : absl::ToUnixMicros(now);
  if (query.after.has_value()) page.offset = query.after->offset;
  if (auto depth = CheckDepth(page.offset); !depth.ok()) return depth;
  bool moved = query.after.has_value() && query.after->snapshot_identity != reader.snapshot().identity;
  const auto depth = static_cast<Xapian::doccount>(page.offset + query.page_size) + (moved ? kContinuationSlack : 0);
  RankedMatches ranked =
      RankMatches(query, asked, best, reader, columns, caches, absl::FromUnixMicros(page.ranked_micros), depth);
  if (moved) {
    page.offset = static_cast<int64_t>(
        ContinuationIn(ranked.matches, *query.after, reader.FindStanding(IdTerm(query.after->article_id))));
  }
  page.total = ranked.total;
  auto first = std::min(static_cast<size_t>(page.offset), ranked.matches.size());
  auto last = std::min(first + static_cast<size_t>(query.page_size), ranked.matches.size());
  page.matches.assign(ranked.matches.begin() + static_cast<std::ptrdiff_t>(first),
                      ranked.matches.begin() + static_cast<std::ptrdiff_t>(last));
  page.more = ranked.more || last < ranked.matches.size();
  return page;
}

PagePosition PositionAfter(const SearchQuery& query, const Page& page, size_t shown, const std::string& last_id,
                           const Snapshot& snapshot) {
  PagePosition position;
  position.snapshot_identity = snapshot.identity;
  position.lineage = HashLineage(snapshot.lineage);
  const Match& last = page.matches[query.group.has_value() ? page.groups[shown - 1].first : shown - 1];
  if (ByDate(query) && !query.fairness.has_value()) {
    const bool newest = query.order == v1::ORDER_NEWEST;
    const int64_t published = PublishedAt(last.place, newest);
    position.by_date = true;
    position.dated = published != kNoNumber;
    if (position.dated) position.published_micros = published;
    position.sequence = SequenceAt(last.place, newest);
    return position;
  }
  position.score = last.score;
  position.ranked_micros = page.ranked_micros;
  position.article_id = last_id;
  position.offset = page.offset + static_cast<int64_t>(shown);
  return position;
}

}  // namespace broadsheet::search
