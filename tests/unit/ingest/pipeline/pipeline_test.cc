#include "ingest/pipeline/pipeline.h"

#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include "ingest/clean/edited_text.h"

namespace broadsheet::ingest {
namespace {

const absl::Time kReceived = absl::FromCivil(absl::CivilSecond(2025, 6, 22, 12, 0, 0), absl::UTCTimeZone());

constexpr char kParagraph[] =
    "The harbour board met on Tuesday evening and agreed, after four hours of talk, that the old ferry has to go.";

EnrichedArticle Take(const v1::RawArticle& raw) {
  auto result = Prepare(raw, {}, kReceived);
  const auto* rejection = std::get_if<Rejection>(&result);
  EXPECT_EQ(rejection, nullptr) << rejection->field << ": " << rejection->message;
  return rejection == nullptr ? std::get<EnrichedArticle>(std::move(result)) : EnrichedArticle{};
}

Rejection Refuse(const v1::RawArticle& raw, const PipelineLimits& limits = {}) {
  auto result = Prepare(raw, limits, kReceived);
  EXPECT_TRUE(std::holds_alternative<Rejection>(result));
  return std::holds_alternative<Rejection>(result) ? std::get<Rejection>(result) : Rejection{};
}

v1::RawArticle Text(const std::string& text) {
  v1::RawArticle raw;
  raw.set_text(text);
  return raw;
}

// The origin of a field and its evidence; "given" when there is no entry.
std::string OriginOf(const EnrichedArticle& article, const std::string& field) {
  for (const auto& origin : article.article.origins()) {
    if (origin.field() == field) return v1::Origin_Name(origin.origin()) + " " + origin.evidence();
  }
  return "given";
}

TEST(PipelineTest, MakesAScrapedPageReadable) {
  const EnrichedArticle made = Take(Text(std::string("21.5 C\nPort Alder\nSaturday, June 21, 2025\n\n") +
                                         "Harbour Board Gives Up The Old Ferry\n\n- Advertisement -\n\n" + kParagraph));
  EXPECT_EQ(made.article.title(), "Harbour Board Gives Up The Old Ferry");
  EXPECT_EQ(made.article.body(), kParagraph);
  EXPECT_EQ(made.article.published_time().seconds(), 1'750'464'000);
  EXPECT_EQ(made.article.language(), "en");
  EXPECT_EQ(OriginOf(made, "title").substr(0, 11), "ORIGIN_TEXT");
  EXPECT_EQ(OriginOf(made, "published_time"), "ORIGIN_TEXT Saturday, June 21, 2025");
  EXPECT_EQ(OriginOf(made, "language").substr(0, 14), "ORIGIN_DERIVED");
  EXPECT_EQ(made.article.normaliser_version(), kNormaliserVersion);
}

TEST(PipelineTest, ThePageSaysTheDayOfAnInstantInUtcButItsClockDoesNot) {
  const auto day_of = [](const std::string& above, const std::string& below) {
    v1::RawArticle raw;
    raw.set_html(
        "<html><head><title>Old ferry goes</title><meta property=article:published_time content=2025-06-21T01:30:00Z>"
        "</head><body><p class=date>" +
        above + "</p><article><h1>Old ferry goes</h1><p class=date>" + below + "</p><p>" + kParagraph + "</p><p>" +
        kParagraph + "</p></article></body></html>");
    return Take(raw).article.published_day();
  };
  EXPECT_EQ(day_of("", ""), "2025-06-21");
  EXPECT_EQ(day_of("", "June 20, 2025"), "2025-06-20");
  EXPECT_EQ(day_of("June 20, 2025", ""), "2025-06-21");
}

TEST(PipelineTest, GivesEditsThatLeadFromTheTextSentToTheBody) {
  const std::string sent =
      std::string("Harbour Board Gives Up &quot;The Old Ferry&quot;\n") + kParagraph +
      "\nThe  boat\xE2\x80\x8B &amp; the pier cost 3 million, and nobody knows who will pay for either of the two.";
  const EnrichedArticle made = Take(Text(sent));
  EXPECT_EQ(made.article.title(), "Harbour Board Gives Up \"The Old Ferry\"");
  std::string rebuilt;
  size_t done = 0;
  for (const v1::Edit& edit : made.edits) {
    rebuilt += sent.substr(done, edit.begin() - done) + edit.replacement();
    done = edit.end();
  }
  EXPECT_EQ(rebuilt + sent.substr(done), made.article.body());
  ASSERT_FALSE(made.edits.empty());
  EXPECT_EQ(made.edits[0].rule(), "title");
}

TEST(PipelineTest, KeepsWhatTheWriterGaveAndSaysNothingOfIt) {
  v1::RawArticle raw = Text(kParagraph);
  raw.set_id("alder-1");
  raw.set_url("HTTPS://Alder.example/a?utm_source=x#top");
  raw.set_title(" Old ferry  goes ");
  raw.set_source("Alder Post");
  raw.add_authors("By Ann Writer and Bob Author");
  raw.set_section("Local");
  raw.add_tags("Ferry");
  raw.add_tags("ferry");
  raw.set_language("EN-gb");
  raw.mutable_published_time()->set_seconds(1'750'500'000);
  raw.mutable_updated_time()->set_seconds(1'750'500'001);
  (*raw.mutable_attributes())["desk"] = "sea";
  const EnrichedArticle made = Take(raw);
  EXPECT_EQ(made.caller_id, "alder-1");
  EXPECT_EQ(made.canonical_url, "https://alder.example/a");
  EXPECT_EQ(made.article.url(), "https://alder.example/a");
  EXPECT_EQ(made.article.title(), "Old ferry goes");
  EXPECT_EQ(made.article.authors_size(), 2);
  EXPECT_EQ(made.article.tags_size(), 1);
  EXPECT_EQ(made.article.language(), "en-GB");
  EXPECT_EQ(made.article.published_time().seconds(), 1'750'500'000);
  EXPECT_EQ(made.article.attributes().at("desk"), "sea");
  EXPECT_EQ(made.updated_time, absl::FromUnixSeconds(1'750'500'001));
  EXPECT_EQ(made.article.origins_size(), 0);
  EXPECT_EQ(made.article.word_count(), 24);
}

TEST(PipelineTest, NeverInventsADateAndNeverRefusesForOne) {
  struct Case {
    const char* published;
    const char* origin;
  };
  for (const Case& c : {Case{"Sat, 21 Jun 2025 10:00 EDT", "ORIGIN_GIVEN Sat, 21 Jun 2025 10:00 EDT"},
                        {"03/04/2025", "ORIGIN_NONE \"03/04/2025\": day and month cannot be told apart"},
                        {"the other day", "ORIGIN_NONE \"the other day\": no date was found in it"},
                        {"", "ORIGIN_NONE no date was given or found"}}) {
    v1::RawArticle raw = Text(kParagraph);
    raw.set_published(c.published);
    const EnrichedArticle made = Take(raw);
    EXPECT_EQ(OriginOf(made, "published_time"), c.origin);
    EXPECT_EQ(made.article.has_published_time(), std::string(c.origin).starts_with("ORIGIN_GIVEN"));
  }
}

TEST(PipelineTest, FindsAnotherDateWhenTheOneGivenCannotBeTrue) {
  v1::RawArticle raw = Text(std::string("June 21, 2025\n\n") + kParagraph);
  raw.mutable_published_time()->set_seconds(4'000'000'000);
  const EnrichedArticle made = Take(raw);
  EXPECT_EQ(made.article.published_time().seconds(), 1'750'464'000);
  EXPECT_EQ(OriginOf(made, "published_time"),
            "ORIGIN_TEXT June 21, 2025; 2096-10-02: more than a day after the article was received");
}

TEST(PipelineTest, ReadsInstantsBefore1970) {
  v1::RawArticle raw = Text(kParagraph);
  raw.set_published("20 July 1969 20:17:40.5 UTC");
  const EnrichedArticle made = Take(raw);
  EXPECT_EQ(made.article.published_time().seconds(), -14'182'940);
  EXPECT_EQ(made.article.published_time().nanos(), 500'000'000);
}

TEST(PipelineTest, ReadsMarkupOfAPage) {
  v1::RawArticle raw;
  raw.set_html(
      std::string(
          "<html lang=en-us><head><title>Old ferry goes</title><link rel=canonical href='https://Alder.example/a#b'>"
          "<meta property='article:published_time' content='2025-06-21'></head><body><h1>Old Ferry Goes</h1><p>") +
      kParagraph + "</p></body></html>");
  const EnrichedArticle made = Take(raw);
  EXPECT_EQ(made.article.title(), "Old Ferry Goes");
  EXPECT_EQ(made.article.body(), kParagraph);
  EXPECT_EQ(made.article.language(), "en-US");
  EXPECT_EQ(made.article.url(), "https://alder.example/a");
  EXPECT_EQ(made.canonical_url, "") << "identity comes from the writer only";
  EXPECT_EQ(OriginOf(made, "title"), "ORIGIN_MARKUP the page's headline");
  EXPECT_EQ(OriginOf(made, "published_time"), "ORIGIN_MARKUP 2025-06-21 in article:published_time");
  EXPECT_EQ(OriginOf(made, "url"), "ORIGIN_MARKUP the page's canonical link");
}

TEST(PipelineTest, DetectsTheLanguageWhenTheOneGivenIsNone) {
  v1::RawArticle raw = Text(kParagraph);
  raw.set_language("english");
  const EnrichedArticle made = Take(raw);
  EXPECT_EQ(made.article.language(), "en");
  EXPECT_TRUE(OriginOf(made, "language").starts_with("ORIGIN_DERIVED the statistics of the text: en "));
  EXPECT_TRUE(OriginOf(made, "language").ends_with(", since \"english\" names no language"));
  EXPECT_EQ(Take(Text("12 34 56")).article.language(), "und");
}

TEST(PipelineTest, RefusesContentOfWhichNothingIsLeft) {
  EXPECT_EQ(Refuse(Text(" \n&nbsp;\xE2\x80\x8B ")).reason, v1::REASON_EMPTY_CONTENT);
  v1::RawArticle raw;
  raw.set_html("<script>var a = 1;</script>");
  EXPECT_EQ(Refuse(raw).reason, v1::REASON_EMPTY_CONTENT);
  EXPECT_EQ(Refuse(raw).field, "html");
  raw.set_html("<p>" + std::string(2000, 'x') + "</p>");
  EXPECT_EQ(Refuse(raw, {.text_bytes = 1000, .html_bytes = 5000}).reason, v1::REASON_CONTENT_TOO_LARGE);
  EXPECT_EQ(Refuse({}).reason, v1::REASON_EMPTY_CONTENT);
}

TEST(PipelineTest, HashesTheWritersFieldsButNotTheTimeOfFetching) {
  v1::RawArticle raw = Text(kParagraph);
  for (int i = 0; i < 20; ++i)
    (*raw.mutable_attributes())["key" + std::to_string(i)] = "value";
  const EnrichedArticle first = Take(raw);
  EXPECT_EQ(first.raw_hash.size(), 32u);
  raw.mutable_fetched_time()->set_seconds(1);
  const EnrichedArticle again = Take(raw);
  EXPECT_EQ(again.raw_hash, first.raw_hash);
  EXPECT_TRUE(again.raw.has_fetched_time());
  raw.set_section("Local");
  const EnrichedArticle other = Take(raw);
  EXPECT_NE(other.raw_hash, first.raw_hash);
  EXPECT_EQ(other.text_hash, first.text_hash);
  EXPECT_EQ(other.content_key, first.content_key);
}

TEST(PipelineTest, PassesOnEmbargoAndCorrectionAndWhatIsWithheldAndHashesThem) {
  v1::RawArticle raw;
  raw.set_text("The ferry Marigold left the harbour of Oster on time.");
  const auto usable = std::get<EnrichedArticle>(Prepare(raw, {}, absl::FromUnixSeconds(1'750'000'000)));
  EXPECT_FALSE(usable.article.has_embargo_time());
  raw.mutable_embargo_time()->set_seconds(1'760'000'000);
  raw.set_withheld(true);
  raw.set_corrected(true);
  const auto held = std::get<EnrichedArticle>(Prepare(raw, {}, absl::FromUnixSeconds(1'750'000'000)));
  EXPECT_EQ(held.article.embargo_time().seconds(), 1'760'000'000);
  EXPECT_TRUE(held.article.withheld());
  EXPECT_TRUE(held.article.corrected());
  EXPECT_NE(held.raw_hash, usable.raw_hash);
  EXPECT_EQ(held.text_hash, usable.text_hash);
}

TEST(PipelineTest, HashesTheSameTextTheSameWhateverItsDress) {
  const EnrichedArticle plain = Take(Text("A ferry is late. The café is shut.\n\nNobody knows why."));
  EXPECT_EQ(plain.text_hash, Take(Text("A FERRY is  late. The cafe\xCC\x81 is shut. Nobody knows why.")).text_hash);
  EXPECT_NE(plain.text_hash, Take(Text("A ferry is late. The café is open.\n\nNobody knows why.")).text_hash);
  EXPECT_EQ(plain.article.content_hash(), plain.text_hash);
  v1::RawArticle markdown;
  markdown.set_markdown("A ferry is late. The café is shut.\n\nNobody knows why.");
  EXPECT_EQ(Take(markdown).text_hash, plain.text_hash);
  EXPECT_NE(Take(markdown).content_key, plain.content_key);
}

TEST(PipelineTest, MakesTheSameOfTheSame) {
  v1::RawArticle raw = Text(std::string("June 21, 2025\nHarbour Board Gives Up The Old Ferry\n") + kParagraph);
  for (int i = 0; i < 20; ++i)
    (*raw.mutable_attributes())["key" + std::to_string(i)] = std::to_string(i);
  const EnrichedArticle one = Take(raw);
  const EnrichedArticle two = Take(v1::RawArticle(raw));
  using Differ = google::protobuf::util::MessageDifferencer;
  EXPECT_TRUE(Differ::Equals(one.article, two.article));
  EXPECT_TRUE(Differ::Equals(one.raw, raw));
  EXPECT_EQ(one.raw_hash + one.text_hash + one.content_key, two.raw_hash + two.text_hash + two.content_key);
  ASSERT_EQ(one.edits.size(), two.edits.size());
  for (size_t i = 0; i < one.edits.size(); ++i)
    EXPECT_TRUE(Differ::Equals(one.edits[i], two.edits[i]));
}

}  // namespace
}  // namespace broadsheet::ingest
