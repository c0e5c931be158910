#pragma once

#include <gmock/gmock.h>

#include <algorithm>
#include <functional>

#include "unit/search/match/corpus.h"

namespace broadsheet::search {

using Predicate = std::function<bool(const v1::Article&)>;

// Searches over a corpus, and what plain loops over its articles say.
class SearcherTest : public ::testing::Test {
 protected:
  std::vector<std::string> Expected(const Predicate& wanted) const {
    std::vector<std::string> ids;
    for (const auto& article : corpus_.articles()) {
      if (wanted(article)) ids.push_back(article.id());
    }
    return ids;
  }

  // Ids in an order by date.
  std::vector<std::string> ExpectedByDate(const Predicate& wanted, bool newest) const {
    std::vector<v1::Article> found;
    std::copy_if(corpus_.articles().begin(), corpus_.articles().end(), std::back_inserter(found), wanted);
    std::sort(found.begin(), found.end(), [&](const auto& a, const auto& b) {
      if (a.has_published_time() != b.has_published_time()) return a.has_published_time();
      auto key = [](const auto& article) {
        return std::make_pair(article.published_time().seconds(), article.sequence());
      };
      return newest ? key(a) > key(b) : key(a) < key(b);
    });
    std::vector<std::string> ids;
    for (const auto& article : found)
      ids.push_back(article.id());
    return ids;
  }

  // All pages, one after the other; `between` runs after each.
  std::vector<std::string> Collect(
      v1::SearchRequest request, const std::function<void()>& between = [] {}) {
    std::vector<std::string> ids;
    do {
      auto result = corpus_.Search(request);
      EXPECT_TRUE(result.ok()) << result.status();
      if (!result.ok()) break;
      for (const std::string& id : Ids(*result))
        ids.push_back(id);
      request.set_page_token(result->next_page_token);
      last_ = *std::move(result);
      between();
    } while (!request.page_token().empty());
    return ids;
  }

  Corpus corpus_{400};
  SearchResult last_;
};

}  // namespace broadsheet::search
