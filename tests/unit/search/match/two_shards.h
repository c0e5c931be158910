#pragma once

#include <stdexcept>

#include "unit/search/match/corpus.h"

namespace broadsheet::search {

// An index of two shards with articles in both, some of them copies of articles in the other.
class TwoShards {
 public:
  TwoShards() : readers_(directory_.path() / "index") {
    const auto path = directory_.path() / "index";
    std::filesystem::create_directories(path);
    for (int i = 0; i < 150; ++i)
      Add(first_, "first-" + std::to_string(i));
    for (int64_t i = first_.index().sequence(); i > 0; --i)
      second_.index().Delete("nobody");  // sequences are those of one archive: no number comes twice
    for (int i = 0; i < 200; ++i)
      Add(second_, "second-" + std::to_string(i));
    Manifest manifest = first_.index().manifest();
    manifest.shards.push_back(second_.index().manifest().shards.front());
    for (Corpus* corpus : {&first_, &second_}) {
      corpus->Commit();
      const std::string& uuid = corpus->index().manifest().shards.front().uuid;
      std::filesystem::rename(corpus->index().directory() / uuid, path / uuid);
      articles_.insert(articles_.end(), corpus->articles().begin(), corpus->articles().end());
    }
    if (!WriteManifest(path, manifest).ok()) throw std::runtime_error("the manifest could not be written");
  }

  absl::StatusOr<SearchResult> Search(const v1::SearchRequest& request, CallContext context = {}) {
    auto query = Validate(request);
    if (!query.ok()) return query.status();
    return Searcher(readers_, first_.clock(), 0).Search(*query, context);  // by the engine
  }

  const std::vector<v1::Article>& articles() const { return articles_; }
  ReaderPool& readers() { return readers_; }

 private:
  void Add(Corpus& corpus, const std::string& id) {
    v1::Article article = corpus.Invent(id);
    if (corpus.Roll(3) == 0) article.set_copy_of("first-" + std::to_string(corpus.Roll(20)));
    corpus.Add(std::move(article));
  }

  support::TempDirectory directory_;
  Corpus first_{0, 11};
  Corpus second_{0, 12};
  ReaderPool readers_;
  std::vector<v1::Article> articles_;
};

}  // namespace broadsheet::search
