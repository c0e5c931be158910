#include "common/index/shard_dictionary.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/schema/index_metadata.h"
#include "support/temp_directory.h"

namespace broadsheet {
namespace {

TEST(ShardDictionaryTest, ItIsThatOfTheMetadataIfThereIsOne) {
  support::TempDirectory directory;
  Xapian::WritableDatabase shard((directory.path() / "shard").string(), Xapian::DB_CREATE);
  EXPECT_EQ(ReadDictionary(shard), nullptr);

  std::vector<std::string> samples;
  for (int i = 0; i < 2'000; ++i)
    samples.push_back(absl::StrCat("The ferry of day ", i, " sails from Nordhaven to Iwaya at ", i * 7));
  const std::string bytes = TrainDictionary(samples);
  ASSERT_FALSE(bytes.empty());
  shard.set_metadata(kDictionaryKey, bytes);
  shard.commit();
  const auto dictionary = ReadDictionary(shard);
  ASSERT_NE(dictionary, nullptr);
  EXPECT_EQ(dictionary->Decompress(ArticlePacker(bytes).Compress("The ferry")).value_or("?"), "The ferry");
}

}  // namespace
}  // namespace broadsheet
