#include "search/query/ranking_spec.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace broadsheet::search {
namespace {

absl::StatusOr<Recency> ParseRecency(const v1::RecencySpec& spec) {
  Recency recency;
  recency.half_life = absl::Seconds(spec.half_life().seconds()) + absl::Nanoseconds(spec.half_life().nanos());
  if (!spec.has_half_life() || recency.half_life < kShortestHalfLife || recency.half_life > kLongestHalfLife) {
    return InvalidField("HALF_LIFE", "ranking.recency.half_life",
                        "must be one minute to 36,500 days: the age at which half of the preference is left");
  }
  if (spec.has_weight()) recency.weight = spec.weight();
  if (!(recency.weight > 0 && recency.weight <= 1)) {
    return InvalidField("RECENCY_WEIGHT", "ranking.recency.weight",
                        absl::StrCat("must be above 0 and at most 1; leave it out for ", kDefaultRecencyWeight));
  }
  return recency;
}

absl::Status ReadSourceWeights(const v1::RankingSpec& spec, RankingSpec& ranking) {
  if (spec.source_weights_size() > kMaxSourceWeights) {
    return InvalidField("SOURCE_WEIGHTS", "ranking.source_weights",
                        absl::StrCat("has ", spec.source_weights_size(), " sources; the limit is ", kMaxSourceWeights,
                                     ": name those that matter most"));
  }
  for (int i = 0; i < spec.source_weights_size(); ++i) {
    const v1::SourceWeight& weight = spec.source_weights(i);
    const std::string path = absl::StrCat("ranking.source_weights[", i, "]");
    if (weight.source().empty()) {
      return InvalidField("SOURCE_WEIGHTS", path + ".source", "is empty: give a source as articles show it");
    }
    if (!(weight.weight() > 0 && weight.weight() <= kMaxSourceWeight)) {
      return InvalidField(
          "SOURCE_WEIGHTS", path + ".weight",
          absl::StrCat("must be above 0 and at most ", kMaxSourceWeight, "; use a filter to leave a source out"));
    }
    if (!ranking.source_weights.emplace(weight.source(), weight.weight()).second) {
      return InvalidField("SOURCE_WEIGHTS", path + ".source", "is given twice: name each source once");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckExpansion(int value, int limit, const std::string& path) {
  if (value >= 0 && value <= limit) return absl::OkStatus();
  return InvalidField("EXPANSION", path, absl::StrCat("must be 1 to ", limit, ", or 0 for ", kDefaultExpansion));
}

absl::StatusOr<QueryExpansion> ParseExpansion(const v1::QueryExpansionSpec& spec) {
  auto documents = CheckExpansion(spec.documents(), kMaxExpansionDocuments, "ranking.expansion.documents");
  if (!documents.ok()) return documents;
  auto terms = CheckExpansion(spec.terms(), kMaxExpansionTerms, "ranking.expansion.terms");
  if (!terms.ok()) return terms;
  QueryExpansion expansion;
  if (spec.documents() != 0) expansion.documents = spec.documents();
  if (spec.terms() != 0) expansion.terms = spec.terms();
  return expansion;
}

}  // namespace

absl::StatusOr<RankingSpec> ParseRanking(const v1::RankingSpec& spec) {
  RankingSpec ranking;
  if (spec.has_exact_form()) ranking.exact_form = spec.exact_form();
  if (spec.has_proximity()) ranking.proximity = spec.proximity();
  if (spec.has_recency()) {
    auto recency = ParseRecency(spec.recency());
    if (!recency.ok()) return recency.status();
    ranking.recency = *recency;
  }
  if (auto read = ReadSourceWeights(spec, ranking); !read.ok()) return read;
  if (spec.has_expansion()) {
    auto expansion = ParseExpansion(spec.expansion());
    if (!expansion.ok()) return expansion.status();
    ranking.expansion = *expansion;
  }
  return ranking;
}

}  // namespace broadsheet::search
