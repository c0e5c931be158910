#include "ingest/parse/validate.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

namespace broadsheet::ingest {
namespace {

const absl::Time kReceived = absl::FromCivil(absl::CivilSecond(2025, 6, 22), absl::UTCTimeZone());

v1::RawArticle Valid() {
  v1::RawArticle article;
  article.set_text("The ferry to Port Alder was late again.");
  return article;
}

struct Case {
  std::string name;
  std::function<void(v1::RawArticle&)> spoil;
  v1::Reason reason;
  std::string field;
  std::string says;  // a part of the message: the limit or the way out
};

std::string Long(size_t bytes) {
  return std::string(bytes, 'x');
}

std::vector<Case> Cases() {
  using A = v1::RawArticle;
  const auto year_10000 = 253'402'300'800;
  return {
      {"id too long", [](A& a) { a.set_id(Long(129)); }, v1::REASON_FIELD_TOO_LARGE, "id", "128"},
      {"id with a line end", [](A& a) { a.set_id("a\nb"); }, v1::REASON_INVALID_ID, "id", "control"},
      {"id with a C1 control", [](A& a) { a.set_id("a\xC2\x85"); }, v1::REASON_INVALID_ID, "id", "control"},
      {"id with broken UTF-8", [](A& a) { a.set_id("a\xFF"); }, v1::REASON_INVALID_ID, "id", "take them off"},
      {"reserved id", [](A& a) { a.set_id("bs-1"); }, v1::REASON_INVALID_ID, "id", "bs-"},
      {"url too long", [](A& a) { a.set_url("https://a.example/" + Long(2048)); }, v1::REASON_FIELD_TOO_LARGE, "url",
       "2048"},
      {"url of another scheme", [](A& a) { a.set_url("ftp://a.example/"); }, v1::REASON_INVALID_URL, "url", "http"},
      {"relative url", [](A& a) { a.set_url("/news/1"); }, v1::REASON_INVALID_URL, "url", "absolute"},
      {"title too long", [](A& a) { a.set_title(Long(1025)); }, v1::REASON_FIELD_TOO_LARGE, "title", "1024"},
      {"no content", [](A& a) { a.clear_content(); }, v1::REASON_EMPTY_CONTENT, "text", "markdown"},
      {"empty text", [](A& a) { a.set_text(""); }, v1::REASON_EMPTY_CONTENT, "text", "send"},
      {"empty html", [](A& a) { a.set_html(""); }, v1::REASON_EMPTY_CONTENT, "html", "send"},
      {"text too large", [](A& a) { a.set_text(Long(1001)); }, v1::REASON_CONTENT_TOO_LARGE, "text", "1000"},
      {"markdown too large", [](A& a) { a.set_markdown(Long(1001)); }, v1::REASON_CONTENT_TOO_LARGE, "markdown",
       "1000"},
      {"html too large", [](A& a) { a.set_html(Long(2001)); }, v1::REASON_CONTENT_TOO_LARGE, "html", "2000"},
      {"source too long", [](A& a) { a.set_source(Long(257)); }, v1::REASON_FIELD_TOO_LARGE, "source", "256"},
      {"33 authors",
       [](A& a) {
         for (int i = 0; i < 33; ++i)
           a.add_authors("x");
       },
       v1::REASON_FIELD_TOO_LARGE, "authors", "32"},
      {"author too long", [](A& a) { a.add_authors("x"), a.add_authors(Long(257)); }, v1::REASON_FIELD_TOO_LARGE,
       "authors[1]", "256"},
      {"section too long", [](A& a) { a.set_section(Long(257)); }, v1::REASON_FIELD_TOO_LARGE, "section", "256"},
      {"65 tags",
       [](A& a) {
         for (int i = 0; i < 65; ++i)
           a.add_tags("x");
       },
       v1::REASON_FIELD_TOO_LARGE, "tags", "64"},
      {"tag too long", [](A& a) { a.add_tags(Long(257)); }, v1::REASON_FIELD_TOO_LARGE, "tags[0]", "256"},
      {"published too long", [](A& a) { a.set_published(Long(257)); }, v1::REASON_FIELD_TOO_LARGE, "published", "256"},
      {"published_time after 9999", [=](A& a) { a.mutable_published_time()->set_seconds(year_10000); },
       v1::REASON_INVALID_TIMESTAMP, "published_time", "9999"},
      {"updated_time before year 1", [](A& a) { a.mutable_updated_time()->set_seconds(-62'135'596'801); },
       v1::REASON_INVALID_TIMESTAMP, "updated_time", "years 1"},
      {"fetched_time with negative nanos", [](A& a) { a.mutable_fetched_time()->set_nanos(-1); },
       v1::REASON_INVALID_TIMESTAMP, "fetched_time", "nanoseconds"},
      {"updated_time far ahead",
       [](A& a) { a.mutable_updated_time()->set_seconds(absl::ToUnixSeconds(kReceived + absl::Hours(24)) + 1); },
       v1::REASON_UPDATED_IN_FUTURE, "updated_time", "24 hours"},
      {"33 attributes",
       [](A& a) {
         for (int i = 0; i < 33; ++i)
           (*a.mutable_attributes())[std::to_string(i)] = "x";
       },
       v1::REASON_FIELD_TOO_LARGE, "attributes", "32"},
      {"attribute without a key", [](A& a) { (*a.mutable_attributes())[""] = "x"; }, v1::REASON_INVALID_ATTRIBUTE,
       "attributes.", "1 to 64"},
      {"attribute key with a blank", [](A& a) { (*a.mutable_attributes())["news desk"] = "x"; },
       v1::REASON_INVALID_ATTRIBUTE, "attributes.news desk", "letters"},
      {"attribute key too long", [](A& a) { (*a.mutable_attributes())[Long(65)] = "x"; }, v1::REASON_FIELD_TOO_LARGE,
       "attributes." + Long(64), "64"},
      {"attribute value too long", [](A& a) { (*a.mutable_attributes())["desk"] = Long(257); },
       v1::REASON_FIELD_TOO_LARGE, "attributes.desk", "256"},
  };
}

constexpr ContentLimits kLimits = {.text_bytes = 1000, .html_bytes = 2000};

TEST(ValidateTest, NamesReasonFieldAndLimitOfEveryFault) {
  for (const Case& c : Cases()) {
    SCOPED_TRACE(c.name);
    v1::RawArticle article = Valid();
    c.spoil(article);
    const auto rejection = Validate(article, kLimits, kReceived);
    ASSERT_TRUE(rejection.has_value());
    EXPECT_EQ(rejection->reason, c.reason);
    EXPECT_EQ(rejection->field, c.field);
    EXPECT_NE(rejection->message.find(c.says), std::string::npos) << rejection->message;
  }
}

TEST(ValidateTest, TakesWhatIsJustWithinEveryLimit) {
  v1::RawArticle article;
  article.set_id(Long(128));
  article.set_url("https://a.example/" + Long(2048 - 18));
  article.set_title(Long(1024));
  article.set_text(Long(1000));
  article.set_source(Long(256));
  for (int i = 0; i < 32; ++i)
    article.add_authors(Long(256));
  article.set_section(Long(256));
  for (int i = 0; i < 64; ++i)
    article.add_tags(Long(256));
  article.set_published(Long(256));
  article.mutable_published_time()->set_seconds(-62'135'596'800);
  article.mutable_fetched_time()->set_nanos(999'999'999);
  article.mutable_updated_time()->set_seconds(absl::ToUnixSeconds(kReceived + absl::Hours(24)));
  for (int i = 0; i < 31; ++i)
    (*article.mutable_attributes())[std::to_string(i)] = Long(256);
  (*article.mutable_attributes())["Desk_a-b." + Long(55)] = "";
  const auto rejection = Validate(article, kLimits, kReceived);
  EXPECT_FALSE(rejection.has_value()) << rejection->field << ": " << rejection->message;
}

TEST(ValidateTest, TakesABlankUrlForNone) {
  v1::RawArticle article = Valid();
  article.set_url("  ");
  EXPECT_FALSE(Validate(article, kLimits, kReceived).has_value());
}

}  // namespace
}  // namespace broadsheet::ingest
