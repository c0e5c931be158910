#include "ingest/enrich/title.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "common/text/unicode.h"
#include "ingest/clean/line.h"
#include "ingest/enrich/sentence.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kDerivedBytes = 100;
constexpr size_t kShortSentence = 25;    // bytes; the next one is taken as well
constexpr size_t kLongestDateline = 70;  // bytes

std::string_view Text(std::string_view body, const HeadLine& line) {
  return body.substr(line.begin, line.end - line.begin);
}

// Whether the text goes on after a line.
bool HasMore(std::string_view body, const HeadLine& line) {
  return body.find_first_not_of(" \n", line.end) != std::string_view::npos;
}

const HeadLine* FindLine(std::string_view title, std::string_view body, const std::vector<HeadLine>& head) {
  const std::string folded = FoldForMatch(title);
  for (const HeadLine& line : head) {
    if (FoldForMatch(Text(body, line)) == folded && HasMore(body, line)) return &line;
  }
  return nullptr;
}

// A title heads running text that is longer than itself.
const HeadLine* FindTitleLine(std::string_view body, const std::vector<HeadLine>& head) {
  const auto title =
      std::find_if(head.begin(), head.end(), [](const HeadLine& line) { return line.kind == LineKind::kTitle; });
  const bool heads_text = title != head.end() && std::any_of(title, head.end(), [](const HeadLine& line) {
                            return line.kind == LineKind::kBody;
                          });
  if (!heads_text) return nullptr;
  return body.size() - title->end > title->end - title->begin ? &*title : nullptr;
}

// "WASHINGTON (Agency) - Text" -> "Text"; "(Agency) Text" too.
std::string_view WithoutDateline(std::string_view text) {
  const std::string_view head = text.substr(0, kLongestDateline);
  for (const std::string_view dash : {" - ", " – ", " — ", "– ", "— ", " -- ", ") "}) {
    const size_t at = head.find(dash);
    if (at == std::string_view::npos || at < 3) continue;
    const std::string_view place = head.substr(0, at + (dash == ") " ? 1 : 0));
    const bool capitals = std::all_of(place.begin(), place.begin() + 3, absl::ascii_isupper);
    if (capitals || place.ends_with(')')) {
      const bool goes_on = dash == ") " && place[0] != '(';
      if (!goes_on) return text.substr(at + dash.size());
    }
  }
  return text;
}

// The first `bytes` or fewer, whole words, with an ellipsis when something is left out.
std::string Shorten(std::string_view text, size_t bytes) {
  if (text.size() <= bytes) return std::string(text);
  std::string_view cut = TruncateUtf8(text, bytes - 3);
  const size_t space = cut.rfind(' ');
  // Without spaces, as in Japanese, any character will do.
  if (space != std::string_view::npos && space > bytes / 2 && text[cut.size()] != ' ') cut = cut.substr(0, space);
  while (!cut.empty() && std::string_view(" ,;:-").find(cut.back()) != std::string_view::npos)
    cut.remove_suffix(1);
  return std::string(cut) + "…";
}

std::string_view FirstSentence(std::string_view text) {
  size_t end = FirstSentenceEnd(text);
  while (end < text.size() && end < kShortSentence)
    end += FirstSentenceEnd(text.substr(end));
  text = text.substr(0, end);
  if (text.ends_with("。")) text.remove_suffix(3);
  const bool is_plain_stop =
      text.ends_with('.') && !text.ends_with("..") && !(text.size() > 2 && text[text.size() - 3] == '.');
  if (is_plain_stop) text.remove_suffix(1);
  return text;
}

std::string Derive(std::string_view body, const std::vector<HeadLine>& head) {
  const auto running =
      std::find_if(head.begin(), head.end(), [](const HeadLine& line) { return line.kind == LineKind::kBody; });
  const auto best =
      running != head.end() ? running : std::max_element(head.begin(), head.end(), [](const auto& a, const auto& b) {
        return a.end - a.begin < b.end - b.begin;
      });
  if (best == head.end()) return Shorten(body, kDerivedBytes);
  const std::string_view sentence = FirstSentence(WithoutDateline(Text(body, *best)));
  return Shorten(sentence, kDerivedBytes);
}

}  // namespace

FoundTitle FindTitle(std::string_view given, std::string_view markup, std::string_view body,
                     const std::vector<HeadLine>& head) {
  if (!given.empty()) return {std::string(given), v1::ORIGIN_GIVEN, "", FindLine(given, body, head)};
  if (!markup.empty())
    return {std::string(markup), v1::ORIGIN_MARKUP, "the title in the markup", FindLine(markup, body, head)};
  if (const HeadLine* line = FindTitleLine(body, head)) {
    return {std::string(Text(body, *line)), v1::ORIGIN_TEXT, "a line at the top of the text", line};
  }
  return {Derive(body, head), v1::ORIGIN_DERIVED, "the first words of the text", nullptr};
}

}  // namespace broadsheet::ingest
