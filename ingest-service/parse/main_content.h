#pragma once

#include <libxml/tree.h>

#include <string>

namespace broadsheet::ingest {

// What a document is: a page has a headline, navigation and so on around its article; a fragment is the article.
enum class DocumentKind { kPage, kFragment };

// Takes the text of the article out of a page, in these steps, each a type or a function of its own:
//   BuildPageTree  the elements that can hold text, with hints from the names their author gave them
//   Prune          drops what is called furniture, unless it holds much of the running text
//   ReadRuns       measures running text against labels and links
//   ChooseArticle  finds the element that holds the article
//   Trim           drops lists of links, captions and the like inside it
//   Render         writes paragraphs, headings, lists and tables
// A page whose metadata say that it is an article (`says_article`) needs less text to be one. Of a fragment only what
// is hidden or never text is left out. Empty when there is no article. Linear; thread-safe.
std::string ReadMainContent(const xmlNode* root, DocumentKind kind, bool says_article);

}  // namespace broadsheet::ingest
