#include "cli/formats/format.h"

#include "gtest/gtest.h"

namespace broadsheet::cli {
namespace {

TEST(Recognise, TellsDocumentsByTheirRoot) {
  for (const char* text :
       {"<rss version=\"2.0\">", "<?xml version=\"1.0\"?>\n<!-- x --><feed xmlns=\"a\">", "\xEF\xBB\xBF <rdf:RDF >",
        "<!DOCTYPE nitf SYSTEM \"x\" [ <!-- > --> ]><nitf>", "<a:newsItem>"}) {
    EXPECT_EQ(Recognise(text, false), Format::kXml) << text;
    EXPECT_TRUE(HasKnownRoot(text)) << text;
  }
  EXPECT_EQ(Recognise("<?xml version=\"1.0\"?><catalog>", false), Format::kXml);
  EXPECT_FALSE(HasKnownRoot("<?xml version=\"1.0\"?><catalog>"));
}

TEST(Recognise, LeavesPagesAndTextToOthers) {
  EXPECT_EQ(Recognise("<!doctype html><html lang=en>", false), Format::kHtml);
  EXPECT_EQ(Recognise("<?xml version=\"1.0\"?><html xmlns=\"x\">", false), Format::kHtml);
  EXPECT_EQ(Recognise("<p>page", true), Format::kAuto);
  EXPECT_EQ(Recognise("Plain <rss> words", false), Format::kAuto);
  EXPECT_EQ(Recognise("", true), Format::kAuto);
}

TEST(Recognise, AsksForMoreOnlyWhileItCannotTell) {
  EXPECT_FALSE(Recognise("<?xml version", false).has_value());
  EXPECT_FALSE(Recognise("<rs", false).has_value());
  EXPECT_FALSE(Recognise("WAR", false).has_value());
  EXPECT_TRUE(Recognise("{", false).has_value());
  EXPECT_EQ(Recognise("<rs", true), Format::kAuto);
  EXPECT_EQ(Recognise("WARC/1.0\r\n", false), Format::kWarc);
}

TEST(Recognise, UnderstandsUtf16) {
  EXPECT_EQ(Recognise(std::string_view("\xFF\xFE<\0r\0s\0s\0>\0", 12), true), Format::kXml);
}

}  // namespace
}  // namespace broadsheet::cli
