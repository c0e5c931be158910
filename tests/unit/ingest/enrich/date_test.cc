#include "ingest/enrich/date.h"

#include <gtest/gtest.h>

#include <iterator>
#include <random>

#include "ingest/enrich/date_in_url.h"

namespace broadsheet::ingest {
namespace {

const absl::Time kReceived = absl::FromCivil(absl::CivilSecond(2025, 6, 22, 12, 0, 0), absl::UTCTimeZone());

DateContext Context() {
  DateContext context;
  context.received = kReceived;
  return context;
}

std::string Read(std::string_view words, const DateContext& context = Context()) {
  const ReadDate date = ReadDateWords(words, context);
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
      {"updatedJun 21, 2025", "2025-06-21T00:00:00Z"},
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
      {"yesterday", "none: it counts from the time of fetching, which was not given"},
      {"3 hours ago", "none: it counts from the time of fetching, which was not given"},
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

TEST(DateTest, ReadsEachOfTheNineLanguagesWithItsHabits) {
  Check({
      // German
      {"Veröffentlicht am Samstag, 21. Juni 2025 um 10.30 Uhr MESZ", "2025-06-21T08:30:00Z"},
      {"21. 6. 2025, 10 Uhr 30", "2025-06-21T10:30:00Z"},
      {"5. Jänner 2025", "2025-01-05T00:00:00Z"},
      {"21.06.25 10 Uhr", "2025-06-21T10:00:00Z"},
      // French
      {"Mis en ligne le samedi 21 juin 2025 à 10 h 30", "2025-06-21T10:30:00Z"},
      {"le 1er août 2024 à 9h, heure de Paris", "2024-08-01T07:00:00Z"},
      {"21 déc. 2024 10 heures 5 minutes", "2024-12-21T10:05:00Z"},
      // Spanish
      {"sábado, 21 de junio de 2025 a las 10:30 p. m.", "2025-06-21T22:30:00Z"},
      {"21 jun. 2025 - 10:30 h", "2025-06-21T10:30:00Z"},
      {"5 de setiembre de 2024", "2024-09-05T00:00:00Z"},
      // Portuguese
      {"sábado, 21 de junho de 2025, às 10h30", "2025-06-21T10:30:00Z"},
      {"Publicado em 21/06/2025 às 10h", "2025-06-21T10:00:00Z"},
      {"quarta-feira, 5 de março de 2025 22h05min", "2025-03-05T22:05:00Z"},
      // Italian
      {"Pubblicato il 21 giugno 2025 alle ore 10.30", "2025-06-21T10:30:00Z"},
      {"lunedì 3 marzo 2025, 18:05", "2025-03-03T18:05:00Z"},
      // Japanese
      {"令和7年6月21日", "2025-06-21T00:00:00Z"},
      {"令和元年五月一日", "2019-05-01T00:00:00Z"},
      {"平成31年4月30日 午後11時59分", "2019-04-30T23:59:00Z"},
      {"昭和64年1月7日", "1989-01-07T00:00:00Z"},
      {"R7.6.21", "2025-06-21T00:00:00Z"},
      {"2025年6月21日 土曜日 午前9時半", "2025-06-21T09:30:00Z"},
      {"2025年06月21日 10時05分 日本時間", "2025-06-21T01:05:00Z"},
      // Chinese
      {"二〇二五年六月二十一日", "2025-06-21T00:00:00Z"},
      {"2025年6月21日 星期六 下午3:05", "2025-06-21T15:05:00Z"},
      {"发布时间：2025年6月21日 晚上8点", "2025-06-21T20:00:00Z"},
      {"2025-06-21 10:30 北京时间", "2025-06-21T02:30:00Z"},
      {"民國114年6月21日", "2025-06-21T00:00:00Z"},
      {"2025年6月21号", "2025-06-21T00:00:00Z"},
      // Arabic
      {"السبت 21 يونيو 2025", "2025-06-21T00:00:00Z"},
      {"٢١ يونيو ٢٠٢٥", "2025-06-21T00:00:00Z"},
      {"21 حزيران 2025", "2025-06-21T00:00:00Z"},
      {"5 كانون الثاني 2025", "2025-01-05T00:00:00Z"},
      {"5 تشرين الأول/أكتوبر 2024", "2024-10-05T00:00:00Z"},
      {"21 جوان 2025", "2025-06-21T00:00:00Z"},
      {"5 ابريل 2025 الساعة 10:30 مساءً", "2025-04-05T22:30:00Z"},
      {"21 يونيو 2025 - 10:30 بتوقيت غرينتش", "2025-06-21T10:30:00Z"},
      {"10 ذو الحجة 1446 هـ الموافق 6 يونيو 2025 م", "2025-06-06T00:00:00Z"},
      {"10 ذو الحجة 1446", "2025-06-06T00:00:00Z"},
  });
}

TEST(DateTest, KnowsWhetherATimeOfDayWasSaid) {
  for (const char* words : {"2025-06-21", "June 21, 2025", "2025年6月21日", "21.06.2025", "Saturday 21 June 2025"})
    EXPECT_TRUE(ReadDateWords(words, Context()).day_only) << words;
  for (const char* words : {"2025-06-21T00:00:00Z", "June 21, 2025 10 pm", "2025年6月21日 10時", "1750500000"})
    EXPECT_FALSE(ReadDateWords(words, Context()).day_only) << words;
}

TEST(DateTest, CountsAgesFromTheFetch) {
  DateContext context = Context();
  context.fetched = absl::FromCivil(absl::CivilSecond(2025, 6, 21, 15, 20, 0), absl::UTCTimeZone());
  struct AgeCase {
    const char* words;
    const char* expected;
    bool day_only;
  };
  for (const AgeCase& c : {
           AgeCase{"3 hours ago", "2025-06-21T12:20:00Z", false},
           {"an hour ago", "2025-06-21T14:20:00Z", false},
           {"1 hour, 20 minutes ago", "2025-06-21T14:00:00Z", false},
           {"Updated 5 mins ago", "2025-06-21T15:15:00Z", false},
           {"2 days ago", "2025-06-19T00:00:00Z", true},
           {"yesterday", "2025-06-20T00:00:00Z", true},
           {"Yesterday at 10:30 PM EDT", "2025-06-21T02:30:00Z", false},
           {"today at 9:05", "2025-06-21T09:05:00Z", false},
           {"just now", "2025-06-21T15:20:00Z", false},
           {"vor 2 Stunden", "2025-06-21T13:20:00Z", false},
           {"vor einer Minute", "2025-06-21T15:19:00Z", false},
           {"gestern, 18:30 Uhr", "2025-06-20T18:30:00Z", false},
           {"vorgestern", "2025-06-19T00:00:00Z", true},
           {"il y a deux heures", "2025-06-21T13:20:00Z", false},
           {"hier", "2025-06-20T00:00:00Z", true},
           {"avant-hier à 10h", "2025-06-19T10:00:00Z", false},
           {"aujourd'hui à 8h15", "2025-06-21T08:15:00Z", false},
           {"hace 3 horas", "2025-06-21T12:20:00Z", false},
           {"ayer", "2025-06-20T00:00:00Z", true},
           {"há 5 minutos", "2025-06-21T15:15:00Z", false},
           {"3 horas atrás", "2025-06-21T12:20:00Z", false},
           {"ontem às 22h", "2025-06-20T22:00:00Z", false},
           {"2 ore fa", "2025-06-21T13:20:00Z", false},
           {"ieri", "2025-06-20T00:00:00Z", true},
           {"un'ora fa", "2025-06-21T14:20:00Z", false},
           {"3時間前", "2025-06-21T12:20:00Z", false},
           {"10分前", "2025-06-21T15:10:00Z", false},
           {"2日前", "2025-06-19T00:00:00Z", true},
           {"昨日", "2025-06-20T00:00:00Z", true},
           {"一昨日", "2025-06-19T00:00:00Z", true},
           {"3小时前", "2025-06-21T12:20:00Z", false},
           {"5分钟前", "2025-06-21T15:15:00Z", false},
           {"昨天", "2025-06-20T00:00:00Z", true},
           {"منذ 3 ساعات", "2025-06-21T12:20:00Z", false},
           {"منذ ساعتين", "2025-06-21T13:20:00Z", false},
           {"قبل يومين", "2025-06-19T00:00:00Z", true},
           {"أمس", "2025-06-20T00:00:00Z", true},
       }) {
    EXPECT_EQ(Read(c.words, context), c.expected) << c.words;
    const ReadDate date = ReadDateWords(c.words, context);
    EXPECT_EQ(date.day_only, c.day_only) << c.words;
    EXPECT_EQ(date.decided, "before the fetch at 2025-06-21T15:20Z") << c.words;
  }
  EXPECT_EQ(Read("2 weeks ago", context), "none: it says only how many weeks, months or years ago");
  EXPECT_EQ(Read("June 20, 2025 (3 hours ago)", context), "2025-06-20T00:00:00Z");
}

TEST(DateTest, DecidesTheOrderOfDayAndMonthByEvidenceOnly) {
  const auto decide = [](std::string_view words, std::string_view language, std::string_view url) {
    DateContext context = Context();
    context.order = FindDayOrder(language, url);
    const ReadDate date = ReadDateWords(words, context);
    const std::string day = date.time ? absl::FormatTime("%m-%d", *date.time, absl::UTCTimeZone()) : "none";
    return day + " " + (date.time ? date.decided : date.reason);
  };
  EXPECT_EQ(decide("03/04/2025", "de", ""), "04-03 day first, as written in the language de");
  EXPECT_EQ(decide("03/04/2025", "en-GB", ""), "04-03 day first, as written in GB");
  EXPECT_EQ(decide("03/04/2025", "en-US", ""), "03-04 month first, as written in US");
  EXPECT_EQ(decide("03/04/2025", "en", "https://news.example.co.uk/a"), "04-03 day first, as written in GB");
  EXPECT_EQ(decide("03/04/2025", "en", "https://example.gov/a"), "03-04 month first, as written in US");
  EXPECT_EQ(decide("03/04/2025", "es", "https://example.com/a"), "04-03 day first, as written in the language es");
  const std::string undecided = "none day and month cannot be told apart";
  EXPECT_EQ(decide("03/04/2025", "en", "https://example.com/a"), undecided);
  EXPECT_EQ(decide("03/04/2025", "en-US", "https://example.com.au/a"), undecided) << "they disagree";
  EXPECT_EQ(decide("03/04/2025", "en", "https://example.tv/a"), undecided) << "a code sold to everybody";
  EXPECT_EQ(decide("03/04/2025", "en-CA", ""), undecided) << "both are in use";
  EXPECT_EQ(decide("Thursday, 03/04/2025", "en-US", ""), "04-03 ") << "the day of the week tells";
  EXPECT_EQ(decide("03/12/2024", "de", ""), "12-03 day first, as written in the language de");
  EXPECT_EQ(decide("03/07/2025", "en", ""), "03-07 the other reading lies in the future");
}

TEST(DateTest, ADayThatAnotherSourceNamesDecidesTheOrder) {
  DateContext context = Context();
  context.order = FindDayOrder("en-US", "");
  context.days = {absl::CivilDay(2025, 4, 3)};
  EXPECT_EQ(Read("03/04/2025", context), "2025-04-03T00:00:00Z");
  context.days = {absl::CivilDay(2025, 4, 5)};
  EXPECT_EQ(Read("03/04/2025", context), "2025-03-04T00:00:00Z");
}

TEST(DateTest, DoesNotBelieveTheZeroOfAClock) {
  for (const char* words :
       {"1970-01-01T00:00:00Z", "January 1, 1970", "Wed, 31 Dec 1969 19:00:00 -0500", "31.12.1969 16:00"})
    EXPECT_EQ(Read(words), "none: the zero of a computer's clock") << words;
  EXPECT_EQ(Read("0001-01-01T00:00:00"), "none: before the year 1600");
  EXPECT_EQ(Read("1970-01-02T10:20:30Z"), "1970-01-02T10:20:30Z");
}

TEST(DateTest, NothingIsPublishedADayAfterItWasFetched) {
  DateContext context = Context();
  context.fetched = absl::FromCivil(absl::CivilSecond(2025, 5, 1, 0, 0, 0), absl::UTCTimeZone());
  EXPECT_EQ(Read("2025-05-03", context), "none: more than a day after the article was fetched");
  EXPECT_EQ(Read("2025-05-01T20:00:00Z", context), "2025-05-01T20:00:00Z");
}

TEST(DateTest, TheRegionSettlesZoneNames) {
  DateContext context = Context();
  context.region = "IE";
  EXPECT_EQ(Read("21 Jun 2025 10:00 IST", context), "2025-06-21T09:00:00Z");
  context.region = "AU";
  EXPECT_EQ(Read("21 Jun 2025 10:00 EST", context), "2025-06-21T00:00:00Z");
}

TEST(DateTest, TakesALineForADateOnlyWhenItIsNothingElse) {
  for (const char* line : {"Saturday, June 21, 2025", "21 June 2025", "Published: 21.06.2025, 10:30 Uhr",
                           "2025年6月21日", "June 21, 2025 10:30 PM ET", "- June 21, 2025 -"}) {
    EXPECT_TRUE(ReadDateLine(line, Context()).time.has_value()) << line;
  }
  for (const char* line : {"The bridge opened on June 21, 2025", "June 21", "10:30", "03/04/2025", "Port Alder", "",
                           "June 21, 2025: the bridge opens", "2025-06-21 and later", "June 21, 2030"}) {
    EXPECT_FALSE(ReadDateLine(line, Context()).time.has_value()) << line;
  }
}

TEST(DateTest, FindsTheDayInAUrl) {
  const auto find = [](std::string_view url, DayOrder order = DayOrder::kUnknown) {
    const auto found = FindDayInUrl(url, order);
    return found ? absl::FormatCivilTime(found->day) + " " + found->words : std::string("none");
  };
  EXPECT_EQ(find("https://example.com/2025/06/21/ferry"), "2025-06-21 /2025/06/21/");
  EXPECT_EQ(find("https://example.com/world/2025/jun/21/ferry"), "2025-06-21 /2025/jun/21/");
  EXPECT_EQ(find("https://example.com/ferry-2025-6-1.html"), "2025-06-01 -2025-6-1.");
  EXPECT_EQ(find("https://example.com/20250621/a"), "2025-06-21 /20250621/");
  EXPECT_EQ(find("https://example.com/local/2025-06/21/c_1.htm"), "2025-06-21 /2025-06/21/");
  EXPECT_EQ(find("https://example.com/21-06-2025-ferry"), "2025-06-21 /21-06-2025-");
  EXPECT_EQ(find("https://example.com/ferry_03.06.2025"), "2025-06-03 _03.06.2025");
  EXPECT_EQ(find("https://example.com/ferry-03-06-2025"), "none") << "the order is open";
  EXPECT_EQ(find("https://example.com/ferry-03-06-2025", DayOrder::kDayFirst), "2025-06-03 -03-06-2025");
  EXPECT_EQ(find("https://example.com/ferry-03-06-2025", DayOrder::kMonthFirst), "2025-03-06 -03-06-2025");
  for (const char* url : {"https://example.com/2025/06/ferry", "https://example.com/2025/06/3-ferries",
                          "https://example.com/2025/06/31/a", "https://example.com/",
                          "https://2025-06-21.example.com/a", "https://example.com/a?d=2025-06-21", "no url",
                          "https://example.com/99992025/06/21", "https://example.com/id/1850/06/21"}) {
    EXPECT_EQ(find(url), "none") << url;
  }
}

// Words, numbers and marks of dates by chance: whatever comes, an answer with a reason or a believable time.
TEST(DateTest, AnswersWhateverIsThrownAtIt) {
  constexpr const char* kPieces[] = {
      "21",    "06", "2025",  "/",  "-",    ".",    ":",    " ",    "June", "juin",  "am",  "vor", "ago", "3", "令和",
      "年",    "月", "日",    "二", "十",   "منذ",  "ساعة", "هـ",   "+",    "0200",  "Uhr", "h",   "GMT", "T", "Z",
      "99999", "ذو", "الحجة", "前", "午後", "\xff", "\xe3", "hier", "0",    "10:30", "ET",  "R",   "mar", "٣"};
  std::mt19937 random(7);
  DateContext context = Context();
  context.fetched = kReceived;
  for (int run = 0; run < 20'000; ++run) {
    std::string words;
    for (size_t left = random() % 12; left > 0; --left)
      words += std::string(kPieces[random() % std::size(kPieces)]) + (random() % 2 ? " " : "");
    const ReadDate date = ReadDateWords(words, context);
    ASSERT_EQ(date.time.has_value(), date.reason.empty()) << words;
    ASSERT_FALSE(date.time && WhyNotBelieved(*date.time, context)) << words;
    IsDateOrTimeLine(words);
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
