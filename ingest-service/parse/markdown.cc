#include "ingest/parse/markdown.h"

#include <md4c.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ingest/parse/entity.h"
#include "ingest/parse/text_sink.h"

namespace broadsheet::ingest {
namespace {

// Not the permissive autolinks: they change no text and cost quadratic time.
constexpr unsigned kFlags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_NOINDENTEDCODEBLOCKS;

// md4c 0.4.8 looks for each link of a paragraph from the paragraph's first line on. So many lines without a blank one
// among them are no text that anybody wrote.
constexpr size_t kMostLinesTogether = 4'000;

// The same with a blank line after so many, that no paragraph is longer.
std::string BreakUp(std::string_view markdown) {
  std::string broken;
  size_t together = 0;
  bool blank = true;
  for (size_t i = 0; i < markdown.size(); ++i) {
    const char c = markdown[i];
    broken.push_back(c);
    blank &= absl::ascii_isspace(static_cast<unsigned char>(c));
    if (c != '\n' && (c != '\r' || markdown.substr(i + 1).starts_with('\n'))) continue;
    together = std::exchange(blank, true) ? 0 : together + 1;
    if (together == kMostLinesTogether) broken.append("\n\n");  // the first may be the end of a "\r"
    together %= kMostLinesTogether;
  }
  return broken;
}

bool IsLineEnd(char c) {
  return c == '\n' || c == '\r';
}

class Reader {
 public:
  void EnterBlock(MD_BLOCKTYPE type, void* detail) {
    switch (type) {
      case MD_BLOCK_UL:
        return OpenList(0);
      case MD_BLOCK_OL:
        return OpenList(static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start + 1);
      case MD_BLOCK_LI:
        return OpenItem();
      case MD_BLOCK_TR:
        first_cell_ = true;
        return sink_.Line();
      case MD_BLOCK_TH:
      case MD_BLOCK_TD:
        return OpenCell();
      case MD_BLOCK_H:
        return OpenHeading(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level);
      case MD_BLOCK_HTML:
        in_html_ = true;
        return;
      case MD_BLOCK_CODE:
        in_code_ = true;
        return sink_.Paragraph();
      case MD_BLOCK_P:
        return at_item_ ? void(at_item_ = false) : OpenParagraph();
      case MD_BLOCK_DOC:
      case MD_BLOCK_THEAD:
      case MD_BLOCK_TBODY:
        return;
      default:
        return sink_.Paragraph();
    }
  }

  void LeaveBlock(MD_BLOCKTYPE type) {
    if (type == MD_BLOCK_HTML) return ReadHtmlBlock();
    if (type == MD_BLOCK_H) in_title_ = false;
    if (type == MD_BLOCK_CODE) in_code_ = false;
    if (type == MD_BLOCK_LI) sink_.Line();
    if (type == MD_BLOCK_UL || type == MD_BLOCK_OL) {
      lists_.pop_back();
      if (!lists_.empty()) return;
    }
    if (type == MD_BLOCK_UL || type == MD_BLOCK_OL || type == MD_BLOCK_H || type == MD_BLOCK_TABLE) sink_.Paragraph();
  }

  void EnterSpan(MD_SPANTYPE type) { pictures_ += type == MD_SPAN_IMG ? 1 : 0; }
  void LeaveSpan(MD_SPANTYPE type) { pictures_ -= type == MD_SPAN_IMG ? 1 : 0; }

  void Text(MD_TEXTTYPE type, std::string_view text) {
    if (pictures_ > 0) return;
    switch (type) {
      case MD_TEXT_NULLCHAR:
        return Flow(" ");
      case MD_TEXT_BR:
        return sink_.Line();
      case MD_TEXT_SOFTBR:
        return Flow(" ");
      case MD_TEXT_ENTITY:
        return Entity(text);
      case MD_TEXT_CODE:
        return in_code_ ? sink_.Verbatim(text) : Flow(text);
      case MD_TEXT_HTML:
        return Html(text);
      default:
        return Flow(text);
    }
  }

