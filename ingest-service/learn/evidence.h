#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "broadsheet/v1/article.pb.h"
#include "ingest/archive/boilerplate_store.h"

// What counts as a line, and how much evidence makes it boilerplate. Pure functions.
namespace broadsheet::ingest {

// A line is cut once it is in at least `articles` articles of its source and in `percent` of those between the first
// and the last that have it, of which there must be twice as many; running text needs twice of both. So a paragraph
// that the articles of one week share is left alone. A line that is cut stays so down to half of that.
struct EvidenceThreshold {
  int64_t articles = 10;
  int64_t percent = 10;
};

bool IsBoilerplate(const LineEvidence& evidence, const EvidenceThreshold& threshold);

// The threshold in words of a program: equal ones judge alike. The rules of judging are part of it.
std::string Describe(const EvidenceThreshold& threshold);

// The lines with which an article counts: those of its body that may be boilerplate at all, and those that were cut
// from it as such. None when nobody knows its source, or when it is a copy of another article.
std::optional<ArticleLines> CountedLines(const v1::Article& article);

}  // namespace broadsheet::ingest
