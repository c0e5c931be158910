#include "ingest/enrich/day_order.h"

#include <unicode/smpdtfmt.h>

#include <algorithm>
#include <array>
#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "ingest/parse/url.h"

namespace broadsheet::ingest {
namespace {

// Country codes that anybody uses, wherever they are.
constexpr std::array<std::string_view, 19> kSoldDomains = {"io", "tv", "co", "me", "ai", "fm", "ly", "gg", "cc",  "ws",
                                                           "to", "am", "la", "st", "sh", "ac", "im", "gl", "news"};
// Languages whose countries all put the day first, where they write numbers only.
constexpr std::array<std::string_view, 24> kDayFirstLanguages = {"de", "fr", "es", "it", "pt", "nl", "da", "nb",
                                                                 "no", "fi", "pl", "cs", "sk", "ro", "ru", "uk",
                                                                 "bg", "el", "tr", "ar", "he", "id", "vi", "ca"};

absl::string_view Absl(std::string_view text) {
  return {text.data(), text.size()};
}

std::string LanguageOf(std::string_view tag) {
  return absl::AsciiStrToLower(Absl(tag.substr(0, tag.find('-'))));
}

// The two letters after the language or its script.
std::string RegionOf(std::string_view tag) {
  size_t at = tag.find('-');
  while (at != std::string_view::npos) {
    const size_t end = std::min(tag.find('-', at + 1), tag.size());
    if (end - at == 3) return absl::AsciiStrToUpper(Absl(tag.substr(at + 1, 2)));
    at = end == tag.size() ? std::string_view::npos : end;
  }
  return "";
}

std::string CountryOf(std::string_view url) {
  const auto parsed = ParseUrl(url);
  if (!parsed) return "";
  const std::string domain = absl::AsciiStrToLower(Absl(parsed->host.substr(parsed->host.rfind('.') + 1)));
  if (domain == "gov" || domain == "mil" || domain == "edu") return "US";
  const bool is_sold = std::find(kSoldDomains.begin(), kSoldDomains.end(), domain) != kSoldDomains.end();
  const bool is_country = domain.size() == 2 && absl::ascii_isalpha(static_cast<unsigned char>(domain[0])) &&
                          absl::ascii_isalpha(static_cast<unsigned char>(domain[1]));
  if (!is_country || is_sold) return "";
  return domain == "uk" ? "GB" : absl::AsciiStrToUpper(domain);
}

DayOrder OrderIn(const std::string& language, const std::string& region) {
  if (region.empty() || region == "CA") return DayOrder::kUnknown;  // Canada writes it in every order
  if (region == "EU") return DayOrder::kDayFirst;
  UErrorCode status = U_ZERO_ERROR;
  icu::Locale locale(language.empty() ? "und" : language.c_str(), region.c_str());
  if (language.empty()) locale.addLikelySubtags(status);
  const std::unique_ptr<icu::DateFormat> format(icu::DateFormat::createDateInstance(icu::DateFormat::kShort, locale));
  const auto* simple = dynamic_cast<const icu::SimpleDateFormat*>(format.get());
  if (U_FAILURE(status) || simple == nullptr) return DayOrder::kUnknown;
  icu::UnicodeString pattern;
  simple->toPattern(pattern);
  const int32_t day = pattern.indexOf(u'd'), month = pattern.indexOf(u'M'), year = pattern.indexOf(u'y');
  if (day < 0 || month < 0 || (year >= 0 && year < std::min(day, month))) return DayOrder::kUnknown;
  return day < month ? DayOrder::kDayFirst : DayOrder::kMonthFirst;
}

}  // namespace

OrderOfDay FindDayOrder(std::string_view language_tag, std::string_view url) {
  const std::string language = LanguageOf(language_tag), region = RegionOf(language_tag), country = CountryOf(url);
  const DayOrder by_region = OrderIn(language, region);
  const DayOrder by_country = country == region ? by_region : OrderIn("", country);
  const bool disagree = by_region != by_country && by_region != DayOrder::kUnknown && by_country != DayOrder::kUnknown;
  if (disagree) return {};
  if (by_country != DayOrder::kUnknown) return {by_country, absl::StrCat("as written in ", country)};
  if (by_region != DayOrder::kUnknown) return {by_region, absl::StrCat("as written in ", region)};
  const bool all_agree =
      std::find(kDayFirstLanguages.begin(), kDayFirstLanguages.end(), language) != kDayFirstLanguages.end();
  if (all_agree && region.empty()) return {DayOrder::kDayFirst, absl::StrCat("as written in the language ", language)};
  return {};
}

std::string FindRegion(std::string_view language_tag, std::string_view url) {
  std::string country = CountryOf(url);
  return country.empty() ? RegionOf(language_tag) : country;
}

}  // namespace broadsheet::ingest
