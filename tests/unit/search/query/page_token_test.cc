#include "search/query/page_token.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "common/base/error.h"

namespace broadsheet::search {
namespace {

constexpr uint64_t kFingerprint = 0xfedcba9876543210;
constexpr char kLineage[] = "1b4e28ba-2fa1-41d2-883f-0016d3cca427";

PagePosition ByRelevance() {
  PagePosition position;
  position.snapshot_identity = 0xFEDCBA9876543210;
  position.lineage = HashLineage(kLineage);
  position.score = 7.123456789;
  position.article_id = "article-\xc3\xa9/7";
  position.offset = 20;
  return position;
}

PagePosition ByDate(bool dated) {
  PagePosition position;
  position.snapshot_identity = 0xFEDCBA9876543210;
  position.lineage = HashLineage(kLineage);
  position.by_date = true;
  position.dated = dated;
  position.published_micros = dated ? -1 : 0;
  position.sequence = std::numeric_limits<int64_t>::max();
  return position;
}

TEST(PageToken, BringsBackEveryPosition) {
  PagePosition extremes = ByRelevance();
  extremes.article_id = std::string(128, 'x');
  extremes.score = std::numeric_limits<double>::denorm_min();
  for (const PagePosition& position : {ByRelevance(), ByDate(true), ByDate(false), extremes, PagePosition{}}) {
    std::string token = EncodePageToken(position, kFingerprint);
    auto decoded = DecodePageToken(token, kFingerprint);
    ASSERT_TRUE(decoded.ok()) << decoded.status();
    EXPECT_EQ(*decoded, position);
    EXPECT_EQ(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_="),
              std::string::npos)
        << "it can stand in a URL as it is";
  }
}

TEST(PageToken, RefusesATokenFromAnotherQuery) {
  absl::Status status = DecodePageToken(EncodePageToken(ByDate(true), kFingerprint), kFingerprint + 1).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(status), "PAGE_TOKEN_OTHER_QUERY");
  ASSERT_EQ(FieldViolationsOf(status).size(), 1u);
  EXPECT_EQ(FieldViolationsOf(status)[0].field, "page_token");
}

TEST(PageToken, RefusesATokenFromAnotherLineage) {
  EXPECT_TRUE(CheckLineage(ByRelevance(), kLineage).ok());
  absl::Status status = CheckLineage(ByRelevance(), "6fa459ea-ee8a-4ca4-894e-db77e160355e");
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(status), "PAGE_TOKEN_OTHER_LINEAGE");
}

TEST(PageToken, RefusesADamagedToken) {
  for (const PagePosition& position : {ByRelevance(), ByDate(true)}) {
    const std::string token = EncodePageToken(position, kFingerprint);
    std::vector<std::string> damaged = {"", "x", "not a token", token + "AAAA", std::string(5'000, 'A'), "\xff\xfe"};
    for (size_t i = 0; i < token.size(); ++i) {
      std::string changed = token;
      changed[i] = changed[i] == 'A' ? 'B' : 'A';
      damaged.push_back(changed);
      damaged.push_back(token.substr(0, i));
    }
    for (const std::string& text : damaged) {
      if (text == token) continue;
      auto decoded = DecodePageToken(text, kFingerprint);
      // The last character has bits that base64 does not use: they may change, the content does not.
      if (decoded.ok()) {
        EXPECT_EQ(*decoded, position) << text;
        continue;
      }
      EXPECT_EQ(ReasonOf(decoded.status()), "PAGE_TOKEN_DAMAGED") << text;
    }
  }
}

}  // namespace
}  // namespace broadsheet::search
