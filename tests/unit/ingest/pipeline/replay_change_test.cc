#include "ingest/pipeline/replay_change.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace broadsheet::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

v1::Article Standing() {
  v1::Article article;
  article.set_id("a");
  article.set_title("Ferry late");
  article.set_body("The ferry was late.\n\nShare this\n\nNobody was hurt.\n\nShare this");
  article.set_language("en");
  article.set_source("Tidewire");
  article.set_normaliser_version(1);
  article.set_revision(3);
  article.set_sequence(17);
  article.mutable_published_time()->set_seconds(1'750'000'000);
  article.mutable_ingested_time()->set_seconds(1'750'000'100);
  return article;
}

v1::ReplayedArticle Describe(const v1::Article& after, const std::vector<v1::Edit>& edits = {}) {
  v1::ReplayedArticle change;
  DescribeChange(Standing(), after, edits, change);
  return change;
}

TEST(ReplayChangeTest, SameArticleByTheSameRulesIsUnchanged) {
  v1::ReplayedArticle change = Describe(Standing());
  EXPECT_EQ(change.outcome(), v1::REPLAY_OUTCOME_UNCHANGED);
  EXPECT_THAT(change.changed_fields(), IsEmpty());
  EXPECT_EQ(change.revision(), 3);
  EXPECT_EQ(change.sequence(), 17);
}

TEST(ReplayChangeTest, SameArticleByOtherRulesIsConfirmed) {
  v1::Article after = Standing();
  after.set_normaliser_version(2);
  v1::ReplayedArticle change = Describe(after);
  EXPECT_EQ(change.outcome(), v1::REPLAY_OUTCOME_CONFIRMED);
  EXPECT_EQ(change.normaliser_version_before(), 1);
}

TEST(ReplayChangeTest, WhatTheArchiveDecidesIsNoChange) {
  v1::Article after = Standing();
  after.set_sequence(99);
  after.mutable_ingested_time()->set_seconds(1);
  EXPECT_EQ(Describe(after).outcome(), v1::REPLAY_OUTCOME_UNCHANGED);
}

TEST(ReplayChangeTest, NamesFieldsLinesAndSizes) {
  v1::Article after = Standing();
  after.set_title("Ferry was late");
  after.set_body("The ferry was late.\n\nNobody was hurt.\n\nShare this\n\nIt rained.");
  after.set_language("de");
  after.clear_published_time();
  after.set_duplicate_of("b");
  v1::ReplayedArticle change = Describe(after);
  EXPECT_EQ(change.outcome(), v1::REPLAY_OUTCOME_CHANGED);
  EXPECT_THAT(change.changed_fields(), ElementsAre("title", "body", "language", "published_time", "duplicate_of"));
  EXPECT_EQ(change.title_before(), "Ferry late");
  EXPECT_EQ(change.title_after(), "Ferry was late");
  EXPECT_EQ(change.lines_removed(), 1);  // one of the two, not both
  EXPECT_EQ(change.lines_added(), 1);
  EXPECT_THAT(change.removed(), ElementsAre("Share this"));
  EXPECT_THAT(change.added(), ElementsAre("It rained."));
  EXPECT_EQ(change.body_bytes_before(), static_cast<int64_t>(Standing().body().size()));
  EXPECT_EQ(change.body_bytes_after(), static_cast<int64_t>(after.body().size()));
  EXPECT_TRUE(change.has_published_time_before());
  EXPECT_FALSE(change.has_published_time_after());
}

TEST(ReplayChangeTest, ShowsAFewLinesAndCountsAll) {
  v1::Article after = Standing();
  for (int i = 0; i < 9; ++i)
    after.mutable_body()->append("\n" + std::string(300, static_cast<char>('a' + i)));
  v1::ReplayedArticle change = Describe(after);
  EXPECT_EQ(change.lines_added(), 9);
  ASSERT_THAT(change.added(), SizeIs(5));
  EXPECT_EQ(change.added(0).size(), 200u);
}

TEST(ReplayChangeTest, CountsEditsByRule) {
  std::vector<v1::Edit> edits(3);
  edits[0].set_rule("share-line");
  edits[0].set_begin(10);
  edits[0].set_end(30);
  edits[1] = edits[0];
  edits[2].set_rule("nfc");
  edits[2].set_begin(40);
  edits[2].set_end(43);
  edits[2].set_replacement("ab");
  v1::ReplayedArticle change = Describe(Standing(), edits);
  RuleCounts counts;
  AddRules(change, counts);
  AddRules(change, counts);
  ASSERT_THAT(counts, SizeIs(2));
  EXPECT_EQ(counts["share-line"].edits(), 4);
  EXPECT_EQ(counts["share-line"].articles(), 2);
  EXPECT_EQ(counts["share-line"].bytes_cut(), 80);
  EXPECT_EQ(counts["nfc"].bytes_cut(), 2);
}

TEST(ReplayChangeTest, FilterTakesWhatMeetsEveryCondition) {
  v1::ReplayFilter filter;
  EXPECT_TRUE(Matches(filter, Standing()));
  filter.add_sources("Harbour Post");
  EXPECT_FALSE(Matches(filter, Standing()));
  filter.add_sources("Tidewire");
  EXPECT_TRUE(Matches(filter, Standing()));
  filter.set_normaliser_version_below(1);
  EXPECT_FALSE(Matches(filter, Standing()));
  filter.set_normaliser_version_below(2);
  EXPECT_TRUE(Matches(filter, Standing()));
  filter.mutable_published_end()->set_seconds(1'750'000'000);
  EXPECT_FALSE(Matches(filter, Standing()));
  filter.mutable_published_end()->set_nanos(1);
  EXPECT_TRUE(Matches(filter, Standing()));
  filter.mutable_ingested_start()->set_seconds(1'750'000'101);
  EXPECT_FALSE(Matches(filter, Standing()));
  filter.mutable_ingested_start()->set_seconds(1'750'000'100);
  EXPECT_TRUE(Matches(filter, Standing()));
  v1::Article undated = Standing();
  undated.clear_published_time();
  EXPECT_FALSE(Matches(filter, undated));
}

}  // namespace
}  // namespace broadsheet::ingest
