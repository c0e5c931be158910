#include "search/rpc/validation.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "search/match/library.h"

namespace broadsheet::search {
namespace {

absl::Status CheckView(v1::ArticleView view) {
  if (v1::ArticleView_IsValid(view)) return absl::OkStatus();
  return InvalidField("VIEW", "view", absl::StrCat("there is no view ", static_cast<int>(view), ": 1 to 3"));
}

absl::Status CheckMinSequence(int64_t sequence) {
  if (sequence >= 0) return absl::OkStatus();
  return InvalidField("MIN_SEQUENCE", "min_sequence", "is negative: 0 or a sequence that a write returned");
}

}  // namespace

absl::Status CheckGet(const v1::GetArticleRequest& request) {
  if (request.id().empty()) return InvalidField("ID_MISSING", "id", "is empty: the id of an article is required");
  if (auto view = CheckView(request.view()); !view.ok()) return view;
  return CheckMinSequence(request.min_sequence());
}

absl::Status CheckBatchGet(const v1::BatchGetArticlesRequest& request) {
  if (request.ids().empty() || request.ids_size() > kMaxBatchIds) {
    return InvalidField("IDS", "ids", absl::StrCat("has ", request.ids_size(), " ids: 1 to ", kMaxBatchIds));
  }
  for (int i = 0; i < request.ids_size(); ++i) {
    if (request.ids(i).empty()) return InvalidField("ID_MISSING", absl::StrCat("ids[", i, "]"), "is empty");
  }
  if (auto view = CheckView(request.view()); !view.ok()) return view;
  return CheckMinSequence(request.min_sequence());
}

v1::ArticleView ViewOrFull(v1::ArticleView view) {
  return view == v1::ARTICLE_VIEW_UNSPECIFIED ? v1::ARTICLE_VIEW_FULL : view;
}

}  // namespace broadsheet::search
