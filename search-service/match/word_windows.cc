#include "search/match/word_windows.h"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

#include "search/match/page.h"

namespace broadsheet::search {
namespace {

constexpr Xapian::docid kWindow = 1 << 12;  // articles: what they weigh stays in the fastest cache
constexpr Xapian::docid kNone = std::numeric_limits<Xapian::docid>::max();

}  // namespace

WordWindows::WordWindows(std::vector<WordCursor>& words, const Stands& stands, const std::function<void()>& look,
                         MatchTaker& taker, Xapian::docid documents)
    : words_(words), stands_(stands), look_(look), taker_(taker), documents_(documents), weights_(kWindow) {
  std::vector<std::pair<double, size_t>> order;
  for (size_t i = 0; i < words_.size(); ++i)
    order.emplace_back(words_[i].Most(), i);
  std::sort(order.begin(), order.end());
  std::vector<WordCursor> sorted;
  for (const auto& [most, i] : order) {
    sorted.push_back(words_[i]);
    most_.push_back(most);
  }
  words_ = std::move(sorted);
}

void WordWindows::Go(bool may_leave_out) {
  const bool leaves_out = may_leave_out && taker_.MayLeaveOut();
  const size_t before = taker_.count();
  for (Xapian::docid begin = NextDocid(); begin != kNone; begin = NextDocid()) {
    look_();
    if (leaves_out && taker_.count() >= kCountedMatches) SetRest();
    Fill(begin);
    Take(begin);
  }
  if (rest_ > 0) taker_.LeaveOutAbout(Expected() - static_cast<double>(taker_.count() - before));
}

// How many articles have any of the words, as if these were independent. A word may have been asked twice.
double WordWindows::Expected() const {
  std::set<const DecodedPostings*> lists;
  for (const WordCursor& word : words_)
    lists.insert(&word.postings());
  double none = 1;
  for (const DecodedPostings* list : lists)
    none *= 1 - static_cast<double>(list->size) / documents_;
  return documents_ * (1 - none);
}

// The words that cannot do it together. What is needed only grows, so that none comes back.
void WordWindows::SetRest() {
  const double needed = taker_.least() * kSumRounding;
  while (rest_ + 1 < words_.size() && most_of_rest_ + most_[rest_] < needed)
    most_of_rest_ += most_[rest_++];
}

Xapian::docid WordWindows::NextDocid() const {
  Xapian::docid next = kNone;
  for (size_t i = rest_; i < words_.size(); ++i) {
    if (!words_[i].AtEnd()) next = std::min(next, words_[i].docid());
  }
  return next;
}

void WordWindows::Fill(Xapian::docid begin) {
  for (size_t i = rest_; i < words_.size(); ++i) {
    WordCursor& word = words_[i];
    for (; !word.AtEnd() && word.docid() - begin < kWindow; word.Next())
      weights_[word.docid() - begin] += word.Weight();
  }
}

void WordWindows::Take(Xapian::docid begin) {
  const double least = rest_ == 0 ? 0 : taker_.least() * kSumRounding;
  for (Xapian::docid i = 0; i < kWindow; ++i) {
    const double weight = std::exchange(weights_[i], 0);
    if (weight == 0) continue;
    if (weight + most_of_rest_ < least || !stands_(begin + i)) continue;
    taker_.Take(begin + i, rest_ == 0 ? weight : WithRest(begin + i, weight));
  }
}

double WordWindows::WithRest(Xapian::docid docid, double weight) {
  for (size_t i = rest_; i-- > 0;) {
    if (words_[i].Has(docid)) weight += words_[i].Weight();
  }
  return weight;
}

}  // namespace broadsheet::search
