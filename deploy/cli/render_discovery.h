#pragma once

#include <string>

#include "broadsheet/v1/search.pb.h"
#include "cli/render.h"

// Answers that find more, as people read them. Pure functions, thread-safe. What comes from articles is made Printable.
namespace broadsheet::cli {

std::string RenderSimilar(const v1::SimilarArticlesResponse& response, Colour colour);
std::string RenderSuggestions(const v1::SuggestResponse& response, Colour colour);
std::string RenderSignificantTerms(const v1::SignificantTermsResponse& response);
std::string RenderTrends(const v1::TrendsResponse& response);

}  // namespace broadsheet::cli
