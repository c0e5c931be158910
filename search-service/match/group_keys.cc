#include "search/match/group_keys.h"

namespace broadsheet::search {

void GroupKeys::BeginShard(const ShardView& shard) {
  columns_ = shard.columns;
  if (field_ != nullptr) numbers_.assign(columns_->Terms(field_->id).dictionary->size(), kNone);
}

uint32_t GroupKeys::OfValue(Xapian::docid docid) {
  const TermsColumn& column = columns_->Terms(field_->id);
  const uint32_t ordinal = column.places[docid];
  if (ordinal == 0 || numbers_[ordinal] != kNone) return numbers_[ordinal];
  const std::string_view value = (*column.dictionary)[ordinal];
  auto [place, added] = by_value_.try_emplace(value, next_);
  if (added) {
    values_.push_back(value);
    ++next_;
  }
  return numbers_[ordinal] = place->second;
}

uint32_t GroupKeys::OfOriginal(Xapian::docid docid) {
  auto [place, added] = by_original_.try_emplace(columns_->originals[docid], next_);
  if (added) ++next_;
  return place->second;
}

}  // namespace broadsheet::search
