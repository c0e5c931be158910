#include "ingest/parse/html.h"

#include <libxml/HTMLparser.h>

#include <memory>
#include <mutex>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "common/text/unicode.h"
#include "ingest/parse/html_guard.h"
#include "ingest/parse/html_metadata.h"
#include "ingest/parse/main_content.h"

namespace broadsheet::ingest {
namespace {

constexpr int kOptions = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                         HTML_PARSE_COMPACT | HTML_PARSE_IGNORE_ENC;

constexpr size_t kLinkedBytes = 200;  // of the text in JSON-LD, at least
constexpr size_t kLinkedTimes = 3;    // as long as what is shown

using Document = std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)>;
using Context = std::unique_ptr<htmlParserCtxt, decltype(&htmlFreeParserCtxt)>;

// Whether it is a page, by the elements that only a page has.
DocumentKind KindOf(std::string_view html) {
  for (size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    const std::string_view tag = html.substr(at + 1, 9);
    for (const std::string_view name : {"html", "head", "body", "!doctype"}) {
      if (!absl::StartsWithIgnoreCase({tag.data(), tag.size()}, {name.data(), name.size()})) continue;
      if (tag.size() == name.size() || !absl::ascii_isalnum(tag[name.size()])) return DocumentKind::kPage;
    }
  }
  return DocumentKind::kFragment;
}

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

// Some pages are built by scripts and have their text in JSON-LD only.
bool IsBetterLinked(const std::string& linked, const std::string& shown) {
  return linked.size() >= kLinkedBytes && linked.size() / kLinkedTimes > shown.size() &&
         linked.find('<') == std::string::npos;
}

}  // namespace

absl::StatusOr<MarkupText> ReadHtml(std::string html) {
  if (!IsValidUtf8(html)) html = RepairUtf8(html);
  GuardHtml(html);
  bool too_deep = false;
  const DocumentKind kind = KindOf(html);
  const Document document = Parse(html, too_deep);
  if (too_deep) return absl::InvalidArgumentError("elements are nested too deeply");
  const xmlNode* root = document != nullptr ? xmlDocGetRootElement(document.get()) : nullptr;
  MarkupText result;
  if (root == nullptr) return result;
  PageMetadata page = ReadMetadata(root);
  result.text = ReadMainContent(root, kind, page.says_article);
  if (IsBetterLinked(page.linked_body, result.text)) result.text = std::move(page.linked_body);
  result.lacks_article = kind == DocumentKind::kPage && result.text.empty();
  result.markup = std::move(page.markup);
  return result;
}

}  // namespace broadsheet::ingest
