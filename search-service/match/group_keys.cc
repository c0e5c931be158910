#include "search/match/group_keys.h"

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"

namespace broadsheet::search {
namespace {

constexpr int64_t kDayMicros = int64_t{86'400} * 1'000'000;

int64_t DayOf(int64_t micros) {
  return micros / kDayMicros - (micros % kDayMicros < 0 ? 1 : 0);
}

}  // namespace

void GroupKeys::BeginShard(const ShardView& shard) {
  columns_ = shard.columns;
  if (field_ != nullptr && HasTerms(*field_)) numbers_.assign(columns_->Terms(field_->id).dictionary->size(), kNone);
}

uint32_t GroupKeys::Of(Xapian::docid docid) {
  if (field_ == nullptr) return OfOriginal(docid);
  return HasTerms(*field_) ? OfTerm(docid) : OfNumber(docid);
}

uint32_t GroupKeys::OfTerm(Xapian::docid docid) {
  const TermsColumn& column = columns_->Terms(field_->id);
  const auto ordinal = static_cast<uint32_t>(column.places[docid]);
  if (ordinal == 0 || numbers_[ordinal] != kNone) return numbers_[ordinal];
  const std::string_view value = (*column.dictionary)[ordinal];
  auto [place, added] = by_value_.try_emplace(value, next_);
  if (added) {
    values_.push_back(value);
    ++next_;
  }
  return numbers_[ordinal] = place->second;
}

uint32_t GroupKeys::OfNumber(Xapian::docid docid) {
  const int64_t number = columns_->Numbers(field_->id)[docid];
  if (number == kNoNumber) return kNone;
  const int64_t amount = field_->type == FieldType::kTime ? DayOf(number) : number;
  auto [place, added] = by_amount_.try_emplace(amount, next_);
  if (added) {
    amounts_.push_back(amount);
    ++next_;
  }
  return place->second;
}

uint32_t GroupKeys::OfOriginal(Xapian::docid docid) {
  auto [place, added] = by_original_.try_emplace(columns_->originals[docid], next_);
  if (added) ++next_;
  return place->second;
}

std::string GroupKeys::ValueOf(uint32_t group) const {
  if (group == kNone || field_ == nullptr) return {};
  if (HasTerms(*field_)) return std::string(values_[group - 1]);
  const int64_t amount = amounts_[group - 1];
  if (field_->type == FieldType::kTime) return absl::FormatCivilTime(absl::CivilDay(1970, 1, 1) + amount);
  return absl::StrCat(amount);
}

}  // namespace broadsheet::search
