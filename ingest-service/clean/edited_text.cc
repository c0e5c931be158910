#include "ingest/clean/edited_text.h"

#include <algorithm>
#include <utility>

namespace broadsheet::ingest {
namespace {

// Puts a pass's changes, which count in the current text, together with the edits so far, which count in the original.
class Composition {
 public:
  Composition(std::string_view original, std::string_view current, std::vector<TextEdit> edits)
      : original_(original), current_(current), edits_(std::move(edits)) {
    result_.reserve(edits_.size());
  }

  void Add(std::string_view rule, const Change& change) {
    if (is_open_ && change.begin >= rest_end_) Close();
    if (is_open_) {
      open_.replacement += current_.substr(rest_begin_, change.begin - rest_begin_);
    } else {
      Open(change);
    }
    open_.rule = rule;
    open_.replacement += change.replacement;
    rest_begin_ = change.end;
    while (next_ < edits_.size() && CurrentBegin() < change.end)
      Absorb();
    if (change.end >= rest_end_) {
      rest_end_ = change.end;
      open_.end = change.end - shift_;
    }
  }

  std::vector<TextEdit> Take() {
    Close();
    while (next_ < edits_.size())
      Pass();
    return std::move(result_);
  }

 private:
  // Places of the next edit's replacement in the current text.
  size_t CurrentBegin() const { return edits_[next_].begin + shift_; }
  size_t CurrentEnd() const { return CurrentBegin() + edits_[next_].replacement.size(); }

  // Steps over the next edit.
  TextEdit& Skip() {
    TextEdit& edit = edits_[next_++];
    shift_ += edit.replacement.size() - (edit.end - edit.begin);
    return edit;
  }

  void Pass() { Emit(std::move(Skip())); }

  void Open(const Change& change) {
    while (next_ < edits_.size() && CurrentEnd() <= change.begin)
      Pass();
    is_open_ = true;
    rest_begin_ = rest_end_ = change.begin;
    open_ = TextEdit{{}, change.begin - shift_, change.begin - shift_, {}};
    if (next_ >= edits_.size() || CurrentBegin() >= change.begin) return;
    open_.begin = edits_[next_].begin;
    open_.replacement = current_.substr(CurrentBegin(), change.begin - CurrentBegin());
    Absorb();
  }

  // Takes the next edit into the open one; its replacement may stick out behind the change.
  void Absorb() {
    rest_end_ = std::max(rest_end_, CurrentEnd());
    open_.end = edits_[next_].end;
    Skip();
  }

  void Close() {
    if (!is_open_) return;
    is_open_ = false;
    if (rest_end_ > rest_begin_) open_.replacement += current_.substr(rest_begin_, rest_end_ - rest_begin_);
    Emit(std::move(open_));
  }

  void Emit(TextEdit edit) {
    if (original_.substr(edit.begin, edit.end - edit.begin) == edit.replacement) return;
    if (!result_.empty() && result_.back().rule == edit.rule && result_.back().end == edit.begin) {
      result_.back().end = edit.end;
      result_.back().replacement += edit.replacement;
      return;
    }
    result_.push_back(std::move(edit));
  }

  const std::string_view original_;
  const std::string_view current_;
  std::vector<TextEdit> edits_;
  std::vector<TextEdit> result_;
  size_t next_ = 0;   // of edits_
  size_t shift_ = 0;  // current place minus original place behind the edits seen; wraps around below zero
  TextEdit open_;
  bool is_open_ = false;
  size_t rest_begin_ = 0;  // the part of an absorbed replacement that no change has taken yet, in the current text
  size_t rest_end_ = 0;
};

}  // namespace

void EditedText::Apply(std::string_view rule, std::span<const Change> changes) {
  if (changes.empty()) return;
  const std::string_view current = text();  // before the edits are moved from, since they decide which text it is
  Composition composition(original_, current, std::move(edits_));
  for (const Change& change : changes)
    composition.Add(change.rule.empty() ? rule : change.rule, change);
  edits_ = composition.Take();
  text_ = ApplyEdits(original_, edits_);
}

std::string ApplyEdits(std::string_view original, std::span<const TextEdit> edits) {
  std::string text;
  text.reserve(original.size());
  size_t done = 0;
  for (const TextEdit& edit : edits) {
    text += original.substr(done, edit.begin - done);
    text += edit.replacement;
    done = edit.end;
  }
  text += original.substr(done);
  return text;
}

}  // namespace broadsheet::ingest
