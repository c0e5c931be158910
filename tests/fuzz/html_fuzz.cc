// Whatever bytes come as a page: it is read or refused for its depth, and what was taken from it is valid UTF-8 and no
// larger than the page allows.
#include "common/text/unicode.h"
#include "fuzz/target.h"
#include "ingest/parse/html.h"

namespace broadsheet::ingest {
namespace {

using fuzz::Require;

void TryHtml(std::string_view input) {
  const auto read = ReadHtml(std::string(input));
  if (!read.ok()) return Require(absl::IsInvalidArgument(read.status()), "a page is refused as the caller's fault");
  Require(IsValidUtf8(read->text), "the text is valid UTF-8");
  // A byte that is not UTF-8 becomes a character of three, and the mark of a cell or an item is shorter than its tag.
  Require(read->text.size() <= 3 * input.size() + 16, "the text is not larger than the page");
  for (const std::string* field : {&read->markup.title, &read->markup.language, &read->markup.canonical_url})
    Require(IsValidUtf8(*field), "the metadata is valid UTF-8");
  for (const PageDate& date : read->markup.published)
    Require(IsValidUtf8(date.words), "the dates are valid UTF-8");
}

fuzz::Target MakeTarget() {
  fuzz::Target target{"html", {}, {}, TryHtml};
  target.seeds = {
      "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Ferry aground - Oster Herald</title>"
      "<link rel=canonical href='https://oster.example/ferry'><meta property='og:title' content='Ferry aground'>"
      "<meta property='article:published_time' content='2025-06-21T10:30:00Z'><meta name=author content='Anna "
      "Brennick'>"
      "<script type='application/ld+json'>{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":"
      "\"Ferry aground\",\"datePublished\":\"2025-06-21\",\"author\":[{\"@type\":\"Person\",\"name\":\"Anna "
      "Brennick\"}]}"
      "</script></head><body><nav><ul><li><a href=/>Home</a></li></ul></nav><article><h1>Ferry aground</h1>"
      "<p class=byline>By Anna Brennick</p><time datetime='2025-06-21'>June 21</time><p>The ferry Marigold ran aground "
      "on Monday, said the harbour master of Oster. Nobody was hurt, he added.</p><p>It sails again on Friday.</p>"
      "<table><tr><th>Day<td>Boats<tr><td>Mon<td>3</table><ul><li>one<li>two</ul><blockquote>Well.</blockquote>"
      "<pre> a\n  b</pre></article><aside>Most read</aside><footer>Copyright</footer></body></html>",
      "<p>&amp;amp; &#0; &#x110000; &nbsp;&bogus; a<br>b<!-- c --><![CDATA[ d ]]><?php e ?>",
      "<html><body><div itemscope itemtype='https://schema.org/Article'><span itemprop=headline>Levy rises</span>"
      "<div itemprop=articleBody>The levy rises by 3.5 per cent.<p>It was 12.</div></div><form><input><select><option>x"
      "</select><textarea>y</textarea></form><svg><title>z</title></svg>",
      "<meta http-equiv=content-type content='text/html; charset=windows-1252'><title>ger\xE4umt</title><p>\x93Ja\x94",
      "<html><body><frameset><frame src=a></frameset><plaintext><p>x</p>",
  };
  for (const char* token : {"<p>",
                            "</p>",
                            "<div>",
                            "</div>",
                            "<b>",
                            "<a href=x>",
                            "</a>",
                            "<table>",
                            "<tr>",
                            "<td>",
                            "</table>",
                            "<ul>",
                            "<li>",
                            "<span class=a>",
                            "<!--",
                            "-->",
                            "<script>",
                            "</script>",
                            "<style>",
                            "</style>",
                            "<title>",
                            "</title>",
                            "<br>",
                            "<meta name=a content=b>",
                            "<meta property=\"og:title\" content=\"x\">",
                            "<h1>",
                            "<article>",
                            "<time>",
                            "<script type=\"application/ld+json\">",
                            "{\"@type\":\"NewsArticle\"}",
                            "<form>",
                            "<select><option>",
                            "<svg>",
                            "<![CDATA[",
                            "]]>",
                            "<?",
                            "<!",
                            "</",
                            "<a b",
                            " a=b",
                            " a='",
                            " a=\"",
                            "&amp;",
                            "&#x41",
                            "&lt",
                            "<pre>",
                            "<i",
                            "<p class=\"byline\">By ",
                            "<blockquote>",
                            "<dl><dt>",
                            "<html>",
                            "<body>",
                            "</body></html>",
                            "<head>",
                            "<link>"})
    target.tokens.emplace_back(token);
  return target;
}

}  // namespace
}  // namespace broadsheet::ingest

const broadsheet::fuzz::Target& broadsheet::fuzz::TheTarget() {
  static const Target* const target = new Target(ingest::MakeTarget());
  return *target;
}
