#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "ingest/clean/punctuation.h"

namespace broadsheet::ingest {
namespace {

constexpr CleaningRule kRules[] = {
    {"quote-space", "An opening or closing quotation mark that is glued to the text outside of it gets a space."},
    {"quote-pair", "Two single marks that stand for a double quotation mark become one."}};

constexpr std::string_view kOpen = "\xE2\x80\x9C";
constexpr std::string_view kClose = "\xE2\x80\x9D";
constexpr std::string_view kLow = "\xE2\x80\x9E";

bool IsAlnum(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c));
}

// The last byte of a letter of Latin beyond ASCII cannot be told from that of a quotation mark; so only ASCII counts.
bool IsBeforeOpening(std::string_view text, size_t at) {
  return at > 0 && (IsAlnum(text[at - 1]) || text[at - 1] == ',' || text[at - 1] == ';' || text[at - 1] == ':');
}

// Quotation marks of one paragraph, “so” and only so.
void MendParagraph(std::string_view text, size_t begin, size_t end, std::vector<Change>& changes) {
  const std::string_view paragraph = text.substr(begin, end - begin);
  const size_t last_close = paragraph.rfind(kClose);
  bool is_open = false;
  for (size_t at = paragraph.find("\xE2\x80"); at != std::string_view::npos; at = paragraph.find("\xE2\x80", at + 3)) {
    const std::string_view mark = paragraph.substr(at, 3);
    const size_t place = begin + at;
    const char next = at + 3 < paragraph.size() ? paragraph[at + 3] : '\0';
    if (mark == kOpen) {
      const bool closes = last_close != std::string_view::npos && last_close > at;
      if (!is_open && closes && IsBeforeOpening(paragraph, at) && IsAlnum(next))
        changes.push_back({place, place, " ", kRules[0].id});
      is_open = true;
    } else if (mark == kClose) {
      const char inner = at > 0 ? paragraph[at - 1] : '\0';
      const bool is_stopped = inner == ',' || inner == '.' || inner == '?' || inner == '!';
      if (is_open && is_stopped && absl::ascii_isalpha(static_cast<unsigned char>(next))) {
        changes.push_back({place + 3, place + 3, " ", kRules[0].id});
      }
      is_open = false;
    }
  }
}

// ‘‘ ’’ `` -> “ ”.
std::vector<Change> FindPairs(std::string_view text) {
  struct Pair {
    std::string_view from;
    std::string_view to;
  };
  constexpr std::array<Pair, 3> kPairs = {
      {{"\xE2\x80\x98\xE2\x80\x98", kOpen}, {"\xE2\x80\x99\xE2\x80\x99", kClose}, {"``", kOpen}}};
  std::vector<Change> changes;
  for (const Pair& pair : kPairs) {
    for (size_t at = text.find(pair.from); at != std::string_view::npos;
         at = text.find(pair.from, at + pair.from.size()))
      changes.push_back({at, at + pair.from.size(), std::string(pair.to), kRules[1].id});
  }
  return changes;
}

}  // namespace

std::span<const CleaningRule> QuoteRules() {
  return kRules;
}

std::vector<Change> FindQuotes(std::string_view text) {
  std::vector<Change> changes = FindPairs(text);
  // „So“ the same marks stand the other way round.
  if (text.find(kOpen) != std::string_view::npos && text.find(kLow) == std::string_view::npos) {
    for (size_t begin = 0; begin < text.size();) {
      const size_t end = std::min(text.find('\n', begin), text.size());
      MendParagraph(text, begin, end, changes);
      begin = end + 1;
    }
  }
  std::sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) { return a.begin < b.begin; });
  return changes;
}

}  // namespace broadsheet::ingest
