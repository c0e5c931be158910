#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "broadsheet/v1/article.pb.h"
#include "broadsheet/v1/search.pb.h"
#include "xapian.h"

namespace broadsheet::search {

// The stored article of a document, decoded as far as needed: everything when `with_body`, else the card. DATA_LOSS
// when it is damaged. Xapian's exceptions pass through.
absl::StatusOr<v1::Article> ReadArticle(const Xapian::Database& database, Xapian::docid docid, bool with_body);

// Takes off what `view` does not show.
void Restrict(v1::ArticleView view, v1::Article& article);

}  // namespace broadsheet::search
