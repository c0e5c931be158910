#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "broadsheet/v1/ingest.pb.h"
#include "ingest/archive/record.h"

// What is checked before anything is done. Errors are INVALID_ARGUMENT with the field, its limit and the way out.
namespace broadsheet::ingest {

inline constexpr int kMaxBatchArticles = 1000;
inline constexpr size_t kMaxCorrelationIdBytes = 256;
inline constexpr int kDefaultRevisionsPerPage = 20;
inline constexpr int kMaxRevisionsPerPage = 100;

absl::Status Validate(const v1::IngestArticleRequest& request);
absl::Status Validate(const v1::IngestArticlesRequest& request);
absl::Status Validate(const v1::DeleteArticleRequest& request);
absl::Status Validate(const v1::GetRawArticleRequest& request);
absl::Status Validate(const v1::ListRevisionsRequest& request);
absl::Status Validate(const v1::PreviewArticleRequest& request);

// An element of a stream never fails the stream: what is wrong with it is its result.
std::optional<Rejection> Validate(const v1::StreamArticlesRequest& request);

}  // namespace broadsheet::ingest
