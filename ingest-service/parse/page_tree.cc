#include "ingest/parse/page_tree.h"

#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "ingest/parse/html_node.h"

namespace broadsheet::ingest {
namespace {

constexpr int kBlocksOfLayout = 3;  // paragraphs, headings and lists of one cell

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
      {"nav", Tag::kAside},
      {"menu", Tag::kAside},
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
      {"noscript", Tag::kBlock},
  });
  return *tags;
}

// What never holds an article's text.
const NameSet& Left() {
  static const NameSet* const names =
      new NameSet({"script",   "style",  "template", "button", "select", "textarea", "iframe", "object",  "embed",
                   "svg",      "canvas", "audio",    "video",  "map",    "dialog",   "head",   "title",   "option",
                   "datalist", "meter",  "progress", "applet", "math",   "input",    "label",  "picture", "img",
                   "link",     "meta",   "source",   "track",  "param",  "base",     "rt",     "rp"});
  return *names;
}

Tag TagOf(const xmlNode* node) {
  const std::string_view name = Name(node);
  if (name == "a") return xmlHasProp(node, BAD_CAST "href") != nullptr ? Tag::kLink : Tag::kInline;
  const auto found = Tags().find(name);
  return found == Tags().end() ? Tag::kInline : found->second;
}

// Questions that open their answers are buttons inside headings.
bool IsButtonOfHeading(const xmlNode* node) {
  return Name(node) == "button" && node->parent != nullptr && node->parent->type == XML_ELEMENT_NODE &&
         (TagOf(node->parent) == Tag::kHeading || TagOf(node->parent) == Tag::kTerm);
}

// What holds it on few pages.
bool IsSeldomText(std::string_view name) {
  return name == "noscript" || name == "nav" || name == "menu";
}

bool IsKept(const xmlNode* node, Reach reach) {
  if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) return true;
  if (node->type != XML_ELEMENT_NODE) return false;
  if (IsSeldomText(Name(node))) return reach == Reach::kEverything;
  return !Left().contains(Name(node)) || IsButtonOfHeading(node);
}

// Tables that only place things on the page become boxes: those that hold other tables or cells of several paragraphs.
void OpenLayoutTables(PageTree& tree) {
  const auto size = static_cast<int32_t>(tree.size());
  std::vector<int32_t> table(tree.size(), -1);  // around each node
  std::vector<int32_t> cell(tree.size(), -1);
  std::vector<int> blocks(tree.size());  // inside each cell
  std::vector<bool> layout(tree.size());
  for (int32_t at = 1; at < size; ++at) {
    const int32_t parent = tree[at].parent;
    table[at] = tree[parent].tag == Tag::kTable ? parent : table[parent];
    cell[at] = tree[parent].tag == Tag::kCell ? parent : cell[parent];
    if (cell[at] < 0 || table[at] < 0) continue;
    const Tag tag = tree[at].tag;
    const bool divides = tag == Tag::kParagraph || tag == Tag::kHeading || tag == Tag::kList;
    const bool many = divides && ++blocks[cell[at]] >= kBlocksOfLayout;
    if (many || tag == Tag::kTable) layout[table[at]] = true;
  }
  for (int32_t at = 1; at < size; ++at) {
    const bool opened = (table[at] >= 0 && layout[table[at]]) || layout[at];
    const Tag tag = tree[at].tag;
    if (opened && (tag == Tag::kTable || tag == Tag::kRow || tag == Tag::kCell) &&
        !(tag == Tag::kTable && !layout[at])) {
      tree[at].tag = Tag::kBlock;
    }
  }
}

}  // namespace

bool IsBlockTag(Tag tag) {
  return tag > Tag::kBreak;
}

PageTree BuildPageTree(const xmlNode* root, Reach reach) {
  PageTree tree;
  int32_t parent = -1;
  for (const xmlNode* node = root; node != nullptr;) {
    bool inside = false;
    if (IsKept(node, reach)) {
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
  OpenLayoutTables(tree);
  return tree;
}

}  // namespace broadsheet::ingest
