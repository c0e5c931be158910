#include "ingest/rpc/validation.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace broadsheet::ingest {
namespace {

constexpr char kAcknowledgeChoices[] = "must be ACKNOWLEDGE_LEVEL_DURABLE, ACKNOWLEDGE_LEVEL_VISIBLE or absent";

absl::Status ValidateAcknowledge(v1::AcknowledgeLevel level) {
  if (v1::AcknowledgeLevel_IsValid(level)) return absl::OkStatus();
  return InvalidField("ACKNOWLEDGE", "acknowledge", kAcknowledgeChoices);
}

absl::Status ValidateId(const std::string& id) {
  if (!id.empty()) return absl::OkStatus();
  return InvalidField("ID_REQUIRED", "id", "is required: the article's id, as its result or a search gave it");
}

absl::Status Missing(std::string_view reason, std::string_view field) {
  return InvalidField(reason, field, "is required");
}

}  // namespace

absl::Status Validate(const v1::IngestArticleRequest& request) {
  if (!request.has_article()) return Missing("ARTICLE_REQUIRED", "article");
  return ValidateAcknowledge(request.acknowledge());
}

absl::Status Validate(const v1::IngestArticlesRequest& request) {
  if (request.articles().empty()) return Missing("ARTICLE_REQUIRED", "articles");
  if (request.articles_size() > kMaxBatchArticles) {
    return InvalidField("BATCH_TOO_LARGE", "articles",
                        absl::StrCat("has ", request.articles_size(), " articles; at most ", kMaxBatchArticles,
                                     " are taken in one request: send several, or use StreamArticles"));
  }
  return ValidateAcknowledge(request.acknowledge());
}

absl::Status Validate(const v1::DeleteArticleRequest& request) {
  if (!request.has_deletion()) return Missing("DELETION_REQUIRED", "deletion");
  return ValidateAcknowledge(request.acknowledge());
}

absl::Status Validate(const v1::GetRawArticleRequest& request) {
  if (request.has_revision() && request.revision() < 1) {
    return InvalidField("REVISION", "revision", "must be 1 or more, or absent for the newest");
  }
  return ValidateId(request.id());
}

absl::Status Validate(const v1::ListRevisionsRequest& request) {
  if (request.page_size() < 0) return InvalidField("PAGE_SIZE", "page_size", "must not be negative");
  return ValidateId(request.id());
}

absl::Status Validate(const v1::PreviewArticleRequest& request) {
  return request.has_article() ? absl::OkStatus() : Missing("ARTICLE_REQUIRED", "article");
}

std::optional<Rejection> Validate(const v1::StreamArticlesRequest& request) {
  if (request.correlation_id().size() > kMaxCorrelationIdBytes) {
    return Rejection{v1::REASON_FIELD_TOO_LARGE, "correlation_id",
                     absl::StrCat("correlation_id: has ", request.correlation_id().size(), " bytes; at most ",
                                  kMaxCorrelationIdBytes, " are allowed")};
  }
  if (!v1::AcknowledgeLevel_IsValid(request.acknowledge())) {
    return Rejection{v1::REASON_INVALID_VALUE, "acknowledge", absl::StrCat("acknowledge: ", kAcknowledgeChoices)};
  }
  if (request.operation_case() == v1::StreamArticlesRequest::OPERATION_NOT_SET) {
    return Rejection{v1::REASON_MISSING_OPERATION, "", "neither article nor deletion is set: one of them is required"};
  }
  return std::nullopt;
}

}  // namespace broadsheet::ingest
