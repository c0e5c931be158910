#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace broadsheet::ingest {

// Builds plain text out of a document's pieces: white space collapsed, lines and paragraphs separated once however many
// times they are asked for, nothing at the beginning or end. Not thread-safe.
class TextSink {
 public:
  // Flowing text: runs of white space, line ends included, become one space.
  void Text(std::string_view text);

  // Text whose line ends count, as in <pre> and code blocks.
  void Verbatim(std::string_view text);

  // Text put where it is, without looking at its white space: " | " between cells, "- " before an item.
  void Mark(std::string_view text);

  // The next text begins a line, or a paragraph.
  void Line() { Break(1); }
  void Paragraph() { Break(2); }

  // Bytes so far.
  size_t size() const { return text_.size(); }

  std::string Take() { return std::move(text_); }

 private:
  void Break(int lines);
  void WriteBreak();

  std::string text_;
  int lines_ = 0;       // line ends to write before the next text
  bool space_ = false;  // a space to write before the next text
};

}  // namespace broadsheet::ingest
