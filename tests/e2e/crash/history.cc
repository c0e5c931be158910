#include "e2e/crash/history.h"

#include "absl/strings/str_cat.h"

namespace broadsheet::crash {
namespace {

constexpr int kKnownShare = 40;    // of 100 operations, so many concern an article that was sent before
constexpr int kDeletionShare = 8;  // and so many delete one
constexpr int kRepeatShare = 8;    // and so many send one again as it is
constexpr const char* kWords[] = {"harbour",  "ferry",  "council", "budget", "storm",  "vote",   "railway", "bridge",
                                  "minister", "strike", "flood",   "school", "market", "police", "court",   "harvest"};

}  // namespace

v1::RawArticle History::NewArticle(const std::string& id, int version) {
  v1::RawArticle article;
  article.set_id(id);
  article.set_title(absl::StrCat("Report ", id, ", version ", version));
  std::string text;
  for (size_t words = 30 + random_() % 300; words > 0; --words) {
    absl::StrAppend(&text, kWords[random_() % std::size(kWords)], words % 40 == 0 ? ".\n\n" : " ");
  }
  article.set_text(absl::StrCat(text, random_()));
  article.set_source(absl::StrCat("Outlet ", random_() % 7));
  return article;
}

v1::StreamArticlesRequest History::Next() {
  std::lock_guard lock(mutex_);
  v1::StreamArticlesRequest request;
  request.set_correlation_id(absl::StrCat(next_correlation_++));
  int choice = static_cast<int>(random_() % 100);
  std::string id = next_id_ > 0 ? absl::StrCat("crash-", random_() % next_id_) : "";
  if (id.empty() || choice >= kKnownShare) {
    id = absl::StrCat("crash-", next_id_++);
    *request.mutable_article() = sent_[id] = NewArticle(id, 1);
  } else if (choice < kDeletionShare) {
    request.mutable_deletion()->set_id(id);
  } else if (choice < kDeletionShare + kRepeatShare) {
    *request.mutable_article() = sent_[id];
  } else {
    *request.mutable_article() = sent_[id] = NewArticle(id, static_cast<int>(2 + random_() % 1'000'000));
  }
  in_flight_.push_back(request);
  return request;
}

bool History::Receive(const v1::StreamArticlesResponse& response) {
  std::lock_guard lock(mutex_);
  if (in_flight_.empty() || in_flight_.front().correlation_id() != response.correlation_id()) return false;
  acknowledged_.push_back({std::move(in_flight_.front()), response.result()});
  in_flight_.pop_front();
  return true;
}

size_t History::Forsake() {
  std::lock_guard lock(mutex_);
  size_t in_doubt = in_flight_.size();
  in_flight_.clear();
  return in_doubt;
}

size_t History::in_flight() const {
  std::lock_guard lock(mutex_);
  return in_flight_.size();
}

std::vector<Acknowledged> History::TakeAcknowledged() {
  std::lock_guard lock(mutex_);
  return std::exchange(acknowledged_, {});
}

}  // namespace broadsheet::crash
