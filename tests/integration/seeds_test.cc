// The articles that the project began with, read by an editor: what of each stays and what goes, by place and hash. The
// texts are their publishers' and are not here; without them the test is skipped.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

#include "ingest/clean/edited_text.h"
#include "ingest/pipeline/pipeline.h"

namespace broadsheet::ingest {
namespace {

std::filesystem::path SeedDirectory() {
  if (const char* set = std::getenv("BROADSHEET_DATA")) return std::filesystem::path(set) / "seeds";
  return std::filesystem::path(BROADSHEET_TEST_DATA).parent_path().parent_path().parent_path() / "shared/data/seeds";
}

struct Range {
  size_t begin;
  size_t end;
  uint64_t hash;  // FNV-1a of the bytes
};

struct Seed {
  const char* file;
  uint64_t hash;            // of the whole text
  Range title;              // where the text has it; empty when the title is made from the first words
  std::vector<Range> goes;  // everything else stays
  int64_t published;        // seconds, 0 for undated
  Range byline;
  std::string place;
  size_t bullets;  // lines of the body that are items
  size_t rows;     // lines of the body that are rows of a table
};

uint64_t Hash(std::string_view bytes) {
  uint64_t hash = 14695981039346656037U;
  for (const char c : bytes)
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return hash;
}

std::vector<Seed> Seeds() {
  return {
      {"article-1.txt", 0x4cefca99390d97d4, {}, {}, 0, {}, "", 0, 0},
      {"article-2.txt",
       0x3b2647dd91606995,
       {0, 75, 0xbdd8b7b01ec43cec},
       {{0, 75, 0xbdd8b7b01ec43cec},
        {2122, 2135, 0x11ce55d3e6462cec},
        {2998, 3133, 0xe6678eb4129fee20},
        {5771, 5850, 0xae270d519b0dda8a}},
       0,
       {},
       "Washington D.C.",
       6,
       3},
      {"article-3.txt",
       0x3584f48b0cc76420,
       {},
       {{6711, 6828, 0x2653088c7a79421e}},
       0,
       {6711, 6828, 0x2653088c7a79421e},
       "",
       0,
       0},
      {"article-4.txt",
       0x75dd60e1f362e6bc,
       {490, 560, 0},
       {{1605, 1617, 0xfc4e181de37cca16},
        {3095, 3107, 0xfc4e181de37cca16},
        {4851, 4875, 0x78cd6f151cbc7fdd},
        {5026, 5277, 0x458d911f0cb7490a},
        {5451, 5566, 0x3dafc09dec8e0af3}},
       0,
       {},
       "",
       10,
       13},
      {"article-5.txt",
       0xf8d0dd77a3a4d91a,
       {41, 121, 0},
       {{0, 121, 0xf6f53d6fa683ea89},
        {123, 142, 0xdaae885c575c4f56},
        {866, 885, 0xdaae885c575c4f56},
        {1071, 1090, 0xdaae885c575c4f56},
        {3258, 3454, 0xb55cb2c7874d6fcf}},
       1750464000,
       {},
       "",
       0,
       0},
  };
}

class SeedsTest : public testing::TestWithParam<Seed> {
 protected:
  void SetUp() override {
    std::ifstream in(SeedDirectory() / GetParam().file, std::ios::binary);
    text_.assign(std::istreambuf_iterator<char>(in), {});
    ASSERT_EQ(Hash(text_), GetParam().hash) << "this is another text";
    v1::RawArticle raw;
    raw.set_text(text_);
    auto made = Prepare(raw, {}, absl::FromUnixSeconds(1'750'600'000));
    ASSERT_TRUE(std::holds_alternative<EnrichedArticle>(made));
    article_ = std::get<EnrichedArticle>(std::move(made)).article;
  }

  std::string_view Piece(const Range& range) const {
    return std::string_view(text_).substr(range.begin, range.end - range.begin);
  }

  // The bytes that no edit takes away, each with 1.
  std::string Kept() const {
    std::string kept(text_.size(), 1);
    for (const v1::Edit& edit : article_.edits())
      std::fill(kept.begin() + edit.begin(), kept.begin() + edit.end(), 0);
    return kept;
  }

  size_t CountLines(bool (*matches)(std::string_view)) const {
    size_t count = 0;
    std::string_view rest = article_.body();
    while (!rest.empty()) {
      const size_t end = std::min(rest.find('\n'), rest.size());
      count += matches(rest.substr(0, end)) ? 1 : 0;
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return count;
  }

  std::string text_;
  v1::Article article_;
};

TEST_P(SeedsTest, LosesWhatAnEditorCuts) {
  const std::string kept = Kept();
  for (const Range& range : GetParam().goes) {
    ASSERT_EQ(Hash(Piece(range)), range.hash) << range.begin;
    for (size_t at = range.begin; at < range.end; ++at)
      ASSERT_EQ(kept[at], 0) << "byte " << at << " is still there";
  }
}

TEST_P(SeedsTest, KeepsEveryOtherWord) {
  std::string kept = Kept();
  for (const Range& range : GetParam().goes)
    std::fill(kept.begin() + static_cast<std::ptrdiff_t>(range.begin),
              kept.begin() + static_cast<std::ptrdiff_t>(range.end), 1);
  size_t stops = 0;
  for (size_t at = 0; at < text_.size(); ++at) {
    if (kept[at] == 1) continue;
    EXPECT_NE(std::string_view(" \n|-.").find(text_[at]), std::string_view::npos) << "byte " << at << " is lost";
    stops += text_[at] == '.' ? 1 : 0;
  }
  EXPECT_LE(stops, 1u);
}

TEST_P(SeedsTest, InventsNothing) {
  for (const v1::Edit& edit : article_.edits())
    EXPECT_EQ(edit.replacement().find_first_not_of(" \n-"), std::string::npos) << edit.rule() << " at " << edit.begin();
}

TEST_P(SeedsTest, TheEditsGiveTheBody) {
  std::vector<TextEdit> edits;
  for (const v1::Edit& edit : article_.edits())
    edits.push_back(
        {edit.rule(), static_cast<size_t>(edit.begin()), static_cast<size_t>(edit.end()), edit.replacement()});
  EXPECT_EQ(ApplyEdits(text_, edits), article_.body());
}

TEST_P(SeedsTest, HasTheTitleDateBylineAndPlaceOfTheText) {
  const Seed& seed = GetParam();
  std::map<std::string, const v1::FieldOrigin*> origins;
  for (const auto& origin : article_.origins())
    origins[origin.field()] = &origin;
  if (seed.title.end > 0) {
    EXPECT_TRUE(article_.title() == Piece(seed.title));
    EXPECT_EQ(origins.at("title")->origin(), v1::ORIGIN_TEXT);
  } else {
    EXPECT_EQ(origins.at("title")->origin(), v1::ORIGIN_DERIVED);
    EXPECT_TRUE(text_.starts_with(article_.title().substr(0, 5)));
  }
  EXPECT_EQ(article_.published_time().seconds(), seed.published);
  EXPECT_EQ(article_.dateline().place(), seed.place);
  EXPECT_EQ(origins.contains("authors"), seed.byline.end > 0);
  if (seed.byline.end > 0) {
    std::string_view words = Piece(seed.byline);
    EXPECT_NE(origins.at("authors")->evidence().find(words.substr(2, words.size() - 3)), std::string::npos);
  }
}

TEST_P(SeedsTest, KeepsItemsAndRowsOnLinesOfTheirOwn) {
  EXPECT_EQ(CountLines([](std::string_view line) { return line.starts_with("- ") && line.size() > 10; }),
            GetParam().bullets);
  EXPECT_EQ(CountLines([](std::string_view line) { return line.find(" | ") != std::string_view::npos; }),
            GetParam().rows);
  EXPECT_EQ(CountLines([](std::string_view line) { return line.ends_with('|') || line.starts_with('|'); }), 0u);
}

INSTANTIATE_TEST_SUITE_P(All, SeedsTest, testing::ValuesIn(Seeds()),
                         [](const auto& info) { return "Seed" + std::to_string(info.index + 1); });

}  // namespace
}  // namespace broadsheet::ingest

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  if (!std::filesystem::exists(broadsheet::ingest::SeedDirectory())) {
    std::cout << "SKIPPED: the seed articles are not on this machine\n";
    return 77;
  }
  return RUN_ALL_TESTS();
}
