#pragma once

#include "absl/status/status.h"
#include "broadsheet/v1/search.pb.h"

// Checks of the requests that are no search (search/query/validate.h has those). Pure, thread-safe.
namespace broadsheet::search {

// INVALID_ARGUMENT naming the field, the limit and the way out.
absl::Status CheckGet(const v1::GetArticleRequest& request);
absl::Status CheckBatchGet(const v1::BatchGetArticlesRequest& request);

// The view asked for, FULL when none was.
v1::ArticleView ViewOrFull(v1::ArticleView view);

}  // namespace broadsheet::search
