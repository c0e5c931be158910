#include "search/index/dictionary_store.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/schema/index_metadata.h"
#include "support/temp_directory.h"

namespace broadsheet::search {
namespace {

TEST(DictionaryStoreTest, ReadersShareADictionaryAsLongAsOneOfThemHasIt) {
  support::TempDirectory directory;
  Xapian::WritableDatabase shard((directory.path() / "shard").string(), Xapian::DB_CREATE);
  DictionaryStore store;
  EXPECT_EQ(store.Get("plain", shard), nullptr);
  std::vector<std::string> samples;
  for (int i = 0; i < 2'000; ++i)
    samples.push_back(absl::StrCat("The ferry of day ", i, " sails from Nordhaven to Iwaya at ", i * 7));
  shard.set_metadata(kDictionaryKey, TrainDictionary(samples));
  auto first = store.Get("sealed", shard);
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(store.Get("sealed", shard), first);
  EXPECT_NE(store.Get("another", shard), first);
  const std::weak_ptr<const ArticleDictionary> kept = first;
  first.reset();
  EXPECT_TRUE(kept.expired());
  EXPECT_NE(store.Get("sealed", shard), nullptr) << "read once more";
}

}  // namespace
}  // namespace broadsheet::search
