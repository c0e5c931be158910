#include "common/index/shard_dictionary.h"

#include <gtest/gtest.h>

#include "common/schema/index_metadata.h"
#include "support/sample_dictionary.h"
#include "support/temp_directory.h"

namespace broadsheet {
namespace {

TEST(ShardDictionaryTest, ItIsThatOfTheMetadataIfThereIsOne) {
  support::TempDirectory directory;
  Xapian::WritableDatabase shard((directory.path() / "shard").string(), Xapian::DB_CREATE);
  EXPECT_EQ(ReadDictionary(shard), nullptr);

  const std::string bytes = support::SampleDictionary("ferry");
  ASSERT_FALSE(bytes.empty());
  shard.set_metadata(kDictionaryKey, bytes);
  shard.commit();
  const auto dictionary = ReadDictionary(shard);
  ASSERT_NE(dictionary, nullptr);
  EXPECT_EQ(dictionary->Decompress(ArticlePacker(bytes, 9).Compress("The ferry")).value_or("?"), "The ferry");
}

}  // namespace
}  // namespace broadsheet
