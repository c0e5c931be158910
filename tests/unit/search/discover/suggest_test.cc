#include "search/discover/suggest.h"

#include <gmock/gmock.h>

#include <set>
#include <thread>

#include "common/base/error.h"
#include "search/discover/lexicon_builder.h"
#include "unit/search/discover/topics.h"

namespace broadsheet::search {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class SuggestTest : public ::testing::Test {
 protected:
  SuggestTest() {
    Add("a-1", "Ferry aground off Port Alder", "They say that Ann Marlow steered the ferry past Port Alder at night.");
    Add("a-2", "Ferry afloat again", "It was Ann Marlow who said that the ferries of Anton Orr are slow but safe.");
    Add("a-3", "Feast in Port Alder",
        "At the feast in Port Alder there was a ferment of people from Ávila and others.");
    Add("a-4", "Ferment", "Nothing was said of it by the ferment or the people of that place.");
    topics_.Commit();
  }

  v1::Article Make(const std::string& id, const std::string& title, const std::string& body) {
    v1::Article article;
    article.set_id(id);
    article.set_title(title);
    article.set_body(body);
    article.set_language("en");
    article.set_source(id == "a-1" ? "Harbour Times" : "Évening Star");
    return article;
  }

  void Add(const std::string& id, const std::string& title, const std::string& body) {
    topics_.Add(Make(id, title, body));
  }

  // Until the lexicon has everything.
  void WaitForLexicon(const LexiconKeeper& keeper) {
    const int64_t newest = topics_.index().sequence();
    while (keeper.Get() == nullptr || keeper.Get()->sequence < newest || keeper.GetLearned() == nullptr ||
           keeper.GetLearned()->sequence < newest)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }

  absl::StatusOr<v1::SuggestResponse> Ask(const std::string& text, std::vector<v1::SuggestionKind> kinds,
                                          int limit = 0) {
    if (keeper_ == nullptr) {
      keeper_ = std::make_unique<LexiconKeeper>(topics_.readers());
      WaitForLexicon(*keeper_);
    }
    v1::SuggestRequest request;
    request.set_text(text);
    request.set_limit(limit);
    for (v1::SuggestionKind kind : kinds)
      request.add_kinds(kind);
    auto query = Validate(request);
    if (!query.ok()) return query.status();
    return Suggester(topics_.readers(), topics_.clock(), *keeper_).Suggest(*query, {});
  }

  // "text articles" each, or "text id".
  std::vector<std::string> Suggested(const std::string& text, v1::SuggestionKind kind, int limit = 0) {
    auto response = Ask(text, {kind}, limit);
    EXPECT_TRUE(response.ok()) << response.status();
    std::vector<std::string> lines;
    for (const v1::Suggestion& suggestion : response->suggestions()) {
      EXPECT_EQ(suggestion.kind(), kind);
      lines.push_back(suggestion.text() + " " +
                      (suggestion.id().empty() ? std::to_string(suggestion.articles()) : suggestion.id()));
    }
    return lines;
  }

  static constexpr auto kQuery = v1::SUGGESTION_KIND_QUERY;
  static constexpr auto kName = v1::SUGGESTION_KIND_NAME;
  static constexpr auto kSource = v1::SUGGESTION_KIND_SOURCE;
  static constexpr auto kTitle = v1::SUGGESTION_KIND_TITLE;

