#pragma once

#include <xapian.h>

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "ingest/index/index_event.h"
#include "ingest/index/standing_documents.h"

// How long an index keeps articles: by when they were published, or, without a date, by when they came in. Deletions
// have a horizon of their own (tombstones.h).
namespace broadsheet::ingest {

// The time that says how old the article of a document is (enrich/age.h); InfiniteFuture when it has none.
absl::Time AgedFrom(const Xapian::Document& document);

// Unique terms of articles that stand and are older, `limit` at most. Reads the times of all. Xapian's exceptions pass
// through, and StatusException when a stored article cannot be read.
std::vector<std::string> FindExpired(const StandingDocuments& documents, absl::Time kept_since, size_t limit);

// Whether an event is that of an older article.
bool IsExpired(const IndexEvent& event, absl::Time kept_since);

// The same events without articles that are older.
EventReader WithoutExpired(EventReader read, absl::Time kept_since);

}  // namespace broadsheet::ingest
