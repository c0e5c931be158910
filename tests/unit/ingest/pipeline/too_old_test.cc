#include "ingest/pipeline/too_old.h"

#include <gmock/gmock.h>

namespace broadsheet::ingest {
namespace {

using ::testing::HasSubstr;

const absl::Time kNow = absl::FromUnixSeconds(1'700'000'000);
constexpr absl::Duration kDay = absl::Hours(24);

v1::Article PublishedAt(absl::Time time) {
  v1::Article article;
  article.mutable_published_time()->set_seconds(absl::ToUnixSeconds(time));
  return article;
}

TEST(TooOldTest, ADatedArticleAgesFromItsDateWheneverItCame) {
  EXPECT_FALSE(RejectTooOld(PublishedAt(kNow - 29 * kDay), kNow - 90 * kDay, kNow, 30 * kDay).has_value());
  const auto old = RejectTooOld(PublishedAt(kNow - 31 * kDay), kNow, kNow, 30 * kDay);
  ASSERT_TRUE(old.has_value());
  EXPECT_EQ(old->reason, v1::REASON_PAST_RETENTION);
  EXPECT_EQ(old->field, "published_time");
  EXPECT_THAT(old->message, HasSubstr("published on 2023-10-14"));
  EXPECT_THAT(old->message, HasSubstr("30 days: see --retention-days"));
}

TEST(TooOldTest, AnUndatedOneAgesFromItsReceipt) {
  EXPECT_FALSE(RejectTooOld(v1::Article(), kNow, kNow, kDay).has_value());
  const auto old = RejectTooOld(v1::Article(), kNow - 2 * kDay, kNow, kDay);
  ASSERT_TRUE(old.has_value()) << "a replay must not bring it back";
  EXPECT_EQ(old->field, "");
  EXPECT_THAT(old->message, HasSubstr("it has no date and came in on 2023-11-12"));
}

TEST(TooOldTest, WithoutRetentionNothingIs) {
  EXPECT_FALSE(RejectTooOld(PublishedAt(absl::UnixEpoch()), kNow, kNow, absl::InfiniteDuration()).has_value());
}

}  // namespace
}  // namespace broadsheet::ingest
