#include "ingest/clean/line.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"

namespace broadsheet::ingest {
namespace {

constexpr std::array<std::string_view, 12> kClosing = {"\"", "'", ")", "]", "”", "’", "»", "」", "』", "）", "“", "*"};
constexpr std::array<std::string_view, 10> kTerminal = {".", "!", "?", ":", "…", "。", "！", "？", "：", "؟"};
constexpr std::array<std::string_view, 3> kQuestion = {"?", "？", "؟"};

template <typename Set>
bool DropLast(std::string_view& text, const Set& endings) {
  for (const std::string_view ending : endings) {
    if (!text.ends_with(ending)) continue;
    text.remove_suffix(ending.size());
    return true;
  }
  return false;
}

Line ReadLine(std::string_view text, size_t begin, size_t end) {
  Line line{begin, begin, 0, 0, 0};
  size_t width = 0;
  for (size_t at = begin; at < end;) {
    if (static_cast<signed char>(text[at]) > ' ') {
      ++width;
      line.end = ++at;
      line.width = width;
      continue;
    }
    const size_t blank = BlankBytes(text, at);
    if (blank > 0) {
      at += blank;
      ++(line.end == line.begin ? line.indent : width);
      if (line.end == line.begin) line.begin = line.end = at;
      continue;
    }
    const auto byte = static_cast<unsigned char>(text[at]);
    if ((byte & 0xC0) != 0x80) width += byte >= 0xE3 && byte <= 0xED ? 2 : 1;
    line.end = ++at;
    line.width = width;
  }
  return line;
}

}  // namespace

size_t BlankBytes(std::string_view text, size_t at) {
  const char c = text[at];
  if (c == ' ' || c == '\t') return 1;
  if (static_cast<signed char>(c) >= 0) return 0;
  const std::string_view rest = text.substr(at, 3);
  if (rest.starts_with("\xC2\xA0")) return 2;
  if (rest == "\xE3\x80\x80" || rest == "\xE1\x9A\x80" || rest == "\xE2\x80\xAF" || rest == "\xE2\x81\x9F") return 3;
  const bool is_general = rest.starts_with("\xE2\x80") && rest.size() == 3;
  return is_general && static_cast<unsigned char>(rest[2]) <= 0x8A ? 3 : 0;
}

std::vector<Line> FindLines(std::string_view text) {
  std::vector<Line> lines;
  size_t blanks = 0;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    Line line = ReadLine(text, begin, end);
    if (line.end > line.begin) {
      line.blanks_above = blanks;
      lines.push_back(line);
      blanks = 0;
    } else {
      ++blanks;
    }
    begin = end + 1;
  }
  return lines;
}

bool IsListItem(std::string_view line) {
  for (const std::string_view mark : {"- ", "* ", "+ ", "• ", "· ", "▪ ", "– ", "● ", "‣ "}) {
    if (line.starts_with(mark)) return true;
  }
  size_t digits = 0;
  while (digits < line.size() && digits < 3 && absl::ascii_isdigit(line[digits]))
    ++digits;
  const std::string_view rest = line.substr(digits);
  return digits > 0 && (rest.starts_with(". ") || rest.starts_with(") "));
}

bool IsTableRow(std::string_view line) {
  const auto bars = std::count(line.begin(), line.end(), '|');
  return bars >= 2 || (bars == 1 && line.find(" | ") != std::string_view::npos);
}

bool EndsSentence(std::string_view line) {
  while (DropLast(line, kClosing)) {
  }
  return DropLast(line, kTerminal);
}

bool IsQuestion(std::string_view line) {
  while (DropLast(line, kClosing)) {
  }
  return DropLast(line, kQuestion);
}

}  // namespace broadsheet::ingest
