// Runs the examples of search-service/query/LANGUAGE.md.
#include <gmock/gmock.h>

#include <fstream>
#include <map>
#include <sstream>

#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "unit/search/match/corpus.h"

namespace broadsheet::search {
namespace {

using Row = std::vector<std::string>;

// The tables of the page by the first cell of their heads: rows of trimmed cells.
std::map<std::string, std::vector<Row>> ReadTables() {
  std::ifstream in(std::string(BROADSHEET_TEST_DATA) + "/../../search-service/query/LANGUAGE.md");
  EXPECT_TRUE(in.good());
  std::map<std::string, std::vector<Row>> tables;
  std::string table;
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("|")) {
      table.clear();
      continue;
    }
    std::string masked = absl::StrReplaceAll(line, {{"\\|", "\x01"}});
    Row row;
    for (absl::string_view cell : absl::StrSplit(masked, '|'))
      row.push_back(absl::StrReplaceAll(std::string(absl::StripAsciiWhitespace(cell)), {{"\x01", "|"}}));
    row.erase(row.begin());
    if (table.empty()) {
      table = row[0];
    } else if (!row[0].starts_with("---")) {
      tables[table].push_back(row);
    }
  }
  return tables;
}

std::string Unquoted(const std::string& cell) {
  return absl::StrReplaceAll(cell, {{"`", ""}});
}

// "`fog` EXACT, `labour`" to id -> kind; no kind: any.
std::map<std::string, std::string> ReadFinds(const std::string& cell) {
  std::map<std::string, std::string> finds;
  if (cell == "none") return finds;
  for (absl::string_view part : absl::StrSplit(cell, ", ")) {
    std::vector<std::string> words = absl::StrSplit(Unquoted(std::string(part)), ' ');
    finds[words[0]] = words.size() > 1 ? "MATCH_KIND_" + words[1] : "";
  }
  return finds;
}

class LanguagePageTest : public ::testing::Test {
 protected:
  LanguagePageTest() {
    for (const Row& row : tables_["id"]) {
      v1::Article article;
      article.set_id(Unquoted(row[0]));
      article.set_published_day(row[1]);
      article.set_title(row[2]);
      article.set_body(absl::StrReplaceAll(row[3], {{" ¶ ", "\n\n"}}));
      article.set_language("en");
      corpus_.Add(article);
    }
    corpus_.Commit();
  }

  void Check(const Row& row, bool strict) {
    v1::SearchRequest request;
    request.set_query(Unquoted(row[0]));
    request.mutable_query_options()->set_strict(strict);
    auto result = corpus_.Search(request);
    ASSERT_TRUE(result.ok()) << row[0] << ": " << result.status();
    const auto wanted = ReadFinds(row[1]);
    std::vector<std::string> ids;
    for (const auto& [id, kind] : wanted)
      ids.push_back(id);
    EXPECT_THAT(Ids(*result), ::testing::UnorderedElementsAreArray(ids)) << row[0];
    for (const auto& hit : result->hits) {
      auto want = wanted.find(hit.article().id());
      if (want == wanted.end() || want->second.empty()) continue;
      EXPECT_EQ(v1::MatchKind_Name(hit.match_kind()), want->second) << row[0] << " in " << want->first;
    }
  }

  std::map<std::string, std::vector<Row>> tables_ = ReadTables();
  Corpus corpus_{0};
};

TEST_F(LanguagePageTest, ItsExamplesFindWhatItSays) {
  EXPECT_EQ(tables_["id"].size(), 6u);
  ASSERT_GE(tables_["query"].size(), 30u);
  for (const Row& row : tables_["query"])
    Check(row, false);
}

TEST_F(LanguagePageTest, StrictFindsOnlyWhatWasWritten) {
  ASSERT_GE(tables_["strict query"].size(), 4u);
  for (const Row& row : tables_["strict query"])
    Check(row, true);
}

}  // namespace
}  // namespace broadsheet::search
