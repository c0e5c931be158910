#include "search/match/beginnings.h"

#include <algorithm>

#include "absl/strings/ascii.h"

namespace broadsheet::search {
namespace {

// Dashes, quotation marks, the ellipsis and the blank that does not break: news is full of them, and no word begins
// there. Their bytes, or 0 where something else stands.
size_t PlainPunctuation(std::string_view text) {
  const auto byte = [&](size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0; };
  if (byte(0) == 0xc2 && byte(1) == 0xa0) return 2;
  if (byte(0) != 0xe2 || byte(1) != 0x80) return 0;
  const bool plain = (byte(2) >= 0x93 && byte(2) <= 0x9f) || byte(2) == 0xa6;
  return plain ? 3 : 0;
}

// Whether the word that begins at `text` may begin with `beginning`. What folding takes out of words, and dots as in
// "U.S.", are taken for anything.
bool MayBegin(std::string_view text, char first, std::string_view rest) {
  if (absl::ascii_isdigit(static_cast<unsigned char>(first))) return true;
  for (size_t i = 0; i < rest.size(); ++i) {
    if (i + 1 >= text.size()) return false;
    const auto byte = static_cast<unsigned char>(text[i + 1]);
    if (absl::ascii_tolower(byte) == rest[i]) continue;
    return !absl::ascii_isalnum(byte) && !absl::ascii_isspace(byte);
  }
  return true;
}

}  // namespace

void Beginnings::Add(std::string_view beginning) {
  if (beginning.empty()) {
    rests_.fill({std::string()});
    looks_.fill(true);
    return;
  }
  const auto first = static_cast<unsigned char>(beginning.front());
  rests_[first].emplace_back(beginning.substr(1));
  looks_[first] = true;
  looks_[static_cast<unsigned char>(absl::ascii_toupper(first))] = true;
}

bool Beginnings::MayBeIn(std::string_view text) const {
  bool in_word = false;
  for (size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (looks_[byte] && !in_word && MayStandAt(text, at)) return true;
    in_word = absl::ascii_isalnum(byte);
    if (absl::ascii_isascii(byte)) continue;
    const size_t skipped = PlainPunctuation(text.substr(at));
    if (skipped == 0) return true;
    at += skipped - 1;
  }
  return false;
}

bool Beginnings::MayStandAt(std::string_view text, size_t at) const {
  const char first = absl::ascii_tolower(static_cast<unsigned char>(text[at]));
  const auto& rests = rests_[static_cast<unsigned char>(first)];
  return std::any_of(rests.begin(), rests.end(),
                     [&](const std::string& rest) { return MayBegin(text.substr(at), first, rest); });
}

}  // namespace broadsheet::search
