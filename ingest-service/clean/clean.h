#pragma once

#include <string>
#include <string_view>

#include "ingest/clean/clean_article.h"

namespace broadsheet::ingest {

// The second stage: mends the characters and the layout of the text. Thread-safe.
CleanArticle Clean(ParsedArticle parsed);

// The same for a field of one line, such as a title: line ends become spaces. Nothing is recorded.
std::string CleanLine(std::string_view text);

}  // namespace broadsheet::ingest
