#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::search {

// Values and their ordinals, which count from 1 in the order in which values came; 0 stands for no value. It grows
// only, and copying it is copying three pieces of memory. Reading is thread-safe.
class Dictionary {
 public:
  // The ordinal of `value`, which is added when it is new.
  uint32_t Add(std::string_view value);

  // 0 when it is not there.
  uint32_t Find(std::string_view value) const;

  std::string_view operator[](uint32_t ordinal) const;

  // One past the largest ordinal.
  uint32_t size() const { return static_cast<uint32_t>(ends_.size()); }

  // Memory.
  size_t bytes() const;

 private:
  size_t PlaceOf(std::string_view value) const;
  void Grow();

  std::string text_;                      // all values, one after the other
  std::vector<size_t> ends_ = {0};        // of each value in text_, by ordinal
  std::vector<uint32_t> table_ = {0, 0};  // ordinals by hash, with linear probing; its size is a power of two
};

}  // namespace broadsheet::search
