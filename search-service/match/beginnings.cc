#include "search/match/beginnings.h"

#include <algorithm>

namespace broadsheet::search {
namespace {

constexpr char ToLower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

constexpr bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

constexpr bool IsLetterOrDigit(char c) {
  return IsDigit(c) || (ToLower(c) >= 'a' && ToLower(c) <= 'z');
}

constexpr uint8_t kInWord = 1;
constexpr uint8_t kNotAscii = 2;

constexpr std::array<uint8_t, 256> kKinds = [] {
  std::array<uint8_t, 256> kinds{};
  for (size_t byte = 0; byte < kinds.size(); ++byte)
    kinds[byte] = byte >= 0x80 ? kNotAscii : IsLetterOrDigit(static_cast<char>(byte)) ? kInWord : 0;
  return kinds;
}();

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
  if (IsDigit(first)) return true;
  for (size_t i = 0; i < rest.size(); ++i) {
    if (i + 1 >= text.size()) return false;
    const char c = text[i + 1];
    if (ToLower(c) == rest[i]) continue;
    return !IsLetterOrDigit(c) && c != ' ' && c != '\n';
  }
  return true;
}

}  // namespace

void Beginnings::Add(std::string_view beginning) {
  if (beginning.empty()) {
    everything_ = true;
    rests_.fill({std::string()});
    return;
  }
  const char first = beginning.front();
  rests_[static_cast<unsigned char>(first)].emplace_back(beginning.substr(1));
  looks_[static_cast<unsigned char>(first)] = 1;
  if (first >= 'a' && first <= 'z') looks_[static_cast<unsigned char>(first - 'a' + 'A')] = 1;
}

bool Beginnings::MayBeIn(std::string_view text) const {
  if (everything_) return true;
  uint8_t before = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const uint8_t kind = kKinds[byte];
    const bool looks = (looks_[byte] & ~before & kInWord) != 0;
    before = kind;
    if (looks && MayStandAt(text, at)) return true;
    if (kind != kNotAscii) continue;
    const size_t skipped = PlainPunctuation(text.substr(at));
    if (skipped == 0) return true;
    at += skipped - 1;
  }
  return false;
}

bool Beginnings::MayStandAt(std::string_view text, size_t at) const {
  const char first = ToLower(text[at]);
  const auto& rests = rests_[static_cast<unsigned char>(first)];
  return std::any_of(rests.begin(), rests.end(),
                     [&](const std::string& rest) { return MayBegin(text.substr(at), first, rest); });
}

}  // namespace broadsheet::search
