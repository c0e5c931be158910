#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "search/columns/packed_array.h"

namespace broadsheet::search {

// In the place of a number or time that an article does not have.
inline constexpr int64_t kNoNumber = std::numeric_limits<int64_t>::min();

// A number or a time of each article, by docid. Packed, each is its distance from the smallest one, divided by what
// divides all distances (times are of whole seconds, or days), in as many bytes as the largest one needs: two for the
// days of a century, none when nothing has a number. Else each takes eight. Thread-safe when const.
class NumbersColumn {
 public:
  NumbersColumn() = default;
  explicit NumbersColumn(std::span<const int64_t> numbers);  // not packed

  size_t size() const { return codes_.size(); }
  size_t bytes() const { return codes_.bytes(); }

  int64_t operator[](size_t docid) const {
    const uint64_t code = codes_[docid];
    return code == missing_ ? kNoNumber : static_cast<int64_t>(least_ + code * step_);
  }

  // New ones have no number.
  void Resize(size_t size) { codes_.Resize(size, missing_); }

  // Unpacks it when the number is none of those that it was packed for.
  void Set(size_t docid, int64_t number);

  void Pack();

 private:
  static constexpr auto kMissingWide = static_cast<uint64_t>(kNoNumber);

  void Recode(PackedArray codes, uint64_t least, uint64_t step, uint64_t missing);
  uint64_t CodeOf(int64_t number) const;
  bool Has(int64_t number) const;

  PackedArray codes_{sizeof(int64_t)};
  uint64_t least_ = 0;  // as the number modulo 2^64, with which all is calculated
  uint64_t step_ = 1;
  uint64_t missing_ = kMissingWide;  // the code of those without a number
};

}  // namespace broadsheet::search
