#include "search/discover/query.h"

#include <gtest/gtest.h>

#include "common/base/error.h"

namespace broadsheet::search {
namespace {

template <typename Request>
std::string FieldAtFault(const Request& request) {
  const auto query = Validate(request);
  if (query.ok()) return "";
  EXPECT_EQ(query.status().code(), absl::StatusCode::kInvalidArgument);
  const auto violations = FieldViolationsOf(query.status());
  return violations.size() == 1 ? violations[0].field : "?";
}

v1::TimeRange Range(int64_t start, int64_t end) {
  v1::TimeRange range;
  range.mutable_start()->set_seconds(start);
  range.mutable_end()->set_seconds(end);
  return range;
}

TEST(DiscoverQueryTest, SimilarTakesAnIdOrAText) {
  v1::SimilarArticlesRequest request;
  EXPECT_EQ(FieldAtFault(request), "like");
  request.set_id("");
  EXPECT_EQ(FieldAtFault(request), "id");
  request.set_text("");
  EXPECT_EQ(FieldAtFault(request), "text");
  request.set_text(std::string(kMaxLikeBytes + 1, 'a'));
  EXPECT_EQ(FieldAtFault(request), "text");
  request.set_text(std::string(kMaxLikeBytes, 'a'));
  auto query = Validate(request);
  ASSERT_TRUE(query.ok());
  EXPECT_TRUE(query->hide_copies);
  EXPECT_EQ(query->page_size, 10);
  request.set_page_size(101);
  EXPECT_EQ(Validate(request)->page_size, 100);
  request.set_page_size(-1);
  EXPECT_EQ(FieldAtFault(request), "page_size");
  request.set_page_size(100);
  request.mutable_filter()->mutable_in_values()->set_field("nonsense");
  EXPECT_EQ(FieldAtFault(request), "filter.in_values.field");
  request.clear_filter();
  request.set_copies(static_cast<v1::CopyMode>(9));
  EXPECT_EQ(FieldAtFault(request), "copies");
  request.set_copies(v1::COPY_MODE_SHOW);
  request.set_view(static_cast<v1::ArticleView>(9));
  EXPECT_EQ(FieldAtFault(request), "view");
  request.clear_view();
  request.set_min_sequence(-1);
  EXPECT_EQ(FieldAtFault(request), "min_sequence");
}

TEST(DiscoverQueryTest, SuggestTakesAShortText) {
  v1::SuggestRequest request;
  EXPECT_EQ(FieldAtFault(request), "text");
  request.set_text(std::string(kMaxSuggestBytes + 1, 'a'));
  EXPECT_EQ(FieldAtFault(request), "text");
  request.set_text(std::string(kMaxSuggestBytes, 'a'));
  auto query = Validate(request);
  ASSERT_TRUE(query.ok());
  EXPECT_EQ(query->kinds.size(), 4u);
  EXPECT_EQ(query->limit, 5);
  request.add_kinds(v1::SUGGESTION_KIND_NAME);
  request.add_kinds(v1::SUGGESTION_KIND_UNSPECIFIED);
  EXPECT_EQ(FieldAtFault(request), "kinds[1]");
  request.set_kinds(1, v1::SUGGESTION_KIND_NAME);
  EXPECT_EQ(Validate(request)->kinds.size(), 1u);
  request.set_limit(21);
  EXPECT_EQ(FieldAtFault(request), "limit");
}

TEST(DiscoverQueryTest, SignificantTermsTakesAQuery) {
  v1::SignificantTermsRequest request;
  EXPECT_EQ(FieldAtFault(request), "");
  request.set_query(std::string(2'000, 'a'));
  EXPECT_EQ(FieldAtFault(request), "query");
  request.set_query("a");
  request.set_limit(101);
  EXPECT_EQ(FieldAtFault(request), "limit");
  request.set_limit(100);
  request.set_min_sequence(-1);
  EXPECT_EQ(FieldAtFault(request), "min_sequence");
}

TEST(DiscoverQueryTest, TrendsTakesAWindowThatIsClosed) {
  v1::TrendsRequest request;
  EXPECT_EQ(FieldAtFault(request), "window");
  request.mutable_window()->mutable_end()->set_seconds(50);
  EXPECT_EQ(FieldAtFault(request), "window.start");
  *request.mutable_window() = Range(100, 100);
  EXPECT_EQ(FieldAtFault(request), "window");
  request.mutable_window()->clear_end();
  EXPECT_EQ(FieldAtFault(request), "window.end");
  *request.mutable_window() = Range(100, 90);
  EXPECT_EQ(FieldAtFault(request), "window");
  *request.mutable_window() = Range(100, 110);
  EXPECT_EQ(FieldAtFault(request), "");
  *request.mutable_baseline() = Range(50, 101);
  EXPECT_EQ(FieldAtFault(request), "baseline");
  *request.mutable_baseline() = Range(50, 100);
  EXPECT_EQ(FieldAtFault(request), "");
}

TEST(DiscoverQueryTest, TheBaselineIsFourWindowsBefore) {
  v1::TrendsRequest request;
  *request.mutable_window() = Range(100, 110);
  const auto query = Validate(request);
  ASSERT_TRUE(query.ok());
  EXPECT_EQ(query->baseline.min, 60'000'000);
  EXPECT_EQ(query->baseline.max, 99'999'999);
  EXPECT_FALSE(query->hide_copies);
}

}  // namespace
}  // namespace broadsheet::search
