#include "ingest/clean/markup_remains.h"

#include <algorithm>
#include <array>
#include <string>

#include "absl/strings/ascii.h"

namespace broadsheet::ingest {
namespace {

constexpr CleaningRule kRules[] = {
    {"tag", "Tags and comments of HTML that were left in the text are cut; those that end a line become a line end."},
    {"markdown", "Links and emphasis of Markdown that were left in the text give way to their words."}};

constexpr std::array<std::string_view, 27> kTags = {
    "a",    "abbr",   "article", "aside", "b",   "blockquote", "em",     "figure",  "font",
    "i",    "iframe", "img",     "ins",   "li",  "ol",         "script", "section", "small",
    "span", "strong", "style",   "sub",   "sup", "table",      "u",      "ul",      "figcaption"};
constexpr std::array<std::string_view, 10> kBreaks = {"br", "p", "div", "h1", "h2", "h3", "h4", "h5", "hr", "tr"};
constexpr size_t kLongestTag = 500;  // bytes

// A tag or comment at `at`, which points to '<': where it ends, or 0. Sets whether it ends a line.
size_t TagEnd(std::string_view text, size_t at, bool& breaks) {
  breaks = false;
  const std::string_view rest = text.substr(at, kLongestTag);
  if (rest.starts_with("<!--")) {
    const size_t end = rest.find("-->");
    return end == std::string_view::npos ? 0 : at + end + 3;
  }
  size_t i = 1;
  if (i < rest.size() && rest[i] == '/') ++i;
  const size_t name_begin = i;
  while (i < rest.size() && absl::ascii_isalnum(static_cast<unsigned char>(rest[i])))
    ++i;
  const std::string name = absl::AsciiStrToLower({rest.data() + name_begin, i - name_begin});
  breaks = std::find(kBreaks.begin(), kBreaks.end(), name) != kBreaks.end();
  if (!breaks && std::find(kTags.begin(), kTags.end(), name) == kTags.end()) return 0;
  if (i >= rest.size() || (rest[i] != '>' && rest[i] != ' ' && rest[i] != '/')) return 0;
  const size_t end = rest.find('>', i);
  return end == std::string_view::npos || rest.substr(0, end).find('\n') != std::string_view::npos ? 0 : at + end + 1;
}

// "[words](address)": where words and link end; 0 when there is none at `at`, which points to '['.
struct Link {
  size_t words_end = 0;
  size_t end = 0;
};

Link ReadLink(std::string_view text, size_t at) {
  const std::string_view rest = text.substr(at, kLongestTag);
  const size_t close = rest.find_first_of("]\n", 1);
  if (close == std::string_view::npos || rest[close] != ']' || close < 2) return {};
  const std::string_view target = rest.substr(close + 1);
  if (!target.starts_with("(http") && !target.starts_with("(/") && !target.starts_with("(mailto:")) return {};
  const size_t end = target.find_first_of(") \n");
  if (end == std::string_view::npos || target[end] != ')') return {};
  return {at + close, at + close + 1 + end + 1};
}

// "**words**" on one line: where its closing pair begins, or 0. `at` points behind the opening one.
size_t EmphasisEnd(std::string_view text, size_t at) {
  const std::string_view rest = text.substr(at, kLongestTag);
  if (rest.empty() || rest[0] == ' ' || rest[0] == '*') return 0;
  const size_t end = std::min(rest.find("**"), rest.find('\n'));
  const bool is_closed = end != std::string_view::npos && rest[end] == '*' && end > 0 && rest[end - 1] != ' ';
  return is_closed && !rest.substr(end + 2).starts_with('*') ? at + end : 0;
}

}  // namespace

std::span<const CleaningRule> MarkupRules() {
  return kRules;
}

std::vector<Change> FindMarkupRemains(std::string_view text) {
  std::vector<Change> changes;
  size_t emphasis = std::string_view::npos;  // where the open one closes
  for (size_t at = text.find_first_of("<[*"); at != std::string_view::npos; at = text.find_first_of("<[*", at)) {
    if (text[at] == '<') {
      bool breaks = false;
      const size_t end = TagEnd(text, at, breaks);
      if (end > 0) changes.push_back({at, end, breaks ? "\n" : "", kRules[0].id});
      at = std::max(end, at + 1);
    } else if (text[at] == '[') {
      const Link link = ReadLink(text, at);
      if (link.end > 0) {
        changes.push_back({at, at + 1, "", kRules[1].id});
        changes.push_back({link.words_end, link.end, "", kRules[1].id});
      }
      at = std::max(link.end, at + 1);
    } else if (at == emphasis) {
      changes.push_back({at, at + 2, "", kRules[1].id});
      emphasis = std::string_view::npos;
      at += 2;
    } else if (const size_t end = text.substr(at).starts_with("**") ? EmphasisEnd(text, at + 2) : 0; end > 0) {
      changes.push_back({at, at + 2, "", kRules[1].id});
      emphasis = end;
      at += 2;
    } else {
      at = std::min(text.find_first_not_of('*', at), text.size());
    }
  }
  return changes;
}

}  // namespace broadsheet::ingest
