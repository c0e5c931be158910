#include "cli/formats/markup.h"

#include <libxml/HTMLparser.h>

#include <map>
#include <memory>
#include <regex>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "cli/formats/xml_tree.h"

namespace broadsheet::cli {
namespace {

constexpr size_t kMaxLineBytes = 8 << 10;

// What HTML calls an element; empty: only what it holds is kept.
std::string HtmlName(std::string_view name) {
  static const std::set<std::string_view> same = {
      "a",      "abbr",   "article", "aside", "audio", "b",      "blockquote", "br",         "caption", "cite",
      "code",   "dd",     "del",     "div",   "dl",    "dt",     "em",         "figcaption", "figure",  "footer",
      "form",   "h1",     "h2",      "h3",    "h4",    "h5",     "h6",         "header",     "hr",      "i",
      "iframe", "img",    "ins",     "li",    "main",  "nav",    "ol",         "p",          "pre",     "q",
      "s",      "script", "section", "small", "span",  "strong", "style",      "sub",        "sup",     "table",
      "tbody",  "td",     "tfoot",   "th",    "thead", "time",   "tr",         "u",          "ul",      "video"};
  static const std::map<std::string_view, std::string_view> renamed = {{"block", "div"},
                                                                       {"hl1", "h1"},
                                                                       {"hl2", "h2"},
                                                                       {"hl3", "h3"},
                                                                       {"bq", "blockquote"},
                                                                       {"media", "figure"},
                                                                       {"em", "em"},
                                                                       {"fn", "small"},
                                                                       {"media-caption", "figcaption"},
                                                                       {"media-producer", "small"}};
  if (same.contains(name)) {
    return std::string(name);
  }
  const auto found = renamed.find(name);
  return found == renamed.end() ? "" : std::string(found->second);
}

bool IsEmptyElement(std::string_view name) {
  return name == "br" || name == "hr" || name == "img";
}

void AppendAttributes(const xmlNode* node, std::string& out) {
  for (const char* name : {"href", "src", "alt", "title", "datetime", "colspan", "rowspan"}) {
    const std::string value = AttributeOf(node, name);
    if (!value.empty()) {
      absl::StrAppend(&out, " ", name, "=\"", EscapeHtml(value), "\"");
    }
  }
}

// The depth is bounded by what the scanner lets through.
void AppendHtml(const xmlNode* node, std::string& out) {
  if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
    out += EscapeHtml(reinterpret_cast<const char*>(node->content));
    return;
  }
  if (node->type != XML_ELEMENT_NODE || LocalName(node) == "media-metadata" || LocalName(node) == "media-object") {
    return;
  }
  const std::string name = HtmlName(LocalName(node));
  if (!name.empty()) {
    absl::StrAppend(&out, "<", name);
    AppendAttributes(node, out);
    out += ">";
  }
  for (const xmlNode* child = node->children; child != nullptr; child = child->next) {
    AppendHtml(child, out);
  }
  if (!name.empty() && !IsEmptyElement(name)) {
    absl::StrAppend(&out, "</", name, ">");
  }
}

}  // namespace

bool LooksLikeHtml(std::string_view text) {
  for (size_t at = text.find_first_of("<&"); at != std::string_view::npos; at = text.find_first_of("<&", at + 1)) {
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    if (text[at] == '<') {
      if (absl::ascii_isalpha(next) || next == '/' || next == '!') {
        return true;
      }
      continue;
    }
    size_t end = at + 1 + (next == '#' ? 1 : 0);
    while (end < text.size() && absl::ascii_isalnum(text[end])) {
      ++end;
    }
    if (end < text.size() && text[end] == ';' && end > at + 1) {
      return true;
    }
  }
  return false;
}

std::string PlainLine(std::string_view html) {
  std::string line(html.substr(0, kMaxLineBytes));
  if (LooksLikeHtml(line)) {
    line = absl::StrCat("<html><body>", line, "</body></html>");
    const XmlDocument document(htmlReadMemory(
        line.data(), static_cast<int>(line.size()), nullptr, "UTF-8",
        HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_RECOVER | HTML_PARSE_COMPACT));
    line = document == nullptr ? std::string(html) : RawTextOf(xmlDocGetRootElement(document.get()));
  }
  absl::RemoveExtraAsciiWhitespace(&line);
  return line;
}

std::string InnerHtml(const xmlNode* element) {
  std::string html;
  for (const xmlNode* child = element == nullptr ? nullptr : element->children; child != nullptr; child = child->next) {
    AppendHtml(child, html);
  }
  absl::StripAsciiWhitespace(&html);
  return html;
}

std::string EscapeHtml(std::string_view text) {
  return absl::StrReplaceAll(std::string(text), {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}});
}

}  // namespace broadsheet::cli
