#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace broadsheet {

// XXH3-128 of `bytes` in its canonical big-endian form, as 32 lower-case hexadecimal digits. Stored on disk and in
// ids: never change it.
std::string Hash128Hex(std::string_view bytes);

// XXH3-64 of `bytes`. For memory, tokens and the sketches of texts in the index, which its schema version goes with.
uint64_t Hash64(std::string_view bytes);

// CRC32C (Castagnoli) of `bytes`. Stored on disk: never change it. Chain pieces by passing the sum so far.
uint32_t Crc32c(std::string_view bytes, uint32_t crc = 0);

// A random UUID (version 4) in its usual text form, from the kernel's random source.
std::string NewUuid();

}  // namespace broadsheet
