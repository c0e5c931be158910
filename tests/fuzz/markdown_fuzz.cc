// Whatever bytes come as Markdown: it is read or refused for the depth of its HTML, and the text is bounded. It is
// valid UTF-8 where the Markdown is.
#include "common/text/unicode.h"
#include "fuzz/target.h"
#include "ingest/parse/markdown.h"

namespace broadsheet::ingest {
namespace {

using fuzz::Require;

void TryMarkdown(std::string_view input) {
  const auto read = ReadMarkdown(input);
  if (!read.ok()) return Require(absl::IsInvalidArgument(read.status()), "it is refused as the caller's fault");
  if (IsValidUtf8(input)) {
    Require(IsValidUtf8(read->text), "the text is valid UTF-8");
    Require(IsValidUtf8(read->markup.title), "the title is valid UTF-8");
  }
  // The number of an item ("1)") may grow to ten digits, a cell ("|") gets blanks around its mark.
  Require(read->text.size() <= 12 * input.size() + 16, "the text is not larger than the Markdown");
}

fuzz::Target MakeTarget() {
  fuzz::Target target{"markdown", {}, {}, TryMarkdown};
  target.seeds = {
      "# Cup final\n\nThe *cup* went to **Oster**, see [the table](https://oster.example/t \"Table\") and "
      "![a cup](cup.jpg).\n\n- one\n- two\n  1. three\n  2. four\n\n> Well played,\n> said `nobody`.\n\n"
      "| Team | Points |\n|---|:-:|\n| Oster | 3 |\n| Alder | ~~1~~ |\n\n```\ncode\n```\n\n<div><p>Markup</p></div>\n\n"
      "[ref]: https://oster.example/ 'Ref'\n\nEnd [ref] &amp; &#65;  \nbreak\\\nline\n\n- [x] done\n***\n",
      "Heading\n=======\n\nSecond\n------\n\n<script>\nx\n</script>\n\n1) a\n\n2) b\n\n    "
      "indented\n\n<https://a.example>",
  };
  for (const char* token : {"*",
                            "**",
                            "_",
                            "`",
                            "```\n",
                            "~~",
                            "[",
                            "](",
                            ")",
                            "![",
                            "[a](b)",
                            "[a]: b\n",
                            "[a][b]",
                            "> ",
                            "- ",
                            "\n- ",
                            "  - ",
                            "1. ",
                            "\n1. ",
                            "# ",
                            "\n\n",
                            "  \n",
                            "|",
                            "| a ",
                            "\n|---|---|\n",
                            "<div>",
                            "<a ",
                            "<!--",
                            "<b>",
                            "\\",
                            "&amp;",
                            "<http://a.b>",
                            "~~~\n",
                            "\n===\n",
                            "\n---\n",
                            "***",
                            "*a_",
                            "[ ] ",
                            "<!",
                            "<?",
                            "<![CDATA["})
    target.tokens.emplace_back(token);
  return target;
}

}  // namespace
}  // namespace broadsheet::ingest

const broadsheet::fuzz::Target& broadsheet::fuzz::TheTarget() {
  static const Target* const target = new Target(ingest::MakeTarget());
  return *target;
}
