#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "benchmarks/corpus.h"
#include "benchmarks/query_mix.h"
#include "broadsheet/v1/search.pb.h"
#include "support/temp_directory.h"
#include "support/test_index.h"

namespace broadsheet::benchmarks {

// An index of the measured corpus, written as ingest-service writes it but without cleaning. Its directory goes with
// it. Rewrite may run beside readers.
class MeasuredIndex {
 public:
  // NOT_FOUND when the data is missing.
  static absl::StatusOr<std::unique_ptr<MeasuredIndex>> Make(bool made_up, bool paragraphs, size_t articles);

  MeasuredIndex(const Corpus& corpus, std::vector<MixQuery> mix);

  // Writes some articles again, spread over the index, and commits.
  void Rewrite(int articles);

  const std::filesystem::path& directory() const { return index_.directory(); }
  const std::vector<v1::Article>& articles() const { return articles_; }
  const std::vector<MixQuery>& mix() const { return mix_; }

  // A third of the dated articles.
  const v1::TimeRangeFilter& MiddleOfDates() const { return middle_; }

 private:
  support::TempDirectory scratch_;
  support::TestIndex index_;
  std::vector<v1::Article> articles_;
  std::vector<MixQuery> mix_;
  v1::TimeRangeFilter middle_;
  size_t next_ = 0;
};

}  // namespace broadsheet::benchmarks
