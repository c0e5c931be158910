#include "search/match/rewrite_cache.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "search/query/write.h"

namespace broadsheet::search {
namespace {

// Of a rewritten query, for each byte of it as it is written: a word of the shortest kind takes a node of the tree.
constexpr size_t kBytesPerWrittenByte = 64;
constexpr size_t kBytesPerEntry = 1'000;

std::string KeyOf(const SearchQuery& query, uint64_t snapshot) {
  const WordOptions& words = query.words;
  return absl::StrCat(snapshot, " ", reinterpret_cast<uintptr_t>(query.synonyms.get()), " ", words.stems, words.typos,
                      words.variants, words.synonyms, " ", WriteQuery(query.text));
}

}  // namespace

RewrittenQuery RewriteCache::Get(const SearchQuery& query, uint64_t snapshot,
                                 const std::function<RewrittenQuery()>& rewrite) {
  if (!query.text.root.has_value()) return rewrite();
  const std::string key = KeyOf(query, snapshot);
  {
    std::lock_guard lock(mutex_);
    if (const Kept* kept = entries_.Find(key); kept != nullptr) {
      RewrittenQuery rewritten = kept->rewritten;
      rewritten.query.notes = query.text.notes;
      return rewritten;
    }
  }
  RewrittenQuery rewritten = rewrite();
  const size_t bytes = kBytesPerEntry + key.size() + kBytesPerWrittenByte * WriteQuery(rewritten.query).size();
  std::lock_guard lock(mutex_);
  entries_.Put(key, {rewritten, query.synonyms}, bytes, kBytes, [](const std::string&) {});
  return rewritten;
}

}  // namespace broadsheet::search
