#include "search/columns/numbers_column.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace broadsheet::search {
namespace {

// What the numbers of a column have in common.
struct Common {
  uint64_t Distance(int64_t number) const { return static_cast<uint64_t>(number) - static_cast<uint64_t>(least); }
  bool empty() const { return least > most; }

  int64_t least = std::numeric_limits<int64_t>::max();
  int64_t most = kNoNumber;
  uint64_t step = 0;  // divides all distances from the least one
};

Common CommonOf(const NumbersColumn& column) {
  Common common;
  for (size_t i = 0; i < column.size(); ++i) {
    const int64_t number = column[i];
    if (number == kNoNumber) continue;
    common.least = std::min(common.least, number);
    common.most = std::max(common.most, number);
  }
  for (size_t i = 0; i < column.size() && common.step != 1; ++i) {
    const int64_t number = column[i];
    if (number == kNoNumber) continue;
    const uint64_t distance = common.Distance(number);
    if (common.step == 0 || distance % common.step != 0) common.step = std::gcd(common.step, distance);
  }
  common.step = std::max<uint64_t>(common.step, 1);
  return common;
}

}  // namespace

NumbersColumn::NumbersColumn(std::span<const int64_t> numbers) {
  Resize(numbers.size());
  for (size_t i = 0; i < numbers.size(); ++i)
    Set(i, numbers[i]);
}

void NumbersColumn::Set(size_t docid, int64_t number) {
  if (!Has(number)) Recode(PackedArray(sizeof(int64_t)), 0, 1, kMissingWide);
  codes_.Set(docid, CodeOf(number));
}

void NumbersColumn::Pack() {
  const Common common = CommonOf(*this);
  if (common.empty()) return Recode(PackedArray(0), 0, 1, 0);
  const uint64_t missing = common.Distance(common.most) / common.step + 1;
  const size_t width = PackedArray::WidthFor(missing);
  if (missing == 0 || width == sizeof(int64_t)) return;
  Recode(PackedArray(width), static_cast<uint64_t>(common.least), common.step, missing);
}

void NumbersColumn::Recode(PackedArray codes, uint64_t least, uint64_t step, uint64_t missing) {
  const NumbersColumn before = std::exchange(*this, NumbersColumn());
  codes_ = std::move(codes);
  least_ = least;
  step_ = step;
  missing_ = missing;
  codes_.Resize(before.size(), missing);
  for (size_t i = 0; i < before.size(); ++i)
    codes_.Set(i, CodeOf(before[i]));
}

uint64_t NumbersColumn::CodeOf(int64_t number) const {
  return number == kNoNumber ? missing_ : (static_cast<uint64_t>(number) - least_) / step_;
}

bool NumbersColumn::Has(int64_t number) const {
  if (number == kNoNumber) return true;
  const uint64_t distance = static_cast<uint64_t>(number) - least_;
  return distance % step_ == 0 && distance / step_ <= codes_.largest() && distance / step_ != missing_;
}

}  // namespace broadsheet::search
