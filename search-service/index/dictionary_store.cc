#include "search/index/dictionary_store.h"

#include "common/index/shard_dictionary.h"

namespace broadsheet::search {

std::shared_ptr<const ArticleDictionary> DictionaryStore::Get(const std::string& uuid, const Xapian::Database& shard) {
  std::lock_guard lock(mutex_);
  if (auto known = dictionaries_[uuid].lock(); known != nullptr) return known;
  auto dictionary = ReadDictionary(shard);
  dictionaries_[uuid] = dictionary;
  std::erase_if(dictionaries_, [](const auto& each) { return each.second.expired(); });
  return dictionary;
}

}  // namespace broadsheet::search
