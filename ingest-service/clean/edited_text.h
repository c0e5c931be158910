#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::ingest {

// One change of a text: the bytes [begin, end) give way to `replacement`. A pass of several rules names each change's.
struct Change {
  size_t begin = 0;
  size_t end = 0;
  std::string replacement;
  std::string_view rule = {};  // of static storage; empty: that of the pass
};

// A change against the original text, and the rule in whose name it was made. Where rules changed the same place one
// after the other, there is one edit, named after the last.
struct TextEdit {
  std::string_view rule;  // of static storage
  size_t begin = 0;
  size_t end = 0;
  std::string replacement;

  friend bool operator==(const TextEdit&, const TextEdit&) = default;
};

// A text that was changed in several passes, and how it came from its original. Not thread-safe.
class EditedText {
 public:
  explicit EditedText(std::string original) : original_(std::move(original)) {}

  const std::string& original() const { return original_; }

  // The text as it is now.
  const std::string& text() const { return edits_.empty() ? original_ : text_; }

  // What was changed, against the original: in order of place, not overlapping, neighbours of one rule as one, nothing
  // that replaces bytes by the same bytes. ApplyEdits(original(), edits()) is text().
  const std::vector<TextEdit>& edits() const { return edits_; }

  // Changes the text. `changes` count in bytes of text(), in order of place and not overlapping; `rule` must be of
  // static storage. Linear time.
  void Apply(std::string_view rule, std::span<const Change> changes);

 private:
  std::string original_;
  std::string text_;
  std::vector<TextEdit> edits_;
};

// The text that edits make of their original.
std::string ApplyEdits(std::string_view original, std::span<const TextEdit> edits);

}  // namespace broadsheet::ingest
