#pragma once

#include <string>
#include <string_view>

#include "ingest/clean/clean_article.h"
#include "ingest/clean/learned_lines.h"

namespace broadsheet::ingest {

// The second stage: mends the characters and the layout of the text, cuts what is none of the article's, and last the
// lines of its source that `learned` has (none when it is null). Thread-safe.
CleanArticle Clean(ParsedArticle parsed, const LearnedLines* learned = nullptr);

// The same for a field of one line, such as a title: line ends become spaces. Nothing is recorded.
std::string CleanLine(std::string_view text);

}  // namespace broadsheet::ingest
