#include "ingest/parse/validate.h"

#include <algorithm>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/timestamp.h"
#include "common/text/unicode.h"
#include "ingest/parse/url.h"

namespace broadsheet::ingest {
namespace {

using Result = std::optional<Rejection>;

constexpr size_t kIdBytes = 128;
constexpr size_t kUrlBytes = 2048;
constexpr size_t kTitleBytes = 1024;
constexpr size_t kWordsBytes = 256;  // names, sections, tags, dates in words, values of attributes
constexpr size_t kKeyBytes = 64;
constexpr int kAuthors = 32;
constexpr int kTags = 64;
constexpr int kAttributes = 32;
constexpr int64_t kYear1 = -62'135'596'800;  // in seconds since 1970, as in google.protobuf.Timestamp
constexpr int64_t kYear9999End = 253'402'300'799;
constexpr absl::Duration kMostAhead = absl::Hours(24);

absl::string_view Absl(std::string_view text) {
  return {text.data(), text.size()};
}

Rejection TooLarge(std::string_view field, size_t bytes, size_t limit) {
  return {v1::REASON_FIELD_TOO_LARGE, std::string(field),
          absl::StrFormat("%s has %d bytes, the limit is %d; send it shorter", Absl(field), bytes, limit)};
}

Result CheckBytes(std::string_view field, std::string_view value, size_t limit) {
  return value.size() <= limit ? Result() : TooLarge(field, value.size(), limit);
}

Result CheckCount(std::string_view field, int count, int limit) {
  if (count <= limit) return std::nullopt;
  return Rejection{v1::REASON_FIELD_TOO_LARGE, std::string(field),
                   absl::StrFormat("%s has %d entries, the limit is %d; send fewer", Absl(field), count, limit)};
}

// C0, DEL and C1, the last as UTF-8 writes them.
bool HasControlCharacters(std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x20 || c == 0x7F) return true;
    if (c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) return true;
  }
  return false;
}

Result CheckId(const v1::RawArticle& article) {
  if (Result result = CheckBytes("id", article.id(), kIdBytes)) return result;
  if (HasControlCharacters(article.id()) || !IsValidUtf8(article.id())) {
    return Rejection{v1::REASON_INVALID_ID, "id", "id has control characters; take them off"};
  }
  if (!article.id().starts_with("bs-")) return std::nullopt;
  return Rejection{
      v1::REASON_INVALID_ID, "id",
      "id starts with \"bs-\", which is reserved for ids that the service derives; put something before it"};
}

Result CheckUrl(const v1::RawArticle& article) {
  if (Result result = CheckBytes("url", article.url(), kUrlBytes)) return result;
  if (absl::StripAsciiWhitespace(article.url()).empty() || ParseUrl(article.url()).has_value()) return std::nullopt;
  return Rejection{v1::REASON_INVALID_URL, "url",
                   "url is no absolute http or https URL; give one, for example \"https://news.example/a\", or none"};
}

template <typename Entries>
Result CheckEntries(std::string_view field, const Entries& entries, int limit) {
  if (Result result = CheckCount(field, entries.size(), limit)) return result;
  for (int i = 0; i < entries.size(); ++i) {
    if (entries[i].size() > kWordsBytes) {
      return TooLarge(absl::StrFormat("%s[%d]", Absl(field), i), entries[i].size(), kWordsBytes);
    }
  }
  return std::nullopt;
}

Result CheckWords(const v1::RawArticle& article) {
  if (Result result = CheckBytes("title", article.title(), kTitleBytes)) return result;
  if (Result result = CheckBytes("subtitle", article.subtitle(), kTitleBytes)) return result;
  if (Result result = CheckBytes("image_url", article.image_url(), kUrlBytes)) return result;
  if (Result result = CheckBytes("source", article.source(), kWordsBytes)) return result;
  if (Result result = CheckEntries("authors", article.authors(), kAuthors)) return result;
  if (Result result = CheckBytes("section", article.section(), kWordsBytes)) return result;
  if (Result result = CheckEntries("tags", article.tags(), kTags)) return result;
  if (Result result = CheckBytes("language", article.language(), kWordsBytes)) return result;
  return CheckBytes("published", article.published(), kWordsBytes);
}

