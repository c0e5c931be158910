#include "cli/charset.h"

#include "gtest/gtest.h"

namespace broadsheet::cli {
namespace {

TEST(Charset, LeavesUtf8AsItIs) {
  EXPECT_EQ(ToUtf8("Håkonen – ok", Markup::kNone), "Håkonen – ok");
}

TEST(Charset, TakesAByteOrderMarkOff) {
  EXPECT_EQ(ToUtf8("\xEF\xBB\xBFSorano", Markup::kNone), "Sorano");
}

TEST(Charset, ReadsUtf16ByItsByteOrderMark) {
  EXPECT_EQ(ToUtf8(std::string_view("\xFF\xFEz\0e\0\xE9\0", 8), Markup::kNone), "zeé");
}

TEST(Charset, BelievesWhatAPageDeclares) {
  EXPECT_EQ(ToUtf8("<meta charset=\"Shift_JIS\"><p>\x8b\xf3\x94\x54", Markup::kHtml),
            "<meta charset=\"Shift_JIS\"><p>空乃");
}

TEST(Charset, ReadsLatin1AsBrowsersDo) {
  EXPECT_EQ(ToUtf8("<meta http-equiv=Content-Type content=\"text/html; charset=iso-8859-1\">\x93Z\xfc\x72ich\x94",
                   Markup::kHtml),
            "<meta http-equiv=Content-Type content=\"text/html; charset=iso-8859-1\">“Zürich”");
}

TEST(Charset, DoesNotBelieveAPageThatIsUtf8AndSaysOtherwise) {
  EXPECT_EQ(ToUtf8("<meta charset=windows-1252>Zürich", Markup::kHtml), "<meta charset=windows-1252>Zürich");
}

TEST(Charset, GuessesWhatIsNotDeclared) {
  EXPECT_EQ(ToUtf8("Der B\xfcrgermeister von Br\xfc\x63ken h\xe4tte die Stra\xdf"
                   "e fr\xfcher r\xe4umen m\xfcssen.",
                   Markup::kNone),
            "Der Bürgermeister von Brücken hätte die Straße früher räumen müssen.");
}

TEST(Charset, MakesSomethingOfAnyBytes) {
  EXPECT_FALSE(ToUtf8("\xff\xc0\x80", Markup::kNone).empty());
  EXPECT_EQ(ToUtf8("", Markup::kNone), "");
  EXPECT_FALSE(ToUtf8("<meta charset=no-such-set>\xe9", Markup::kHtml).empty());
}

}  // namespace
}  // namespace broadsheet::cli
