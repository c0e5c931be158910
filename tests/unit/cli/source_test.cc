#include "cli/source.h"

#include <algorithm>
#include <sstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace broadsheet::cli {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

class ArticleSourceTest : public testing::Test {
 protected:
  ArticleSourceTest() : folder_(fs::path(testing::TempDir()) / "source") {
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "b");
  }

  std::string Write(const std::string& name, const std::string& bytes) {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return (folder_ / name).string();
  }

  std::vector<Item> ReadAll(const std::string& path, Format format = Format::kAuto) {
    auto source = ArticleSource::Open({path}, format, in_);
    EXPECT_TRUE(source.ok()) << source.status();
    std::vector<Item> items;
    while (auto item = source->Next()) {
      items.push_back(*item);
    }
    left_out_ = source->left_out();
    return items;
  }

  fs::path folder_;
  std::istringstream in_;
  int left_out_ = 0;
};

TEST_F(ArticleSourceTest, ReadsFilesByTheEndOfTheirNameInOrder) {
  Write("c.txt", "plain");
  Write("a.md", "# mark");
  Write("b/x.HTML", "<p>page");
  Write("d.png", "not an article");
  const auto items = ReadAll(folder_.string());
  ASSERT_EQ(items.size(), 3u);
  EXPECT_EQ(items[0].request.article().markdown(), "# mark");
  EXPECT_EQ(items[1].request.article().html(), "<p>page");
  EXPECT_EQ(items[2].request.article().text(), "plain");
  EXPECT_EQ(left_out_, 1);
}

TEST_F(ArticleSourceTest, NamesTheLineOfWhatItCannotRead) {
  const auto items = ReadAll(Write("f.jsonl", "{\"text\": \"one\"}\n\n{\"txet\": \"two\"}\n{\"text\": \"three\"}"));
  ASSERT_EQ(items.size(), 3u);
  EXPECT_TRUE(items[0].status.ok());
  EXPECT_THAT(items[1].origin, testing::EndsWith("f.jsonl:3"));
  EXPECT_THAT(std::string(items[1].status.message()), HasSubstr("txet"));
  EXPECT_EQ(items[2].request.article().text(), "three");
}

TEST_F(ArticleSourceTest, GivesEachLineACorrelationIdUnlessItHasOne) {
  in_.str("{\"text\": \"one\"}\n{\"correlationId\": \"mine\", \"article\": {\"text\": \"two\"}}\n");
  const auto items = ReadAll("-");
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(items[0].request.correlation_id(), "standard input:1");
  EXPECT_EQ(items[1].request.correlation_id(), "mine");
}

TEST_F(ArticleSourceTest, ReadsAnArrayOfArticles) {
  const auto items = ReadAll(Write("f.json", "[{\"text\": \"one\"}, {\"text\": \"two\"}, 3]"));
  ASSERT_EQ(items.size(), 3u);
  EXPECT_EQ(items[1].request.article().text(), "two");
  EXPECT_FALSE(items[2].status.ok());
}

TEST_F(ArticleSourceTest, GuessesTheFormatOfStandardInput) {
  in_.str(" <!doctype html><p>page");
  EXPECT_EQ(ReadAll("-").at(0).request.article().html(), "<!doctype html><p>page");
}

TEST_F(ArticleSourceTest, RefusesALineOverItsLimitAndGoesOn) {
  const auto items =
      ReadAll(Write("f.jsonl", "{\"text\": \"" + std::string(17 << 20, 'x') + "\"}\n{\"text\": \"next\"}\n"));
  ASSERT_EQ(items.size(), 2u);
  EXPECT_THAT(std::string(items[0].status.message()), HasSubstr("16777216"));
  EXPECT_EQ(items[1].request.article().text(), "next");
}

TEST_F(ArticleSourceTest, FindsFeedsAmongOtherFilesWhateverTheirNames) {
  Write("a.txt", "plain");
  Write("b/feed",
        "<?xml version=\"1.0\"?><rss><channel><item><description>in a feed</description></item></channel></rss>");
  Write("c.html",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><id>urn:a:1</id><summary>in Atom</summary></entry></feed>");
  Write("d.xml", "<?xml version=\"1.0\"?><settings><a/></settings>");
  Write("e.bin", "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n");
  Write("f", "neither name nor beginning");
  Write("g.rss", "no feed at all");
  const auto items = ReadAll(folder_.string());
  ASSERT_EQ(items.size(), 4u);
  EXPECT_EQ(items[0].request.article().text(), "plain");
  EXPECT_EQ(items[1].request.article().text(), "in a feed");
  EXPECT_EQ(items[2].request.article().text(), "in Atom");
  EXPECT_THAT(std::string(items[3].status.message()), HasSubstr("no XML element"));
  EXPECT_EQ(left_out_, 2);
}

TEST_F(ArticleSourceTest, AFileOfXmlThatIsNamedMustBeNews) {
  EXPECT_THAT(std::string(ReadAll(Write("a.xml", "<settings><p>not a page</p></settings>")).at(0).status.message()),
              HasSubstr("<settings>"));
}

TEST_F(ArticleSourceTest, ReadsTheSampleFeeds) {
  const auto items = ReadAll(BROADSHEET_TEST_DATA "/feeds");
  int articles = 0;
  int deletions = 0;
  std::string faults;
  for (const Item& item : items) {
    articles += item.request.has_article() ? 1 : 0;
    deletions += item.request.has_deletion() ? 1 : 0;
    faults += item.status.ok() ? "" : item.origin + ": " + std::string(item.status.message()) + "\n";
  }
  EXPECT_EQ(articles, 15);
  EXPECT_EQ(deletions, 2);
  EXPECT_THAT(faults, HasSubstr("broken.rss:6 (item 2): not well-formed XML"));
  EXPECT_THAT(faults, HasSubstr("hostile.rss: the document type declares"));
  EXPECT_EQ(std::count(faults.begin(), faults.end(), '\n'), 2);
}

TEST_F(ArticleSourceTest, ReadsAWarcFileRecordByRecord) {
  const std::string record =
      "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: 1000000\r\n\r\n" +
      std::string(1000000, 'x') + "\r\n\r\n";
  std::string bytes;
  for (int i = 0; i < 20; ++i) {
    bytes += record;
  }
  auto source = ArticleSource::Open({Write("big.warc", bytes)}, Format::kAuto, in_);
  ASSERT_TRUE(source.ok());
  ASSERT_TRUE(source->Next().has_value());
  EXPECT_LT(source->read_bytes(), 2000000);
  int items = 1;
  while (source->Next()) {
    ++items;
  }
  EXPECT_EQ(items, 20);
  EXPECT_EQ(source->read_bytes(), source->total_bytes());
}

TEST_F(ArticleSourceTest, SaysWhichPathIsNotThere) {
  EXPECT_THAT(std::string(ArticleSource::Open({"/no/such"}, Format::kAuto, in_).status().message()),
              HasSubstr("/no/such"));
}

TEST_F(ArticleSourceTest, ReadsTheSampleArticles) {
  const auto items = ReadAll(BROADSHEET_TEST_DATA "/articles");
  EXPECT_EQ(items.size(), 27u);
  for (const Item& item : items) {
    EXPECT_TRUE(item.status.ok()) << item.origin << ": " << item.status;
  }
}

}  // namespace
}  // namespace broadsheet::cli
