#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "ingest/enrich/date_text.h"

// The names of time zones. Thread-safe.
namespace broadsheet::ingest {

struct ZoneName {
  absl::Duration offset;  // from UTC
  size_t tokens = 0;      // how many words it takes
};

// The zone at the beginning of `tokens` at a local time: "EST", "MESZ", "JST", 北京时间, "heure de Paris", "ET". Zones
// without a fixed offset follow daylight saving as it was then. Of a name that several places use, the one of `region`
// (ISO 3166, may be empty) is meant, else the one news agencies mean: EST, CST, MST, PST American, IST Indian, BST
// British, AST Atlantic, GST of the Gulf.
std::optional<ZoneName> FindZone(std::span<const DateToken> tokens, absl::CivilSecond local, std::string_view region);

}  // namespace broadsheet::ingest
