#include "ingest/index/expiry.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/logging.h"

namespace broadsheet::ingest {
namespace {

constexpr int kTakenOutAtOnce = 8;

}  // namespace

absl::Status Expiry::Look(ShardWriter& writer) {
  const absl::Time now = clock_.Now();
  if (retention_ == absl::InfiniteDuration() || pending() || now < next_look_) return absl::OkStatus();
  kept_since_ = now - retention_;
  auto due = writer.FindExpired(kept_since_, at_once_);
  if (!due.ok()) return due.status();
  due_ = *std::move(due);
  next_look_ = due_.size() < at_once_ ? now + kExpiryInterval : now;
  if (pending()) LogInfo("articles leave the index for their age", {{"articles", absl::StrCat(due_.size())}});
  return absl::OkStatus();
}

absl::Status Expiry::TakeOut(ShardWriter& writer) {
  for (int i = 0; i < kTakenOutAtOnce && pending(); ++i) {
    const auto expired = writer.Expire(due_.back(), kept_since_);
    if (!expired.ok()) return expired.status();
    taken_out_ += *expired;
    due_.pop_back();
  }
  return absl::OkStatus();
}

void Expiry::LookAgain() {
  due_.clear();
  next_look_ = absl::InfinitePast();
}

}  // namespace broadsheet::ingest
