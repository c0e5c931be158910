#include "search/match/terms_buckets.h"

#include <algorithm>
#include <string>

#include "common/text/unicode.h"

namespace broadsheet::search {

bool IsWanted(const FacetSpec& spec, std::string_view value) {
  if (spec.prefix.empty() && spec.contains.empty()) return true;
  const std::string folded = FoldForMatch(value);
  return folded.starts_with(spec.prefix) && folded.find(spec.contains) != std::string::npos;
}

void FillTerms(const FacetSpec& spec, std::vector<TermsBucket> buckets, const Measures* measures,
               v1::FacetResult& result) {
  auto before = [&spec](const TermsBucket& left, const TermsBucket& right) {
    if (!spec.by_value && left.count != right.count) return left.count > right.count;
    return left.value < right.value;
  };
  const size_t shown = std::min(buckets.size(), static_cast<size_t>(spec.limit));
  std::partial_sort(buckets.begin(), buckets.begin() + static_cast<std::ptrdiff_t>(shown), buckets.end(), before);
  result.set_distinct_values(static_cast<int64_t>(buckets.size()));
  int64_t other = 0;
  for (size_t i = 0; i < buckets.size(); ++i) {
    if (i >= shown) {
      other += buckets[i].count;
      continue;
    }
    auto* filled = result.add_buckets();
    filled->set_value(std::string(buckets[i].value));
    filled->set_count(buckets[i].count);
    if (measures != nullptr) measures->Fill(buckets[i].number, *filled);
  }
  result.set_other_count(other);
}

}  // namespace broadsheet::search
