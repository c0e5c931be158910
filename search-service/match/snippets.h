#pragma once

#include <string_view>
#include <vector>

#include "broadsheet/v1/search.pb.h"
#include "search/match/marks.h"

namespace broadsheet::search {

struct SnippetLimits {
  uint32_t bytes = 240;  // longest snippet
  int count = 1;         // most snippets of one body
};

using Highlights = google::protobuf::RepeatedPtrField<v1::Highlight>;

// Appends the title with its marks, whole, if something of the query is in it.
void HighlightTitle(std::string_view title, MarkFinder& finder, Highlights& highlights);

// Appends the best passages of the body, in order of place: those with the most different parts of the query, then
// with the most of them, then the earlier ones; the beginning when nothing of the query is in it; nothing for an empty
// body. Cut at words, or at code points in scripts without spaces. One snippet is looked for only until a passage with
// all parts is found; several are chosen from the whole body.
void HighlightBody(std::string_view body, MarkFinder& finder, int terms, const SnippetLimits& limits,
                   Highlights& highlights);

}  // namespace broadsheet::search
