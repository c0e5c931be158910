#include "search/match/stored.h"

#include "common/schema/stored_article.h"
#include "common/schema/term.h"
#include "search/match/embargo.h"

namespace broadsheet::search {
namespace {

std::string DataOf(const Reader& reader, Xapian::docid docid) {
  return reader.database().get_document(docid, Xapian::DOC_ASSUME_VALID).get_data();
}

}  // namespace

Xapian::docid FindArticle(const Reader& reader, const std::string& id, absl::Time now) {
  const Xapian::docid found = reader.FindStanding(IdTerm(id));
  if (found == 0) return 0;
  // A tombstone has no stored article.
  if (DataOf(reader, found).empty()) return 0;
  return IsEmbargoed(reader.database(), found, now) ? 0 : found;
}

absl::StatusOr<v1::Article> ReadArticle(const Reader& reader, Xapian::docid docid, bool with_body) {
  const std::string data = DataOf(reader, docid);
  const ArticleDictionary* dictionary = reader.DictionaryOf(docid);
  return with_body ? DecodeFullArticle(data, dictionary) : DecodeCard(data, dictionary);
}

absl::StatusOr<v1::Article> ReadCardAndBody(const Reader& reader, Xapian::docid docid) {
  return DecodeCardAndBody(DataOf(reader, docid), reader.DictionaryOf(docid));
}

void Restrict(v1::ArticleView view, v1::Article& article) {
  if (view == v1::ARTICLE_VIEW_FULL) return;
  if (view == v1::ARTICLE_VIEW_ID) {
    v1::Article only;
    only.set_id(article.id());
    article.Swap(&only);
    return;
  }
  article.clear_body();
  article.clear_attributes();
  article.clear_origins();
  article.clear_edits();
  article.clear_figures();
}

}  // namespace broadsheet::search
