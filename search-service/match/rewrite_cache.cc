#include "search/match/rewrite_cache.h"

#include "absl/strings/str_cat.h"
#include "search/query/write.h"

namespace broadsheet::search {
namespace {

// Of a rewritten query, for each byte of it as it is written: a word of the shortest kind takes a node of the tree.
constexpr size_t kBytesPerWrittenByte = 64;
constexpr size_t kRewriteEntryBytes = 1'000;

std::string RewriteKey(const SearchQuery& query, uint64_t snapshot) {
  const WordOptions& words = query.words;
  return absl::StrCat(snapshot, " ", reinterpret_cast<uintptr_t>(query.synonyms.get()), " ", words.stems, words.typos,
                      words.variants, words.synonyms, " ", WriteQuery(query.text));
}

}  // namespace

RewrittenQuery RewriteCache::Get(const SearchQuery& query, uint64_t snapshot,
                                 const std::function<RewrittenQuery()>& rewrite) {
  if (!query.text.root.has_value()) return rewrite();
  const std::string key = RewriteKey(query, snapshot);
  if (const auto known = Find(key); known != nullptr) {
    RewrittenQuery rewritten = *known;
    rewritten.query.notes = query.text.notes;
    return rewritten;
  }
  RewrittenQuery rewritten = rewrite();
  const auto kept = std::make_shared<const RewrittenQuery>(rewritten);
  const size_t bytes = kRewriteEntryBytes + key.size() + kBytesPerWrittenByte * WriteQuery(kept->query).size();
  std::lock_guard lock(mutex_);
  entries_.Put(key, {kept, query.synonyms}, bytes, kBytes, [](const std::string&) {});
  return rewritten;
}

std::shared_ptr<const RewrittenQuery> RewriteCache::Find(const std::string& key) {
  std::lock_guard lock(mutex_);
  const Kept* kept = entries_.Find(key);
  return kept == nullptr ? nullptr : kept->rewritten;
}

}  // namespace broadsheet::search
