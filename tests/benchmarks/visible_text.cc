#include "benchmarks/visible_text.h"

#include <libxml/HTMLparser.h>
#include <libxml/tree.h>

#include <algorithm>
#include <memory>
#include <set>

#include "absl/strings/ascii.h"
#include "common/text/unicode.h"

namespace broadsheet::benchmarks {
namespace {

const std::set<std::string_view> kUnseen = {"audio",    "canvas",   "datalist", "head",   "iframe", "math",
                                            "noscript", "object",   "option",   "script", "select", "style",
                                            "svg",      "template", "textarea", "title",  "video"};

const std::set<std::string_view> kInline = {
    "a",     "abbr", "acronym", "b",      "bdi", "bdo", "big",   "cite", "code", "data", "del",
    "dfn",   "em",   "font",    "i",      "ins", "kbd", "label", "mark", "q",    "s",    "samp",
    "small", "span", "strike",  "strong", "sub", "sup", "time",  "tt",   "u",    "var",  "wbr"};

std::string AttributeOf(const xmlNode* node, const char* name) {
  xmlChar* value = xmlGetProp(const_cast<xmlNode*>(node), reinterpret_cast<const xmlChar*>(name));
  if (value == nullptr) return {};
  std::string text(reinterpret_cast<const char*>(value));
  xmlFree(value);
  return text;
}

bool IsHidden(const xmlNode* node) {
  if (xmlHasProp(const_cast<xmlNode*>(node), reinterpret_cast<const xmlChar*>("hidden")) != nullptr) return true;
  std::string style = absl::AsciiStrToLower(AttributeOf(node, "style"));
  std::erase(style, ' ');
  return style.find("display:none") != std::string::npos || style.find("visibility:hidden") != std::string::npos;
}

class Lines {
 public:
  void Add(std::string_view text) {
    for (const char c : text) {
      if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f') {
        blank_ = true;
        continue;
      }
      if (blank_ && !line_.empty()) line_ += ' ';
      blank_ = false;
      line_ += c;
    }
  }

  void End() {
    if (!line_.empty()) text_ += line_ + "\n";
    line_.clear();
    blank_ = false;
  }

  std::string Take() {
    End();
    return std::move(text_);
  }

 private:
  std::string text_;
  std::string line_;
  bool blank_ = false;
};

// The node after this one without going into it; ends the blocks that are left on the way.
const xmlNode* Behind(const xmlNode* node, Lines& lines) {
  for (; node != nullptr; node = node->parent) {
    const bool is_element = node->type == XML_ELEMENT_NODE;
    if (is_element && !kInline.contains(reinterpret_cast<const char*>(node->name))) lines.End();
    if (node->next != nullptr) return node->next;
  }
  return nullptr;
}

const xmlNode* Step(const xmlNode* node, Lines& lines) {
  if (node->type == XML_TEXT_NODE) {
    lines.Add(reinterpret_cast<const char*>(node->content));
    return Behind(node, lines);
  }
  if (node->type != XML_ELEMENT_NODE) return Behind(node, lines);
  const std::string_view name = reinterpret_cast<const char*>(node->name);
  if (kUnseen.contains(name) || IsHidden(node)) return node->next != nullptr ? node->next : Behind(node->parent, lines);
  if (!kInline.contains(name)) lines.End();
  return node->children != nullptr ? node->children : Behind(node, lines);
}

}  // namespace

std::string VisibleText(std::string_view html) {
  const char* encoding = IsValidUtf8(html) ? "UTF-8" : nullptr;
  std::unique_ptr<xmlDoc, void (*)(xmlDoc*)> document(
      htmlReadMemory(html.data(), static_cast<int>(html.size()), nullptr, encoding,
                     HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET),
      xmlFreeDoc);
  Lines lines;
  const xmlNode* node = document != nullptr ? xmlDocGetRootElement(document.get()) : nullptr;
  while (node != nullptr)
    node = Step(node, lines);
  return lines.Take();
}

}  // namespace broadsheet::benchmarks
