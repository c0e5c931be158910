#pragma once

#include <variant>

#include "ingest/parse/parsed_article.h"
#include "ingest/parse/rejection.h"
#include "ingest/parse/validate.h"

namespace broadsheet::ingest {

// The first stage: checks the writer's article and takes the text out of its content. Thread-safe.
std::variant<ParsedArticle, Rejection> Parse(v1::RawArticle raw, const ContentLimits& limits, absl::Time received);

}  // namespace broadsheet::ingest
