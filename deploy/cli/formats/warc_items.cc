#include "cli/formats/warc_items.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "cli/formats/charset.h"

namespace broadsheet::cli {
namespace {

constexpr size_t kMaxRecordHeaderBytes = 64 << 10;
constexpr std::string_view kMark = "WARC/";

std::string Value(const Headers& headers, const std::string& name) {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

bool IsHtmlType(std::string_view type) {
  return type == "text/html" || type == "application/xhtml+xml";
}

bool IsText(std::string_view type) {
  return IsHtmlType(type) || type == "text/plain";
}

// What may hold a page. Requests, revisits and the archive's own notes do not.
bool MayBePage(const Headers& record) {
  const std::string type = BareValue(record, "warc-type");
  if (type == "response") {
    const std::string target = Value(record, "warc-target-uri");
    return absl::StrContains(target, "http://") || absl::StrContains(target, "https://");
  }
  return (type == "resource" || type == "conversion") && IsText(BareValue(record, "content-type"));
}

void SetPage(std::string_view bytes, std::string_view type, std::string_view charset, v1::RawArticle& article) {
  if (IsHtmlType(type)) {
    SetHtml(ToUtf8(bytes, Markup::kHtml, charset), Fullness::kWhole, article);
  } else {
    SetText(ToUtf8(bytes, Markup::kNone, charset), Fullness::kWhole, article);
  }
}

}  // namespace

WarcItems::WarcItems(std::string origin, ByteStream& bytes, GunzipBytes* gunzip)
    : origin_(std::move(origin)), bytes_(bytes), gunzip_(gunzip) {}

std::optional<Item> WarcItems::Next() {
  while (!finished_) {
    const bool found = FindRecord();
    if (!found && (gunzip_ == nullptr || gunzip_->damage().ok())) {
      return std::nullopt;
    }
    const int64_t offset = gunzip_ == nullptr ? bytes_.position() : gunzip_->MemberOffset(bytes_.position());
    ++record_;
    Item item{absl::StrCat(origin_, "@", offset, " (record ", record_, ")"), {}, absl::OkStatus()};
    Reading reading = found ? ReadRecord() : Reading(gunzip_->damage());
    if (gunzip_ != nullptr && !gunzip_->damage().ok() && bytes_.AtEnd()) {
      reading = gunzip_->damage();
      finished_ = !gunzip_->SkipDamage();
    }
    if (!reading.ok()) {
      item.status = reading.status();
      return item;
    }
    if (reading->has_value()) {
      item.request = **std::move(reading);
      return item;
    }
    ++left_out_;
  }
  return std::nullopt;
}

// Records are parted by blank lines, of which some writers give more.
bool WarcItems::FindRecord() {
  while (!bytes_.AtEnd() && (bytes_.Window().front() == '\r' || bytes_.Window().front() == '\n')) {
    bytes_.Skip(1);
  }
  return !bytes_.AtEnd();
}

bool WarcItems::BeginsRecord() {
  while (bytes_.Window().size() < kMark.size() && bytes_.Extend()) {
  }
  return bytes_.Window().starts_with(kMark);
}

void WarcItems::SkipLine() {
  while (!bytes_.AtEnd()) {
    const size_t end = bytes_.Window().find('\n');
    if (end != std::string_view::npos) {
      bytes_.Skip(static_cast<int64_t>(end) + 1);
      return;
    }
    bytes_.Skip(static_cast<int64_t>(bytes_.Window().size()));
  }
}

absl::Status WarcItems::CutShort() const {
  return absl::InvalidArgumentError("the file ends in the middle of the record");
}

absl::StatusOr<Headers> WarcItems::ReadHeaders() {
  if (!BeginsRecord()) {
    while (!bytes_.AtEnd() && !BeginsRecord()) {
      SkipLine();
    }
    return absl::InvalidArgumentError("no WARC record begins here; what follows up to the next one is not read");
  }
  std::string head;
  while (true) {
    const auto c = bytes_.sbumpc();
    if (c == std::char_traits<char>::eof()) {
      return CutShort();
    }
    head.push_back(static_cast<char>(c));
    if (head.ends_with("\n\r\n") || head.ends_with("\n\n")) {
      return ParseHeaders(std::string_view(head).substr(head.find('\n') + 1));
    }
    if (head.size() > kMaxRecordHeaderBytes) {
      return absl::InvalidArgumentError(
          absl::StrCat("the headers of the record do not end within ", kMaxRecordHeaderBytes, " bytes, the limit"));
    }
  }
}

absl::StatusOr<std::string> WarcItems::ReadBlock(int64_t bytes) {
  std::string block;
  while (bytes > 0 && !bytes_.AtEnd()) {
    const std::string_view window = bytes_.Window().substr(0, static_cast<size_t>(bytes));
    block.append(window);
    bytes -= static_cast<int64_t>(window.size());
    bytes_.Skip(static_cast<int64_t>(window.size()));
  }
  return bytes > 0 ? absl::StatusOr<std::string>(CutShort()) : block;
}

Reading WarcItems::ReadRecord() {
  const auto headers = ReadHeaders();
  if (!headers.ok()) {
    return headers.status();
  }
  int64_t length = 0;
  if (!absl::SimpleAtoi(Value(*headers, "content-length"), &length) || length < 0) {
    return absl::InvalidArgumentError("the record has no Content-Length that is a number");
  }
  const bool wanted = MayBePage(*headers);
  if (!wanted || length > kMaxWarcRecordBytes) {
    if (!bytes_.Skip(length)) {
      return CutShort();
    }
    return wanted ? Reading(absl::InvalidArgumentError(
                        absl::StrCat("a record of ", length, " bytes; the limit is ", kMaxWarcRecordBytes)))
                  : Reading(std::nullopt);
  }
  const auto block = ReadBlock(length);
  return block.ok() ? ReadPage(*headers, *block) : block.status();
}

Reading WarcItems::ReadPage(const Headers& record, std::string_view block) {
  v1::RawArticle article;
  std::string target = Value(record, "warc-target-uri");
  target.erase(std::remove_if(target.begin(), target.end(), [](char c) { return c == '<' || c == '>'; }), target.end());
  SetUrl(target, article);
  if (const auto fetched = ParseInstant(Value(record, "warc-date"))) {
    article.mutable_fetched_time()->set_seconds(absl::ToUnixSeconds(*fetched));
  }
  SetAttribute("warc.truncated", Value(record, "warc-truncated"), article);
  if (BareValue(record, "warc-type") != "response") {
    SetPage(block, BareValue(record, "content-type"), Parameter(record, "content-type", "charset"), article);
    return Finish(State::kUsable, "", std::move(article));
  }
  const auto response = ParseHttpResponse(block);
  if (!response.ok()) {
    return response.status();
  }
  const std::string type = BareValue(response->headers, "content-type");
  if (response->status != 200 || !IsText(type)) {
    return std::nullopt;
  }
  const auto body = DecodeBody(*response, kMaxWarcRecordBytes);
  if (!body.ok()) {
    return body.status();
  }
  SetPage(*body, type, Parameter(response->headers, "content-type", "charset"), article);
  return Finish(State::kUsable, "", std::move(article));
}

}  // namespace broadsheet::cli
