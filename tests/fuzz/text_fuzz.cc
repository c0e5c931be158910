// Whatever bytes come as the text of an article: the cleaner gives valid UTF-8 without controls, and its edits applied
// to the text as it came are the clean text.
#include "common/text/unicode.h"
#include "fuzz/target.h"
#include "ingest/clean/clean.h"

namespace broadsheet::ingest {
namespace {

using fuzz::Require;

bool HasControl(std::string_view text) {
  for (unsigned char c : text) {
    if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f) return true;
  }
  return false;
}

void TryBody(std::string_view input) {
  ParsedArticle parsed;
  parsed.text = input;
  const CleanArticle clean = Clean(std::move(parsed));
  Require(clean.body.original() == input, "the original is kept as it came");
  Require(IsValidUtf8(clean.body.text()), "clean text is valid UTF-8");
  Require(!HasControl(clean.body.text()), "clean text has no controls");
  size_t end = 0;
  for (const TextEdit& edit : clean.body.edits()) {
    Require(edit.begin >= end && edit.end >= edit.begin && edit.end <= input.size(), "edits in order, in the text");
    Require(edit.end > edit.begin || !edit.replacement.empty(), "an edit changes something");
    end = edit.end;
  }
  Require(ApplyEdits(input, clean.body.edits()) == clean.body.text(), "the edits give the clean text");
}

void TryText(std::string_view input) {
  TryBody(input);
  const std::string line = CleanLine(input);
  Require(IsValidUtf8(line) && !HasControl(line), "a clean line is valid UTF-8 without controls");
  Require(line.find('\n') == std::string::npos, "a clean line is one line");
}

fuzz::Target MakeTarget() {
  fuzz::Target target{"text", {}, {}, TryText};
  target.seeds = {
      "Ferry Marigold runs aground\n\nOSTER, June 21 (Alder Wire) - The ferry Marigold ran aground on Monday , said "
      "the "
      "harbour master.Nobody was hurt.\n\nShare this article\nFacebook\nTwitter\n\nADVERTISEMENT\n\nThe levy rose by "
      "3.5 "
      "per cent,to 1,200 euros.\n\nBy Anna Brennick\n\nRelated articles\n- Ferry sails again\n- Levy to rise\n\n"
      "Sign up for our newsletter\n\nCopyright 2025 Oster Herald. All rights reserved.",
      "Table of results\n| Team | Points |\n|---|---|\n| Oster | 12 |\n| Alder | 9 |\n\n1. First\n2. "
      "Second\n\xE2\x80\xA2 "
      "third\n\nQ: Is it safe?\nA: It is \"quite\" safe .\n\nRead more: the harbour | Weather 21\xC2\xB0"
      "C | 12:45 PM\n"
      "Comments (12)\nLog in to comment\nPhoto: Anna Brennick/Alder Wire",
      "caf\xC3\x83\xC2\xA9 don\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2t &amp;quot;quoted&amp;quot; &#8220;x&#8221; "
      "a\xE2\x80\x8B"
      "b "
      "\xC2\xAB Bonjour \xC2\xBB \xE2\x80\x9Eja\xE2\x80\x9C",
      "\xE5\x9C\xB0\xE9\x9C\x87\xE3\x81\x8C\n\xE3\x81\x82\xE3\x81\xA3\xE3\x81\x9F\xE3\x80\x82\n\nIf you'd like, I can "
      "also help you write a shorter version.\n\nPro Tip: subscribe.\n\nHome > News > Local\n",
  };
  for (const char* token : {"Advertisement\n",
                            "Share\n",
                            "By ",
                            "Read more: ",
                            "Related articles\n",
                            "Subscribe\n",
                            "Photo: ",
                            "Copyright ",
                            "(c) ",
                            "All rights reserved.",
                            "| ",
                            "|---|",
                            "\n- ",
                            "\n1. ",
                            "\n\xE2\x80\xA2 ",
                            "&amp;amp;",
                            "&#x41;",
                            "&quot",
                            "\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2",
                            "\xC3\x83\xC2\xA9",
                            "\n# ",
                            "Q: ",
                            "A: ",
                            " > ",
                            "OSTER, June 21 (Alder Wire) - ",
                            "\xE2\x80\x9Cword ",
                            "word",
                            "Word,Word",
                            "end.Next",
                            "12:45 PM",
                            "\n\n\n",
                            "same line again.\n"})
    target.tokens.emplace_back(token);
  return target;
}

}  // namespace
}  // namespace broadsheet::ingest

const broadsheet::fuzz::Target& broadsheet::fuzz::TheTarget() {
  static const Target* const target = new Target(ingest::MakeTarget());
  return *target;
}
