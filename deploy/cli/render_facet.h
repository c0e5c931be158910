#pragma once

#include <string>

#include "broadsheet/v1/search.pb.h"
#include "cli/render.h"

namespace broadsheet::cli {

// A facet as a small bar chart, one line a bucket. Pure, thread-safe.
std::string RenderFacet(const v1::FacetResult& facet, Colour colour);

}  // namespace broadsheet::cli
