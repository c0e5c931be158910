#include "ingest/clean/fold.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "ingest/clean/line.h"

namespace broadsheet::ingest {
namespace {

constexpr std::string_view kDecoration = " -*_=~|<>[]()#:.!\"";

// What a character of several bytes becomes; nothing when it stays. Sets its length.
std::string_view Plain(std::string_view rest, size_t& length) {
  if (rest.starts_with("\xC2\xB7") || rest.starts_with("\xC2\xAB") || rest.starts_with("\xC2\xBB")) {
    length = 2;
    return rest[1] == '\xB7' ? "*" : "\"";
  }
  if (rest.size() < 3 || rest[0] != '\xE2') return {};
  length = 3;
  const std::string_view mark = rest.substr(1, 2);
  if (mark == "\x80\x98" || mark == "\x80\x99") return "'";
  if (mark == "\x80\x9C" || mark == "\x80\x9D" || mark == "\x80\x9E") return "\"";
  if (mark >= "\x80\x90" && mark <= "\x80\x95") return "-";
  if (mark == "\x80\xA6") return "...";
  const bool is_bullet = mark == "\x80\xA2" || mark == "\x96\xAA" || mark == "\x97\x8F" || mark == "\x80\xA3";
  if (is_bullet || mark == "\x96\xB6" || mark == "\x96\xBA") return "*";
  if (mark == "\x80\xBA" || mark == "\x80\xB9" || mark == "\x86\x92" || mark == "\x86\x90") return ">";
  return {};
}

// The second byte of a letter of Latin-1 in lower case.
char LowerLatin(char lead, char byte) {
  const bool is_upper = lead == '\xC3' && byte <= '\x9E' && byte != '\x97';
  return is_upper ? static_cast<char>(byte + 0x20) : byte;
}

std::string_view Trim(std::string_view text) {
  const size_t begin = text.find_first_not_of(kDecoration);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kDecoration) + 1 - begin);
}

}  // namespace

std::string FoldLine(std::string_view line) {
  std::string folded;
  folded.reserve(line.size() + 8);
  for (size_t at = 0; at < line.size();) {
    const char c = line[at];
    if (const size_t blank = BlankBytes(line, at); blank > 0) {
      if (!folded.ends_with(' ')) folded += ' ';
      at += blank;
    } else if (static_cast<signed char>(c) >= 0) {
      folded += absl::ascii_tolower(c);
      ++at;
    } else {
      size_t length = 1;
      const std::string_view plain = Plain(line.substr(at, 3), length);
      if (!plain.empty()) {
        folded += plain;
        at += length;
        continue;
      }
      folded += c;
      ++at;
      if (at < line.size() && c == '\xC3') folded += LowerLatin(c, line[at++]);
    }
  }
  return std::string(Trim(folded));
}

bool MatchesPattern(std::string_view text, std::string_view pattern) {
  size_t star = pattern.find('*');
  if (star == std::string_view::npos) return text == pattern;
  if (!text.starts_with(pattern.substr(0, star))) return false;
  text.remove_prefix(star);
  for (;;) {
    pattern.remove_prefix(star + 1);
    star = pattern.find('*');
    if (star == std::string_view::npos) return text.ends_with(pattern);
    const size_t at = text.find(pattern.substr(0, star));
    if (at == std::string_view::npos) return false;
    text.remove_prefix(at + star);
  }
}

size_t CountSpaced(std::string_view line) {
  return line.empty() ? 0 : 1 + std::count(line.begin(), line.end(), ' ');
}

bool HasWord(std::string_view text, std::string_view word) {
  for (size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const bool begins = at == 0 || !absl::ascii_isalnum(static_cast<unsigned char>(text[at - 1]));
    const size_t end = at + word.size();
    if (begins && (end == text.size() || !absl::ascii_isalnum(static_cast<unsigned char>(text[end])))) return true;
  }
  return false;
}

}  // namespace broadsheet::ingest
