// Words as people write them, on articles of our own: one word in many spellings.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "search/query/synonyms.h"
#include "search/query/vocabulary.h"
#include "unit/search/match/corpus.h"

namespace broadsheet::search {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class WordsTest : public ::testing::Test {
 protected:
  WordsTest() {
    Add("british", "Defence minister Tanakura spoke", "Colours were shown. He travelled to Oster.");
    Add("american", "Defense chief Tanakura spoke", "Colors were shown. He traveled to Oster.");
    Add("name", "Tanakura meets Iwaga", "Both met near the waterfront.");
    Add("short", "A cat sat", "The car stopped in 2024 and 2031.");
    Add("sum", "Sums", "They wrote 2+2 and nothing else.");
    corpus_.Commit();
  }

  void Add(const std::string& id, const std::string& title, const std::string& body) {
    v1::Article article;
    article.set_id(id);
    article.set_title(title);
    article.set_body(body);
    article.set_language("en");
    corpus_.Add(article);
  }

  static v1::SearchRequest Ask(const std::string& query, bool strict = false) {
    v1::SearchRequest request;
    request.set_query(query);
    request.mutable_query_options()->set_strict(strict);
    return request;
  }

  SearchResult Search(const v1::SearchRequest& request) {
    auto result = corpus_.Search(request);
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? *std::move(result) : SearchResult{};
  }

  // "id KIND" of each hit, best first.
  std::vector<std::string> Kinds(const v1::SearchRequest& request) {
    std::vector<std::string> kinds;
    for (const auto& hit : Search(request).hits) {
      kinds.push_back(hit.article().id() + " " + v1::MatchKind_Name(hit.match_kind()).substr(11));
    }
    return kinds;
  }

