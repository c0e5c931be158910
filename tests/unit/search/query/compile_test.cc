#include "search/query/compile.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "common/text/stemmer.h"
#include "common/text/tokenizer.h"
#include "search/query/parse.h"
#include "search/query/write.h"
#include "unit/search/query/generated_articles.h"

namespace broadsheet::search {
namespace {

const std::vector<std::string> kLanguages = {"en", "de", "ja", "und"};

// What a query means, as a plain loop over the words of an article.
class Oracle {
 public:
  explicit Oracle(bool exact_words) : exact_words_(exact_words) {}

  bool Matches(const QueryNode& node, const v1::Article& article) const {
    auto matches = [&](const QueryNode& child) { return Matches(child, article); };
    switch (node.kind) {
      case NodeKind::kAll:
        return std::all_of(node.children.begin(), node.children.end(), matches);
      case NodeKind::kAny:
        return std::any_of(node.children.begin(), node.children.end(), matches);
      case NodeKind::kNot:
        return !matches(node.children[0]);
      default:
        break;
    }
    for (const std::string& text : Texts(node.field, article)) {
      if (LeafIn(node, TokensOf(text), article.language())) return true;
    }
    return false;
  }

 private:
  const std::vector<OwnedToken>& TokensOf(const std::string& text) const {
    auto [found, added] = tokens_.try_emplace(text);
    if (added) found->second = Tokenize(text);
    return found->second;
  }

  static std::vector<std::string> Texts(const Field* field, const v1::Article& article) {
    auto all = [](const auto& values) { return std::vector<std::string>(values.begin(), values.end()); };
    if (field == nullptr) return {article.title(), article.body()};
    if (field->name == "title") return {article.title()};
    if (field->name == "body") return {article.body()};
    if (field->name == "source") return {article.source()};
    if (field->name == "authors") return all(article.authors());
    if (field->name == "section") return {article.section()};
    if (field->name == "tags") return all(article.tags());
    return {article.language()};
  }

  bool LeafIn(const QueryNode& leaf, const std::vector<OwnedToken>& tokens, const std::string& language) const {
    if (leaf.kind == NodeKind::kPhrase) return PhraseIn(leaf.words, tokens);
    const std::string& word = leaf.words[0].text;
    bool prefix = leaf.kind == NodeKind::kPrefix;
    bool names = leaf.field != nullptr && leaf.field->type == FieldType::kKeyword;
    bool exact = exact_words_ || names || leaf.words[0].ngram;
    Stemmer stem(language);
    std::set<std::string> stems;
    for (const std::string& other : kLanguages)
      stems.insert(Stemmer(other)(word));
    return std::any_of(tokens.begin(), tokens.end(), [&](const OwnedToken& token) {
      if (prefix) return token.text.starts_with(word);
      if (exact) return token.text == word;
      return token.kind == TokenKind::kWord && stems.contains(stem(token.text));
    });
  }

  // Characters one by one: nothing is known of pairs here.
  static bool PhraseIn(const std::vector<QueryWord>& words, const std::vector<OwnedToken>& tokens) {
    auto stands_at = [&](const std::string& word, uint32_t position) {
      return std::any_of(tokens.begin(), tokens.end(),
                         [&](const OwnedToken& token) { return token.position == position && token.text == word; });
    };
    for (const OwnedToken& start : tokens) {
      size_t i = 0;
      while (i < words.size() && stands_at(words[i].text, start.position + static_cast<uint32_t>(i)))
        ++i;
      if (i == words.size()) return true;
    }
    return false;
  }

  const bool exact_words_;
  mutable std::map<std::string, std::vector<OwnedToken>> tokens_;
};

class Compiler : public testing::Test {
 protected:
  Compiler() : index_(1, 300) {}

  static Xapian::Query Compile(const std::string& text) {
    return CompileQuery(*ParseQuery(text, MatchMode::kAllWords), nullptr, kLanguages, false);
  }

  // Expects what the oracle says; returns how many there are.
  size_t ExpectAsOracle(const std::string& text, bool exact_words = false, MatchMode mode = MatchMode::kAllWords) {
    auto parsed = ParseQuery(text, mode);
    EXPECT_TRUE(parsed.ok()) << text << parsed.status();
    const Oracle& oracle = exact_words ? exact_oracle_ : oracle_;
    std::set<std::string> expected;
    for (const v1::Article& article : index_.articles()) {
      if (!parsed->root || oracle.Matches(*parsed->root, article)) expected.insert(article.id());
    }
    Xapian::Query query = CompileQuery(*parsed, nullptr, kLanguages, exact_words);
    EXPECT_EQ(index_.Match(query), expected)
        << text << " as " << WriteQuery(*parsed) << ": " << query.get_description();
    return expected.size();
  }

