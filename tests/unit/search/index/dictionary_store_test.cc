#include "search/index/dictionary_store.h"

#include <gtest/gtest.h>

#include "common/schema/index_metadata.h"
#include "support/sample_dictionary.h"
#include "support/temp_directory.h"

namespace broadsheet::search {
namespace {

TEST(DictionaryStoreTest, ReadersShareADictionaryAsLongAsOneOfThemHasIt) {
  support::TempDirectory directory;
  Xapian::WritableDatabase shard((directory.path() / "shard").string(), Xapian::DB_CREATE);
  DictionaryStore store;
  EXPECT_EQ(store.Get("plain", shard), nullptr);
  shard.set_metadata(kDictionaryKey, support::SampleDictionary("ferry"));
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
