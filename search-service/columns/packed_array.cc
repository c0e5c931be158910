#include "search/columns/packed_array.h"

#include <algorithm>
#include <utility>

namespace broadsheet::search {

void PackedArray::Resize(size_t size, uint64_t number) {
  const size_t before = size_;
  const size_t bytes = size * width_ + sizeof(uint64_t);
  bytes_.reserve(bytes);  // resize() alone might double it
  bytes_.resize(bytes);
  size_ = size;
  for (size_t i = before; i < size; ++i)
    Set(i, number);
}

void PackedArray::SetWidth(size_t width) {
  PackedArray other(width);
  other.Resize(size_, 0);
  for (size_t i = 0; i < size_; ++i)
    other.Set(i, (*this)[i]);
  *this = std::move(other);
}

void PackedArray::Pack() {
  uint64_t most = 0;
  for (size_t i = 0; i < size_; ++i)
    most = std::max(most, (*this)[i]);
  SetWidth(WidthFor(most));
}

}  // namespace broadsheet::search
