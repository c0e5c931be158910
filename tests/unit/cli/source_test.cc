#include "cli/source.h"

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
