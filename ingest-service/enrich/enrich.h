#pragma once

#include "absl/time/time.h"
#include "ingest/enrich/enriched_article.h"
#include "ingest/normalise/normal_article.h"

namespace broadsheet::ingest {

// The last stage: finds title, date and language where they were not given, counts the words, takes the hashes, and
// says where every field that was not simply given came from. Thread-safe.
EnrichedArticle Enrich(NormalArticle normal, int normaliser_version, absl::Time received);

}  // namespace broadsheet::ingest