  GeneratedIndex index_;
  Oracle oracle_{false};
  Oracle exact_oracle_{true};
};

TEST_F(Compiler, FindsWhatTheQueryLanguagePromises) {
  for (std::string query : {"flood",
                            "flooding Jakarta",
                            "\"flood\"",
                            "\"floods jakarta\"",
                            "flood OR spending",
                            "flood -jakarta",
                            "-flood",
                            "-flood -jakarta",
                            "flood OR -jakarta",
                            "-(flood OR jakarta)",
                            "-(flood jakarta)",
                            "flo*",
                            "floo* -floodplain",
                            "2+2",
                            "\"2 + 2\"",
                            "3.5%",
                            "3.5",
                            "think-tank",
                            "at&t",
                            "japan",
                            "überschwemmung",
                            "Flut",
                            "the",
                            "WHO flood",
                            "東京",
                            "東",
                            "東京証券",
                            "\"東京 取引\"",
                            "京都 OR 取引",
                            "\"取引 flood\"",
                            "\"flood 取引\"",
                            "title:flood",
                            "title:\"of flooding\" OR title:\"the flood\" OR title:\"who jakarta\"",
                            "title:東京",
                            "title:東京証券",
                            "title:flo*",
                            "author:brook",
                            "author:\"ada brook\"",
                            "author:ada author:vale",
                            "author:bro*",
                            "source:kestrel",
                            "source:\"kestrel post\"",
                            "section:news",
                            "tag:climate",
                            "tag:\"climate change\"",
                            "language:de",
                            "language:und flood",
                            ""}) {
    EXPECT_GT(ExpectAsOracle(query), 0u) << query;
  }
  EXPECT_EQ(ExpectAsOracle("tag:\"change climate\""), 0u);
  EXPECT_EQ(ExpectAsOracle("author:\"brook ada\""), 0u);
}

TEST_F(Compiler, TellsTheBodyFromTheTitle) {
  for (std::string query :
       {"body:flood", "body:floods", "body:flooding", "-body:flood", "body:jakarta -title:jakarta", "body:flo*",
        "body:\"flood jakarta\"", "body:\"floods\"", "body:\"the flood\"", "body:think-tank", "body:2+2", "body:3.5%",
        "body:東京", "body:東", "body:東京証券", "body:\"東京 取引\"", "body:(flood OR 京都) title:spending",
        "body:flut OR body:spending"}) {
    EXPECT_GT(ExpectAsOracle(query), 0u) << query;
  }
  EXPECT_EQ(ExpectAsOracle("body:unheard"), 0u);
  EXPECT_EQ(ExpectAsOracle("body:\"flood unheard\""), 0u);
  EXPECT_EQ(ExpectAsOracle("body:unheard*"), 0u);
}

TEST_F(Compiler, TakesWordsExactlyWhenAsked) {
  for (std::string query : {"flood", "floods", "title:flooding", "body:floods", "flood OR floods"}) {
    EXPECT_GT(ExpectAsOracle(query, true), 0u) << query;
    ExpectAsOracle(query, true, MatchMode::kAnyWord);
  }
}

TEST_F(Compiler, AgreesWithAPlainLoopOnQueriesMadeByChance) {
  ArticleGenerator random(2);
  const std::vector<std::string> fields = {"", "", "", "title:", "body:", "body:"};
  std::function<std::string(int)> make = [&](int depth) -> std::string {
    switch (random.Below(depth > 0 ? 9 : 5)) {
      case 0:
      case 1:
        return random.Pick(fields) + std::string(random.Pick(ArticleGenerator::kWords));
      case 2:
        return random.Pick(fields) + "\"" + random.Words(3) + "\"";
      case 3:
        return random.Pick(fields) + std::string(random.Pick(ArticleGenerator::kWords));
      case 4:
        return "tag:climate";
      case 5:
        return "-(" + make(depth - 1) + ")";
      case 6:
        return "(" + make(depth - 1) + " OR " + make(depth - 1) + ")";
      default:
        return make(depth - 1) + " " + make(depth - 1);
    }
  };
  size_t found = 0;
  for (int i = 0; i < 400; ++i) {
    found += ExpectAsOracle(make(3), i % 5 == 0, i % 3 == 0 ? MatchMode::kAnyWord : MatchMode::kAllWords) > 0 ? 1 : 0;
  }
  EXPECT_GT(found, 150u);
}

TEST_F(Compiler, GivesNoWeightWhereNoWordsAreWanted) {
  for (std::string query : {"", "-flood"}) {
    Xapian::Enquire enquire(index_.database());
    enquire.set_query(Compile(query));
    Xapian::MSet matches = enquire.get_mset(0, 10);
    ASSERT_GT(matches.size(), 0u);
    EXPECT_EQ(matches[0].get_weight(), 0.0) << query;
  }
}

TEST_F(Compiler, NeverFindsATombstone) {
  for (std::string query : {"", "-unheard", "unheard OR -flood"}) {
    EXPECT_EQ(index_.Match(Compile(query)).count("a tombstone"), 0u) << query;
  }
}

}  // namespace
}  // namespace broadsheet::search
