#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "broadsheet/v1/article.pb.h"
#include "search/index/reader_pool.h"

namespace broadsheet::search {

inline constexpr size_t kSampledArticles = 16'384;  // their numbers fit 16 bits
inline constexpr size_t kSampledBodyWords = 96;  // of the beginning of a body: what the article is about stands there

// The words of titles and of the beginnings of bodies, as numbers. At most 7 MB, and the different words.
struct TextSample {
  static constexpr uint32_t kGap = UINT32_MAX;  // between two words that do not stand next to each other

  struct Text {
    uint32_t begin = 0;      // in `words`
    uint32_t title_end = 0;  // the title's words come first
    uint32_t end = 0;
  };

  std::vector<std::string> vocabulary;  // folded, in byte order
  std::vector<uint32_t> words;          // places in `vocabulary`, or kGap
  std::vector<Text> texts;              // of one article each
};

// Takes up articles one by one. Not thread-safe.
class TextSampler {
 public:
  // An article with its body. Those above kSampledArticles are left out, and so are copies, which say everything twice,
  // and what is or was held back until some time, since a sample is older than the questions that it answers.
  void Add(const v1::Article& article);

  TextSample Finish() &&;

 private:
  static bool Wants(const v1::Article& article) { return article.copy_of().empty() && !article.has_embargo_time(); }
  void AddWords(std::string_view text, size_t most);

  absl::flat_hash_map<std::string, uint32_t> numbers_;
  TextSample sample_;
};

// Reads a sample of the articles of the index: all when there are at most kSampledArticles, else half of them the
// newest by docid and half spread over the others. Takes readers for some hundred articles at a time, so that commits
// do not overtake it. discover-report measures the cost. CANCELLED when `stopping` says so; UNAVAILABLE when there is
// no index. Thread-safe.
absl::StatusOr<TextSample> SampleTexts(ReaderPool& readers, const std::function<bool()>& stopping);

}  // namespace broadsheet::search
