#include "search/match/terms_counter.h"

#include <algorithm>
#include <utility>

#include "common/text/unicode.h"

namespace broadsheet::search {

void TermsCounter::Count(std::string_view slot) {
  ++articles_;
  if (slot.empty()) {
    ++missing_;
    return;
  }
  if (spec_.field->encoding != SlotEncoding::kStringList) return CountValue(slot);
  // As DecodeStrings (common/schema/encoding.h), without a list for each article.
  while (slot.size() >= 2) {
    size_t size = static_cast<unsigned char>(slot[0]) << 8 | static_cast<unsigned char>(slot[1]);
    slot.remove_prefix(2);
    CountValue(slot.substr(0, size));
    slot.remove_prefix(std::min(size, slot.size()));
  }
}

void TermsCounter::CountValue(std::string_view value) {
  Bucket& bucket = buckets_[absl::string_view(value.data(), value.size())];
  if (bucket.last_article == articles_) return;
  bucket.last_article = articles_;
  ++bucket.count;
}

std::vector<TermsCounter::Entry> TermsCounter::WantedEntries() const {
  std::vector<Entry> entries;
  entries.reserve(buckets_.size());
  for (const auto& [value, bucket] : buckets_) {
    bool wanted = spec_.prefix.empty() || FoldForMatch(value).compare(0, spec_.prefix.size(), spec_.prefix) == 0;
    if (wanted) entries.emplace_back(&value, bucket.count);
  }
  return entries;
}

absl::StatusOr<v1::FacetResult> TermsCounter::Finish() {
  std::vector<Entry> entries = WantedEntries();
  auto before = [this](const Entry& left, const Entry& right) {
    if (!spec_.by_value && left.second != right.second) return left.second > right.second;
    return *left.first < *right.first;
  };
  size_t shown = std::min(entries.size(), static_cast<size_t>(spec_.limit));
  std::partial_sort(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(shown), entries.end(), before);
  v1::FacetResult result;
  result.set_missing(missing_);
  result.set_distinct_values(static_cast<int64_t>(entries.size()));
  int64_t other = 0;
  for (size_t i = 0; i < entries.size(); ++i) {
    if (i >= shown) {
      other += entries[i].second;
      continue;
    }
    auto* bucket = result.add_buckets();
    bucket->set_value(*entries[i].first);
    bucket->set_count(entries[i].second);
  }
  result.set_other_count(other);
  return result;
}

}  // namespace broadsheet::search
