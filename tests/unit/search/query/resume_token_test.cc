#include "search/query/resume_token.h"

#include <gmock/gmock.h>

#include "common/base/error.h"
#include "search/query/page_token.h"

namespace broadsheet::search {
namespace {

constexpr ResumePosition kPosition{
    .lineage = 0xfedcba9876543210, .sequence = 4'711, .began = 17, .clock_micros = -5, .clock_sequence = INT64_MAX};

TEST(ResumeTokenTest, ComesBackAsItWas) {
  const std::string token = EncodeResumeToken(kPosition, ResumeKind::kWatch, 42);
  auto position = DecodeResumeToken(token, ResumeKind::kWatch, 42);
  ASSERT_TRUE(position.ok()) << position.status();
  EXPECT_EQ(*position, kPosition);
}

TEST(ResumeTokenTest, IsBoundToItsQuestionAndKind) {
  const std::string token = EncodeResumeToken(kPosition, ResumeKind::kWatch, 42);
  EXPECT_EQ(ReasonOf(DecodeResumeToken(token, ResumeKind::kWatch, 43).status()), "RESUME_TOKEN_OTHER_QUERY");
  EXPECT_EQ(ReasonOf(DecodeResumeToken(token, ResumeKind::kExport, 42).status()), "RESUME_TOKEN_OTHER_QUERY");
}

TEST(ResumeTokenTest, EveryDamageIsNoticed) {
  const std::string token = EncodeResumeToken(kPosition, ResumeKind::kExport, 42);
  for (size_t i = 0; i < token.size(); ++i) {
    std::string damaged = token;
    damaged[i] = damaged[i] == 'A' ? 'B' : 'A';
    if (damaged == token) continue;
    auto position = DecodeResumeToken(damaged, ResumeKind::kExport, 42);
    // The last character carries bits that mean nothing.
    if (position.ok()) EXPECT_EQ(i, token.find_last_not_of('='));
  }
  for (const std::string& other : {std::string("x"), token.substr(4), token + token, std::string(10'000, 'A')}) {
    EXPECT_EQ(ReasonOf(DecodeResumeToken(other, ResumeKind::kExport, 42).status()), "RESUME_TOKEN_DAMAGED");
  }
}

TEST(ResumeTokenTest, AnotherLineageIsRefusedByName) {
  ResumePosition position;
  position.lineage = HashLineage("one");
  EXPECT_TRUE(CheckLineage(position, "one").ok());
  const absl::Status other = CheckLineage(position, "two");
  EXPECT_EQ(other.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(other), "LINEAGE_MISMATCH");
}

}  // namespace
}  // namespace broadsheet::search
