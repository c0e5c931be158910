#include "ingest/pipeline/deletion.h"

#include <gtest/gtest.h>

namespace broadsheet::ingest {
namespace {

v1::Reason ReasonFor(const v1::Deletion& deletion) {
  auto prepared = PrepareDeletion(deletion);
  const auto* rejection = std::get_if<Rejection>(&prepared);
  return rejection == nullptr ? v1::REASON_UNSPECIFIED : rejection->reason;
}

TEST(Deletion, GoesByIdOrByCanonicalUrl) {
  v1::Deletion deletion;
  deletion.set_id("bs-derived");
  auto by_id = std::get<DeletionRecord>(PrepareDeletion(deletion));
  EXPECT_EQ(by_id.key_kind, DeletionRecord::Key::kId);
  EXPECT_EQ(by_id.key, "bs-derived");
  EXPECT_FALSE(by_id.updated_time.has_value());

  deletion.set_url("HTTPS://Oster.Example:443/ferry?utm_source=x#top");
  deletion.mutable_updated_time()->set_seconds(1'700'000'000);
  auto by_url = std::get<DeletionRecord>(PrepareDeletion(deletion));
  EXPECT_EQ(by_url.key_kind, DeletionRecord::Key::kUrl);
  EXPECT_EQ(by_url.key, "https://oster.example/ferry");
  EXPECT_EQ(by_url.updated_time, absl::FromUnixSeconds(1'700'000'000));
}

TEST(Deletion, IsRejectedWithAReasonWhenItNamesNothing) {
  v1::Deletion deletion;
  EXPECT_EQ(ReasonFor(deletion), v1::REASON_MISSING_OPERATION);
  deletion.set_id("");
  EXPECT_EQ(ReasonFor(deletion), v1::REASON_INVALID_ID);
  deletion.set_id(std::string(129, 'a'));
  EXPECT_EQ(ReasonFor(deletion), v1::REASON_FIELD_TOO_LARGE);
  deletion.set_url("oster.example/ferry");
  EXPECT_EQ(ReasonFor(deletion), v1::REASON_INVALID_URL);
  deletion.set_url("https://oster.example/" + std::string(2048, 'a'));
  EXPECT_EQ(ReasonFor(deletion), v1::REASON_FIELD_TOO_LARGE);
}

TEST(Deletion, KeepsItsReasonAsOneLineWithinItsLimit) {
  v1::Deletion deletion;
  deletion.set_id("a");
  deletion.set_reason(" the figures\nwere wrong\x01 ");
  EXPECT_EQ(std::get<DeletionRecord>(PrepareDeletion(deletion)).reason, "the figures were wrong");
  deletion.set_reason(std::string(256, 'x'));
  EXPECT_EQ(ReasonFor(deletion), v1::REASON_UNSPECIFIED);
  deletion.set_reason(std::string(257, 'x'));
  EXPECT_EQ(ReasonFor(deletion), v1::REASON_FIELD_TOO_LARGE);
}

TEST(Deletion, IsRejectedWithAnImpossibleTime) {
  v1::Deletion deletion;
  deletion.set_id("a");
  deletion.mutable_updated_time()->set_nanos(1'000'000'000);
  EXPECT_EQ(ReasonFor(deletion), v1::REASON_INVALID_TIMESTAMP);
  deletion.mutable_updated_time()->set_nanos(0);
  deletion.mutable_updated_time()->set_seconds(300'000'000'000);
  EXPECT_EQ(ReasonFor(deletion), v1::REASON_INVALID_TIMESTAMP);
}

}  // namespace
}  // namespace broadsheet::ingest
