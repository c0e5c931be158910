#include "common/index/shard_dictionary.h"

#include <string>

#include "common/schema/index_metadata.h"

namespace broadsheet {

std::shared_ptr<const ArticleDictionary> ReadDictionary(const Xapian::Database& shard) {
  const std::string bytes = shard.get_metadata(kDictionaryKey);
  return bytes.empty() ? nullptr : std::make_shared<const ArticleDictionary>(bytes);
}

}  // namespace broadsheet
