#include "common/rpc/grpc_status.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/cord.h"

namespace broadsheet {
namespace {

std::string CutAtCodePoint(std::string_view text, size_t limit) {
  if (text.size() <= limit) return std::string(text);
  size_t end = limit;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
    --end;
  return std::string(text.substr(0, end));
}

std::vector<std::pair<std::string, std::string>> PayloadsBySize(const absl::Status& status) {
  std::vector<std::pair<std::string, std::string>> payloads;
  status.ForEachPayload([&payloads](absl::string_view url, const absl::Cord& payload) {
    payloads.emplace_back(std::string(url), std::string(payload));
  });
  std::sort(payloads.begin(), payloads.end(), [](const auto& a, const auto& b) {
    return a.second.size() != b.second.size() ? a.second.size() < b.second.size() : a.first < b.first;
  });
  return payloads;
}

}  // namespace

google::rpc::Status ToRpcStatus(const absl::Status& status) {
  google::rpc::Status wire;
  wire.set_code(static_cast<int>(status.code()));
  wire.set_message(
      CutAtCodePoint(std::string_view(status.message().data(), status.message().size()), kMaxStatusMessageBytes));
  for (auto& [url, payload] : PayloadsBySize(status)) {
    auto* detail = wire.add_details();
    detail->set_type_url(std::move(url));
    detail->set_value(std::move(payload));
    if (wire.ByteSizeLong() > kMaxStatusDetailBytes) {
      wire.mutable_details()->RemoveLast();
      break;
    }
  }
  return wire;
}

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const google::rpc::Status wire = ToRpcStatus(status);
  return {static_cast<grpc::StatusCode>(wire.code()), wire.message(), wire.SerializeAsString()};
}

absl::Status FromGrpcStatus(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  absl::Status result(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
  google::rpc::Status wire;
  if (!wire.ParseFromString(status.error_details())) return result;
  for (const auto& detail : wire.details())
    result.SetPayload(detail.type_url(), absl::Cord(detail.value()));
  return result;
}

}  // namespace broadsheet
