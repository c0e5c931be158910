#include "search/match/hit_filler.h"

#include <utility>
#include <vector>

#include "search/index/caller.h"
#include "search/match/stored.h"
#include "search/query/page_token.h"

namespace broadsheet::search {
namespace {

std::vector<Xapian::docid> DocidsOf(const Page& page) {
  std::vector<Xapian::docid> docids;
  for (const Match& match : page.matches)
    docids.push_back(match.docid);
  return docids;
}

// Whether a reply that has something already has no room for so much more.
bool Overflows(size_t bytes, bool empty, size_t max_bytes, SearchResult& result) {
  if (result.bytes + bytes <= max_bytes || empty) {
    result.bytes += bytes;
    return false;
  }
  result.early_stop = v1::EARLY_STOP_REPLY_SIZE;
  return true;
}

}  // namespace

HitFiller::HitFiller(const SearchQuery& query, const Page& page, Reader& reader, const ColumnSet& columns,
                     SearchCaches& caches, absl::Time now, const CallContext& context)
    : query_(query),
      page_(page),
      reader_(reader),
      articles_(caches.articles),
      context_(context),
      lookup_(reader.languages(), query.exact_words),
      words_(query.text, lookup_, reader, columns, caches, DocidsOf(page)) {
  if (query.highlight.enabled) highlighter_.emplace(query, lookup_);
  if (query.explain && !ByDate(query)) explainer_.emplace(query, reader, now);
}

absl::Status HitFiller::Fill(size_t max_bytes, SearchResult& result) {
  const bool grouped = query_.group.has_value();
  const absl::Status filled = grouped ? FillGroups(max_bytes, result) : FillSingleHits(max_bytes, result);
  if (!filled.ok()) return filled;
  const size_t shown = grouped ? result.groups.size() : result.hits.size();
  const size_t found = grouped ? page_.groups.size() : page_.matches.size();
  if (!page_.more && shown == found) return absl::OkStatus();
  const PagePosition next = PositionAfter(query_, page_, shown, last_id_, reader_.snapshot());
  result.next_page_token = EncodePageToken(next, query_.fingerprint);
  return absl::OkStatus();
}

absl::Status HitFiller::FillSingleHits(size_t max_bytes, SearchResult& result) {
  result.hits.reserve(page_.matches.size());
  for (const Match& match : page_.matches) {
    v1::SearchHit hit;
    if (auto filled = FillHit(match, hit); !filled.ok()) return filled;
    if (Overflows(hit.ByteSizeLong(), result.hits.empty(), max_bytes, result)) break;
    last_id_ = hit.article().id();
    result.hits.push_back(std::move(hit));
  }
  return absl::OkStatus();
}

absl::Status HitFiller::FillGroups(size_t max_bytes, SearchResult& result) {
  for (const PageGroup& found : page_.groups) {
    v1::HitGroup group;
    group.set_value(found.value);
    group.set_size(found.size);
    for (size_t i = 0; i < found.hits; ++i) {
      if (auto filled = FillHit(page_.matches[found.first + i], *group.add_hits()); !filled.ok()) return filled;
    }
    if (Overflows(group.ByteSizeLong(), result.groups.empty(), max_bytes, result)) break;
    if (group.hits_size() > 0) last_id_ = group.hits(0).article().id();
    result.groups.push_back(std::move(group));
  }
  return absl::OkStatus();
}

absl::Status HitFiller::FillHit(const Match& match, v1::SearchHit& hit) {
  if (auto waits = CheckCaller(context_); !waits.ok()) return waits;
  const bool whole = query_.view == v1::ARTICLE_VIEW_FULL;
  const absl::Status filled = whole ? FillWholeArticle(match.docid, hit) : FillCard(match.docid, hit);
  if (!filled.ok()) return filled;
  hit.set_score(match.score);
  words_.Describe(match.docid, hit);
  if (explainer_.has_value()) explainer_->Explain(match, hit.article().id(), *hit.mutable_explanation());
  return absl::OkStatus();
}

absl::Status HitFiller::FillWholeArticle(Xapian::docid docid, v1::SearchHit& hit) {
  auto article = ReadArticle(reader_, docid, true);
  if (!article.ok()) return article.status();
  if (highlighter_.has_value()) highlighter_->Highlight(*article, article->body(), *hit.mutable_highlights());
  *hit.mutable_article() = *std::move(article);
  return absl::OkStatus();
}

absl::Status HitFiller::FillCard(Xapian::docid docid, v1::SearchHit& hit) {
  auto shown = articles_.Get(reader_, docid, highlighter_.has_value());
  if (!shown.ok()) return shown.status();
  const auto& [card, body] = **shown;
  if (highlighter_.has_value()) highlighter_->Highlight(card, body, *hit.mutable_highlights());
  if (query_.view == v1::ARTICLE_VIEW_ID) {
    hit.mutable_article()->set_id(card.id());
  } else {
    *hit.mutable_article() = card;
  }
  return absl::OkStatus();
}

}  // namespace broadsheet::search
