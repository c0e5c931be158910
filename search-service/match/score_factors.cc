#include "search/match/score_factors.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "common/schema/encoding.h"
#include "common/schema/field.h"

namespace broadsheet::search {
namespace {

// Calls `visit` with each match and its value in the slot of `field`, in the order of docids: that of the column.
void VisitValues(const Xapian::Database& database, FieldId field, std::vector<Match*>& matches,
                 const std::function<void(Match&, const std::string&)>& visit) {
  const auto slot = static_cast<Xapian::valueno>(GetField(field).slot);
  auto value = database.valuestream_begin(slot);
  const auto end = database.valuestream_end(slot);
  for (Match* match : matches) {
    if (value != end && value.get_docid() < match->docid) value.skip_to(match->docid);
    bool here = value != end && value.get_docid() == match->docid;
    visit(*match, here ? *value : std::string());
  }
}

}  // namespace

double ScoreFactors::RecencyOf(int64_t published_micros) const {
  const double rest = 1 - spec_.recency->weight;
  if (published_micros == kNoNumber) return rest;
  const absl::Duration age = now_ - absl::FromUnixMicros(published_micros);
  const double halvings = std::max(0.0, absl::FDivDuration(age, spec_.recency->half_life));
  return rest + spec_.recency->weight * std::exp2(-halvings);
}

double ScoreFactors::WeightOf(std::string_view source) const {
  const auto weight = spec_.source_weights.find(source);
  return weight == spec_.source_weights.end() ? 1 : weight->second;
}

double ScoreFactors::largest() const {
  double largest = 1;
  for (const auto& [source, weight] : spec_.source_weights)
    largest = std::max(largest, weight);
  return largest;
}

void ScoreFactors::Apply(const Xapian::Database& database, std::vector<Match>& matches) const {
  std::vector<Match*> by_docid;
  for (Match& match : matches)
    by_docid.push_back(&match);
  std::sort(by_docid.begin(), by_docid.end(), [](const Match* a, const Match* b) { return a->docid < b->docid; });
  if (spec_.recency.has_value()) {
    VisitValues(database, FieldId::kPublishedTime, by_docid, [this](Match& match, const std::string& published) {
      match.parts.recency = RecencyOf(published.empty() ? kNoNumber : DecodeNumber(published));
    });
  }
  if (spec_.source_weights.empty()) return;
  VisitValues(database, FieldId::kSource, by_docid,
              [this](Match& match, const std::string& source) { match.parts.source = WeightOf(source); });
}

ScoreFactors::OfShard::OfShard(const ScoreFactors& factors, const ShardColumns& columns)
    : factors_(factors),
      published_(columns.Numbers(FieldId::kPublishedTime)),
      sources_(columns.Terms(FieldId::kSource)) {
  if (factors.spec_.source_weights.empty()) return;
  weights_.push_back(factors.WeightOf(""));
  for (uint32_t ordinal = 1; ordinal < sources_.dictionary->size(); ++ordinal)
    weights_.push_back(factors.WeightOf((*sources_.dictionary)[ordinal]));
}

void ScoreFactors::OfShard::Apply(Xapian::docid docid, ScoreParts& parts) const {
  if (factors_.spec_.recency.has_value()) parts.recency = factors_.RecencyOf(published_[docid]);
  if (!weights_.empty()) parts.source = weights_[sources_.places[docid]];
}

}  // namespace broadsheet::search
