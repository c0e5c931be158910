#pragma once

#include <libxml/tree.h>

#include <cstdint>
#include <vector>

#include "ingest/parse/page_hint.h"

namespace broadsheet::ingest {

// What an element is to its text, whatever its exact name.
enum class Tag : uint8_t {
  kText,       // no element: characters
  kInline,     // a, span, b, custom elements
  kLink,       // a with an address
  kBreak,      // br
  kBlock,      // div, section, main and other boxes
  kArticle,    // article
  kParagraph,  // p
  kHeading,    // h1 to h6
  kList,       // ul, ol, dl
  kItem,       // li, dd
  kTerm,       // dt, summary
  kQuote,      // blockquote
  kVerbatim,   // pre
  kTable,      // table
  kRow,        // tr
  kCell,       // td, th
  kCaption,    // figcaption
  kFigure,     // figure
  kHeader,     // header
  kAside,      // aside, footer, form: seldom the article, but wrapped around whole pages by some systems
};

// One node of a page, elements and text only. What never holds text of an article (scripts, styles, navigation, inputs,
// drawings) is not in the tree at all.
struct PageNode {
  const xmlNode* xml = nullptr;
  int32_t parent = -1;
  int32_t end = 0;  // one past the last node inside
  Tag tag = Tag::kText;
  Hint hint = Hint::kNone;
  bool dropped = false;  // with everything inside
};

// The nodes of a page in document order; the first is the root. What is inside node i are the nodes up to its end.
using PageTree = std::vector<PageNode>;

// Whether an element of that kind stands on lines of its own.
bool IsBlockTag(Tag tag);

// Whether navigation and what is there for browsers without scripts are in the tree, too: pages with broken markup have
// their article inside a menu, pages made by scripts have it in a noscript element.
enum class Reach { kText, kEverything };

// Reads the hints of its elements, too. Linear in the size of the page.
PageTree BuildPageTree(const xmlNode* root, Reach reach);

}  // namespace broadsheet::ingest
