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

double ScoreFactors::RecencyOf(const std::string& published) const {
  const double rest = 1 - spec_.recency->weight;
  if (published.empty()) return rest;
  const absl::Duration age = now_ - absl::FromUnixMicros(DecodeNumber(published));
  const double halvings = std::max(0.0, absl::FDivDuration(age, spec_.recency->half_life));
  return rest + spec_.recency->weight * std::exp2(-halvings);
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
    VisitValues(database, FieldId::kPublishedTime, by_docid,
                [this](Match& match, const std::string& published) { match.parts.recency = RecencyOf(published); });
  }
  if (spec_.source_weights.empty()) return;
  VisitValues(database, FieldId::kSource, by_docid, [this](Match& match, const std::string& source) {
    auto weight = spec_.source_weights.find(source);
    match.parts.source = weight == spec_.source_weights.end() ? 1 : weight->second;
  });
}

}  // namespace broadsheet::search
