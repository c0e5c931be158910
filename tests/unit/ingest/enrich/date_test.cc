#include "ingest/enrich/date.h"

#include <gtest/gtest.h>

namespace broadsheet::ingest {
namespace {

const absl::Time kReceived = absl::FromCivil(absl::CivilSecond(2025, 6, 22, 12, 0, 0), absl::UTCTimeZone());

std::string Read(std::string_view words) {
  const ReadDate date = ReadDateWords(words, kReceived);
  if (!date.time.has_value()) return "none: " + date.reason;
  EXPECT_EQ(date.reason, "");
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E*SZ", *date.time, absl::UTCTimeZone());
}

struct Case {
  const char* words;
  const char* expected;
};

void Check(std::initializer_list<Case> cases) {
  for (const Case& c : cases)
    EXPECT_EQ(Read(c.words), c.expected) << c.words;
}

TEST(DateTest, ReadsStandardForms) {
  Check({
      {"2025-06-21T10:15:30Z", "2025-06-21T10:15:30Z"},
      {"2025-06-21T10:15:30.250+02:00", "2025-06-21T08:15:30.25Z"},
      {"2025-06-21T10:15-0400", "2025-06-21T14:15:00Z"},
      {"2025-06-21 10:15:30", "2025-06-21T10:15:30Z"},
      {"2025-06-21", "2025-06-21T00:00:00Z"},
      {"2025/06/21", "2025-06-21T00:00:00Z"},
      {"20250621", "2025-06-21T00:00:00Z"},
      {"20250621T101530Z", "2025-06-21T10:15:30Z"},
      {"20250621101530", "2025-06-21T10:15:30Z"},
      {"Sat, 21 Jun 2025 10:00:00 GMT", "2025-06-21T10:00:00Z"},
      {"Sat, 21 Jun 2025 10:00:00 -0700", "2025-06-21T17:00:00Z"},
      {"Sat, 21 Jun 25 10:00 EDT", "2025-06-21T14:00:00Z"},
      {"Sat Jun 21 10:00:00 2025", "2025-06-21T10:00:00Z"},
      {"Sat Jun 21 10:00:00 EDT 2025", "2025-06-21T14:00:00Z"},
      {"1750500000", "2025-06-21T10:00:00Z"},
      {"1750500000250", "2025-06-21T10:00:00.25Z"},
  });
}

TEST(DateTest, ReadsTheFormsOfNewsPages) {
  Check({
      {"04-MAR-1987 15:01:01.79", "1987-03-04T15:01:01.79Z"},
      {"4-MAR-1987 15:01:01.79 QX", "1987-03-04T15:01:01.79Z"},
      {"June 21, 2025", "2025-06-21T00:00:00Z"},
      {"Jun. 21, 2025 at 10:30 p.m. ET", "2025-06-22T02:30:00Z"},
      {"Jan 21, 2025 10:30 PM ET", "2025-01-22T03:30:00Z"},
      {"21 June 2025 10:00 EDT", "2025-06-21T14:00:00Z"},
      {"June 21st, 2025, 9 am PDT", "2025-06-21T16:00:00Z"},
      {"12:05 AM, Saturday 21 June 2025", "2025-06-21T00:05:00Z"},
      {"Published: Saturday, June 21, 2025 | Updated: June 22, 2025", "2025-06-21T00:00:00Z"},
      {"21/06/2025", "2025-06-21T00:00:00Z"},
      {"06/21/2025 14:30", "2025-06-21T14:30:00Z"},
      {"6/21/25", "2025-06-21T00:00:00Z"},
      {"05/05/2025", "2025-05-05T00:00:00Z"},
      {"03.04.2025", "2025-04-03T00:00:00Z"},
      {"21 Jun 98", "1998-06-21T00:00:00Z"},
      {"June 21, 2025 0930 GMT", "2025-06-21T09:30:00Z"},
      {"June 21, 2025 10:00 (UTC+2)", "2025-06-21T08:00:00Z"},
      {"Port Alder, June 21, 2025", "2025-06-21T00:00:00Z"},
      {"2025-06-21 24:00", "2025-06-22T00:00:00Z"},
  });
}

TEST(DateTest, ReadsOtherLanguages) {
  Check({
      {"Samstag, 21. Juni 2025, 10:30 Uhr", "2025-06-21T10:30:00Z"},
      {"21. März 2025 um 10.30 Uhr MEZ", "2025-03-21T09:30:00Z"},
      {"Stand: 21.06.2025", "2025-06-21T00:00:00Z"},
      {"am 21. Dezember 2024", "2024-12-21T00:00:00Z"},
      {"samedi 21 juin 2025 à 10h30", "2025-06-21T10:30:00Z"},
      {"1er février 2025", "2025-02-01T00:00:00Z"},
      {"Publié le 15 août 2024", "2024-08-15T00:00:00Z"},
      {"21 de junio de 2025", "2025-06-21T00:00:00Z"},
      {"mar, 17 jun 2025", "2025-06-17T00:00:00Z"},
      {"21 de março de 2025", "2025-03-21T00:00:00Z"},
      {"sabato 21 giugno 2025", "2025-06-21T00:00:00Z"},
      {"21 июня 2025", "2025-06-21T00:00:00Z"},
      {"2025年6月21日", "2025-06-21T00:00:00Z"},
      {"2025年6月21日(土) 午後3時30分", "2025-06-21T15:30:00Z"},
      {"２０２５年６月２１日 10:30 JST", "2025-06-21T01:30:00Z"},
      {"2025년 6월 21일", "2025-06-21T00:00:00Z"},
  });
}

TEST(DateTest, KnowsZoneNamesAndSettlesTheOnesWithSeveralMeanings) {
  Check({
      {"21 Jan 2025 10:00 EST", "2025-01-21T15:00:00Z"},
      {"21 Jan 2025 10:00 CST", "2025-01-21T16:00:00Z"},
      {"21 Jan 2025 10:00 IST", "2025-01-21T04:30:00Z"},
      {"21 Jun 2025 10:00 BST", "2025-06-21T09:00:00Z"},
      {"21 Jun 2025 10:00 CEST", "2025-06-21T08:00:00Z"},
      {"21 Jun 2025 10:00 PT", "2025-06-21T17:00:00Z"},
      {"21 Jan 2025 10:00 PT", "2025-01-21T18:00:00Z"},
      {"21 Jun 2025 10:00 NPT", "2025-06-21T04:15:00Z"},
      {"10 Apr 1990 10:00 ET", "1990-04-10T14:00:00Z"},
      {"3 Apr 1980 10:00 ET", "1980-04-03T15:00:00Z"},
  });
}

TEST(DateTest, NeverInventsADateAndSaysWhy) {
  Check({
      {"03/04/2025", "none: day and month cannot be told apart"},
      {"25-06-21", "none: it cannot be told which of the numbers is the year"},
      {"2025-02-30", "none: there is no such day"},
      {"31 June 2025", "none: there is no such day"},
      {"2025-13-01", "none: there is no such day"},
      {"0000-00-00", "none: there is no such day"},
      {"June 2025", "none: it names no day"},
      {"21 June", "none: it names no year"},
      {"2025", "none: it names no month"},
      {"yesterday", "none: no date was found in it"},
      {"3 hours ago", "none: it names no year"},
      {"", "none: no date was found in it"},
      {"June 20-21, 2025", "none: it has more numbers than a date"},
      {"20/21 June 2025", "none: it has more numbers than a date"},
      {"21 June July 2025", "none: it names two months"},
      {"21 June 2025 25:00", "none: there is no such time of day"},
      {"4-MAR-1987 605:12:19", "none: no time of day is written so"},
      {"June 21, 1492", "none: before the year 1600"},
      {"2025-06-24", "none: more than a day after the article was received"},
      {"9999999999", "none: more than a day after the article was received"},
      {"12345", "none: it has more numbers than a date"},
  });
  EXPECT_EQ(Read("2025-06-23T11:00:00Z"), "2025-06-23T11:00:00Z");
  EXPECT_EQ(Read(std::string(10'000, '9')).substr(0, 4), "none");
}

TEST(DateTest, TakesALineForADateOnlyWhenItIsNothingElse) {
  for (const char* line : {"Saturday, June 21, 2025", "21 June 2025", "Published: 21.06.2025, 10:30 Uhr",
                           "2025年6月21日", "June 21, 2025 10:30 PM ET", "- June 21, 2025 -"}) {
    EXPECT_TRUE(ReadDateLine(line, kReceived).has_value()) << line;
  }
  for (const char* line : {"The bridge opened on June 21, 2025", "June 21", "10:30", "03/04/2025", "Port Alder", "",
                           "June 21, 2025: the bridge opens", "2025-06-21 and later", "June 21, 2030"}) {
    EXPECT_FALSE(ReadDateLine(line, kReceived).has_value()) << line;
  }
}

TEST(DateTest, KnowsLinesThatOnlySayWhen) {
  EXPECT_TRUE(IsDateOrTimeLine("10:45 AM"));
  EXPECT_TRUE(IsDateOrTimeLine("Saturday, June 21"));
  EXPECT_FALSE(IsDateOrTimeLine("Ferry late"));
  EXPECT_FALSE(IsDateOrTimeLine("Published"));
}

}  // namespace
}  // namespace broadsheet::ingest
