#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "common/schema/article_dictionary.h"
#include "xapian.h"

namespace broadsheet::search {

// The dictionaries of sealed shards, each once for all readers that have the shard open. Thread-safe.
class DictionaryStore {
 public:
  // That of the shard `uuid`, which `shard` has open; null when it has none. Xapian's exceptions pass through.
  std::shared_ptr<const ArticleDictionary> Get(const std::string& uuid, const Xapian::Database& shard);

 private:
  std::mutex mutex_;
  std::map<std::string, std::weak_ptr<const ArticleDictionary>> dictionaries_;  // by uuid
};

}  // namespace broadsheet::search
