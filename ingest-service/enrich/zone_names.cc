#include "ingest/enrich/zone_names.h"

#include <unicode/timezone.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"

namespace broadsheet::ingest {
namespace {

struct FixedZone {
  std::string_view name;
  int minutes;
};

constexpr FixedZone kFixedZones[] = {
    {"z", 0},       {"utc", 0},    {"gmt", 0},     {"ut", 0},     {"wet", 0},    {"est", -300}, {"edt", -240},
    {"cst", -360},  {"cdt", -300}, {"mst", -420},  {"mdt", -360}, {"pst", -480}, {"pdt", -420}, {"akst", -540},
    {"akdt", -480}, {"hst", -600}, {"ast", -240},  {"adt", -180}, {"nst", -210}, {"ndt", -150}, {"brt", -180},
    {"art", -180},  {"clt", -240}, {"clst", -180}, {"cot", -300}, {"pet", -300}, {"vet", -240}, {"uyt", -180},
    {"bst", 60},    {"west", 60},  {"cet", 60},    {"mez", 60},   {"wat", 60},   {"cest", 120}, {"mesz", 120},
    {"hnec", 60},   {"heec", 120}, {"cat", 120},   {"sast", 120}, {"eet", 120},  {"eest", 180}, {"msk", 180},
    {"trt", 180},   {"eat", 180},  {"irst", 210},  {"gst", 240},  {"aft", 270},  {"pkt", 300},  {"ist", 330},
    {"npt", 345},   {"bdt", 360},  {"mmt", 390},   {"ict", 420},  {"wib", 420},  {"wita", 480}, {"wit", 540},
    {"hkt", 480},   {"sgt", 480},  {"myt", 480},   {"awst", 480}, {"pht", 480},  {"jst", 540},  {"kst", 540},
    {"acst", 570},  {"acdt", 630}, {"aest", 600},  {"aedt", 660}, {"nzst", 720}, {"nzdt", 780}, {"hne", -300},
    {"hae", -240},
};

// Names of several places.
struct RegionalZone {
  std::string_view region;
  std::string_view name;
  int minutes;
};

constexpr RegionalZone kRegionalZones[] = {
    {"IE", "ist", 60},   {"IL", "ist", 120}, {"CN", "cst", 480},  {"TW", "cst", 480}, {"HK", "cst", 480},
    {"CU", "cst", -300}, {"AU", "est", 600}, {"AU", "edt", 660},  {"AU", "cst", 570}, {"BD", "bst", 360},
    {"SA", "ast", 180},  {"KW", "ast", 180}, {"QA", "ast", 180},  {"BH", "ast", 180}, {"IQ", "ast", 180},
    {"PH", "pst", 480},  {"MY", "mst", 480}, {"ZA", "sast", 120}, {"SG", "sst", 480},
};

// Zones that keep daylight saving, and names in several words.
struct PlaceZone {
  std::string_view words;
  const char* place;
};

constexpr PlaceZone kPlaceZones[] = {
    {"et", "America/New_York"},
    {"ct", "America/Chicago"},
    {"mt", "America/Denver"},
    {"pt", "America/Los_Angeles"},
    {"eastern", "America/New_York"},
    {"eastern time", "America/New_York"},
    {"central time", "America/Chicago"},
    {"mountain time", "America/Denver"},
    {"pacific", "America/Los_Angeles"},
    {"pacific time", "America/Los_Angeles"},
    {"london time", "Europe/London"},
    {"uk time", "Europe/London"},
    {"irish time", "Europe/Dublin"},
    {"paris time", "Europe/Paris"},
    {"heure de paris", "Europe/Paris"},
    {"berliner zeit", "Europe/Berlin"},
    {"mitteleuropäische zeit", "Etc/GMT-1"},
    {"mitteleuropäische sommerzeit", "Etc/GMT-2"},
    {"hora peninsular", "Europe/Madrid"},
    {"hora de madrid", "Europe/Madrid"},
    {"cdmx", "America/Mexico_City"},
    {"hora de méxico", "America/Mexico_City"},
    {"horário de brasília", "America/Sao_Paulo"},
    {"hora de brasília", "America/Sao_Paulo"},
    {"hora de lisboa", "Europe/Lisbon"},
    {"ora italiana", "Europe/Rome"},
    {"moscow time", "Europe/Moscow"},
    {"tokyo time", "Asia/Tokyo"},
    {"日本時間", "Asia/Tokyo"},
    {"beijing time", "Asia/Shanghai"},
    {"北京时间", "Asia/Shanghai"},
    {"北京時間", "Asia/Shanghai"},
    {"台北時間", "Asia/Taipei"},
    {"香港時間", "Asia/Hong_Kong"},
    {"بتوقيت غرينتش", "Etc/GMT"},
    {"بتوقيت جرينتش", "Etc/GMT"},
    {"غرينتش", "Etc/GMT"},
    {"جرينتش", "Etc/GMT"},
    {"بتوقيت مكة", "Asia/Riyadh"},
    {"بتوقيت مكة المكرمة", "Asia/Riyadh"},
    {"بتوقيت القاهرة", "Africa/Cairo"},
    {"بتوقيت السعودية", "Asia/Riyadh"},
};
constexpr size_t kMostWords = 4;

std::string Join(std::span<const DateToken> tokens) {
  std::string joined;
  for (const DateToken& token : tokens) {
    if (!joined.empty()) joined += ' ';
    joined += token.text;
  }
  return joined;
}

const char* PlaceOf(const std::string& words) {
  static const auto* const places = [] {
    auto* made = new absl::flat_hash_map<std::string, const char*>;
    for (const PlaceZone& zone : kPlaceZones) {
      const std::string folded = FoldDate(zone.words);
      (*made)[Join(SplitDate(folded))] = zone.place;
    }
    return made;
  }();
  const auto found = places->find(words);
  return found == places->end() ? nullptr : found->second;
}

// The zone's rules come from ICU, which brings its own: the machine may have no zone files.
std::optional<absl::Duration> OffsetThen(const char* zone, absl::CivilSecond local) {
  const std::unique_ptr<icu::TimeZone> rules(icu::TimeZone::createTimeZone(zone));
  const auto millis = static_cast<double>(absl::ToUnixMillis(absl::FromCivil(local, absl::UTCTimeZone())));
  int32_t standard = 0, saving = 0;
  UErrorCode status = U_ZERO_ERROR;
  rules->getOffset(millis, /*local=*/true, standard, saving, status);
  if (U_FAILURE(status)) return std::nullopt;
  return absl::Milliseconds(standard + saving);
}

std::optional<absl::Duration> FixedOffset(std::string_view name, std::string_view region) {
  for (const RegionalZone& zone : kRegionalZones) {
    if (zone.name == name && zone.region == region) return absl::Minutes(zone.minutes);
  }
  const auto found = std::find_if(std::begin(kFixedZones), std::end(kFixedZones),
                                  [&](const FixedZone& zone) { return zone.name == name; });
  if (found == std::end(kFixedZones)) return std::nullopt;
  return absl::Minutes(found->minutes);
}

}  // namespace

std::optional<ZoneName> FindZone(std::span<const DateToken> tokens, absl::CivilSecond local, std::string_view region) {
  for (size_t count = std::min(tokens.size(), kMostWords); count > 0; --count) {
    const char* place = PlaceOf(Join(tokens.first(count)));
    const auto offset = place != nullptr ? OffsetThen(place, local) : std::nullopt;
    if (offset.has_value()) return ZoneName{*offset, count};
  }
  if (tokens.empty() || tokens.front().kind != DateToken::Kind::kWord) return std::nullopt;
  const auto offset = FixedOffset(tokens.front().text, region);
  if (!offset.has_value()) return std::nullopt;
  return ZoneName{*offset, 1};
}

}  // namespace broadsheet::ingest
