#include "search/match/page.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/schema/term.h"
#include "search/match/ranking.h"

namespace broadsheet::search {
namespace {

// Hits looked at beyond the expected place of a continuation, since a changed snapshot may have moved it.
constexpr Xapian::doccount kContinuationSlack = 100;

v1::Total TotalOf(const Xapian::MSet& set) {
  v1::Total total;
  bool exact = set.get_matches_lower_bound() == set.get_matches_upper_bound();
  total.set_value(exact ? set.get_matches_lower_bound() : set.get_matches_estimated());
  total.set_relation(exact ? v1::TOTAL_RELATION_EXACT : v1::TOTAL_RELATION_ESTIMATE);
  return total;
}

void TakeMatches(const Xapian::MSet& set, Xapian::doccount first, size_t page_size, Page& page) {
  page.matches.reserve(page_size);
  for (Xapian::doccount i = first; i < set.size(); ++i) {
    if (page.matches.size() == page_size) {
      page.more = true;
      return;
    }
    auto hit = set[i];
    page.matches.push_back({*hit, hit.get_weight(), {}});
  }
}

// Where to go on in `set` when the snapshot is not that of the page before: after its last hit if that still matches,
// else among those that score as it did, as near to the old place as they reach.
Xapian::doccount ContinuationIn(const Xapian::MSet& set, const PagePosition& after, Xapian::docid last) {
  Xapian::doccount not_better = set.size();
  Xapian::doccount worse = set.size();
  for (Xapian::doccount i = set.size(); i-- > 0;) {
    if (*set[i] == last) return i + 1;
    if (set[i].get_weight() <= after.score) not_better = i;
    if (set[i].get_weight() < after.score) worse = i;
  }
  return std::clamp(static_cast<Xapian::doccount>(after.offset), not_better, worse);
}

absl::StatusOr<Page> TakePage(const SearchQuery& query, Xapian::Enquire& enquire, Reader& reader,
                              Xapian::doccount counted) {
  Page page;
  const auto wanted = static_cast<Xapian::doccount>(query.page_size) + 1;
  if (query.after.has_value()) page.offset = query.after->offset;
  if (auto depth = CheckDepth(page.offset); !depth.ok()) return depth;
  auto first = static_cast<Xapian::doccount>(page.offset);
  bool moved = query.after.has_value() && query.after->snapshot_sequence != reader.snapshot().sequence;
  if (moved) {
    Xapian::MSet before = enquire.get_mset(0, first + kContinuationSlack);
    first = ContinuationIn(before, *query.after, FindDocid(reader.database(), query.after->article_id));
    page.offset = first;
  }
  Xapian::MSet set = enquire.get_mset(first, wanted, counted);
  page.total = TotalOf(set);
  TakeMatches(set, 0, query.page_size, page);
  return page;
}

}  // namespace

absl::Status CheckDepth(int64_t offset) {
  if (offset < kMaxRelevanceDepth) return absl::OkStatus();
  return InvalidField("PAGE_DEPTH", "page_token",
                      absl::StrCat("pages by relevance end after ", kMaxRelevanceDepth,
                                   " hits: narrow the query, or go through all by order NEWEST or OLDEST"));
}

Xapian::docid FindDocid(const Xapian::Database& database, const std::string& article_id) {
  const std::string term = IdTerm(article_id);
  auto found = database.postlist_begin(term);
  return found == database.postlist_end(term) ? 0 : *found;
}

bool ByDate(const SearchQuery& query) {
  return query.order != v1::ORDER_RELEVANCE;
}

absl::StatusOr<Page> FindByRelevance(const SearchQuery& query, const Xapian::Query& matching, Reader& reader,
                                     const CallContext& context, Effort effort) {
  Xapian::Enquire enquire(reader.database());
  enquire.set_query(matching);
  enquire.set_weighting_scheme(TimedBm25(context));
  // The last attempt counts no more than it must: the reply says that its total is an estimate.
  const Xapian::doccount documents = reader.database().get_doccount();
  Xapian::doccount counted = effort == Effort::kBounded ? 0 : std::min<Xapian::doccount>(kCountedMatches, documents);
  return TakePage(query, enquire, reader, counted);
}

PagePosition PositionAfter(const SearchQuery& query, const Page& page, size_t shown, const std::string& last_id,
                           const Snapshot& snapshot) {
  PagePosition position;
  position.snapshot_sequence = snapshot.sequence;
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
  position.article_id = last_id;
  position.offset = page.offset + static_cast<int64_t>(shown);
  return position;
}

}  // namespace broadsheet::search
