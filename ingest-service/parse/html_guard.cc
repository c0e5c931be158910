#include "ingest/parse/html_guard.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kMostBlanks = 1000;

bool BeginsTag(std::string_view html, size_t at) {
  if (html[at] != '<' || at + 1 >= html.size()) return false;
  const char next = html[at + 1];
  return absl::ascii_isalpha(next) || next == '_' || next == ':' || next == '.';
}

// Where tags begin that have too many blanks before the next '>', in order.
std::vector<size_t> FindSuspects(std::string_view html) {
  std::vector<size_t> suspects;
  for (size_t begin = 0; begin < html.size();) {
    const size_t end = std::min(html.find('>', begin), html.size());
    const auto first = static_cast<std::ptrdiff_t>(suspects.size());
    size_t blanks = 0;
    for (size_t at = end; end - begin > kMostBlanks && at-- > begin;) {
      if (absl::ascii_isspace(html[at])) ++blanks;
      if (blanks > kMostBlanks && BeginsTag(html, at)) suspects.push_back(at);
    }
    std::reverse(suspects.begin() + first, suspects.end());
    begin = end + 1;
  }
  return suspects;
}

// The end of the tag at `begin`, '>' in quoted values left aside.
size_t TagEnd(std::string_view html, size_t begin) {
  for (size_t at = begin; at < html.size(); ++at) {
    if (html[at] == '>') return at + 1;
    if ((html[at] == '"' || html[at] == '\'') && html[at - 1] == '=') {
      at = std::min(html.find(html[at], at + 1), html.size() - 1);
    }
  }
  return html.size();
}

bool HoldsRawTextEnd(std::string_view span) {
  const std::string lower = absl::AsciiStrToLower({span.data(), span.size()});
  return absl::StrContains(lower, "</script") || absl::StrContains(lower, "</style");
}

}  // namespace

void GuardHtml(std::string& html) {
  std::replace_if(
      html.begin(), html.end(), [](unsigned char c) { return c < 0x20 && !absl::ascii_isspace(c); }, ' ');
  size_t done = 0;
  for (const size_t begin : FindSuspects(html)) {
    if (begin < done) continue;
    const size_t end = TagEnd(html, begin);
    // A '<' of a script is no tag: taking its neighbourhood away would take the end of the script with it.
    if (HoldsRawTextEnd(std::string_view(html).substr(begin, end - begin))) {
      html[begin] = ' ';
      continue;
    }
    std::fill(html.begin() + begin, html.begin() + end, ' ');
    done = end;
  }
}

}  // namespace broadsheet::ingest