  Topics topics_{0};
  std::unique_ptr<LexiconKeeper> keeper_;
};

TEST_F(SuggestTest, WordsAreCompletedTheMostFrequentFirst) {
  EXPECT_THAT(Suggested("FE", kQuery), ElementsAre("ferment 2", "ferry 2", "feast 1", "ferries 1"));
  EXPECT_THAT(Suggested("fe", kQuery, 1), ElementsAre("ferment 2"));
  EXPECT_THAT(Suggested("xyz", kQuery), IsEmpty());
  EXPECT_THAT(Suggested("ferry ", kQuery), IsEmpty());
  EXPECT_THAT(Suggested("th", kQuery), Not(Contains("the 3")));  // a stop word says nothing
}

TEST_F(SuggestTest, TheWordsBeforeChooseTheNext) {
  EXPECT_THAT(Suggested("aground fe", kQuery), ElementsAre("aground ferry 0"));
  EXPECT_THAT(Suggested("Port  Alder fea", kQuery), ElementsAre("Port  Alder feast 0"));
  // Where nothing has the words before, frequency decides.
  EXPECT_THAT(Suggested("zzyzx fer", kQuery), ElementsAre("zzyzx ferment 0", "zzyzx ferry 0", "zzyzx ferries 0"));
}

TEST_F(SuggestTest, PhrasesComeBeforeWordsOfTheSameArticles) {
  for (const char* fate : {"closed", "open", "sold"}) {
    Add(std::string("p-") + fate, std::string("Harbour bridge ") + fate, "Repairs of the harbour bridge.");
    Add(std::string("q-") + fate, "Trade", "Brisk winds. A harbour. Board of trade.");
  }
  topics_.Commit();
  EXPECT_THAT(Suggested("Harbour br", kQuery), ElementsAre("Harbour bridge 0", "Harbour brisk 0"));
  EXPECT_THAT(Suggested("the harbour bri", kQuery), ElementsAre("the harbour bridge 0", "the harbour brisk 0"));
  EXPECT_THAT(Suggested("board of ", kQuery), ElementsAre("board of trade 0"));
  EXPECT_THAT(Suggested("the board of t", kQuery), Contains("the board of trade 0"));
  EXPECT_THAT(Suggested("harb", kQuery), ElementsAre("harbour 6", "harbour bridge 0"));
}

TEST_F(SuggestTest, WhereNoPhraseIsKnownNamesGoOn) {
  for (int i = 0; i < 3; ++i) {
    Add("n-" + std::to_string(i), "Money", std::string(1'500, '.') + " They say that the Bank of Ulthar is safe.");
    Add("m-" + std::to_string(i), "Money", "What " + std::string(i, 'o') + " they know of Lower Ulthar is little.");
  }
  topics_.Commit();
  EXPECT_THAT(Suggested("the bank of u", kQuery), Contains("the bank of ulthar 0"));
}

TEST_F(SuggestTest, NamesAreFoundByTheBeginningOfAnyWord) {
  EXPECT_THAT(Suggested("marl", kName), ElementsAre("Ann Marlow 2"));
  EXPECT_THAT(Suggested("an", kName), ElementsAre("Ann Marlow 2", "Anton Orr 1"));
  EXPECT_THAT(Suggested("ann m", kName), ElementsAre("Ann Marlow 2"));
  EXPECT_THAT(Suggested("avi", kName), ElementsAre("Ávila 1"));
  EXPECT_THAT(Suggested("port", kName), ElementsAre("Port Alder 2"));
  EXPECT_THAT(Suggested("ferr", kName), IsEmpty());
}

TEST_F(SuggestTest, SourcesAndTitles) {
  EXPECT_THAT(Suggested("sta", kSource), ElementsAre("Évening Star 3"));
  EXPECT_THAT(Suggested("eve", kSource), ElementsAre("Évening Star 3"));
  EXPECT_THAT(Suggested("ferry a", kTitle), ElementsAre("Ferry afloat again a-2", "Ferry aground off Port Alder a-1"));
  EXPECT_THAT(Suggested("alder ", kTitle), ElementsAre("Feast in Port Alder a-3", "Ferry aground off Port Alder a-1"));
  EXPECT_THAT(Suggested("alder zz", kTitle), IsEmpty());
}

TEST_F(SuggestTest, TheSameTitleIsSaidOnce) {
  Add("a-5", "FERRY, afloat again", "A copy of it.");
  topics_.Commit();
  EXPECT_THAT(Suggested("afloat", kTitle), ElementsAre("FERRY, afloat again a-5"));
}

TEST_F(SuggestTest, KindsComeInTheirOrderAndAllByDefault) {
  auto response = Ask("po", {});
  ASSERT_TRUE(response.ok());
  std::vector<v1::SuggestionKind> kinds;
  for (const v1::Suggestion& suggestion : response->suggestions())
    kinds.push_back(suggestion.kind());
  EXPECT_THAT(kinds, ElementsAre(kQuery, kName, kTitle, kTitle));
  EXPECT_EQ(response->snapshot().sequence(), topics_.index().sequence());
}

TEST_F(SuggestTest, CompletionsOfARandomVocabularyAreThoseOfALoop) {
  for (int i = 0; i < 100; ++i)
    topics_.Add(topics_.InventAbout("random-" + std::to_string(i), i % 4, 1));
  topics_.Commit();
  for (const char* prefix : {"k", "f", "g", "h", "z", "b"}) {
    std::vector<std::pair<int64_t, std::string>> expected;
    std::set<std::string> words(kWords.begin(), kWords.end());
    for (const std::string& word : words) {
      const int64_t count = Topics::CountWith(topics_.articles(), word);
      if (word.starts_with(prefix) && count > 0) expected.emplace_back(-count, word);
    }
    std::sort(expected.begin(), expected.end());
    std::vector<std::string> lines;
    for (const auto& [count, word] : expected)
      lines.push_back(word + " " + std::to_string(-count));
    std::vector<std::string> suggested = Suggested(prefix, kQuery, 20);
    std::erase_if(suggested, [&](const std::string& line) { return !words.contains(line.substr(0, line.rfind(' '))); });
    EXPECT_EQ(suggested, lines) << prefix;
  }
}

TEST_F(SuggestTest, WhatIsUnderEmbargoIsNotSuggestedNorCounted) {
  const absl::Time until = topics_.clock().Now() + absl::Hours(1);
  v1::Article held = Make("held", "Quibbix in Port Alder", "We hear that Quentin Quibb met Ann Marlow at the ferry.");
  held.set_source("Quiet Gazette");
  held.mutable_embargo_time()->set_seconds(absl::ToUnixSeconds(until));
  topics_.Add(held);
  topics_.Commit();
  for (v1::SuggestionKind kind : {kQuery, kName, kSource, kTitle})
    EXPECT_THAT(Suggested("qui", kind), IsEmpty());
  EXPECT_THAT(Suggested("marlow qu", kQuery), Not(Contains("marlow quentin 0")));
  EXPECT_THAT(Suggested("marl", kName), ElementsAre("Ann Marlow 2"));
  EXPECT_THAT(Suggested("ferry", kQuery), ElementsAre("ferry 2"));
  topics_.clock().Set(until);
  EXPECT_THAT(Suggested("qui", kQuery), ElementsAre("quibb 1", "quibbix 1"));
  EXPECT_THAT(Suggested("qui", kName), ElementsAre("Quentin Quibb 1"));
  EXPECT_THAT(Suggested("qui", kSource), ElementsAre("Quiet Gazette 1"));
  EXPECT_THAT(Suggested("qui", kTitle), ElementsAre("Quibbix in Port Alder held"));
  EXPECT_THAT(Suggested("marl", kName), ElementsAre("Ann Marlow 3"));
}

TEST_F(SuggestTest, ThatWordsStandTogetherUnderEmbargoIsNotSuggested) {
  for (const char* id : {"held-1", "held-2", "held-3"}) {
    // Words that are in other articles, too, but not beside each other.
    v1::Article held = Make(id, "Safe ferment", "They say that the Ferment of Port Alder is safe.");
    held.mutable_embargo_time()->set_seconds(absl::ToUnixSeconds(topics_.clock().Now()) + 3'600);
    topics_.Add(held);
  }
  topics_.Commit();
  EXPECT_THAT(Suggested("safe fer", kQuery), Not(Contains("safe ferment 0")));
  EXPECT_THAT(Suggested("ferment of ", kQuery), IsEmpty());
}

TEST_F(SuggestTest, WhatIsGoneIsNotSuggestedEvenBeforeTheLexiconKnows) {
  EXPECT_THAT(Suggested("avi", kName), ElementsAre("Ávila 1"));
  topics_.Delete("a-3");
  topics_.Commit();
  EXPECT_THAT(Suggested("avi", kName), IsEmpty());
  EXPECT_THAT(Suggested("feast", kTitle), IsEmpty());
}

TEST_F(SuggestTest, TheLexiconFollowsTheIndex) {
  EXPECT_THAT(Suggested("quen", kName), IsEmpty());
  Add("new", "Quibbix", "We hear that Quentin Quibb is back at the harbour of the town.");
  topics_.Commit();
  WaitForLexicon(*keeper_);
  EXPECT_THAT(Suggested("quen", kName), ElementsAre("Quentin Quibb 1"));
}

TEST_F(SuggestTest, WithoutAnIndexThereIsNone) {
  support::TempDirectory nothing;
  ReaderPool readers(nothing.path() / "index");
  const LexiconKeeper keeper(readers);
  SuggestQuery query{.text = "a", .kinds = {kName}};
  EXPECT_EQ(Suggester(readers, topics_.clock(), keeper).Suggest(query, {}).status().code(),
            absl::StatusCode::kUnavailable);
  EXPECT_EQ(keeper.Get(), nullptr);
  EXPECT_EQ(BuildLexicon(topics_.readers(), [] { return true; }).status().code(), absl::StatusCode::kCancelled);
}

}  // namespace
}  // namespace broadsheet::search
