#include "ingest/parse/page_render.h"

#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ingest/parse/html_node.h"
#include "ingest/parse/text_sink.h"

namespace broadsheet::ingest {
namespace {

class Renderer {
 public:
  explicit Renderer(const PageTree& tree) : tree_(tree) {}

  std::string Run(int32_t root) {
    std::vector<int32_t> open;
    for (int32_t at = root; at < tree_[root].end;) {
      while (!open.empty() && tree_[open.back()].end <= at) {
        Leave(tree_[open.back()]);
        open.pop_back();
      }
      const PageNode& node = tree_[at];
      if (node.dropped && at != root) {
        if (IsBlockTag(node.tag)) Break(node.tag);
        at = node.end;
        continue;
      }
      if (node.tag == Tag::kText) {
        Write(Content(node.xml));
      } else {
        Enter(node);
        open.push_back(at);
      }
      ++at;
    }
    return sink_.Take();
  }

 private:
  void Write(std::string_view text) {
    if (!item_mark_.empty() && !IsBlank(text)) {
      Mark(item_mark_);
      item_mark_.clear();
    }
    if (verbatim_ > 0) {
      sink_.Verbatim(text);
    } else {
      sink_.Text(text);
    }
    just_marked_ = just_marked_ && IsBlank(text);
  }

  void Enter(const PageNode& node) {
    Break(node.tag);
    if (node.tag == Tag::kVerbatim) ++verbatim_;
    if (node.tag == Tag::kList) numbers_.push_back(Name(node.xml) == "ol" ? 1 : 0);
    if (node.tag == Tag::kItem && ++in_item_ > 0 && Name(node.xml) == "li") MarkItem();
    if (node.tag == Tag::kCell && ++in_cell_ > 0 && HasElementBefore(node.xml)) Mark(" | ");
  }

  void Leave(const PageNode& node) {
    if (node.tag == Tag::kVerbatim) --verbatim_;
    if (node.tag == Tag::kList) numbers_.pop_back();
    if (node.tag == Tag::kItem && --in_item_ >= 0) item_mark_.clear();
    if (node.tag == Tag::kCell) --in_cell_;
    if (node.tag != Tag::kBreak) Break(node.tag);
  }

  // Paragraphs inside list items and table cells must not tear them from their marks.
  void Break(Tag tag) {
    if (tag == Tag::kBreak || tag == Tag::kItem || tag == Tag::kRow || tag == Tag::kTerm) return sink_.Line();
    if (!IsBlockTag(tag) || tag == Tag::kCell) return;
    if (just_marked_ || !item_mark_.empty() || in_cell_ > 0) return sink_.Text(" ");
    if (in_item_ > 0) return sink_.Line();
    sink_.Paragraph();
  }

  void MarkItem() {
    item_mark_ = numbers_.empty() || numbers_.back() == 0 ? "- " : absl::StrCat(numbers_.back()++, ". ");
  }

  void Mark(std::string_view mark) {
    sink_.Mark(mark);
    just_marked_ = true;
  }

  const PageTree& tree_;
  int verbatim_ = 0;
  int in_item_ = 0;
  int in_cell_ = 0;
  bool just_marked_ = false;  // nothing was written since a mark
  std::string item_mark_;     // to be written before the item's first text: items may be empty
  std::vector<int> numbers_;  // of the lists around; 0 where items have no numbers
  TextSink sink_;
};

}  // namespace

std::string Render(int32_t root, const PageTree& tree) {
  return Renderer(tree).Run(root);
}

}  // namespace broadsheet::ingest
