#include "search/query/group_spec.h"

#include <gmock/gmock.h>

#include <string>

#include "common/base/error.h"

namespace broadsheet::search {
namespace {

using ::testing::HasSubstr;

TEST(GroupSpecTest, FieldsThatTellNoArticlesApartAreRefusedWithTheReason) {
  v1::SearchRequest request;
  for (const auto& [field, reason] : {std::pair{"authors", "several values"},
                                      {"tags", "several values"},
                                      {"id", "different for every article"},
                                      {"copy_of", "copies"},
                                      {"title", "text"},
                                      {"embargo_time", "no values at hand"},
                                      {"attributes.desk", "no field"},
                                      {"nonsense", "no field"}}) {
    request.mutable_group()->set_field(field);
    const absl::Status refused = ParseGroup(request).status();
    EXPECT_EQ(ReasonOf(refused), "GROUP_FIELD") << field;
    EXPECT_THAT(std::string(refused.message()), HasSubstr(reason)) << field;
  }
}

TEST(GroupSpecTest, WhatIsGroupableIsTaken) {
  for (const Field& field : Fields()) {
    v1::SearchRequest grouped, fair;
    grouped.mutable_group()->set_field(std::string(field.name));
    fair.mutable_fairness()->set_field(std::string(field.name));
    fair.mutable_fairness()->set_max_per_page(1);
    EXPECT_EQ(ParseGroup(grouped).ok(), IsGroupable(field)) << field.name;
    EXPECT_EQ(ParseFairness(fair).ok(), IsGroupable(field)) << field.name;
  }
}

}  // namespace
}  // namespace broadsheet::search
