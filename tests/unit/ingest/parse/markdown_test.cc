#include "ingest/parse/markdown.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace broadsheet::ingest {
namespace {

MarkupText TextOfMarkdown(std::string_view markdown) {
  absl::StatusOr<MarkupText> result = ReadMarkdown(markdown);
  EXPECT_TRUE(result.ok()) << result.status();
  return result.ok() ? *std::move(result) : MarkupText{};
}

TEST(MarkdownTest, MakesParagraphsAndTakesMarksOff) {
  const MarkupText read = TextOfMarkdown(
      "# Ferry *late*\n\nThe [ferry](https://a.example) was\n**late** &mdash; ![a boat](b.png)again.\n\n> Quote\n");
  EXPECT_EQ(read.text, "Ferry late\n\nThe ferry was late — again.\n\nQuote");
  EXPECT_EQ(read.markup.title, "Ferry late");
}

TEST(MarkdownTest, KeepsListsAndTablesReadable) {
  EXPECT_EQ(TextOfMarkdown(
                "Ports:\n\n- Alder\n- Birch\n  - inner\n\n3. three\n4. four\n\n| Port | Boats |\n|---|---|\n| Alder | "
                "7 |\n\nEnd")
                .text,
            "Ports:\n\n- Alder\n- Birch\n- inner\n\n3. three\n4. four\n\nPort | Boats\nAlder | 7\n\nEnd");
}

TEST(MarkdownTest, KeepsLooseListsTogether) {
  EXPECT_EQ(TextOfMarkdown("- Alder\n\n- Birch\n\n  more\n").text, "- Alder\n- Birch\nmore");
}

TEST(MarkdownTest, ReadsHtmlBlocksAsHtml) {
  EXPECT_EQ(TextOfMarkdown("One\n\n<div><p>Two</p><script>x</script></div>\n\nThree<br>four <b>five</b>\n").text,
            "One\n\nTwo\n\nThree\nfour five");
}

TEST(MarkdownTest, HasNoTitleWithoutAHeadingOfLevelOne) {
  EXPECT_EQ(TextOfMarkdown("## Sub\n\ntext").markup.title, "");
}

TEST(MarkdownTest, BreaksUpWhatHasThousandsOfLinesWithoutABlankOneAndLosesNothing) {
  for (const std::string end : {"\n", "\r", "\r\n"}) {
    std::string lines, text;
    for (int line = 0; line < 9'000; ++line) {
      absl::StrAppend(&lines, "a", line, end);
      absl::StrAppend(&text, "a", line, line % 4'000 == 3'999 ? "\n\n" : " ");
    }
    text.pop_back();
    EXPECT_EQ(TextOfMarkdown(lines).text, text);
    EXPECT_EQ(TextOfMarkdown(lines + end + lines).text, text + "\n\n" + text) << "counted from a blank line on";
  }
}

TEST(MarkdownTest, TakesDeepNestingWithoutHarm) {
  const std::string deep(100'000, '>');
  EXPECT_EQ(TextOfMarkdown(deep + " end").text, "end");
}

}  // namespace
}  // namespace broadsheet::ingest