  Corpus corpus_{0};
};

TEST_F(WordsTest, SpellingsMeetAndTheOneAskedForComesFirst) {
  EXPECT_THAT(Kinds(Ask("defence")), ElementsAre("british EXACT", "american VARIANT"));
  EXPECT_THAT(Kinds(Ask("defense")), ElementsAre("american EXACT", "british VARIANT"));
  EXPECT_THAT(Kinds(Ask("colours")), ElementsAre("british EXACT", "american VARIANT"));
  EXPECT_THAT(Kinds(Ask("traveled")), ElementsAre("american EXACT", "british STEM"));
  EXPECT_THAT(Kinds(Ask("colour")), ElementsAre("british STEM", "american VARIANT"));
}

TEST_F(WordsTest, ATypingErrorFindsWhoWasMeant) {
  EXPECT_THAT(Kinds(Ask("Tanakuro")), UnorderedElementsAre("british FUZZY", "american FUZZY", "name FUZZY"));
  EXPECT_THAT(Kinds(Ask("Tanakrua")), SizeIs(3));  // swapped
  EXPECT_THAT(Kinds(Ask("Tnkura")), IsEmpty());    // two errors in six letters
  EXPECT_THAT(Kinds(Ask("Iwaka")), ElementsAre("name FUZZY"));
  EXPECT_THAT(Kinds(Ask("Owaga")), IsEmpty());  // the first letter is respected
  EXPECT_THAT(Kinds(Ask("cst")), IsEmpty());    // too short
  EXPECT_THAT(Kinds(Ask("20245")), IsEmpty());  // numbers are what they are
  EXPECT_THAT(Kinds(Ask("\"Tanakuro\"")), IsEmpty());
  EXPECT_THAT(Kinds(Ask("spoke -Tanakuro")), SizeIs(2));
}

TEST_F(WordsTest, AWordThatIsHardlyThereMayBeATypingErrorOfAFarMoreFrequentOne) {
  for (int i = 0; i < 19; ++i)
    Add("right-" + std::to_string(i), "Harkonnen", "About him.");
  Add("wrong", "Who", "They write Hakonnen and mean him.");
  corpus_.Commit();
  auto request = Ask("Hakonnen");
  request.set_page_size(100);
  EXPECT_THAT(Kinds(request), ElementsAre("wrong EXACT"));
  Add("right-19", "Harkonnen", "About him.");
  corpus_.Commit();
  for (const char* asked : {"Hakonnen", "Hakonnem"}) {
    request.set_query(asked);
    const std::vector<std::string> kinds = Kinds(request);
    ASSERT_THAT(kinds, SizeIs(21)) << asked;
    EXPECT_EQ(kinds.front(), asked == std::string("Hakonnen") ? "wrong EXACT" : "wrong FUZZY");
    EXPECT_TRUE(std::all_of(kinds.begin() + 1, kinds.end(), [](const auto& kind) { return kind.ends_with("FUZZY"); }));
    EXPECT_EQ(Search(request).suggestion, "harkonnen");
  }
  EXPECT_THAT(Kinds(Ask("Hakonnen", true)), ElementsAre("wrong EXACT"));
}

TEST_F(WordsTest, ASuggestionIsTheQueryAsItMayHaveBeenMeant) {
  EXPECT_EQ(Search(Ask("minister Tanakuro")).suggestion, "minister tanakura");
  EXPECT_EQ(Search(Ask("\"minister Tanakuro\"")).suggestion, "\"minister tanakura\"");
  EXPECT_EQ(Search(Ask("minister Tanakura")).suggestion, "");
  EXPECT_EQ(Search(Ask("Tanakuro", true)).suggestion, "");
}

TEST_F(WordsTest, HyphenBlankOrNeither) {
  EXPECT_THAT(Kinds(Ask("water-front")), ElementsAre("name VARIANT"));
  EXPECT_THAT(Kinds(Ask("water front")), ElementsAre("name VARIANT"));
  EXPECT_THAT(Kinds(Ask("water front", true)), IsEmpty());
  EXPECT_THAT(Kinds(Ask("2 + 2", true)), ElementsAre("sum EXACT"));
  EXPECT_THAT(Kinds(Ask("\"2+2\"")), ElementsAre("sum EXACT"));
}

TEST_F(WordsTest, EachHasItsSwitchAndStrictTurnsAllOff) {
  EXPECT_THAT(Kinds(Ask("defence", true)), ElementsAre("british EXACT"));
  EXPECT_THAT(Kinds(Ask("colour", true)), IsEmpty());
  EXPECT_THAT(Kinds(Ask("Tanakuro", true)), IsEmpty());
  auto request = Ask("defence");
  request.mutable_query_options()->set_variants(false);
  EXPECT_THAT(Kinds(request), ElementsAre("british EXACT"));
  request = Ask("Tanakuro");
  request.mutable_query_options()->set_typo_tolerance(false);
  EXPECT_THAT(Kinds(request), IsEmpty());
  request.mutable_query_options()->set_strict(true);
  request.mutable_query_options()->set_typo_tolerance(true);
  EXPECT_THAT(Kinds(request), IsEmpty());
}

TEST_F(WordsTest, AHitNamesEachWordAndTheFormThatMetIt) {
  auto result = Search(Ask("colour Tanakuro"));
  ASSERT_THAT(result.hits, SizeIs(2));
  const auto& words = result.hits[0].matched_words();
  ASSERT_EQ(words.size(), 2);
  EXPECT_EQ(words[0].word(), "colour");
  EXPECT_EQ(words[1].word(), "tanakuro");
  EXPECT_EQ(words[1].form(), "tanakura");
  EXPECT_EQ(words[1].kind(), v1::MATCH_KIND_FUZZY);
  EXPECT_THAT(result.expansions, SizeIs(2));
}

TEST_F(WordsTest, ManyWordsAreOnlyTriedUpToTheirLimits) {
  Corpus corpus(0);
  for (char a = 'a'; a <= 'z'; ++a) {
    v1::Article article;
    article.set_id(std::string("id") + a);
    article.set_body(std::string("prell") + a + "m");
    article.set_language("en");
    corpus.Add(article);
  }
  corpus.Commit();
  auto result = corpus.Search(Ask("prell1m prellm"));
  ASSERT_TRUE(result.ok());
  result = corpus.Search(Ask("prellm"));
  ASSERT_TRUE(result.ok());
  EXPECT_THAT(result->expansions, SizeIs(kMaxTypoWords));
}

// By the definition, as plain recursion: insert, delete, replace, swap neighbours, each place edited once.
int Distance(const std::string& a, const std::string& b) {
  std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) {
    for (size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = static_cast<int>(i + j);
        continue;
      }
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

TEST(VocabularyTest, FindsEveryWordInReachAndNoOther) {
  Corpus corpus(0, 23);
  std::set<std::string> words;
  v1::Article article;
  article.set_id("words");
  article.set_language("en");
  std::string body;
  for (int i = 0; i < 3'000; ++i) {
    std::string word = "b";
    for (int letters = 2 + corpus.Roll(8); letters > 0; --letters)
      word += static_cast<char>('a' + corpus.Roll(5));
    words.insert(word);
    body += word + " ";
  }
  article.set_body(body);
  corpus.Add(article);
  corpus.Commit();
  auto reader = corpus.readers().Acquire();
  ASSERT_TRUE(reader->Refresh().ok());
  size_t reached = 0;
  for (const char* asked : {"bacada", "bdeeba", "babcabcab", "becdbae", "bcbc"}) {
    for (int reach : {1, 2}) {
      std::set<std::string> expected, found;
      for (const std::string& word : words) {
        int distance = Distance(asked, word);
        if (distance > 0 && distance <= reach) expected.insert(word);
      }
      Vocabulary vocabulary(reader->frequencies(), [] {});
      for (const auto& word : vocabulary.Near("", asked, reach, 10'000)) {
        EXPECT_EQ(word.distance, Distance(asked, word.text));
        found.insert(word.text);
      }
      EXPECT_EQ(found, expected) << asked << " within " << reach;
      reached += expected.size();
    }
  }
  EXPECT_GT(reached, 20u);
}

class SynonymsTest : public WordsTest {
 protected:
  std::vector<std::string> Ids(const std::string& query) {
    auto asked = Validate(Ask(query));
    asked->synonyms = file_->Current();
    auto result = Searcher(corpus_.readers(), corpus_.clock()).Search(*asked, {});
    EXPECT_TRUE(result.ok()) << result.status();
    return search::Ids(*result);
  }

  void Write(const std::string& text) { std::ofstream(path_) << text; }

  support::TempDirectory directory_;
  const std::filesystem::path path_ = directory_.path() / "synonyms";
  std::unique_ptr<SynonymFile> file_;
};

TEST_F(SynonymsTest, AreFoundByOneAnotherAndOneWayWhereTheArrowSaysSo) {
  Write("# names\nquay, waterfront\nboss => chief, minister\nferry boss, iwaga\n");
  auto opened = SynonymFile::Open(path_);
  ASSERT_TRUE(opened.ok()) << opened.status();
  file_ = *std::move(opened);
  EXPECT_THAT(Ids("quay"), ElementsAre("name"));
  EXPECT_THAT(Ids("boss"), UnorderedElementsAre("british", "american"));
  EXPECT_THAT(Ids("\"boss\""), IsEmpty());
  EXPECT_THAT(Ids("ferry boss"), ElementsAre("name"));
}

TEST_F(SynonymsTest, AChangedFileIsReadAgainAndABadOneLeavesTheOldOnes) {
  Write("quay, waterfront\n");
  file_ = *SynonymFile::Open(path_);
  EXPECT_THAT(Ids("quay"), ElementsAre("name"));
  Write("quay, waterfront\nonly one\n, ,\n");
  absl::SleepFor(absl::Milliseconds(1'100));
  EXPECT_THAT(Ids("quay"), ElementsAre("name"));
  Write("dock, waterfront, seafront\n");
  absl::SleepFor(absl::Milliseconds(1'100));
  EXPECT_THAT(Ids("quay"), IsEmpty());
  EXPECT_THAT(Ids("dock"), ElementsAre("name"));
}

TEST(SynonymsFileTest, WhatIsWrongWithItIsSaidByLine) {
  auto message = [](const std::string& text) { return std::string(Synonyms::Parse(text).status().message()); };
  EXPECT_THAT(message("a, b\nc\n"), ::testing::HasSubstr("line 2"));
  EXPECT_THAT(message("a => b => c"), ::testing::HasSubstr("more than one =>"));
  EXPECT_THAT(message("a, ,b"), ::testing::HasSubstr("without a word"));
  EXPECT_THAT(message("a, one two three four five"), ::testing::HasSubstr("more than 4 words"));
  EXPECT_THAT(message("\xff, b"), ::testing::HasSubstr("UTF-8"));
  EXPECT_EQ(SynonymFile::Open("no/such/file").status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace broadsheet::search
