#pragma once

#include <unicode/utf8.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

// Reading UTF-8 one code point at a time. Pure, thread-safe. Internal to the stages of cleaning.
namespace broadsheet::ingest {

// The code point at `at`, which must lie inside `text` and moves behind it. Negative when it is ill-formed.
inline UChar32 NextCode(std::string_view text, size_t& at) {
  auto i = static_cast<int64_t>(at);
  const auto size = static_cast<int64_t>(text.size());
  UChar32 code = 0;
  U8_NEXT(reinterpret_cast<const uint8_t*>(text.data()), i, size, code);
  at = static_cast<size_t>(i);
  return code;
}

// The first code point; negative when there is none or it is ill-formed.
inline UChar32 FirstCode(std::string_view text) {
  size_t at = 0;
  return text.empty() ? -1 : NextCode(text, at);
}

}  // namespace broadsheet::ingest
