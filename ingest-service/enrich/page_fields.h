#pragma once

#include "absl/time/time.h"
#include "broadsheet/v1/article.pb.h"
#include "ingest/normalise/normal_article.h"

namespace broadsheet::ingest {

// Sets what the writer gave of source, authors, section, tags, subtitle, picture and URL, and for what was not given
// what the page says, with its origin and evidence. Thread-safe.
void SetPageFields(const NormalArticle& normal, absl::Time received, v1::Article& article);

}  // namespace broadsheet::ingest
