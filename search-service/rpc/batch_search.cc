#include "search/rpc/batch_search.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/rpc/grpc_status.h"
#include "search/match/library.h"
#include "search/query/validate.h"
#include "search/rpc/response.h"

namespace broadsheet::search {

absl::Status CheckBatch(const v1::BatchSearchRequest& request) {
  if (request.requests_size() >= 1 && request.requests_size() <= kMaxBatchRequests) return absl::OkStatus();
  return InvalidField("BATCH_SIZE", "requests",
                      absl::StrCat("has ", request.requests_size(), " questions: 1 to ", kMaxBatchRequests));
}

Requirements RequirementsOf(const v1::BatchSearchRequest& request, const std::string& lineage) {
  Requirements requirements;
  for (const v1::SearchRequest& question : request.requests()) {
    if (!question.lineage().empty() && question.lineage() != lineage) continue;
    requirements.min_sequence = std::max(requirements.min_sequence, question.min_sequence());
  }
  return requirements;
}

absl::Status AnswerBatch(const v1::BatchSearchRequest& request, const Searcher& searcher,
                         std::shared_ptr<const Synonyms> synonyms, const CallContext& context,
                         v1::BatchSearchResponse& response) {
  const auto begin = std::chrono::steady_clock::now();
  std::vector<SearchQuery> queries;
  std::vector<v1::BatchSearchResult*> asked;  // of the queries
  for (const v1::SearchRequest& question : request.requests()) {
    v1::BatchSearchResult* result = response.add_results();
    auto query = Validate(question);
    if (query.ok()) {
      query->synonyms = synonyms;
      queries.push_back(*std::move(query));
      asked.push_back(result);
    } else {
      *result->mutable_error() = ToRpcStatus(query.status());
    }
  }
  auto batch = searcher.SearchAll(queries, context);
  if (!batch.ok()) return batch.status();
  for (size_t i = 0; i < queries.size(); ++i) {
    absl::StatusOr<SearchResult>& result = batch->results[i];
    if (result.ok()) {
      Fill(queries[i], *std::move(result), std::chrono::steady_clock::now() - begin, *asked[i]->mutable_response());
    } else {
      *asked[i]->mutable_error() = ToRpcStatus(result.status());
    }
  }
  SetSnapshot(batch->snapshot, *response.mutable_snapshot());
  return absl::OkStatus();
}

}  // namespace broadsheet::search
