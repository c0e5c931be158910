#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace broadsheet::ingest {

// Where a report comes from, as its first paragraph says: "PORT ALDER, June 2 (Wire) - ", "(Wire) - ", "Alder D.C.– ".
struct Dateline {
  std::string place;   // empty when only the agency is named
  std::string agency;  // empty when none is named
  size_t end = 0;      // bytes of the paragraph up to its words, the dash included; 0 when there is no dateline
};

// The dateline that a paragraph begins with. A place needs capitals throughout, an agency in brackets behind it, or an
// abbreviated state at its end; so a name before a dash is none. Thread-safe.
Dateline ReadDateline(std::string_view paragraph);

// "Title. CITY, June 2 (Agency) - Text": where the dateline of a paragraph begins that a title was run into, and 0 when
// none was. Thread-safe.
size_t FindRunTogetherTitle(std::string_view paragraph);

}  // namespace broadsheet::ingest
