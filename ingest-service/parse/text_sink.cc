#include "ingest/parse/text_sink.h"

#include <algorithm>

namespace broadsheet::ingest {
namespace {

constexpr std::string_view kSpace = " \t\n\r\f";

}  // namespace

void TextSink::Break(int lines) {
  lines_ = std::max(lines_, lines);
  space_ = false;
}

void TextSink::WriteBreak() {
  if (!text_.empty()) text_.append(lines_, '\n');
  // A mark brings its own space.
  if (space_ && lines_ == 0 && !text_.empty() && text_.back() != ' ') text_.push_back(' ');
  lines_ = 0;
  space_ = false;
}

void TextSink::Text(std::string_view text) {
  while (!text.empty()) {
    const size_t word = std::min(text.find_first_not_of(kSpace), text.size());
    if (word > 0) space_ = true;
    text.remove_prefix(word);
    if (text.empty()) return;
    const size_t end = std::min(text.find_first_of(kSpace), text.size());
    WriteBreak();
    text_.append(text.substr(0, end));
    text.remove_prefix(end);
  }
}

void TextSink::Verbatim(std::string_view text) {
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) {
      WriteBreak();
      text_.append(text.substr(0, end));
    }
    if (end < text.size()) lines_ = std::min(lines_ + 1, 2);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

void TextSink::Mark(std::string_view text) {
  WriteBreak();
  if (text_.ends_with(' ') && text.starts_with(' ')) text.remove_prefix(1);
  text_.append(text);
}

}  // namespace broadsheet::ingest
