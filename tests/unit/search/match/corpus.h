#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "broadsheet/v1/article.pb.h"
#include "common/base/call_context.h"
#include "search/index/reader_pool.h"
#include "search/match/searcher.h"
#include "search/query/validate.h"
#include "support/manual_clock.h"
#include "support/temp_directory.h"
#include "support/test_index.h"

// Invented articles in a real index, and the same articles in a list for oracles that are plain loops.
namespace broadsheet::search {

// Words that are their own stems in English and German, so that an oracle can look for them as they are.
inline const std::vector<std::string> kWords = {"karn", "dolt", "murg", "plonk", "vorp", "zind", "quab",
                                                "frip", "lund", "hask", "torv",  "gwim", "belk", "nurt"};

class Corpus {
 public:
  explicit Corpus(int articles, unsigned seed = 7) : index_(directory_.path() / "index"), random_(seed) {
    for (int i = 0; i < articles; ++i)
      Add(Invent("article-" + std::to_string(i)));
    index_.Commit();
  }

  v1::Article Invent(const std::string& id) {
    v1::Article article;
    article.set_id(id);
    article.set_title(Text(3));
    article.set_body(Text(20 + Roll(60)));
    static const std::vector<std::string> sources = {"Dawn Post", "Harbour Times", "Évening Star", "evening Echo"};
    if (Roll(10) > 0) article.set_source(sources[Roll(4)]);
    for (int i = Roll(4); i > 0; --i)
      article.add_authors("Writer " + std::to_string(Roll(12)));
    if (Roll(3) > 0) article.set_section(Roll(2) ? "World" : "Money");
    for (int i = Roll(3); i > 0; --i)
      article.add_tags("tag" + std::to_string(Roll(30)));
    article.set_language(Roll(4) ? "en" : "de");
    article.set_word_count(Roll(1'000));
    article.set_revision(1 + Roll(3));
    // Around a change of the clocks in Berlin (26 October 2025, 01:00 UTC), and far from it.
    int64_t center = Roll(2) ? 1'761'440'400 : 1'735'689'600;
    int64_t spread = Roll(2) ? 7'200 : 40'000'000;
    if (Roll(8) > 0) SetPublished(center + Roll(static_cast<int>(spread)) - spread / 2, article);
    if (Roll(5) == 0) (*article.mutable_attributes())["desk"] = Roll(2) ? "night" : "day";
    return article;
  }

  // By the clock of one outlet in two it is the day before.
  static void SetPublished(int64_t seconds, v1::Article& article) {
    article.mutable_published_time()->set_seconds(seconds);
    const absl::CivilDay in_utc = absl::ToCivilDay(absl::FromUnixSeconds(seconds), absl::UTCTimeZone());
    article.set_published_day(absl::FormatCivilTime(in_utc - seconds % 2));
  }

  void Add(v1::Article article) {
    article.set_sequence(index_.Add(article));
    std::erase_if(articles_, [&](const auto& old) { return old.id() == article.id(); });
    articles_.push_back(std::move(article));
  }

  void Delete(const std::string& id) {
    index_.Delete(id);
    std::erase_if(articles_, [&](const auto& old) { return old.id() == id; });
  }

  void Commit() { index_.Commit(); }

  absl::StatusOr<SearchResult> Search(const v1::SearchRequest& request, CallContext context = {}) {
    auto query = Validate(request);
    if (!query.ok()) return query.status();
    return Searcher(readers_, clock_, 0).Search(*query, context);  // by the engine
  }

  int Roll(int sides) { return static_cast<int>(random_() % static_cast<unsigned>(sides)); }

  std::string Text(int words) {
    std::string text;
    for (int i = 0; i < words; ++i) {
      if (i > 0) text += i % 9 == 0 ? ". " : " ";
      text += kWords[static_cast<size_t>(Roll(static_cast<int>(kWords.size())))];
    }
    return text;
  }

  const std::vector<v1::Article>& articles() const { return articles_; }
  support::TestIndex& index() { return index_; }
  ReaderPool& readers() { return readers_; }
  support::ManualClock& clock() { return clock_; }

 private:
  support::TempDirectory directory_;
  support::TestIndex index_;
  ReaderPool readers_{directory_.path() / "index"};
  support::ManualClock clock_;
  std::mt19937 random_;
  std::vector<v1::Article> articles_;
};

// Whether a word stands in title or body.
inline bool Has(const v1::Article& article, const std::string& word) {
  std::string text = " " + article.title() + " " + article.body() + " ";
  for (size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    char after = text[at + word.size()];
    if (text[at - 1] == ' ' && (after == ' ' || after == '.')) return true;
  }
  return false;
}

inline std::vector<std::string> Ids(const SearchResult& result) {
  std::vector<std::string> ids;
  for (const auto& hit : result.hits)
    ids.push_back(hit.article().id());
  return ids;
}

}  // namespace broadsheet::search
