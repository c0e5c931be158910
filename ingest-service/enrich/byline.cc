#include "ingest/enrich/byline.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "ingest/normalise/names.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kLongestByline = 120;  // bytes
constexpr size_t kLongestNote = 400;

constexpr std::array<std::string_view, 6> kPrefixes = {"by ", "von ", "par ", "por ", "di ", "da "};
constexpr std::array<std::string_view, 12> kNotes = {
    "the writer is ", "the author is ", "the writer, ", "the author, ",  "der autor ist ", "die autorin ist ",
    "l'auteur est ",  "l’auteur est ",  "el autor es ", "la autora es ", "o autor é ",     "l'autore è "};

bool IsCapital(char c) {
  return absl::ascii_isupper(static_cast<unsigned char>(c)) || static_cast<signed char>(c) < 0;
}

// Two to four words, the first and the last with a capital, and no figures.
bool IsPerson(std::string_view name) {
  const std::vector<absl::string_view> words =
      absl::StrSplit(absl::string_view(name.data(), name.size()), ' ', absl::SkipEmpty());
  if (words.size() < 2 || words.size() > 4 || name.find_first_of("0123456789:;,!?()\"") != std::string_view::npos)
    return false;
  const auto capitals =
      std::count_if(words.begin(), words.end(), [](absl::string_view word) { return IsCapital(word[0]); });
  return IsCapital(words.front()[0]) && IsCapital(words.back()[0]) && capitals + 1 >= static_cast<long>(words.size());
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == ',' || text.back() == '.'))
    text.remove_suffix(1);
  while (text.starts_with(' '))
    text.remove_prefix(1);
  return text;
}

// "The writer, Ann Writer, is a sailor" -> Ann Writer.
std::vector<std::string> Named(std::string_view note) {
  const size_t comma = note.find(", ");
  if (comma == std::string_view::npos || comma > 12) return {};
  const size_t end = note.find(',', comma + 2);
  const std::string_view name = end == std::string_view::npos ? "" : note.substr(comma + 2, end - comma - 2);
  return IsPerson(name) ? std::vector<std::string>{std::string(name)} : std::vector<std::string>{};
}

bool IsNote(std::string_view words) {
  const std::string lower = absl::AsciiStrToLower(absl::string_view(words.data(), std::min<size_t>(words.size(), 24)));
  return std::any_of(kNotes.begin(), kNotes.end(), [&](std::string_view note) {
    return std::string_view(lower).starts_with(note) && (!note.ends_with(", ") || !Named(words).empty());
  });
}

}  // namespace

std::vector<std::string> ReadByline(std::string_view line) {
  if (line.size() > kLongestByline) return {};
  const std::string lower = absl::AsciiStrToLower(absl::string_view(line.data(), std::min<size_t>(line.size(), 8)));
  const auto prefix = std::find_if(kPrefixes.begin(), kPrefixes.end(),
                                   [&lower](std::string_view p) { return std::string_view(lower).starts_with(p); });
  if (prefix == kPrefixes.end()) return {};
  std::string_view names = Trim(line.substr(prefix->size()));
  names = Trim(names.substr(0, names.find('|')));
  for (const std::string_view together : {names, Trim(names.substr(0, names.find(", ")))}) {
    const std::string by = "By " + std::string(together);
    std::vector<std::string> persons = NormaliseAuthors({by});
    if (!persons.empty() && std::all_of(persons.begin(), persons.end(), IsPerson)) return persons;
  }
  return {};
}

std::optional<Byline> FindWriterNote(std::string_view body) {
  const size_t last = body.rfind('\n') + 1;  // 0 when there is none
  const std::string_view line = body.substr(last);
  if (line.ends_with(')')) {
    const size_t open = line.rfind('(');
    if (open == std::string_view::npos || line.size() - open > kLongestNote || last + open == 0) return std::nullopt;
    const std::string_view words = line.substr(open + 1, line.size() - open - 2);
    if (!IsNote(words)) return std::nullopt;
    const size_t begin = body.find_last_not_of(" \n", last + open - 1) + 1;
    return Byline{Named(words), begin, body.size(), std::string(words)};
  }
  if (last < 2 || line.size() > kLongestNote || !IsNote(line)) return std::nullopt;
  const size_t begin = body.find_last_not_of(" \n", last - 1) + 1;
  return Byline{Named(line), begin, body.size(), std::string(line)};
}

}  // namespace broadsheet::ingest
