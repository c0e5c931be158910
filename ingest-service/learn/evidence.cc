#include "ingest/learn/evidence.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "ingest/clean/learned_lines.h"

namespace broadsheet::ingest {
namespace {

constexpr int kRules = 1;  // grows when the same evidence is judged in another way

// A source that the service itself found on the page says nothing of later articles, which may come without it.
bool WasGiven(const v1::Article& article, std::string_view field) {
  return std::none_of(article.origins().begin(), article.origins().end(),
                      [field](const v1::FieldOrigin& origin) { return origin.field() == field; });
}

}  // namespace

bool IsBoilerplate(const LineEvidence& evidence, const EvidenceThreshold& threshold) {
  const int64_t factor = IsRunningText(evidence.text) ? 2 : 1;
  const int64_t ease = evidence.in_force() ? 2 : 1;
  return ease * evidence.articles >= factor * threshold.articles &&
         ease * evidence.span >= 2 * factor * threshold.articles &&
         ease * 100 * evidence.articles >= factor * threshold.percent * evidence.span;
}

std::string Describe(const EvidenceThreshold& threshold) {
  return std::string(absl::StrCat("rules ", kRules, ", ", threshold.articles, " articles, ", threshold.percent, " %"));
}

std::optional<ArticleLines> CountedLines(const v1::Article& article) {
  if (!article.duplicate_of().empty()) return std::nullopt;
  ArticleLines counted;
  counted.source = SourceKey(WasGiven(article, "source") ? article.source() : std::string(), article.url());
  if (counted.source.empty()) return std::nullopt;
  absl::flat_hash_set<uint64_t> ids;
  for (const uint64_t id : article.boilerplate_lines()) {
    if (ids.insert(id).second) counted.lines.push_back({id, ""});
  }
  for (const std::string_view line : LinesOf(article.body())) {
    if (!MayBeBoilerplate(line)) continue;
    const uint64_t id = LineId(line);
    if (ids.insert(id).second) counted.lines.push_back({id, std::string(line)});
  }
  return counted;
}

}  // namespace broadsheet::ingest
