#include "search/match/posting_reader.h"

#include <gmock/gmock.h>

#include <map>
#include <random>

namespace broadsheet::search {
namespace {

using Counts = std::map<Xapian::docid, uint8_t>;

class PostingReaderTest : public ::testing::Test {
 protected:
  // A list with gaps up to `widest` and counts up to `most`.
  Counts Invent(int size, uint32_t widest, uint32_t most) {
    Counts counts;
    Xapian::docid docid = 0;
    for (int i = 0; i < size; ++i) {
      docid += 1 + random_() % widest;
      counts[docid] = static_cast<uint8_t>(1 + random_() % most);
    }
    return counts;
  }

  static std::shared_ptr<const DecodedPostings> Decode(const Counts& counts) {
    Xapian::WritableDatabase database("", Xapian::DB_BACKEND_INMEMORY);
    std::vector<uint32_t> lengths(counts.empty() ? 1 : counts.rbegin()->first + 1, 0);
    for (const auto& [docid, count] : counts) {
      Xapian::Document document;
      document.add_term("karn", count);
      database.replace_document(docid, document);
      lengths[docid] = count + docid % 7;
    }
    return DecodePostings(database, {"karn"}, lengths, {});
  }

  std::mt19937 random_{3};
};

TEST_F(PostingReaderTest, ReadsWhatIsInTheList) {
  for (int size : {0, 1, 63, 64, 65, 300}) {
    for (uint32_t widest : {1u, 200u, 5'000u}) {
      for (uint32_t most : {1u, 15u, 255u}) {
        const Counts counts = Invent(size, widest, most);
        const auto postings = Decode(counts);
        ASSERT_NE(postings, nullptr);
        Counts read;
        for (PostingReader reader(*postings); !reader.AtEnd(); reader.Next())
          read[reader.docid()] = reader.count();
        EXPECT_EQ(read, counts);
        EXPECT_EQ(postings->size, counts.size());
        EXPECT_EQ(postings->Docids().size(), counts.size());
      }
    }
  }
}

TEST_F(PostingReaderTest, GapsMayBeAsWideAsDocids) {
  const Counts counts = {{1, 2}, {70'000, 1}, {70'001, 3}, {5'000'000, 1}};
  const auto postings = Decode(counts);
  Counts read;
  for (PostingReader reader(*postings); !reader.AtEnd(); reader.Next())
    read[reader.docid()] = reader.count();
  EXPECT_EQ(read, counts);
}

TEST_F(PostingReaderTest, SkipsToTheFirstFromADocidOn) {
  const Counts counts = Invent(3'000, 12, 3);
  const auto postings = Decode(counts);
  for (uint32_t stride : {1u, 5u, 100u, 3'000u}) {
    PostingReader reader(*postings);
    for (Xapian::docid docid = 0; !reader.AtEnd(); docid += 1 + random_() % stride) {
      reader.SkipTo(docid);
      const auto expected = counts.lower_bound(docid);
      ASSERT_EQ(reader.AtEnd(), expected == counts.end());
      if (reader.AtEnd()) break;
      ASSERT_EQ(reader.docid(), expected->first);
      ASSERT_EQ(reader.count(), expected->second);
      reader.SkipTo(docid / 2);
      ASSERT_EQ(reader.docid(), expected->first) << "it does not go back";
    }
  }
}

TEST_F(PostingReaderTest, AFrequentWordTakesOneToTwoBytesAnArticle) {
  EXPECT_LE(Decode(Invent(10'000, 100, 1))->bytes(), 10'000u * 13 / 10);
  EXPECT_LE(Decode(Invent(10'000, 100, 15))->bytes(), 10'000u * 18 / 10);
}

}  // namespace
}  // namespace broadsheet::search
