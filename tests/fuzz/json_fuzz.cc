// Whatever bytes come as JSON: our own articles in lines, JSON Feed, ninjs, JSON-LD. Items or reasons.
#include "fuzz/read_items.h"
#include "fuzz/target.h"

namespace broadsheet::fuzz {
namespace {

void TryJson(std::string_view input) {
  ReadItems(input, cli::Format::kJson);
  ReadItems(input, cli::Format::kJsonLines);
}

Target MakeTarget() {
  Target target{"json", {}, {}, TryJson};
  target.seeds = {
      R"({"id": "a-1", "title": "Ferry", "text": "The ferry sails.", "publishedTime": "2025-06-21T10:00:00Z"}
{"article": {"id": "a-2", "text": "Two."}, "correlationId": "7"}
{"deletion": {"id": "a-1"}})",
      R"({"version": "https://jsonfeed.org/version/1.1", "title": "Oster", "items": [{"id": "1", "url": "https://o.example/1",
"title": "Ferry", "content_html": "<p>It sails.</p>", "date_published": "2025-06-21T10:00:00Z", "authors": [{"name":
"Anna"}], "tags": ["a"]}, {"id": 2, "content_text": "Two"}]})",
      R"({"uri": "https://alder.example/1", "type": "text", "versioncreated": "2025-06-21T10:00:00Z", "pubstatus": "usable",
"headline": "Levy", "body_text": "It rises.", "language": "en", "embargoed": "2025-06-22T10:00:00Z", "byline": "By Anna"})",
      R"({"@context": "https://schema.org", "@graph": [{"@type": ["NewsArticle"], "headline": "Levy", "articleBody": "It
rises.", "datePublished": "2025-06-21", "author": {"@type": "Person", "name": "Anna"}, "keywords": "a,b"}]})",
      R"([{"text": "caf\u00e9 \ud83d\ude00 \ud83d"}, [], null, 1e999, true])",
  };
  for (const char* token : {"{",
                            "}",
                            "[",
                            "]",
                            ":",
                            ",",
                            "\"",
                            "\"\":",
                            "\"a\":",
                            "null",
                            "1e999",
                            "-0",
                            "\\u0000",
                            "\\ud83d",
                            "\\\"",
                            "{\"a\":",
                            "[[",
                            "\"items\":[",
                            "\"@graph\":[",
                            "\"@type\":",
                            "\"text\":\"",
                            "\"title\":",
                            "\"body_html\":\"",
                            "\"version\":\"https://jsonfeed.org/version/1\"",
                            "\"NewsArticle\"",
                            "{\"deletion\":{",
                            "\"id\":\"1\""})
    target.tokens.emplace_back(token);
  return target;
}

}  // namespace

const Target& TheTarget() {
  static const Target* const target = new Target(MakeTarget());
  return *target;
}

}  // namespace broadsheet::fuzz
