// Whatever bytes come as a raw article, or as one of its contents: it is refused with a reason, or becomes an article
// whose strings are valid UTF-8, the same whenever it is made.
#include "common/text/unicode.h"
#include "fuzz/target.h"
#include "ingest/pipeline/pipeline.h"

namespace broadsheet::ingest {
namespace {

using fuzz::Require;

const absl::Time kReceived = absl::FromUnixSeconds(1'750'500'000);

void TryArticle(const v1::RawArticle& raw) {
  const auto made = Prepare(raw, {}, kReceived);
  const auto again = Prepare(raw, {}, kReceived);
  Require(made.index() == again.index(), "the same of the same");
  if (const auto* rejection = std::get_if<Rejection>(&made)) {
    return Require(rejection->reason != v1::REASON_UNSPECIFIED && !rejection->message.empty(), "a reason");
  }
  const auto& one = std::get<EnrichedArticle>(made);
  const auto& other = std::get<EnrichedArticle>(again);
  Require(one.article.SerializeAsString() == other.article.SerializeAsString(), "the same article of the same");
  Require(one.raw_hash == other.raw_hash && one.text_hash == other.text_hash, "the same hashes of the same");
  Require(!one.article.title().empty() || !one.article.body().empty(), "an article says something");
  for (const std::string* field : {&one.article.title(), &one.article.body(), &one.article.language(),
                                   &one.article.url(), &one.article.source(), &one.article.section()})
    Require(IsValidUtf8(*field), "fields are valid UTF-8");
}

void TryEverything(std::string_view input) {
  v1::RawArticle raw;
  if (raw.ParseFromArray(input.data(), static_cast<int>(input.size()))) TryArticle(raw);
  for (auto set : {&v1::RawArticle::set_text<const std::string&>, &v1::RawArticle::set_markdown<const std::string&>,
                   &v1::RawArticle::set_html<const std::string&>}) {
    v1::RawArticle content;
    (content.*set)(std::string(input));
    TryArticle(content);
  }
}

v1::RawArticle Written() {
  v1::RawArticle raw;
  raw.set_id("ferry-1");
  raw.set_url("https://alder.example/ferry?utm_source=x");
  raw.set_title("Ferry Marigold runs aground");
  raw.set_source("Alder Wire");
  raw.set_section("Local");
  raw.add_authors("By Anna Brennick and Tom Oster");
  raw.add_tags("ferries");
  raw.set_published("June 21, 2025 10:30 PM ET");
  raw.set_language("en-GB");
  raw.set_text(
      "Ferry Marigold runs aground\n\nOSTER, June 21 (Alder Wire) - The ferry Marigold ran aground on Monday, said the "
      "harbour master. Nobody was hurt.\n\nThe levy rose by 3.5 per cent, to 1,200 euros.");
  return raw;
}

fuzz::Target MakeTarget() {
  fuzz::Target target{"article", {}, {}, TryEverything};
  target.seeds = {
      Written().SerializeAsString(), Written().text(),
      "<html lang=en><title>Levy rises</title><h1>Levy rises</h1><time datetime=2025-06-21></time><p>The levy "
      "of Oster rises by three and a half percent, to 1.2 million euros.</p>",
      "# Levy rises\n\nBy Anna Brennick\n\n21 June 2025\n\nThe levy of Oster rises.\n\n- one\n- two"};
  for (const char* token :
       {"<p>", "</p>", "<h1>", "# ", "\n\n", "By ", "(Alder Wire) - ", "June 21, 2025", "3.5 per cent", "1,200",
        "million ", "$", "| ", "- ", "\x12\x04", "\x1a\x05", "\x22\x02", "Mr. ", "U.S. "})
    target.tokens.emplace_back(token);
  return target;
}

}  // namespace
}  // namespace broadsheet::ingest

const broadsheet::fuzz::Target& broadsheet::fuzz::TheTarget() {
  static const Target* const target = new Target(ingest::MakeTarget());
  return *target;
}
