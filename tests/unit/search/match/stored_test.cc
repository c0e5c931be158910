#include "search/match/stored.h"

#include <gtest/gtest.h>

#include <vector>

#include "absl/strings/str_cat.h"
#include "common/schema/index_metadata.h"
#include "common/schema/stored_article.h"
#include "common/schema/term.h"
#include "search/index/reader_pool.h"
#include "support/sample_dictionary.h"
#include "support/temp_directory.h"
#include "support/test_index.h"

namespace broadsheet::search {
namespace {

// Stores the articles of a shard as sealing does.
void Seal(const std::filesystem::path& directory, const std::string& subject) {
  const std::string dictionary = support::SampleDictionary(subject);
  ASSERT_FALSE(dictionary.empty());
  const ArticlePacker packer(dictionary, 9);
  Xapian::WritableDatabase shard(directory.string());
  for (Xapian::docid docid = 1; docid <= shard.get_lastdocid(); ++docid) {
    Xapian::Document document = shard.get_document(docid);
    document.set_data(StoreParts(ReadParts(document.get_data(), nullptr).value(), packer));
    shard.replace_document(docid, document);
  }
  shard.set_metadata(kDictionaryKey, dictionary);
  shard.commit();
}

TEST(StoredTest, ArticlesAreReadWithTheDictionaryOfTheirShard) {
  support::TempDirectory directory;
  const std::filesystem::path path = directory.path() / "index";
  support::TestIndex index(path);
  for (int shard = 0; shard < 3; ++shard) {
    for (int i = 0; i < 4; ++i)
      index.AddPlain(absl::StrCat("article-", shard, "-", i));
    shard < 2 ? index.Freeze() : index.Commit();
  }
  Manifest manifest = index.manifest();
  ASSERT_EQ(manifest.shards.size(), 3u);
  for (size_t shard = 0; shard < 2; ++shard) {
    ShardEntry& entry = manifest.shards[shard];
    Seal(path / entry.uuid, shard == 0 ? "ferry" : "balloon");
    support::CallSealed(path, entry);
  }
  ++manifest.generation;
  ASSERT_TRUE(WriteManifest(path, manifest).ok());

  ReaderPool readers(path);
  auto lease = readers.Acquire(), another = readers.Acquire();
  Reader& reader = *lease;
  const absl::Status fresh = reader.Refresh();
  ASSERT_TRUE(fresh.ok()) << fresh;
  ASSERT_TRUE(another->Refresh().ok());
  EXPECT_NE(reader.shards()[0].dictionary, nullptr);
  for (size_t shard = 0; shard < 3; ++shard)
    EXPECT_EQ(reader.shards()[shard].dictionary, another->shards()[shard].dictionary) << "shared by readers";
  for (int shard = 0; shard < 3; ++shard) {
    for (int i = 0; i < 4; ++i) {
      const std::string id = absl::StrCat("article-", shard, "-", i);
      const Xapian::docid docid = reader.FindStanding(IdTerm(id));
      ASSERT_NE(docid, 0u) << id;
      const auto card = ReadArticle(reader, docid, false), full = ReadArticle(reader, docid, true);
      ASSERT_TRUE(card.ok() && full.ok()) << card.status() << full.status();
      EXPECT_EQ(card->id(), id);
      EXPECT_EQ(full->id(), id);
      EXPECT_FALSE(full->body().empty());
      EXPECT_EQ(ReadCardAndBody(reader, docid)->body(), full->body());
    }
  }
}

}  // namespace
}  // namespace broadsheet::search
