#include "common/base/hash.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace broadsheet {
namespace {

TEST(HashTest, Hash128IsXxh3InCanonicalForm) {
  EXPECT_EQ(Hash128Hex(""), "99aa06d3014798d86001c324468d497f");
  EXPECT_EQ(Hash128Hex("a"), "a96faf705af16834e6c632b61e964e1f");
  EXPECT_EQ(Hash128Hex("abc"), "06b05ab6733a618578af5f94892f3950");
}

TEST(HashTest, Hash64IsXxh3) {
  EXPECT_EQ(Hash64(""), 0x2d06800538d394c2u);
  EXPECT_EQ(Hash64("abc"), 0x78af5f94892f3950u);
}

TEST(HashTest, Crc32cHasTheKnownVectors) {
  EXPECT_EQ(Crc32c(""), 0u);
  EXPECT_EQ(Crc32c("123456789"), 0xe3069283u);
  EXPECT_EQ(Crc32c(std::string(32, '\0')), 0x8a9136aau);
  EXPECT_EQ(Crc32c(std::string(32, '\xff')), 0x62a8ab43u);
}

TEST(HashTest, Crc32cOfPiecesIsThatOfTheWhole) {
  std::string text = "a headline, cut anywhere, has one checksum";
  for (size_t cut = 0; cut <= text.size(); ++cut) {
    EXPECT_EQ(Crc32c(text.substr(cut), Crc32c(text.substr(0, cut))), Crc32c(text)) << cut;
  }
}

TEST(HashTest, UuidsAreOfVersionFourAndDiffer) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    std::string uuid = NewUuid();
    ASSERT_EQ(uuid.size(), 36u);
    for (size_t at = 0; at < uuid.size(); ++at) {
      bool dash = at == 8 || at == 13 || at == 18 || at == 23;
      ASSERT_TRUE(dash ? uuid[at] == '-' : std::string_view("0123456789abcdef").find(uuid[at]) != std::string::npos)
          << uuid;
    }
    ASSERT_EQ(uuid[14], '4') << uuid;
    ASSERT_NE(std::string_view("89ab").find(uuid[19]), std::string_view::npos) << uuid;
    ASSERT_TRUE(seen.insert(uuid).second) << uuid;
  }
}

}  // namespace
}  // namespace broadsheet
