#include "search/match/article_cache.h"

#include "search/match/stored.h"

namespace broadsheet::search {
namespace {

constexpr size_t kArticleEntryBytes = 200;  // key, list and map

absl::StatusOr<ArticleCache::Shown> Read(const Reader& reader, Xapian::docid docid, bool with_body) {
  auto article = with_body ? ReadCardAndBody(reader, docid) : ReadArticle(reader, docid, false);
  if (!article.ok()) return article.status();
  auto shown = std::make_shared<ShownArticle>();
  shown->body = std::move(*article->mutable_body());
  Restrict(v1::ARTICLE_VIEW_CARD, *article);
  shown->card = *std::move(article);
  return shown;
}

}  // namespace

absl::StatusOr<ArticleCache::Shown> ArticleCache::Get(const Reader& reader, Xapian::docid docid, bool with_body) {
  const ShardDocid place = reader.InShard(docid);
  const Key key(reader.shards()[place.shard].identity, place.docid);
  {
    std::lock_guard lock(mutex_);
    const Entry* known = entries_.Find(key);
    if (known != nullptr && (known->has_body || !with_body)) return known->article;
  }
  auto article = Read(reader, docid, with_body);
  if (!article.ok()) return article.status();
  const size_t bytes = kArticleEntryBytes + (*article)->card.SpaceUsedLong() + (*article)->body.capacity();
  std::lock_guard lock(mutex_);
  entries_.Put(key, {*article, with_body}, bytes, budget_, [](const Key&) {});
  return article;
}

size_t ArticleCache::bytes() const {
  std::lock_guard lock(mutex_);
  return entries_.bytes();
}

}  // namespace broadsheet::search
