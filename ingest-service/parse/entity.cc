#include "ingest/parse/entity.h"

#include <libxml/HTMLparser.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "absl/strings/ascii.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kLongestName = 10;  // "thetasym" and its like, with room
constexpr int kMostEscapes = 3;      // "&amp;amp;quot;" is as bad as it gets

// Windows-1252 from 128 to 159; 0 where it has no character.
constexpr std::array<uint16_t, 32> kWindows1252 = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                   0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                                   0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                   0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

std::string Utf8(uint32_t code) {
  if (code >= 128 && code < 160) code = kWindows1252[code - 128] != 0 ? kWindows1252[code - 128] : 0xFFFD;
  if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) code = 0xFFFD;
  char bytes[U8_MAX_LENGTH];
  int32_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, code);
  return std::string(bytes, length);
}

// `text` begins with "&#".
std::optional<Entity> ReadNumber(std::string_view text) {
  const bool hexadecimal = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
  const char* begin = text.data() + (hexadecimal ? 3 : 2);
  uint32_t code = 0;
  const auto [end, error] = std::from_chars(begin, text.data() + text.size(), code, hexadecimal ? 16 : 10);
  if (end == begin || end == text.data() + text.size() || *end != ';') return std::nullopt;
  if (error != std::errc()) code = 0xFFFD;
  return Entity{Utf8(code), static_cast<size_t>(end - text.data()) + 1};
}

bool IsKnownWithoutSemicolon(std::string_view name) {
  return name == "nbsp" || name == "amp" || name == "quot" || name == "lt" || name == "gt";
}

std::optional<Entity> ReadName(std::string_view text) {
  size_t end = 1;
  while (end < text.size() && end <= kLongestName && absl::ascii_isalnum(text[end]))
    ++end;
  const std::string name(text.substr(1, end - 1));
  const bool closed = end < text.size() && text[end] == ';';
  if (name.empty() || (!closed && !IsKnownWithoutSemicolon(name))) return std::nullopt;
  const htmlEntityDesc* found = htmlEntityLookup(reinterpret_cast<const xmlChar*>(name.c_str()));
  if (found == nullptr) return std::nullopt;
  return Entity{Utf8(found->value), closed ? end + 1 : end};
}

std::optional<Entity> ReadOnce(std::string_view text) {
  if (text.size() < 3 || text[0] != '&') return std::nullopt;
  return text[1] == '#' ? ReadNumber(text) : ReadName(text);
}

}  // namespace

std::optional<Entity> ReadEntity(std::string_view text) {
  std::optional<Entity> entity = ReadOnce(text);
  for (int escapes = 1; entity.has_value() && entity->text == "&" && escapes < kMostEscapes; ++escapes) {
    const std::string again = "&" + std::string(text.substr(entity->length, kLongestName + 2));
    std::optional<Entity> inner = ReadOnce(again);
    if (!inner.has_value()) break;
    entity = Entity{inner->text, entity->length + inner->length - 1};
  }
  return entity;
}

}  // namespace broadsheet::ingest
