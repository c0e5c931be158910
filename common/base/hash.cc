#include "common/base/hash.h"

#include <isa-l/crc.h>
#include <sys/random.h>
#include <xxhash.h>

#include <array>
#include <stdexcept>

namespace broadsheet {
namespace {

template <typename Bytes>
std::string Hex(const Bytes& bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (unsigned char byte : bytes) {
    text.push_back(kDigits[byte >> 4]);
    text.push_back(kDigits[byte & 15]);
  }
  return text;
}

}  // namespace

std::string Hash128Hex(std::string_view bytes) {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes.data(), bytes.size()));
  return Hex(std::string_view(reinterpret_cast<const char*>(canonical.digest), sizeof canonical.digest));
}

uint64_t Hash64(std::string_view bytes) {
  return XXH3_64bits(bytes.data(), bytes.size());
}

uint32_t Crc32c(std::string_view bytes, uint32_t crc) {
  // crc32_iscsi computes the same polynomial without the inversions at both ends; it only reads the buffer.
  auto* buffer = const_cast<unsigned char*>(reinterpret_cast<const unsigned char*>(bytes.data()));
  return ~crc32_iscsi(buffer, static_cast<int>(bytes.size()), ~crc);
}

std::string NewUuid() {
  std::array<unsigned char, 16> bytes;
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    throw std::runtime_error("the kernel gave no random bytes");
  }
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0f) | 0x40);
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3f) | 0x80);
  std::string text = Hex(bytes);
  for (int at : {8, 13, 18, 23})
    text.insert(at, 1, '-');
  return text;
}

}  // namespace broadsheet
