#include "ingest/enrich/hijri.h"

#include <unicode/calendar.h>

#include <memory>

#include "absl/time/time.h"

namespace broadsheet::ingest {
namespace {

constexpr int kFirstYear = 1250;  // 1834; before it nobody printed news in it
constexpr int kLastYear = 1600;

}  // namespace

std::optional<absl::CivilDay> DayOfHijri(int year, int month, int day) {
  if (year < kFirstYear || year > kLastYear || month < 1 || month > 12 || day < 1 || day > 30) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Calendar> calendar(
      icu::Calendar::createInstance(*icu::TimeZone::getGMT(), icu::Locale("ar@calendar=islamic-umalqura"), status));
  if (U_FAILURE(status) || calendar == nullptr) return std::nullopt;
  calendar->clear();
  calendar->set(UCAL_EXTENDED_YEAR, year);
  calendar->set(UCAL_MONTH, month - 1);
  calendar->set(UCAL_DATE, day);
  const UDate millis = calendar->getTime(status);
  if (U_FAILURE(status) || calendar->get(UCAL_MONTH, status) != month - 1) return std::nullopt;
  return absl::ToCivilDay(absl::FromUnixMillis(static_cast<int64_t>(millis)), absl::UTCTimeZone());
}

}  // namespace broadsheet::ingest
