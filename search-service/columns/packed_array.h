#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace broadsheet::search {

// Unsigned numbers of 0 to 8 bytes each, all of one width. Thread-safe when const.
class PackedArray {
 public:
  explicit PackedArray(size_t width) : width_(width), mask_(width == 0 ? 0 : ~uint64_t{0} >> (64 - 8 * width)) {}

  // The bytes that numbers up to `largest` need.
  static constexpr size_t WidthFor(uint64_t largest) { return (static_cast<size_t>(std::bit_width(largest)) + 7) / 8; }

  size_t size() const { return size_; }
  size_t width() const { return width_; }
  uint64_t largest() const { return mask_; }  // that its width allows
  size_t bytes() const { return bytes_.capacity(); }

  uint64_t operator[](size_t i) const {
    uint64_t number;
    std::memcpy(&number, bytes_.data() + i * width_, sizeof number);
    return number & mask_;
  }

  // `number` is at most largest().
  void Set(size_t i, uint64_t number) { std::memcpy(bytes_.data() + i * width_, &number, width_); }

  // New ones are `number`, which is at most largest(). Takes no more memory than it must.
  void Resize(size_t size, uint64_t number);

  // Gives each number `width` bytes, which are enough for all.
  void SetWidth(size_t width);
  // As few bytes as they need.
  void Pack();

 private:
  static_assert(std::endian::native == std::endian::little, "the first bytes of a number are its low ones");

  size_t size_ = 0;
  size_t width_;
  uint64_t mask_;                                                        // of a number's bits
  std::vector<uint8_t> bytes_ = std::vector<uint8_t>(sizeof(uint64_t));  // after the last: what a read goes over
};

}  // namespace broadsheet::search
