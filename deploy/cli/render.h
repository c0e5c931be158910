#pragma once

#include <string>

#include "absl/time/time.h"
#include "broadsheet/v1/article.pb.h"
#include "broadsheet/v1/search.pb.h"

// Answers as people read them. Pure functions, thread-safe. What comes from articles is made Printable.
namespace broadsheet::cli {

// kNone marks matches with [brackets], so that they are seen in a log as well.
enum class Colour { kNone, kAnsi };

// A whole answer: what was understood, hits with snippets, facets as bars, totals and time.
// `round_trip` is what the caller waited.
std::string RenderSearch(const v1::SearchResponse& response, absl::Duration round_trip, Colour colour);

// Hits with their snippets, numbered from 1.
std::string RenderHits(const google::protobuf::RepeatedPtrField<v1::SearchHit>& hits, Colour colour);

// One article in full, with where its fields came from.
std::string RenderArticle(const v1::Article& article, Colour colour);

// "2025-09-03 06:40 UTC"; "undated" when there is no time.
std::string RenderTime(const google::protobuf::Timestamp& time);

// Text in bold.
std::string Bold(const std::string& text, Colour colour);

// Text that steps back.
std::string Dim(const std::string& text, Colour colour);

}  // namespace broadsheet::cli
