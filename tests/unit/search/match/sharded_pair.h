#pragma once

#include <string>

#include "unit/search/match/corpus.h"

namespace broadsheet::search {

// The same events written into an index of one shard and into one of four.
class ShardedPair {
 public:
  enum class Changes {
    kNone,  // every article is written once
    kMany,  // articles of earlier shards are written again or deleted, some of them twice, some written after that
  };

  explicit ShardedPair(Changes changes) {
    for (int part = 0; part < 4; ++part) {
      if (part > 0) parted_.index().Freeze();
      for (int i = 0; i < kPart; ++i)
        Both([&](Corpus& corpus) { corpus.Add(Invent(corpus, part * kPart + i)); });
      if (changes == Changes::kNone) continue;
      for (int i = 0; i < kPart / 2; ++i)
        Both([&](Corpus& corpus) { Change(corpus, (part + 1) * kPart); });
    }
    Both([](Corpus& corpus) { corpus.Commit(); });
  }

  Corpus& whole() { return whole_; }
  Corpus& parted() { return parted_; }

 private:
  static constexpr int kPart = 80;

  template <typename Work>
  void Both(Work work) {
    work(whole_);
    work(parted_);
  }

  static v1::Article Invent(Corpus& corpus, int number) {
    v1::Article article = corpus.Invent("article-" + std::to_string(number));
    article.set_body(article.body() + " Number" + std::to_string(number) + ".");  // so that no two score the same
    if (corpus.Roll(6) == 0) article.set_copy_of("article-" + std::to_string(corpus.Roll(20)));
    if (corpus.Roll(9) == 0) {
      article.mutable_embargo_time()->set_seconds(absl::ToUnixSeconds(corpus.clock().Now()) + corpus.Roll(7'200) -
                                                  3'600);
    }
    return article;
  }

  static void Change(Corpus& corpus, int numbers) {
    const int number = corpus.Roll(numbers);
    if (corpus.Roll(3) == 0) {
      corpus.Delete("article-" + std::to_string(number));
    } else {
      v1::Article article = Invent(corpus, number);
      article.set_revision(2 + corpus.Roll(3));
      corpus.Add(std::move(article));
    }
  }

  Corpus whole_{0, 21};
  Corpus parted_{0, 21};
};

}  // namespace broadsheet::search
