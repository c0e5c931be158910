// NEAR, SENTENCE, PARAGRAPH, loose phrases and patterns, against plain loops over the words of articles.
#include <gmock/gmock.h>

#include "absl/strings/str_split.h"
#include "unit/search/match/searcher_fixture.h"

namespace broadsheet::search {
namespace {

using WordList = std::vector<std::string>;

WordList WordsOf(const std::string& text) {
  WordList words;
  for (absl::string_view word : absl::StrSplit(text, absl::ByAnyChar(" .\n"), absl::SkipEmpty()))
    words.emplace_back(word);
  return words;
}

class PlacingTest : public SearcherTest {
 protected:
  // Articles of sentences that begin with capitals, in some paragraphs, beside those of the fixture.
  PlacingTest() {
    for (int i = 0; i < 120; ++i) {
      v1::Article article;
      article.set_id("placed-" + std::to_string(i));
      article.set_title(Sentence(4));
      for (int paragraph = 0; paragraph < 3; ++paragraph) {
        if (paragraph > 0) article.mutable_body()->append("\n\n");
        for (int sentence = 0; sentence < 3; ++sentence)
          article.mutable_body()->append((sentence > 0 ? " " : "") + Sentence(3 + corpus_.Roll(4)) + ".");
      }
      article.set_language("en");
      corpus_.Add(article);
    }
    corpus_.Commit();
  }

  std::string Sentence(int words) {
    std::string text;
    for (int i = 0; i < words; ++i)
      text += (i > 0 ? " " : "") + kWords[static_cast<size_t>(corpus_.Roll(static_cast<int>(kWords.size())))];
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
  }

  static std::string Lower(std::string text) {
    for (char& c : text)
      c = static_cast<char>(std::tolower(c));
    return text;
  }

  static bool HasBoth(const std::string& text, const std::string& a, const std::string& b) {
    WordList words = WordsOf(Lower(text));
    return std::count(words.begin(), words.end(), a) > 0 && std::count(words.begin(), words.end(), b) > 0;
  }

  static bool AreNear(const std::string& text, const std::string& a, const std::string& b, size_t distance) {
    WordList words = WordsOf(Lower(text));
    for (size_t i = 0; i < words.size(); ++i) {
      for (size_t j = 0; j < words.size(); ++j) {
        size_t apart = i > j ? i - j : j - i;
        if (words[i] == a && words[j] == b && apart >= 1 && apart <= distance + 1) return true;
      }
    }
    return false;
  }

  void ExpectFound(const std::string& query, const Predicate& wanted) {
    v1::SearchRequest request;
    request.set_query(query);
    request.set_page_size(100);
    request.set_order(v1::ORDER_NEWEST);
    request.mutable_query_options()->set_strict(true);
    auto expected =
        Expected([&](const v1::Article& article) { return article.id().starts_with("placed") && wanted(article); });
    std::vector<std::string> found;
    for (const std::string& id : Collect(request)) {
      if (id.starts_with("placed")) found.push_back(id);
    }
    EXPECT_THAT(found, ::testing::UnorderedElementsAreArray(expected)) << query;
    EXPECT_FALSE(expected.empty()) << query;
    EXPECT_LT(expected.size(), 120u) << query;
  }
};

TEST_F(PlacingTest, NearCountsTheWordsBetween) {
  for (size_t distance : {0, 1, 4}) {
    ExpectFound("karn NEAR/" + std::to_string(distance) + " vorp", [&](const v1::Article& article) {
      return AreNear(article.title(), "karn", "vorp", distance) || AreNear(article.body(), "karn", "vorp", distance);
    });
  }
  ExpectFound("body:karn NEAR/2 body:vorp",
              [](const v1::Article& article) { return AreNear(article.body(), "karn", "vorp", 2); });
  ExpectFound("title:karn NEAR/1 title:vorp",
              [](const v1::Article& article) { return AreNear(article.title(), "karn", "vorp", 1); });
}

TEST_F(PlacingTest, ASentenceEndsAtItsStopAndAParagraphAtABlankLine) {
  auto in_paragraphs = [](const v1::Article& article, const std::function<bool(const std::string&)>& holds) {
    if (holds(article.title())) return true;
    for (absl::string_view paragraph : absl::StrSplit(article.body(), "\n\n")) {
      if (holds(std::string(paragraph))) return true;
    }
    return false;
  };
  ExpectFound("karn PARAGRAPH vorp", [&](const v1::Article& article) {
    return in_paragraphs(article, [](const std::string& text) { return HasBoth(text, "karn", "vorp"); });
  });
  ExpectFound("karn SENTENCE vorp", [&](const v1::Article& article) {
    return in_paragraphs(article, [](const std::string& text) {
      for (absl::string_view sentence : absl::StrSplit(text, '.')) {
        if (HasBoth(std::string(sentence), "karn", "vorp")) return true;
      }
      return false;
    });
  });
}

TEST_F(PlacingTest, ALoosePhraseKeepsItsOrder) {
  auto loosely = [](const std::string& text, size_t others) {
    WordList words = WordsOf(Lower(text));
    for (size_t i = 0; i < words.size(); ++i) {
      for (size_t j = i + 1; j < words.size() && j <= i + 1 + others; ++j) {
        if (words[i] == "karn" && words[j] == "vorp") return true;
      }
    }
    return false;
  };
  ExpectFound("\"karn vorp\"~2",
              [&](const v1::Article& article) { return loosely(article.title(), 2) || loosely(article.body(), 2); });
  ExpectFound("body:\"karn vorp\"~1", [&](const v1::Article& article) { return loosely(article.body(), 1); });
}

TEST_F(PlacingTest, APatternIsEveryWordThatFits) {
  ExpectFound("vo?p -karn", [](const v1::Article& article) {
    WordList words = WordsOf(Lower(article.title() + " " + article.body()));
    return std::count(words.begin(), words.end(), "vorp") > 0 && std::count(words.begin(), words.end(), "karn") == 0;
  });
  ExpectFound("title:ha*k", [](const v1::Article& article) {
    WordList words = WordsOf(Lower(article.title()));
    return std::count(words.begin(), words.end(), "hask") > 0;
  });
}

TEST_F(PlacingTest, FormsOfAWordTakePartUnlessStrict) {
  v1::Article article;
  article.set_id("forms");
  article.set_body("The rivers of the north flooded early.");
  article.set_language("en");
  corpus_.Add(article);
  corpus_.Commit();
  v1::SearchRequest request;
  request.set_query("river NEAR/4 flood");
  EXPECT_THAT(Ids(*corpus_.Search(request)), ::testing::ElementsAre("forms"));
  request.mutable_query_options()->set_strict(true);
  EXPECT_THAT(Ids(*corpus_.Search(request)), ::testing::IsEmpty());
}

TEST_F(PlacingTest, LimitsAreErrorsThatNameTheWayOut) {
  v1::SearchRequest request;
  for (const char* query : {"karn NEAR/101 vorp", "\"karn vorp\"~101"}) {
    request.set_query(query);
    EXPECT_THAT(std::string(corpus_.Search(request).status().message()), ::testing::HasSubstr("the limit is 100"));
  }
  request.set_query("kar*n vo?p has*");
  EXPECT_THAT(std::string(corpus_.Search(request).status().message()), ::testing::HasSubstr("the limit is 2"));
}

}  // namespace
}  // namespace broadsheet::search
