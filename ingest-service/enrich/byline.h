#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::ingest {

// Who the text says its writers are.
struct Byline {
  std::vector<std::string> authors;  // empty when it names no one, as in "the writer is professor of history"
  size_t begin = 0;                  // bytes in the text: what is to go from it
  size_t end = 0;
  std::string words;  // as they stand
};

// The persons of a line such as "By Ann Writer and Bob Author, Alder Post", "Von Ann Writer", "Par Ann Writer", "Por
// Ann Writer", "Di Ann Writer". Empty when the line is none, or does not name persons alone. Thread-safe.
std::vector<std::string> ReadByline(std::string_view line);

// A note on the writer at the end of a body: "(The writer is professor of history.)", "The author, Ann Writer, is a
// sailor." Thread-safe.
std::optional<Byline> FindWriterNote(std::string_view body);

}  // namespace broadsheet::ingest