Result CheckTimestamp(std::string_view field, bool present, const google::protobuf::Timestamp& time) {
  const bool valid =
      time.seconds() >= kYear1 && time.seconds() <= kYear9999End && time.nanos() >= 0 && time.nanos() < 1'000'000'000;
  if (!present || valid) return std::nullopt;
  return Rejection{v1::REASON_INVALID_TIMESTAMP, std::string(field),
                   absl::StrCat(Absl(field),
                                " must be within the years 1 to 9999 with 0 to 999,999,999 nanoseconds; "
                                "leave it out if the time is not known")};
}

Result CheckTimes(const v1::RawArticle& article, absl::Time received) {
  const bool updated = article.has_updated_time();
  if (Result r = CheckTimestamp("published_time", article.has_published_time(), article.published_time())) return r;
  if (Result r = CheckTimestamp("updated_time", updated, article.updated_time())) return r;
  if (Result r = CheckTimestamp("fetched_time", article.has_fetched_time(), article.fetched_time())) return r;
  if (Result r = CheckTimestamp("embargo_time", article.has_embargo_time(), article.embargo_time())) return r;
  if (!updated || ToTime(article.updated_time()) <= received + kMostAhead) return std::nullopt;
  return Rejection{
      v1::REASON_UPDATED_IN_FUTURE, "updated_time",
      "updated_time is more than 24 hours ahead of the service's clock; check the writer's clock, or leave "
      "it out to have the time of receipt"};
}

bool IsKeyCharacter(char c) {
  return absl::ascii_isalnum(c) || c == '_' || c == '-' || c == '.';
}

Result CheckAttribute(const std::string& key, const std::string& value) {
  const std::string field = absl::StrCat("attributes.", Absl(TruncateUtf8(key, kKeyBytes)));
  if (key.size() > kKeyBytes) return TooLarge(field, key.size(), kKeyBytes);
  if (key.empty() || !std::all_of(key.begin(), key.end(), IsKeyCharacter)) {
    return Rejection{v1::REASON_INVALID_ATTRIBUTE, field,
                     "an attribute's key must be 1 to 64 bytes of letters, digits, '_', '-' or '.'; rename it"};
  }
  return CheckBytes(field, value, kWordsBytes);
}

Result CheckAttributes(const v1::RawArticle& article) {
  if (Result result = CheckCount("attributes", static_cast<int>(article.attributes_size()), kAttributes)) return result;
  Result first;
  // The map has no order of its own: the answer must not depend on it.
  for (const auto& [key, value] : article.attributes()) {
    Result result = CheckAttribute(key, value);
    if (result.has_value() && (!first.has_value() || result->field < first->field)) first = std::move(result);
  }
  return first;
}

Result CheckContent(std::string_view field, const std::string& content, size_t limit) {
  if (content.empty()) {
    return Rejection{v1::REASON_EMPTY_CONTENT, std::string(field),
                     absl::StrCat(Absl(field), " is empty; send the article's text")};
  }
  if (content.size() <= limit) return std::nullopt;
  return Rejection{v1::REASON_CONTENT_TOO_LARGE, std::string(field),
                   absl::StrFormat("%s has %d bytes, the limit is %d; split the article or cut it", Absl(field),
                                   content.size(), limit)};
}

Result CheckContent(const v1::RawArticle& article, const ContentLimits& limits) {
  switch (article.content_case()) {
    case v1::RawArticle::kText:
      return CheckContent("text", article.text(), limits.text_bytes);
    case v1::RawArticle::kMarkdown:
      return CheckContent("markdown", article.markdown(), limits.text_bytes);
    case v1::RawArticle::kHtml:
      return CheckContent("html", article.html(), limits.html_bytes);
    case v1::RawArticle::CONTENT_NOT_SET:
      break;
  }
  return Rejection{v1::REASON_EMPTY_CONTENT, "text", "there is no content; send it as text, markdown or html"};
}

}  // namespace

std::optional<Rejection> Validate(const v1::RawArticle& article, const ContentLimits& limits, absl::Time received) {
  if (Result result = CheckId(article)) return result;
  if (Result result = CheckUrl(article)) return result;
  if (Result result = CheckContent(article, limits)) return result;
  if (Result result = CheckWords(article)) return result;
  if (Result result = CheckTimes(article, received)) return result;
  return CheckAttributes(article);
}

}  // namespace broadsheet::ingest
