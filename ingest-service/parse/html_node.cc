#include "ingest/parse/html_node.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ingest/parse/text_sink.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kLongestLine = 1024;
constexpr size_t kMostNodes = 4000;    // looked at for one line: bylines may be nested
constexpr size_t kLongestNames = 300;  // of an element's classes and id

}  // namespace

std::string Attribute(const xmlNode* node, std::string_view name) {
  for (const xmlAttr* attribute = node->properties; attribute != nullptr; attribute = attribute->next) {
    if (name != reinterpret_cast<const char*>(attribute->name)) continue;
    std::string value;
    for (const xmlNode* part = attribute->children; part != nullptr; part = part->next)
      value += Content(part);
    return std::string(absl::StripAsciiWhitespace(value));
  }
  return {};
}

std::string LineOf(const xmlNode* root, bool (*leaves_out)(const xmlNode*)) {
  TextSink sink;
  size_t seen = 0;
  for (const xmlNode* node = root; node != nullptr && sink.size() < kLongestLine && ++seen < kMostNodes;) {
    const bool element = node->type == XML_ELEMENT_NODE && Name(node) != "script" && Name(node) != "style" &&
                         (leaves_out == nullptr || !leaves_out(node));
    if (node->type == XML_TEXT_NODE) sink.Text(Content(node));
    if (element && (Name(node) == "br" || Name(node) == "div" || Name(node) == "p")) sink.Text(" ");
    if (element && node->children != nullptr) {
      node = node->children;
      continue;
    }
    while (node != root && node->next == nullptr)
      node = node->parent;
    node = node == root ? nullptr : node->next;
  }
  return sink.Take();
}

std::string NamesOf(const xmlNode* node) {
  if (node->properties == nullptr) return {};
  std::string names = absl::StrCat(Attribute(node, "class"), " ", Attribute(node, "id"));
  if (names.size() > kLongestNames) names.resize(kLongestNames);
  absl::AsciiStrToLower(&names);
  return names;
}

bool ContainsAny(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [text](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

}  // namespace broadsheet::ingest
