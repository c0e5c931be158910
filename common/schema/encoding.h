#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"

// The encodings of value slots. All compare as bytes in the order of what they encode. Stored on disk: never change.
namespace broadsheet {

// Big endian, sign bit flipped.
inline constexpr size_t kNumberBytes = 8;
std::string EncodeNumber(int64_t number);
int64_t DecodeNumber(std::string_view bytes);  // the first kNumberBytes; 0 when there are fewer
int64_t TakeNumber(std::string_view& bytes);   // the same, taken off `bytes`, which has as many

// Microseconds since 1970 as a number.
std::string EncodeTime(absl::Time time);
absl::Time DecodeTime(std::string_view bytes);

// Time, then sequence: 16 bytes. DecodeTime reads its time.
std::string EncodeTimeSequence(absl::Time time, int64_t sequence);

// Each string after its length in 2 bytes, big endian. Strings above 65,535 bytes are cut there.
std::string EncodeStrings(const std::vector<std::string_view>& strings);
std::vector<std::string_view> DecodeStrings(std::string_view bytes);  // views into `bytes`

}  // namespace broadsheet
