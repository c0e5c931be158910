#pragma once

#include <map>
#include <string>
#include <vector>

#include "unit/search/match/corpus.h"

// Articles about few things: each has words of its topic often and the others now and then, so that there is something
// to find. And what plain loops say of them.
namespace broadsheet::search {

inline constexpr int64_t kFirstDay = 1'735'689'600;  // 2025-01-01
inline constexpr int64_t kDay = 86'400;

class Topics : public Corpus {
 public:
  static constexpr int kTopics = 4;

  explicit Topics(int articles) : Corpus(0) {
    for (int i = 0; i < articles; ++i)
      Add(InventAbout("article-" + std::to_string(i), i % kTopics, i / kTopics % 100));
    Commit();
  }

  // About a topic, published on a day. The words kWords[3 * topic] to [3 * topic + 2] are its own.
  v1::Article InventAbout(const std::string& id, int topic, int day) {
    v1::Article article = Invent(id);
    article.set_title(Words(topic, 3));
    article.set_body(Words(topic, 12));
    article.set_language("en");
    article.mutable_published_time()->set_seconds(kFirstDay + day * kDay + Roll(static_cast<int>(kDay)));
    return article;
  }

  // What a loop says: how many of `articles` have the word.
  static int64_t CountWith(const std::vector<v1::Article>& articles, const std::string& word) {
    return std::count_if(articles.begin(), articles.end(), [&](const auto& article) { return Has(article, word); });
  }

  template <typename Wanted>
  std::vector<v1::Article> Those(Wanted wanted) const {
    std::vector<v1::Article> found;
    std::copy_if(articles().begin(), articles().end(), std::back_inserter(found), wanted);
    return found;
  }

 private:
  std::string Words(int topic, int count) {
    std::string text;
    for (int i = 0; i < count; ++i) {
      const int word = Roll(3) > 0 ? 3 * topic + Roll(3) : Roll(static_cast<int>(kWords.size()));
      text += (i > 0 ? " " : "") + kWords[static_cast<size_t>(word)];
    }
    return text;
  }
};

}  // namespace broadsheet::search
