#include "ingest/clean/layout.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <span>

#include "ingest/clean/code_point.h"
#include "ingest/clean/line.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kWidestWrap = 100;    // columns; longer lines are paragraphs of their own
constexpr size_t kNarrowestWrap = 30;  // shorter ones are too short to tell

UChar32 LastCode(std::string_view text) {
  const std::string_view tail = text.substr(text.size() - std::min<size_t>(text.size(), 4));
  auto at = static_cast<int32_t>(tail.size());
  UChar32 code = 0;
  U8_PREV(reinterpret_cast<const uint8_t*>(tail.data()), 0, at, code);
  return code;
}

bool IsVisibleAscii(char c) {
  return static_cast<signed char>(c) > ' ';
}

bool IsCjk(UChar32 code) {
  return code >= 0x2E80 && !(code >= 0xAC00 && code <= 0xD7A3) && code <= 0x3FFFF;
}

// A run of lines without an empty one between them, and whether it is text that was wrapped at a column.
class Block {
 public:
  Block(std::string_view text, std::span<const Line> lines) : text_(text), lines_(lines) {
    for (const Line& line : lines_) {
      width_ = std::max(width_, line.width);
      indent_ = std::min(indent_, line.indent);
    }
    is_wrapped_ = LooksWrapped();
  }

  // What belongs between line `i` and the next.
  std::string_view Joint(size_t i) const {
    const std::string_view above = Content(i);
    const std::string_view below = Content(i + 1);
    if (IsTableRow(above) && IsTableRow(below)) return "\n";
    if (IsListItem(below)) return IsListItem(above) ? "\n" : "\n\n";
    if (!Continues(i)) return "\n\n";
    const bool tight = (IsCjk(LastCode(above)) && IsCjk(FirstCode(below))) || EndsWithHyphen(above);
    return tight ? "" : " ";
  }

 private:
  std::string_view Content(size_t i) const { return text_.substr(lines_[i].begin, lines_[i].end - lines_[i].begin); }

  // In the middle of a sentence, as far as the first character can tell.
  bool BeginsLower(size_t i) const { return u_islower(FirstCode(Content(i))); }

  static bool EndsWithHyphen(std::string_view line) {
    return line.size() > 1 && line.ends_with('-') && u_isalpha(LastCode(line.substr(0, line.size() - 1)));
  }

  bool IsIndented(size_t i) const { return lines_[i].indent > indent_ + 1; }

  // Whether the first word of the next line had no room on this one.
  bool IsFull(size_t i) const {
    const std::string_view below = Content(i + 1);
    const size_t word = IsCjk(FirstCode(below)) ? 2 : std::min(below.find(' '), below.size());
    return lines_[i].width + 1 + word + 2 > width_;
  }

  bool LooksWrapped() const {
    if (lines_.size() < 2 || width_ > kWidestWrap || width_ < kNarrowestWrap) return false;
    size_t breaks = 0, lower = 0, open = 0, full = 0;
    for (size_t i = 0; i + 1 < lines_.size(); ++i) {
      if (IsIndented(i + 1)) continue;
      ++breaks;
      lower += BeginsLower(i + 1) || u_isdigit(FirstCode(Content(i + 1))) ? 1 : 0;
      open += EndsSentence(Content(i)) ? 0 : 1;
      full += IsFull(i) ? 1 : 0;
    }
    if (breaks == 0) return false;
    if (lines_.size() == 2) return lower == 1 && open == 1;
    if (3 * lower >= breaks) return true;
    return breaks >= 3 && 10 * full >= 7 * breaks && 10 * open >= 6 * breaks && HasSentences();
  }

  // Headlines one below the other are as long as wrapped lines, but have no full stops between words.
  bool HasSentences() const {
    return std::any_of(lines_.begin(), lines_.end(), [this](const Line& line) {
      const std::string_view content = text_.substr(line.begin, line.end - line.begin);
      return content.find(". ") != std::string_view::npos || content.find("。") != std::string_view::npos;
    });
  }

  bool Continues(size_t i) const {
    const bool open = !EndsSentence(Content(i));
    if (!is_wrapped_) {
      const bool short_lines = lines_[i].width <= kWidestWrap && lines_[i + 1].width <= kWidestWrap;
      return short_lines && lines_[i].width >= kNarrowestWrap + 10 && open && BeginsLower(i + 1);
    }
    if (IsIndented(i + 1)) return false;
    if (BeginsLower(i + 1)) return true;
    return open ? 2 * lines_[i].width >= width_ : IsFull(i);
  }

  std::string_view text_;
  std::span<const Line> lines_;
  size_t width_ = 0;
  size_t indent_ = static_cast<size_t>(-2);
  bool is_wrapped_ = false;
};

}  // namespace

std::vector<Change> FindParagraphs(std::string_view text) {
  std::vector<Change> changes;
  const std::vector<Line> lines = FindLines(text);
  for (size_t begin = 0; begin < lines.size();) {
    size_t end = begin + 1;
    while (end < lines.size() && lines[end].blanks_above == 0)
      ++end;
    const Block block(text, std::span(lines).subspan(begin, end - begin));
    for (size_t i = begin; i < end && i + 1 < lines.size(); ++i) {
      const std::string_view joint = i + 1 < end ? block.Joint(i - begin) : "\n\n";
      const size_t gap = lines[i + 1].begin - lines[i].end;
      if (text.substr(lines[i].end, gap) == joint) continue;
      changes.push_back({lines[i].end, lines[i + 1].begin, std::string(joint)});
    }
    begin = end;
  }
  return changes;
}

std::vector<Change> FindWhitespace(std::string_view text) {
  std::vector<Change> changes;
  for (size_t at = 0; at < text.size();) {
    // Most blanks are one space between two words.
    const bool single = text[at] == ' ' && at > 0 && at + 1 < text.size() && IsVisibleAscii(text[at + 1]);
    if (single || IsVisibleAscii(text[at])) {
      ++at;
      continue;
    }
    size_t end = at;
    bool has_newline = false;
    while (end < text.size()) {
      const size_t blank = text[end] == '\n' ? 1 : BlankBytes(text, end);
      if (blank == 0) break;
      has_newline = has_newline || text[end] == '\n';
      end += blank;
    }
    if (end == at) {
      ++at;
      continue;
    }
    const bool outside = at == 0 || end == text.size();
    const std::string_view run = text.substr(at, end - at);
    // The paragraph rule has put the line ends between lines right.
    if (outside) {
      changes.push_back({at, end, ""});
    } else if (!has_newline && run != " ") {
      changes.push_back({at, end, " "});
    }
    at = end;
  }
  return changes;
}

}  // namespace broadsheet::ingest
