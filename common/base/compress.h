#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace broadsheet {

// One zstd frame that tells its content's size. What `bytes` have in common with `known` takes hardly any room; only
// with the same bytes can the frame be read. Thread-safe; contexts are kept per thread.
std::string Compress(std::string_view bytes, std::string_view known = {});

inline constexpr size_t kMostContent = 64 << 20;

// DATA_LOSS when it is no such frame, or one with other `known` bytes, or its content would be above kMostContent.
absl::StatusOr<std::string> Decompress(std::string_view frame, std::string_view known = {});

// Size of a frame's content; 0 when it cannot be told.
size_t ContentSize(std::string_view frame);

}  // namespace broadsheet
