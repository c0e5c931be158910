#include "cli/ingest_report.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "cli/json.h"
#include "cli/text.h"

namespace broadsheet::cli {
namespace {

constexpr int64_t kShownFailures = 10;

// The order in which people want to read them.
constexpr v1::Outcome kOutcomes[] = {v1::OUTCOME_CREATED, v1::OUTCOME_UPDATED,   v1::OUTCOME_DUPLICATE,
                                     v1::OUTCOME_DELETED, v1::OUTCOME_UNCHANGED, v1::OUTCOME_STALE,
                                     v1::OUTCOME_REJECTED};

absl::Status Open(const std::string& path, std::unique_ptr<std::ofstream>& file) {
  file = std::make_unique<std::ofstream>(path, std::ios::trunc);
  return *file ? absl::OkStatus() : absl::PermissionDeniedError(absl::StrCat("cannot write ", path));
}

nlohmann::ordered_json AsJson(const google::protobuf::Message& message) {
  return nlohmann::ordered_json::parse(ToJson(message, JsonStyle::kOneLine), nullptr, /*allow_exceptions=*/false);
}

void WriteLine(const nlohmann::ordered_json& json, std::ofstream& file) {
  file << json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n' << std::flush;
}

}  // namespace

std::string OutcomeWord(v1::Outcome outcome) {
  const std::string name = v1::Outcome_Name(outcome);
  return absl::AsciiStrToLower(absl::StripPrefix(name, "OUTCOME_"));
}

absl::Status IngestReport::WriteRejectedTo(const std::string& path) {
  return Open(path, rejected_);
}

absl::Status IngestReport::WriteResultsTo(const std::string& path) {
  return Open(path, results_);
}

void IngestReport::Count(const Item& item, const v1::IngestResult& result) {
  const int outcome = v1::Outcome_IsValid(result.outcome()) ? result.outcome() : v1::OUTCOME_UNSPECIFIED;
  ++counts_[outcome];
  last_sequence_ = std::max(last_sequence_, result.sequence());
  if (result.acknowledged() == v1::ACKNOWLEDGE_LEVEL_VISIBLE) {
    visible_sequence_ = std::max(visible_sequence_, result.sequence());
  }
  if (results_ != nullptr) {
    WriteLine({{"origin", item.origin}, {"result", AsJson(result)}}, *results_);
  }
  if (result.outcome() != v1::OUTCOME_REJECTED) {
    return;
  }
  const std::string reason = item.status.ok() ? v1::Reason_Name(result.reason()) : "UNREADABLE";
  if (failed() <= kShownFailures) {
    failures_ << Printable(absl::StrCat(item.origin, ": ", reason, result.field().empty() ? "" : " ", result.field(),
                                        ": ", result.message()))
              << std::endl;
  } else if (failed() == kShownFailures + 1) {
    failures_ << "more failed; only the first " << kShownFailures << " are shown" << std::endl;
  }
  if (rejected_ != nullptr) {
    nlohmann::ordered_json line = {
        {"origin", item.origin}, {"reason", reason}, {"field", result.field()}, {"message", result.message()}};
    if (item.status.ok()) {
      line["request"] = AsJson(item.request);
    }
    WriteLine(line, *rejected_);
  }
}

void IngestReport::CountUnsent(const Item& item, v1::Reason reason, const absl::Status& status) {
  v1::IngestResult result;
  result.set_outcome(v1::OUTCOME_REJECTED);
  result.set_reason(reason);
  result.set_message(std::string(status.message()));
  Count(item, result);
}

int64_t IngestReport::total() const {
  int64_t total = 0;
  for (const int64_t count : counts_) {
    total += count;
  }
  return total;
}

std::string IngestReport::Summary(absl::Duration elapsed) const {
  const double seconds = std::max(0.001, absl::ToDoubleSeconds(elapsed));
  std::string text = absl::StrFormat("%d %s in %.2f s (%.0f a second)", total(), total() == 1 ? "article" : "articles",
                                     seconds, static_cast<double>(total()) / seconds);
  const char* separator = ": ";
  for (const v1::Outcome outcome : kOutcomes) {
    if (counts_[outcome] > 0) {
      absl::StrAppend(&text, separator, counts_[outcome], " ", OutcomeWord(outcome));
      separator = ", ";
    }
  }
  return text;
}

}  // namespace broadsheet::cli
