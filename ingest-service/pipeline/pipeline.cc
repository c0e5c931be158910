#include "ingest/pipeline/pipeline.h"

#include <utility>

#include "ingest/clean/clean.h"
#include "ingest/enrich/enrich.h"
#include "ingest/normalise/normalise.h"
#include "ingest/parse/parse.h"

namespace broadsheet::ingest {
namespace {

const char* ContentField(const v1::RawArticle& raw) {
  if (raw.has_html()) return "html";
  return raw.has_markdown() ? "markdown" : "text";
}

}  // namespace

std::variant<EnrichedArticle, Rejection> Prepare(const v1::RawArticle& raw, const PipelineLimits& limits,
                                                 absl::Time received, const LearnedLines* learned) {
  std::variant<ParsedArticle, Rejection> parsed = Parse(raw, {limits.text_bytes, limits.html_bytes}, received);
  if (auto* rejection = std::get_if<Rejection>(&parsed)) return std::move(*rejection);
  CleanArticle clean = Clean(std::get<ParsedArticle>(std::move(parsed)), learned);
  if (clean.body.text().empty()) {
    return Rejection{v1::REASON_EMPTY_CONTENT, ContentField(raw),
                     "nothing is left of the content once markup and blanks are gone; send the article's text"};
  }
  const int64_t version = clean.boilerplate_version;
  const std::vector<uint64_t> lines = std::move(clean.boilerplate_lines);
  EnrichedArticle enriched = Enrich(Normalise(std::move(clean)), kNormaliserVersion, received);
  enriched.article.set_boilerplate_version(version);
  enriched.article.mutable_boilerplate_lines()->Add(lines.begin(), lines.end());
  return enriched;
}

}  // namespace broadsheet::ingest
