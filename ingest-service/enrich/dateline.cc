#include "ingest/enrich/dateline.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "ingest/enrich/sentence.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kLongestDateline = 90;  // bytes, dash included
constexpr size_t kLongestTitle = 220;    // of one that was run into its text
constexpr size_t kShortestTitle = 15;
constexpr size_t kMostWords = 5;  // of a place

constexpr std::array<std::string_view, 8> kDashes = {" - ", " – ", " — ", " -- ", "– ", "— ", " –", " —"};

struct Dash {
  size_t begin = std::string_view::npos;
  size_t end = 0;
};

Dash FindDash(std::string_view text) {
  Dash first;
  for (const std::string_view dash : kDashes) {
    const size_t at = text.find(dash);
    if (at < first.begin) first = {at, at + dash.size()};
  }
  return first;
}

bool IsUpper(char c) {
  return absl::ascii_isupper(static_cast<unsigned char>(c));
}

bool IsAgency(std::string_view name) {
  return !name.empty() && name.size() <= 40 && (IsUpper(name[0]) || static_cast<signed char>(name[0]) < 0) &&
         name.find_first_of("0123456789,;:!?") == std::string_view::npos;
}

size_t CountWords(std::string_view text) {
  return text.empty() ? 0 : 1 + std::count(text.begin(), text.end(), ' ');
}

// Three or more capitals and no small letter: "PORT ALDER", "BERLIN/PARIS", "ST. ALDER".
bool IsInCapitals(std::string_view place) {
  const auto capitals = std::count_if(place.begin(), place.end(), IsUpper);
  return capitals >= 3 && std::none_of(place.begin(), place.end(), [](char c) {
           return absl::ascii_islower(static_cast<unsigned char>(c)) ||
                  absl::ascii_isdigit(static_cast<unsigned char>(c));
         });
}

// Each word with a capital, no figures or marks that a place does not have.
bool IsCapitalised(std::string_view place) {
  bool at_word = true;
  for (const char c : place) {
    if (at_word && !IsUpper(c) && static_cast<signed char>(c) >= 0) return false;
    if (!absl::ascii_isalpha(static_cast<unsigned char>(c)) && static_cast<signed char>(c) >= 0 &&
        std::string_view(" .'-/").find(c) == std::string_view::npos)
      return false;
    at_word = c == ' ';
  }
  return !place.empty();
}

// "Alder D.C.", "Birch, Calif."
bool EndsWithState(std::string_view place) {
  if (!place.ends_with('.') || CountWords(place) < 2) return false;
  const std::string_view word = place.substr(place.rfind(' ') + 1);
  return word.size() >= 3 && word.size() <= 6 && IsUpper(word[0]);
}

std::string_view TrimBlanks(std::string_view text) {
  while (text.starts_with(' '))
    text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with(','))
    text.remove_suffix(1);
  return text;
}

}  // namespace

Dateline ReadDateline(std::string_view paragraph) {
  const std::string_view start = paragraph.substr(0, kLongestDateline);
  const Dash dash = FindDash(start);
  if (dash.begin == std::string_view::npos || dash.begin < 3) return {};
  std::string_view head = TrimBlanks(start.substr(0, dash.begin));
  Dateline found;
  if (head.ends_with(')') && head.find('(') != std::string_view::npos) {
    const size_t open = head.rfind('(');
    const std::string_view agency = head.substr(open + 1, head.size() - open - 2);
    if (!IsAgency(agency)) return {};
    found.agency = std::string(agency);
    head = TrimBlanks(head.substr(0, open));
  }
  // The date behind the place belongs to neither.
  std::string_view place = head;
  const size_t comma = head.find(", ");
  const bool has_date =
      comma != std::string_view::npos && head.find_first_of("0123456789", comma) != std::string_view::npos;
  if (has_date) place = TrimBlanks(head.substr(0, comma));
  if (CountWords(place) > kMostWords) return {};
  const bool is_place = IsInCapitals(place) || (!found.agency.empty() && IsCapitalised(place)) ||
                        (comma == std::string_view::npos && EndsWithState(place) && IsCapitalised(place));
  const bool has_capitals_and_state =
      !is_place && comma != std::string_view::npos && IsInCapitals(head.substr(0, comma)) && head.size() - comma < 24;
  if (!is_place && !has_capitals_and_state && !(head.empty() && !found.agency.empty())) return {};
  found.place = std::string(place);
  found.end = dash.end;
  return found;
}

size_t FindRunTogetherTitle(std::string_view paragraph) {
  const std::string_view start = paragraph.substr(0, kLongestTitle + kLongestDateline);
  for (size_t at = start.find_first_of(".?!"); at < start.size() && at < kLongestTitle;
       at = start.find_first_of(".?!", at + 1)) {
    if (at + 2 >= start.size() || start[at + 1] != ' ' || at < kShortestTitle) continue;
    const Dateline dateline = ReadDateline(paragraph.substr(at + 2));
    if (dateline.end > 0 && !dateline.place.empty() && !dateline.agency.empty() && IsInCapitals(dateline.place)) {
      return CountSentences(paragraph.substr(0, at + 1)) <= 2 ? at + 2 : 0;
    }
  }
  return 0;
}

}  // namespace broadsheet::ingest
