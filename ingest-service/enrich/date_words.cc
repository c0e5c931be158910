#include "ingest/enrich/date_words.h"

#include <unicode/dtfmtsym.h>
#include <unicode/timezone.h>

#include <array>
#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "common/text/unicode.h"

namespace broadsheet::ingest {
namespace {

constexpr std::array<const char*, 20> kLanguages = {"en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb",
                                                    "fi", "pl", "cs", "ro", "hu", "tr", "ru", "uk", "el", "ca"};

struct Vocabulary {
  absl::flat_hash_map<std::string, int> months;  // 0: differs between languages
  absl::flat_hash_set<std::string> weekdays;
};

std::string Fold(const icu::UnicodeString& name) {
  std::string utf8;
  name.toUTF8String(utf8);
  std::string folded = FoldForMatch(utf8);
  while (folded.ends_with('.'))
    folded.pop_back();
  return folded;
}

void AddMonths(const icu::UnicodeString* names, int count, Vocabulary& words) {
  for (int i = 0; i < count && i < 12; ++i) {
    const std::string name = Fold(names[i]);
    if (name.size() < 3 || (name[0] >= '0' && name[0] <= '9')) continue;
    const auto [found, added] = words.months.emplace(name, i + 1);
    if (!added && found->second != i + 1) found->second = 0;
  }
}

void AddLanguage(const char* language, Vocabulary& words) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::DateFormatSymbols symbols(icu::Locale(language), status);
  if (U_FAILURE(status)) return;
  using Symbols = icu::DateFormatSymbols;
  for (const auto context : {Symbols::FORMAT, Symbols::STANDALONE}) {
    for (const auto width : {Symbols::WIDE, Symbols::ABBREVIATED}) {
      int32_t count = 0;
      const icu::UnicodeString* months = symbols.getMonths(count, context, width);
      AddMonths(months, count, words);
      const icu::UnicodeString* days = symbols.getWeekdays(count, context, width);
      for (int i = 1; i < count; ++i)
        words.weekdays.insert(Fold(days[i]));
    }
  }
}

const Vocabulary& Words() {
  static const Vocabulary* const words = [] {
    auto* made = new Vocabulary;
    for (const char* language : kLanguages)
      AddLanguage(language, *made);
    // English wins where another language has the word for another month; these are English news style.
    int month = 0;
    for (const char* name : {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}) {
      made->months[name] = ++month;
    }
    made->months["sept"] = 9;
    for (const char* day : {"tues", "weds", "thur", "thurs"}) {
      made->weekdays.insert(day);
    }
    return made;
  }();
  return *words;
}

struct Zone {
  std::string_view name;
  int minutes;
};

constexpr std::array<Zone, 62> kZones = {{
    {"z", 0},       {"utc", 0},    {"gmt", 0},    {"ut", 0},     {"wet", 0},    {"est", -300}, {"edt", -240},
    {"cst", -360},  {"cdt", -300}, {"mst", -420}, {"mdt", -360}, {"pst", -480}, {"pdt", -420}, {"akst", -540},
    {"akdt", -480}, {"hst", -600}, {"ast", -240}, {"adt", -180}, {"nst", -210}, {"ndt", -150}, {"brt", -180},
    {"art", -180},  {"clt", -240}, {"cot", -300}, {"pet", -300}, {"vet", -240}, {"bst", 60},   {"west", 60},
    {"cet", 60},    {"mez", 60},   {"wat", 60},   {"cest", 120}, {"mesz", 120}, {"cat", 120},  {"sast", 120},
    {"eet", 120},   {"eest", 180}, {"msk", 180},  {"trt", 180},  {"eat", 180},  {"irst", 210}, {"gst", 240},
    {"aft", 270},   {"pkt", 300},  {"ist", 330},  {"npt", 345},  {"bdt", 360},  {"mmt", 390},  {"ict", 420},
    {"wib", 420},   {"hkt", 480},  {"sgt", 480},  {"awst", 480}, {"pht", 480},  {"jst", 540},  {"kst", 540},
    {"acst", 570},  {"acdt", 630}, {"aest", 600}, {"aedt", 660}, {"nzst", 720}, {"nzdt", 780},
}};

const char* AmericanZone(std::string_view name) {
  if (name == "et") return "America/New_York";
  if (name == "ct") return "America/Chicago";
  if (name == "mt") return "America/Denver";
  return name == "pt" ? "America/Los_Angeles" : nullptr;
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

}  // namespace

int MonthOf(std::string_view word) {
  const auto found = Words().months.find(absl::string_view(word.data(), word.size()));
  return found == Words().months.end() ? 0 : found->second;
}

bool IsWeekday(std::string_view word) {
  return Words().weekdays.contains(absl::string_view(word.data(), word.size()));
}

bool IsDateFiller(std::string_view word) {
  static const auto* const fillers = new absl::flat_hash_set<std::string_view>(
      {"on",           "of",       "the",       "at",          "de",          "del",
       "le",           "la",       "den",       "der",         "das",         "um",
       "uhr",          "a",        "as",        "alle",        "ore",         "o",
       "am",           "vom",      "el",        "em",          "kl",          "klo",
       "date",         "dated",    "published", "publication", "posted",      "updated",
       "last",         "modified", "created",   "first",       "print",       "veroffentlicht",
       "aktualisiert", "stand",    "publie",    "publicado",   "actualizado", "pubblicato",
       "time",         "mis",      "jour",      "issued",      "release",     "released",
       "and",          "or",       "local",     "hrs"});
  return fillers->contains(word);
}

std::optional<absl::Duration> ZoneOffset(std::string_view name, absl::CivilSecond local) {
  if (const char* zone = AmericanZone(name)) return OffsetThen(zone, local);
  for (const Zone& zone : kZones) {
    if (zone.name == name) return absl::Minutes(zone.minutes);
  }
  return std::nullopt;
}

}  // namespace broadsheet::ingest
