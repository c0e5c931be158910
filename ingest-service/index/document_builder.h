#pragma once

#include <xapian.h>

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "broadsheet/v1/article.pb.h"

namespace broadsheet::ingest {

// The document of an article: its terms, positions, value slots and data as common/schema/field.h says. A pure function
// of the article, which must be complete (id, sequence and times set). Thread-safe; the document belongs to one thread
// at a time, as every object of Xapian.
Xapian::Document BuildDocument(const v1::Article& article);

// The document that a deleted article leaves behind. `deleted` gives its day; `reason` may be empty.
Xapian::Document BuildTombstone(const std::string& article_id, int64_t sequence, absl::Time updated_time,
                                absl::Time deleted, const std::string& reason);

}  // namespace broadsheet::ingest
