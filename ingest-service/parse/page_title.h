#pragma once

#include <string>
#include <string_view>

#include "ingest/parse/json_ld.h"
#include "ingest/parse/page_facts.h"

namespace broadsheet::ingest {

// A value and where it was found.
struct FoundValue {
  std::string text;
  std::string_view from;
};

// The headline: the h1 that the metadata agree with, else JSON-LD, OpenGraph, the only h1, the title element; always
// without the name of the outlet at its end or beginning, and without "(video)" and the like. `site` may be empty.
FoundValue FindHeadline(const PageFacts& facts, const LinkedArticle& linked, std::string_view site);

}  // namespace broadsheet::ingest
