#include "cli/formats/charset.h"

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

TEST(Charset, ReadsTheXmlDeclarationOfAPage) {
  EXPECT_EQ(ToUtf8("<?xml version=\"1.0\" encoding=\"windows-1251\"?><html><p>\xcf\xee\xf0\xf2", Markup::kHtml),
            "<?xml version=\"1.0\" encoding=\"windows-1251\"?><html><p>Порт");
}

TEST(Charset, PrefersTheMetaElementToTheXmlDeclaration) {
  const std::string head = "<?xml version='1.0' encoding='iso-8859-2'?><meta charset=windows-1251>";
  EXPECT_EQ(ToUtf8(head + "\xcf\xee\xf0\xf2", Markup::kHtml), head + "Порт");
}

TEST(Charset, ReadsTheLargerSetThatANameStandsFor) {
  EXPECT_EQ(ToUtf8("<meta charset=gb2312>\xe9\x46\xb8\xdb", Markup::kHtml), "<meta charset=gb2312>镕港");
  EXPECT_EQ(ToUtf8("<meta charset=iso-8859-9>\xdeirin", Markup::kHtml), "<meta charset=iso-8859-9>Şirin");
  EXPECT_EQ(ToUtf8("<meta charset=Shift_JIS>\x87\x40", Markup::kHtml), "<meta charset=Shift_JIS>①");
}

TEST(Charset, KeepsUtf8WithAFewWrongBytes) {
  EXPECT_EQ(ToUtf8("<meta charset=utf-8>Zürich, Köln, Übach, Jülich, Düren \xe9", Markup::kHtml),
            "<meta charset=utf-8>Zürich, Köln, Übach, Jülich, Düren \uFFFD");
}

TEST(Charset, DoesNotBelieveUtf8WhereNothingIsUtf8) {
  EXPECT_EQ(ToUtf8("<meta charset=utf-8>Der B\xfcrgermeister von Br\xfc\x63ken h\xe4tte die Stra\xdf"
                   "e fr\xfcher r\xe4umen m\xfcssen.",
                   Markup::kHtml),
            "<meta charset=utf-8>Der Bürgermeister von Brücken hätte die Straße früher räumen müssen.");
}

TEST(Charset, DoesNotBelieveUtf16ThatIsWrittenInAscii) {
  EXPECT_EQ(ToUtf8("<meta charset=utf-16>plain \xc3\xa9", Markup::kHtml), "<meta charset=utf-16>plain é");
}

TEST(Charset, ReadsEscapesOfIso2022) {
  EXPECT_EQ(ToUtf8("<meta charset=iso-2022-jp>\x1b$B9A\x1b(B", Markup::kHtml), "<meta charset=iso-2022-jp>港");
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
