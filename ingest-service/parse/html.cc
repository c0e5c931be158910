#include "ingest/parse/html.h"

#include <libxml/HTMLparser.h>

#include <memory>
#include <mutex>

#include "common/text/unicode.h"
#include "ingest/parse/html_guard.h"
#include "ingest/parse/html_metadata.h"
#include "ingest/parse/html_node.h"
#include "ingest/parse/text_sink.h"

namespace broadsheet::ingest {
namespace {

constexpr int kOptions = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                         HTML_PARSE_COMPACT | HTML_PARSE_IGNORE_ENC;

using Document = std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)>;
using Context = std::unique_ptr<htmlParserCtxt, decltype(&htmlFreeParserCtxt)>;

// What never holds an article's text.
const NameSet& Dropped() {
  static const NameSet* const names =
      new NameSet({"script", "style",  "noscript", "template", "nav",   "button", "select", "textarea", "iframe",
                   "object", "embed",  "svg",      "canvas",   "audio", "video",  "map",    "dialog",   "head",
                   "title",  "option", "datalist", "progress", "meter", "applet", "math",   "input",    "label"});
  return *names;
}

// What seldom does, but is wrapped around whole pages by some systems.
const NameSet& Doubtful() {
  static const NameSet* const names = new NameSet({"form", "footer", "aside"});
  return *names;
}

const NameSet& Paragraphs() {
  static const NameSet* const names =
      new NameSet({"p",       "div",    "h1",       "h2",         "h3",      "h4",    "h5",         "h6",
                   "ul",      "ol",     "dl",       "blockquote", "pre",     "table", "hr",         "section",
                   "header",  "footer", "article",  "main",       "figure",  "aside", "figcaption", "form",
                   "address", "center", "fieldset", "details",    "summary", "body",  "caption"});
  return *names;
}

class TextWalk {
 public:
  explicit TextWalk(bool with_doubtful) : with_doubtful_(with_doubtful) {}

  std::string Run(const xmlNode* root) {
    for (const xmlNode* node = root; node != nullptr;) {
      const bool inside = Enter(node);
      if (inside && node->children != nullptr) {
        node = node->children;
        continue;
      }
      Leave(node);
      while (node != root && node->next == nullptr) {
        node = node->parent;
        Leave(node);
      }
      node = node == root ? nullptr : node->next;
    }
    return sink_.Take();
  }

 private:
  // Whether what the node holds counts.
  bool Enter(const xmlNode* node) {
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
      if (verbatim_ > 0) {
        sink_.Verbatim(Content(node));
      } else {
        sink_.Text(Content(node));
      }
      just_marked_ = just_marked_ && IsBlank(Content(node));
    }
    if (node->type != XML_ELEMENT_NODE) return false;
    const std::string_view name = Name(node);
    if (Skipped(name)) return false;
    Break(name);
    if (name == "pre") ++verbatim_;
    if (name == "li" && ++in_item_ > 0) Mark("- ");
    if (IsCell(name) && ++in_cell_ > 0 && HasElementBefore(node)) Mark(" | ");
    return true;
  }

  void Leave(const xmlNode* node) {
    if (node->type != XML_ELEMENT_NODE) return;
    const std::string_view name = Name(node);
    if (Skipped(name)) return;
    if (name == "pre") --verbatim_;
    if (name == "li") --in_item_;
    if (IsCell(name)) --in_cell_;
    if (name != "br") Break(name);
  }

  static bool IsCell(std::string_view name) { return name == "td" || name == "th"; }

  bool Skipped(std::string_view name) const {
    return Dropped().contains(name) || (!with_doubtful_ && Doubtful().contains(name));
  }

  // Paragraphs inside list items and table cells must not tear them from their marks.
  void Break(std::string_view name) {
    if (name == "br" || name == "li" || name == "tr" || name == "dt" || name == "dd") return sink_.Line();
    if (!Paragraphs().contains(name)) return;
    if (just_marked_ || in_cell_ > 0) return sink_.Text(" ");
    if (in_item_ > 0) return sink_.Line();
    sink_.Paragraph();
  }

  void Mark(std::string_view mark) {
    sink_.Mark(mark);
    just_marked_ = true;
  }

  const bool with_doubtful_;
  int verbatim_ = 0;
  int in_item_ = 0;
  int in_cell_ = 0;
  bool just_marked_ = false;  // nothing was written since a mark
  TextSink sink_;
};

Document Parse(const std::string& html, bool& too_deep) {
  static std::once_flag once;
  std::call_once(once, xmlInitParser);
  Context context(htmlNewParserCtxt(), htmlFreeParserCtxt);
  Document document(
      htmlCtxtReadMemory(context.get(), html.data(), static_cast<int>(html.size()), nullptr, "UTF-8", kOptions),
      xmlFreeDoc);
  // libxml2 gives up at 256 levels and returns what it has.
  too_deep = context->disableSAX != 0;
  return document;
}

}  // namespace

absl::StatusOr<MarkupText> ReadHtml(std::string html) {
  if (!IsValidUtf8(html)) html = RepairUtf8(html);
  GuardHtml(html);
  bool too_deep = false;
  const Document document = Parse(html, too_deep);
  if (too_deep) return absl::InvalidArgumentError("elements are nested too deeply");
  const xmlNode* root = document != nullptr ? xmlDocGetRootElement(document.get()) : nullptr;
  MarkupText result;
  if (root == nullptr) return result;
  result.text = TextWalk(/*with_doubtful=*/false).Run(root);
  if (result.text.empty()) result.text = TextWalk(/*with_doubtful=*/true).Run(root);
  result.markup = ReadMetadata(root);
  return result;
}

}  // namespace broadsheet::ingest
