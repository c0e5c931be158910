#include "ingest/parse/html.h"

#include <gtest/gtest.h>

#include "ingest/parse/html_guard.h"

namespace broadsheet::ingest {
namespace {

MarkupText TextOfHtml(std::string html) {
  absl::StatusOr<MarkupText> result = ReadHtml(std::move(html));
  EXPECT_TRUE(result.ok()) << result.status();
  return result.ok() ? *std::move(result) : MarkupText{};
}

TEST(HtmlTest, MakesParagraphsOfBlocksAndLeavesOutWhatIsNoText) {
  EXPECT_EQ(TextOfHtml("<nav><a>Home</a></nav><script>var a = '<p>';</script><style>p{}</style>"
                       "<div><h1>Ferry   late</h1><p>The <b>ferry</b> was\n late.<p>Again.<br>Really.</div>"
                       "<form><button>Subscribe</button></form>")
                .text,
            "Ferry late\n\nThe ferry was late.\n\nAgain.\nReally.");
}

TEST(HtmlTest, KeepsListsAndTablesReadable) {
  EXPECT_EQ(
      TextOfHtml("<p>Ports:</p><ul><li><p>Alder</p></li><li>Birch</li></ul>"
                 "<table><tr><th>Port</th><th><p>Boats</p></th></tr><tr><td>Alder</td><td></td><td>7</td></tr></table>")
          .text,
      "Ports:\n\n- Alder\n- Birch\n\nPort | Boats\nAlder | | 7");
}

TEST(HtmlTest, KeepsTheTextOfAPageThatIsWrappedInAForm) {
  EXPECT_EQ(TextOfHtml("<form id=page><p>The bridge is open.</p></form>").text, "The bridge is open.");
}

TEST(HtmlTest, ReadsCharactersAsUtf8WhateverThePageSays) {
  EXPECT_EQ(TextOfHtml("<meta charset=iso-8859-1><p>Caf\xC3\xA9 &eacute;</p>").text, "Café é");
}

TEST(HtmlTest, RefusesWhatIsNestedTooDeeply) {
  std::string html;
  for (int i = 0; i < 1000; ++i)
    html += "<div>";
  EXPECT_FALSE(ReadHtml(html + "end").ok());
}

// Without the guard this takes minutes: the test's time limit would tell.
TEST(HtmlTest, IsNotHeldUpByATagWithAHundredThousandAttributes) {
  std::string html = "<p>before</p><a ";
  for (int i = 0; html.size() < 1'900'000; ++i)
    html += "x" + std::to_string(i) + "=1 ";
  EXPECT_EQ(TextOfHtml(html + "><p>after</p>").text, "before\n\nafter");
}

TEST(HtmlGuardTest, LeavesScriptsAndOrdinaryTagsAlone) {
  std::string script = "<script>for (i=0;i<n;i++) { ";
  for (int i = 0; i < 2000; ++i)
    script += "a = b ; ";
  script += "}</script><p class='x y' id=z>text</p>";
  EXPECT_EQ(TextOfHtml(script).text, "text");
  std::string plain = "<p class='x y' id=z>a < b</p>";
  const std::string before = plain;
  GuardHtml(plain);
  EXPECT_EQ(plain, before);
}

TEST(HtmlTest, SurvivesRubbish) {
  EXPECT_EQ(TextOfHtml("").text, "");
  EXPECT_EQ(TextOfHtml("<!-- only -->").text, "");
  EXPECT_EQ(TextOfHtml("plain words").text, "plain words");
  EXPECT_NE(TextOfHtml(std::string("<p>a\0b", 6)).text.find('b'), std::string::npos);
  EXPECT_NE(TextOfHtml("<p>caf\xE9 end").text.find("end"), std::string::npos);
}

}  // namespace
}  // namespace broadsheet::ingest
