#pragma once

#include <cstddef>
#include <variant>

#include "absl/time/time.h"
#include "broadsheet/v1/article.pb.h"
#include "ingest/clean/learned_lines.h"
#include "ingest/enrich/enriched_article.h"

namespace broadsheet::ingest {

// The version of the rules that make an article from a raw one. It is stored with every row: a change of what any
// article becomes needs a new number.
inline constexpr int kNormaliserVersion = 6;

// Bounds of an article's content, in bytes.
struct PipelineLimits {
  size_t text_bytes = size_t{1} << 20;  // text, Markdown, and the text taken from HTML
  size_t html_bytes = size_t{2} << 20;
};

// Takes an article through the stages: parse, clean, normalise, enrich. A pure function: the same article, time of
// receipt and learned lines (none when null) give the same result. Only parsing refuses articles, and a body of which
// cleaning leaves nothing. Thread-safe.
std::variant<EnrichedArticle, Rejection> Prepare(const v1::RawArticle& raw, const PipelineLimits& limits,
                                                 absl::Time received, const LearnedLines* learned = nullptr);

}  // namespace broadsheet::ingest
