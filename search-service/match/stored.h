#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "broadsheet/v1/article.pb.h"
#include "broadsheet/v1/search.pb.h"
#include "search/index/reader.h"
#include "xapian.h"

namespace broadsheet::search {

// The article with this id; 0 when there is none that readers may see: a tombstone, or under embargo at `now`. Xapian's
// exceptions pass through.
Xapian::docid FindArticle(const Reader& reader, const std::string& id, absl::Time now);

// The stored article of a document of the reader's snapshot, decoded as far as needed: everything when `with_body`,
// else the card. DATA_LOSS when it is damaged. Xapian's exceptions pass through.
absl::StatusOr<v1::Article> ReadArticle(const Reader& reader, Xapian::docid docid, bool with_body);

// Card and body only. Errors and exceptions likewise.
absl::StatusOr<v1::Article> ReadCardAndBody(const Reader& reader, Xapian::docid docid);

// Takes off what `view` does not show.
void Restrict(v1::ArticleView view, v1::Article& article);

}  // namespace broadsheet::search
