#pragma once

#include "ingest/clean/clean_article.h"
#include "ingest/normalise/normal_article.h"

namespace broadsheet::ingest {

// The third stage: brings the fields to their one form. Thread-safe.
NormalArticle Normalise(CleanArticle clean);

}  // namespace broadsheet::ingest
