#include "gmock/gmock.h"
#include "readings.h"

namespace broadsheet::cli {
namespace {

using testing::HasSubstr;

std::string Feed(const std::string& item, const std::string& prologue = "") {
  return prologue + "<rss version=\"2.0\"><channel><title>T</title><item><description>first</description></item>" +
         item + "<item><description>last</description></item></channel></rss>";
}

std::string Repeat(const std::string& text, int times) {
  std::string repeated;
  for (int i = 0; i < times; ++i) {
    repeated += text;
  }
  return repeated;
}

TEST(HostileXml, RefusesADocumentThatDeclaresEntities) {
  const auto items = ReadAll(Feed("<item><description>&b;</description></item>",
                                  "<!DOCTYPE rss [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>"));
  ASSERT_EQ(items.size(), 1u);
  EXPECT_THAT(Message(items[0]), HasSubstr("declares the entity \"a\""));
  EXPECT_THAT(Message(items[0]), HasSubstr("limit 0"));
}

TEST(HostileXml, RefusesExternalEntities) {
  for (const char* declaration :
       {"<!ENTITY x SYSTEM \"file:///etc/passwd\">", "<!ENTITY % x SYSTEM \"http://a.example/x\"> %x;",
        "<!ENTITY x PUBLIC \"a\" \"http://a.example/\">"}) {
    const auto items = ReadAll(
        Feed("<item><description>&x;</description></item>", std::string("<!DOCTYPE rss [") + declaration + "]>"));
    ASSERT_EQ(items.size(), 1u) << declaration;
    EXPECT_THAT(Message(items[0]), HasSubstr("external entity")) << declaration;
  }
}

TEST(HostileXml, RefusesEntitiesInUtf16Too) {
  std::string wide;
  for (const char c : Feed("", "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY x \"y\">]>")) {
    wide += {c, '\0'};
  }
  EXPECT_THAT(Message(ReadAll("\xFF\xFE" + wide).at(0)), HasSubstr("declares the entity"));
  EXPECT_THAT(Message(ReadAll(wide, Format::kXml).at(0)), HasSubstr("declares the entity"));
}

TEST(HostileXml, RefusesAnItemThatIsTooDeepAndReadsTheOthers) {
  const auto items =
      ReadAll(Feed("<item><description>" + Repeat("<b>", 300) + Repeat("</b>", 300) + "</description></item>"));
  ASSERT_EQ(items.size(), 3u);
  EXPECT_TRUE(items[0].status.ok());
  EXPECT_THAT(Message(items[1]), HasSubstr("deeper than 200"));
  EXPECT_TRUE(items[2].status.ok());
}

TEST(HostileXml, TakesDepthBelowTheLimit) {
  const auto items =
      ReadAll(Feed("<item><description>" + Repeat("<b>", 190) + "x" + Repeat("</b>", 190) + "</description></item>"));
  ASSERT_EQ(items.size(), 3u);
  EXPECT_TRUE(items[1].status.ok()) << items[1].status;
}

TEST(HostileXml, RefusesADocumentWhoseHeadIsTooDeep) {
  const auto items = ReadAll("<rss>" + Repeat("<a>", 100000));
  ASSERT_EQ(items.size(), 1u);
  EXPECT_THAT(Message(items[0]), HasSubstr("deeper than 200"));
}

TEST(HostileXml, RefusesTooManyAttributes) {
  std::string attributes;
  for (int i = 0; i < 300; ++i) {
    attributes += " a" + std::to_string(i) + "=\"\"";
  }
  const auto items = ReadAll(Feed("<item" + attributes + "><description>x</description></item>"));
  ASSERT_FALSE(items.empty());
  bool told = false;
  for (const Item& item : items) {
    told = told || Message(item).find("300 attributes; the limit is 200") != std::string::npos;
  }
  EXPECT_TRUE(told);
}

TEST(HostileXml, RefusesALongTag) {
  const auto items = ReadAll(Feed("<item><a b=\"" + std::string(300 << 10, 'x') + "\"/></item>"));
  ASSERT_EQ(items.size(), 3u);
  EXPECT_THAT(Message(items[1]), HasSubstr("262144"));
}

TEST(HostileXml, RefusesAnItemThatIsTooLarge) {
  const auto items = ReadAll(Feed("<item><description>" + std::string(9 << 20, 'x') + "</description></item>"));
  ASSERT_EQ(items.size(), 3u);
  EXPECT_THAT(Message(items[1]), HasSubstr("8388608"));
  EXPECT_TRUE(items[2].status.ok());
}

TEST(HostileXml, StopsAfterAThousandBrokenItems) {
  const auto items = ReadAll("<rss><channel>" + Repeat("<item>", 3000) + "</channel></rss>");
  ASSERT_EQ(items.size(), 1001u);
  EXPECT_THAT(Message(items.back()), HasSubstr("1000 broken items"));
}

// Each of these would take minutes if anything in reading them were quadratic.
TEST(HostileXml, ReadsAMegabyteOfAnythingInLinearTime) {
  for (const std::string& unit : {std::string("<item><![CDATA["), std::string("<item><!--"), std::string("<item><?a "),
                                  std::string("<item><a b='"), std::string("<item/>"), std::string("<item>x</item>"),
                                  std::string("<"), std::string("&"), std::string("&a;"), std::string("]]>"),
                                  std::string("</item>"), std::string("<!DOCTYPE a ["), std::string("<a:b c:d=''>")}) {
    EXPECT_FALSE(ReadAll("<rss><channel>" + Repeat(unit, static_cast<int>((1 << 20) / unit.size()))).size() > 200000)
        << unit;
  }
}

TEST(HostileXml, SaysWhichRootItDoesNotKnow) {
  EXPECT_THAT(Message(ReadAll("<?xml version=\"1.0\"?><catalog><book/></catalog>").at(0)), HasSubstr("<catalog>"));
}

}  // namespace
}  // namespace broadsheet::cli
