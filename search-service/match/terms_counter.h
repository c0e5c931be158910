#pragma once

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "search/match/facet_counter.h"

namespace broadsheet::search {

// One bucket for each value of a field with one value or several.
class TermsCounter : public FacetCounter {
 public:
  explicit TermsCounter(const FacetSpec& spec) : spec_(spec) {}

  void Count(std::string_view slot) override;
  absl::StatusOr<v1::FacetResult> Finish() override;

 private:
  struct Bucket {
    int64_t count = 0;
    int64_t last_article = 0;  // so that an article that repeats a value counts once
  };
  using Entry = std::pair<const std::string*, int64_t>;

  void CountValue(std::string_view value);
  std::vector<Entry> WantedEntries() const;

  const FacetSpec& spec_;
  absl::flat_hash_map<std::string, Bucket> buckets_;
  int64_t articles_ = 0;
  int64_t missing_ = 0;
};

}  // namespace broadsheet::search