  absl::StatusOr<MarkupText> Take() {
    if (!failed_.ok()) return failed_;
    return MarkupText{sink_.Take(), {.title = title_.Take(), .published = {}, .language = {}, .canonical_url = {}}};
  }

 private:
  void Flow(std::string_view text) {
    at_item_ = false;
    sink_.Text(text);
    if (in_title_) title_.Text(text);
  }

  void Entity(std::string_view text) {
    const auto entity = ReadEntity(text);
    Flow(entity.has_value() ? std::string_view(entity->text) : text);
  }

  // Tags inside a paragraph go, what stands between them is text of its own.
  void Html(std::string_view text) {
    html_ += in_html_ ? text : std::string_view();
    if (!in_html_ && absl::StartsWithIgnoreCase({text.data(), text.size()}, "<br")) sink_.Line();
  }

  void ReadHtmlBlock() {
    in_html_ = false;
    absl::StatusOr<MarkupText> block = ReadHtml(std::move(html_));
    html_.clear();
    if (!block.ok()) {
      failed_ = block.status();
      return;
    }
    sink_.Paragraph();
    sink_.Verbatim(block->text);
    sink_.Paragraph();
  }

  void OpenParagraph() { lists_.empty() ? sink_.Paragraph() : sink_.Line(); }

  void OpenList(unsigned next_number) {
    lists_.empty() ? sink_.Paragraph() : sink_.Line();
    lists_.push_back(next_number);
    at_item_ = false;
  }

  void OpenItem() {
    sink_.Line();
    unsigned& next = lists_.back();
    sink_.Mark(next == 0 ? "- " : absl::StrCat(next++ - 1, ". "));
    at_item_ = true;
  }

  void OpenCell() {
    if (!first_cell_) sink_.Mark(" | ");
    first_cell_ = false;
  }

  void OpenHeading(unsigned level) {
    sink_.Paragraph();
    in_title_ = level == 1 && title_.size() == 0;
  }

  TextSink sink_;
  TextSink title_;
  std::string html_;
  std::vector<unsigned> lists_;  // of each open list: 0, or the number of its next item and 1
  absl::Status failed_;
  bool at_item_ = false;  // nothing was written since the item's mark
  bool first_cell_ = true;
  bool in_title_ = false;
  bool in_code_ = false;
  bool in_html_ = false;
  int pictures_ = 0;
};

}  // namespace

absl::StatusOr<MarkupText> ReadMarkdown(std::string_view markdown) {
  MD_PARSER parser = {};
  parser.flags = kFlags;
  parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* reader) {
    static_cast<Reader*>(reader)->EnterBlock(type, detail);
    return 0;
  };
  parser.leave_block = [](MD_BLOCKTYPE type, void*, void* reader) {
    static_cast<Reader*>(reader)->LeaveBlock(type);
    return 0;
  };
  parser.enter_span = [](MD_SPANTYPE type, void*, void* reader) {
    static_cast<Reader*>(reader)->EnterSpan(type);
    return 0;
  };
  parser.leave_span = [](MD_SPANTYPE type, void*, void* reader) {
    static_cast<Reader*>(reader)->LeaveSpan(type);
    return 0;
  };
  parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* reader) {
    static_cast<Reader*>(reader)->Text(type, {text, size});
    return 0;
  };
  std::string broken;
  const auto lines = std::count_if(markdown.begin(), markdown.end(), IsLineEnd);
  if (lines >= static_cast<std::ptrdiff_t>(kMostLinesTogether)) {
    broken = BreakUp(markdown);
    markdown = broken;
  }
  Reader reader;
  if (md_parse(markdown.data(), static_cast<MD_SIZE>(markdown.size()), &parser, &reader) != 0) {
    return absl::InternalError("the Markdown parser ran out of memory");
  }
  return reader.Take();
}

}  // namespace broadsheet::ingest
