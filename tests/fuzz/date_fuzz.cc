// Whatever bytes come as a date: a time that can be believed or a reason why there is none, never both.
#include "fuzz/target.h"
#include "ingest/enrich/date.h"

namespace broadsheet::ingest {
namespace {

using fuzz::Require;

const absl::Time kReceived = absl::FromUnixSeconds(1'750'500'000);

void TryIn(std::string_view input, const DateContext& context) {
  const ReadDate read = ReadDateWords(input, context);
  Require(read.time.has_value() == read.reason.empty(), "either a time or a reason");
  if (read.time) Require(!WhyNotBelieved(*read.time, context), "a time that can be believed");
  const ReadDate line = ReadDateLine(input, context);
  if (line.time) Require(!WhyNotBelieved(*line.time, context), "a time of a line that can be believed");
}

void TryDate(std::string_view input) {
  DateContext context;
  context.received = kReceived;
  TryIn(input, context);
  context.fetched = kReceived - absl::Hours(30);
  context.region = "GB";
  context.days = {absl::CivilDay(2025, 6, 20)};
  TryIn(input, context);
  static_cast<void>(IsDateOrTimeLine(input));
}

fuzz::Target MakeTarget() {
  fuzz::Target target{"date", {}, {}, TryDate};
  target.seeds = {"2025-06-21T10:30:00.123456+05:30",
                  "Sat, 21 Jun 2025 10:30:00 GMT",
                  "26-FEB-1987 15:01:01.79",
                  "June 21, 2025 10:30 PM ET",
                  "Published on Saturday, June 21st 2025 at 22:30 (BST), updated June 22",
                  "21. Juni 2025, 10:30 Uhr",
                  "21 de junio de 2025",
                  "le 1er f\xC3\xA9vrier 2025 \xC3\xA0 10h30",
                  "2025\xE5\xB9\xB4"
                  "6\xE6\x9C\x88"
                  "21\xE6\x97\xA5 10\xE6\x99\x82"
                  "30\xE5\x88\x86",
                  "\xD9\xA2\xD9\xA1 \xD9\x8A\xD9\x88\xD9\x86\xD9\x8A\xD9\x88 2025",
                  "03/04/2025",
                  "13.4.25",
                  "1750500000",
                  "1750500000123",
                  "20250621T103000Z",
                  "2 hours ago",
                  "vor drei Tagen",
                  "yesterday at noon",
                  "24:00:60 31 February 99999"};
  for (const char* token : {"June ",
                            "Jun",
                            "juin",
                            "junio",
                            "Sept.",
                            "Sat, ",
                            "PM",
                            "a.m.",
                            "GMT",
                            "+0530",
                            "-08:00",
                            "Z",
                            "T",
                            "ET",
                            "CEST",
                            "Uhr",
                            " de ",
                            "\xE5\xB9\xB4",
                            "\xE6\x9C\x88",
                            "\xE6\x97\xA5",
                            "\xE6\x99\x82",
                            "2025",
                            "21",
                            "10:30",
                            ":59",
                            ".123",
                            "/",
                            "-",
                            "1st",
                            "o'clock",
                            "ago",
                            "hours ",
                            "yesterday",
                            "00",
                            "99999",
                            "1750500000",
                            "Updated: "})
    target.tokens.emplace_back(token);
  return target;
}

}  // namespace
}  // namespace broadsheet::ingest

const broadsheet::fuzz::Target& broadsheet::fuzz::TheTarget() {
  static const Target* const target = new Target(ingest::MakeTarget());
  return *target;
}
