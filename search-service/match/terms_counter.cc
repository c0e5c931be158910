#include "search/match/terms_counter.h"

#include <algorithm>
#include <utility>

namespace broadsheet::search {

void TermsCounter::BeginShard(const ShardView& shard) {
  EndShard();
  ++shards_;
  column_ = &shard.columns->Terms(spec_.field->id);
  counts_.assign(column_->dictionary->size(), 0);
}

void TermsCounter::Count(std::span<const Xapian::docid> docids) {
  if (!column_->repeated) {
    const PackedArray& places = column_->places;
    for (Xapian::docid docid : docids)
      ++counts_[places[docid]];
    return;
  }
  for (Xapian::docid docid : docids) {
    const auto ordinals = column_->Of(docid);
    counts_[0] += ordinals.empty();
    for (uint32_t ordinal : ordinals)
      ++counts_[ordinal];
  }
}

void TermsCounter::EndShard() {
  if (column_ == nullptr) return;
  missing_ += counts_[0];
  for (uint32_t ordinal = 1; ordinal < counts_.size(); ++ordinal) {
    if (counts_[ordinal] == 0) continue;
    const std::string_view value = (*column_->dictionary)[ordinal];
    if (IsWanted(spec_, value)) buckets_.push_back({value, counts_[ordinal]});
  }
}

// Values that several shards have.
void TermsCounter::MergeShards() {
  if (shards_ < 2) return;
  std::sort(buckets_.begin(), buckets_.end(), [](const auto& a, const auto& b) { return a.value < b.value; });
  size_t merged = 0;
  for (size_t i = 0; i < buckets_.size(); ++i) {
    if (merged > 0 && buckets_[merged - 1].value == buckets_[i].value) {
      buckets_[merged - 1].count += buckets_[i].count;
    } else {
      buckets_[merged++] = buckets_[i];
    }
  }
  buckets_.resize(merged);
}

absl::StatusOr<v1::FacetResult> TermsCounter::Finish() {
  EndShard();
  column_ = nullptr;
  MergeShards();
  v1::FacetResult result;
  result.set_missing(missing_);
  FillTerms(spec_, std::move(buckets_), nullptr, result);
  return result;
}

}  // namespace broadsheet::search
