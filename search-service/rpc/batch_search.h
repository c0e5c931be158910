#pragma once

#include <chrono>

#include "absl/status/status.h"
#include "broadsheet/v1/search.pb.h"
#include "common/base/call_context.h"
#include "search/index/requirements.h"
#include "search/match/searcher.h"

namespace broadsheet::search {

// INVALID_ARGUMENT (BATCH_SIZE) for none or too many questions. The questions themselves are looked at one by one,
// later.
absl::Status CheckBatch(const v1::BatchSearchRequest& request);

// What the one snapshot should hold: the largest sequence that any question demands of `lineage`, that of the index.
// Questions of other lineages get their errors without anybody waiting.
Requirements RequirementsOf(const v1::BatchSearchRequest& request, const std::string& lineage);

// Answers all of them, with these synonyms. A question that is wrong, or fails, has an error in the place of its
// response.
absl::Status AnswerBatch(const v1::BatchSearchRequest& request, const Searcher& searcher,
                         std::shared_ptr<const Synonyms> synonyms, const CallContext& context,
                         v1::BatchSearchResponse& response);

}  // namespace broadsheet::search
