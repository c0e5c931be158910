#include "ingest/enrich/title.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "common/text/unicode.h"
#include "ingest/clean/fold.h"
#include "ingest/clean/line.h"
#include "ingest/enrich/dateline.h"
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

// A title at the beginning of the first paragraph, the bytes it takes there, and its words.
struct RunTitle {
  size_t begin = 0;
  size_t end = 0;
  std::string words;
};

RunTitle FindRunTitle(std::string_view body, const std::vector<HeadLine>& head) {
  if (head.empty() || head.back().kind != LineKind::kBody) return {};
  const size_t end = FindRunTogetherTitle(Text(body, head.back()));
  std::string_view words = Text(body, head.back()).substr(0, end);
  while (words.ends_with(' ') || words.ends_with('.'))
    words.remove_suffix(1);
  return {head.back().begin, head.back().begin + end, std::string(words)};
}

// Of the words of a headline with four bytes or more, at least half are in the paragraph too.
bool SaysTheSame(std::string_view headline, std::string_view paragraph) {
  const std::string folded = FoldLine(paragraph);
  const std::string words = FoldLine(headline);
  size_t long_words = 0, common = 0;
  for (size_t at = 0; at < words.size();) {
    const size_t end = std::min(words.find(' ', at), words.size());
    const std::string_view word = std::string_view(words).substr(at, end - at);
    if (word.size() >= 4) {
      ++long_words;
      common += HasWord(folded, word) ? 1 : 0;
    }
    at = end + 1;
  }
  return long_words >= 4 && 2 * common >= long_words;
}

// A headline that stands under a first paragraph that sums the article up.
std::string_view FindLeadHeadline(std::string_view body, const std::vector<HeadLine>& head) {
  if (head.size() != 1 || head[0].kind != LineKind::kBody) return {};
  const size_t begin = body.find_first_not_of('\n', head[0].end);
  if (begin == std::string_view::npos) return {};
  const std::string_view rest = body.substr(begin);
  const std::vector<HeadLine> below = ReadHead(rest);
  const bool heads_text = below.size() >= 2 && below[0].kind == LineKind::kTitle && below[1].kind == LineKind::kBody;
  if (!heads_text || !SaysTheSame(Text(rest, below[0]), Text(body, head[0]))) return {};
  return Text(rest, below[0]);
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
  RunTitle run = FindRunTitle(body, head);
  if (!given.empty() || !markup.empty()) {
    const std::string_view title = given.empty() ? markup : given;
    const bool is_run_in = run.end > run.begin && FoldForMatch(run.words) == FoldForMatch(title);
    FoundTitle found{std::string(title), v1::ORIGIN_GIVEN, "", FindLine(title, body, head)};
    if (given.empty()) {
      found.origin = v1::ORIGIN_MARKUP;
      found.evidence = "the title in the markup";
    }
    if (is_run_in) std::tie(found.begin, found.end) = std::pair(run.begin, run.end);
    return found;
  }
  if (const HeadLine* line = FindTitleLine(body, head)) {
    return {std::string(Text(body, *line)), v1::ORIGIN_TEXT, "a line at the top of the text", line};
  }
  if (run.end > run.begin) {
    return {std::move(run.words), v1::ORIGIN_TEXT, "the words before the dateline", nullptr, run.begin, run.end};
  }
  if (const std::string_view line = FindLeadHeadline(body, head); !line.empty()) {
    return {std::string(line), v1::ORIGIN_TEXT, "a headline under the first paragraph", nullptr};
  }
  return {Derive(body, head), v1::ORIGIN_DERIVED, "the first words of the text", nullptr};
}

}  // namespace broadsheet::ingest
