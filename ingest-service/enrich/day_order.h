#pragma once

#include <string>
#include <string_view>

namespace broadsheet::ingest {

// Which of day and month comes first in "03/04/2025".
enum class DayOrder { kUnknown, kDayFirst, kMonthFirst };

struct OrderOfDay {
  DayOrder order = DayOrder::kUnknown;
  std::string evidence;  // what tells, for people: "language de", "the country of example.co.uk"
};

// Decides by where an article comes from, with the habits that CLDR knows of languages and countries: the region of the
// language tag, the country of the URL's host, and the language when all its countries agree. Region and country that
// disagree tell nothing (many sites outside of the United States say "en-US"), nor do English alone, countries that
// write the year first, or country codes sold to everybody (.tv, .io). Thread-safe.
OrderOfDay FindDayOrder(std::string_view language_tag, std::string_view url);

// The country an article comes from, as ISO 3166 in capitals: of the URL's host, else of the language tag. Empty when
// it is not told. Thread-safe.
std::string FindRegion(std::string_view language_tag, std::string_view url);

}  // namespace broadsheet::ingest
