#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace broadsheet::ingest {

// A character reference found in a text.
struct Entity {
  std::string text;   // what it stands for, in UTF-8
  size_t length = 0;  // bytes it takes in the text, from '&' on
};

// Reads the HTML character reference at the beginning of `text`: named (HTML 4), decimal or hexadecimal. Numbers from
// 128 to 159 are read as Windows-1252, as browsers do; numbers of no character as U+FFFD. References that were escaped
// twice ("&amp;quot;") are read through. Empty when there is none, so that "AT&T" stays as it is.
std::optional<Entity> ReadEntity(std::string_view text);

}  // namespace broadsheet::ingest
