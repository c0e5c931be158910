#pragma once

#include <random>
#include <string>
#include <vector>

#include "search/discover/text_sample.h"

// Texts of few words, so that they meet.
namespace broadsheet::search {

inline v1::Article ArticleOf(const std::string& title, const std::string& body) {
  v1::Article article;
  article.set_title(title);
  article.set_body(body);
  return article;
}

inline TextSample SampleOf(const std::vector<v1::Article>& articles) {
  TextSampler sampler;
  for (const v1::Article& article : articles)
    sampler.Add(article);
  return std::move(sampler).Finish();
}

// Sentences of four words each; "the" is common, the others are not.
inline std::vector<v1::Article> RandomTexts(int count, int sentences) {
  static const std::vector<std::string> kSome = {"ferry", "ferret", "harbour", "harvest", "bridge", "the"};
  std::mt19937 random(7);
  const auto sentence = [&] {
    std::string text;
    for (int i = 0; i < 4; ++i)
      text += (i > 0 ? " " : "") + kSome[random() % kSome.size()];
    return text;
  };
  std::vector<v1::Article> articles;
  for (int i = 0; i < count; ++i) {
    std::string body;
    for (int k = 0; k < sentences; ++k)
      body += sentence() + ". ";
    articles.push_back(ArticleOf(sentence(), body));
  }
  return articles;
}

}  // namespace broadsheet::search
