#include "ingest/parse/page_tree.h"

#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "ingest/parse/html_node.h"

namespace broadsheet::ingest {
namespace {

using TagMap = absl::flat_hash_map<std::string_view, Tag>;

const TagMap& Tags() {
  static const TagMap* const tags = new TagMap({
      {"br", Tag::kBreak},
      {"p", Tag::kParagraph},
      {"article", Tag::kArticle},
      {"h1", Tag::kHeading},
      {"h2", Tag::kHeading},
      {"h3", Tag::kHeading},
      {"h4", Tag::kHeading},
      {"h5", Tag::kHeading},
      {"h6", Tag::kHeading},
      {"ul", Tag::kList},
      {"ol", Tag::kList},
      {"dl", Tag::kList},
      {"li", Tag::kItem},
      {"dd", Tag::kItem},
      {"dt", Tag::kTerm},
      {"summary", Tag::kTerm},
      {"blockquote", Tag::kQuote},
      {"pre", Tag::kVerbatim},
      {"table", Tag::kTable},
      {"tr", Tag::kRow},
      {"td", Tag::kCell},
      {"th", Tag::kCell},
      {"figcaption", Tag::kCaption},
      {"caption", Tag::kCaption},
      {"figure", Tag::kFigure},
      {"header", Tag::kHeader},
      {"aside", Tag::kAside},
      {"footer", Tag::kAside},
      {"form", Tag::kAside},
      {"html", Tag::kBlock},
      {"body", Tag::kBlock},
      {"div", Tag::kBlock},
      {"section", Tag::kBlock},
      {"main", Tag::kBlock},
      {"hr", Tag::kBlock},
      {"address", Tag::kBlock},
      {"center", Tag::kBlock},
      {"fieldset", Tag::kBlock},
      {"details", Tag::kBlock},
      {"hgroup", Tag::kBlock},
      {"thead", Tag::kBlock},
      {"tbody", Tag::kBlock},
      {"tfoot", Tag::kBlock},
      {"amp-layout", Tag::kBlock},
  });
  return *tags;
}

// What never holds an article's text.
const NameSet& Left() {
  static const NameSet* const names = new NameSet(
      {"script",   "style",  "noscript", "template", "nav",   "button", "select", "textarea", "iframe", "object",
       "embed",    "svg",    "canvas",   "audio",    "video", "map",    "dialog", "head",     "title",  "option",
       "datalist", "meter",  "progress", "applet",   "math",  "input",  "label",  "picture",  "img",    "link",
       "meta",     "source", "track",    "param",    "base",  "rt",     "rp",     "menu"});
  return *names;
}

Tag TagOf(const xmlNode* node) {
  const std::string_view name = Name(node);
  if (name == "a") return xmlHasProp(node, BAD_CAST "href") != nullptr ? Tag::kLink : Tag::kInline;
  const auto found = Tags().find(name);
  return found == Tags().end() ? Tag::kInline : found->second;
}

bool IsKept(const xmlNode* node) {
  if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) return true;
  return node->type == XML_ELEMENT_NODE && !Left().contains(Name(node));
}

}  // namespace

bool IsBlockTag(Tag tag) {
  return tag > Tag::kBreak;
}

PageTree BuildPageTree(const xmlNode* root) {
  PageTree tree;
  int32_t parent = -1;
  for (const xmlNode* node = root; node != nullptr;) {
    bool inside = false;
    if (IsKept(node)) {
      const bool element = node->type == XML_ELEMENT_NODE;
      PageNode& entry = tree.emplace_back();
      entry.xml = node;
      entry.parent = parent;
      entry.end = static_cast<int32_t>(tree.size());
      if (element) entry.tag = TagOf(node);
      if (element) entry.hint = ReadHint(node);
      inside = element && node->children != nullptr;
      if (inside) parent = static_cast<int32_t>(tree.size()) - 1;
    }
    if (inside) {
      node = node->children;
      continue;
    }
    while (node != root && node->next == nullptr) {
      node = node->parent;
      tree[parent].end = static_cast<int32_t>(tree.size());
      parent = tree[parent].parent;
    }
    node = node == root ? nullptr : node->next;
  }
  return tree;
}

}  // namespace broadsheet::ingest
