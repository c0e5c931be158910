#include "common/schema/encoding.h"

#include <algorithm>

namespace broadsheet {
namespace {

constexpr uint64_t kSignBit = uint64_t{1} << 63;
constexpr size_t kLengthBytes = 2;

}  // namespace

std::string EncodeNumber(int64_t number) {
  uint64_t ordered = static_cast<uint64_t>(number) ^ kSignBit;
  std::string bytes(kNumberBytes, '\0');
  for (int i = kNumberBytes - 1; i >= 0; --i, ordered >>= 8)
    bytes[i] = static_cast<char>(ordered & 0xff);
  return bytes;
}

int64_t DecodeNumber(std::string_view bytes) {
  if (bytes.size() < kNumberBytes) return 0;
  uint64_t ordered = 0;
  for (size_t i = 0; i < kNumberBytes; ++i)
    ordered = ordered << 8 | static_cast<unsigned char>(bytes[i]);
  return static_cast<int64_t>(ordered ^ kSignBit);
}

int64_t TakeNumber(std::string_view& bytes) {
  const int64_t number = DecodeNumber(bytes);
  bytes.remove_prefix(kNumberBytes);
  return number;
}

std::string EncodeTime(absl::Time time) {
  return EncodeNumber(absl::ToUnixMicros(time));
}

absl::Time DecodeTime(std::string_view bytes) {
  return absl::FromUnixMicros(DecodeNumber(bytes));
}

std::string EncodeTimeSequence(absl::Time time, int64_t sequence) {
  return EncodeTime(time) + EncodeNumber(sequence);
}

std::string EncodeStrings(const std::vector<std::string_view>& strings) {
  std::string bytes;
  for (std::string_view text : strings) {
    size_t size = std::min<size_t>(text.size(), 0xffff);
    bytes.push_back(static_cast<char>(size >> 8));
    bytes.push_back(static_cast<char>(size & 0xff));
    bytes.append(text.substr(0, size));
  }
  return bytes;
}

std::vector<std::string_view> DecodeStrings(std::string_view bytes) {
  std::vector<std::string_view> strings;
  while (bytes.size() >= kLengthBytes) {
    size_t size = static_cast<unsigned char>(bytes[0]) << 8 | static_cast<unsigned char>(bytes[1]);
    bytes.remove_prefix(kLengthBytes);
    strings.push_back(bytes.substr(0, size));
    bytes.remove_prefix(std::min(size, bytes.size()));
  }
  return strings;
}

}  // namespace broadsheet
