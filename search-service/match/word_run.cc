#include "search/match/word_run.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "search/match/page.h"
#include "search/match/word_windows.h"

namespace broadsheet::search {
namespace {

constexpr size_t kPerLook = 4'096;  // articles
constexpr size_t kDense = 64;       // windows pay when one article in so many has a word

}  // namespace

size_t WordRun::Part::postings() const {
  return std::accumulate(words.begin(), words.end(), size_t{0},
                         [](size_t sum, const WordCursor& word) { return sum + word.postings().size; });
}

WordRun::WordRun(std::vector<Part> parts, std::span<const WordPlan::Range> ranges, const ShardColumns& columns,
                 DocidSpan superseded, const std::function<void()>& look, MatchTaker& taker)
    : parts_(std::move(parts)), columns_(columns), superseded_(superseded), look_(look), taker_(taker) {
  std::stable_sort(parts_.begin(), parts_.end(),
                   [](const Part& a, const Part& b) { return a.postings() < b.postings(); });
  for (const WordPlan::Range& range : ranges)
    ranges_.push_back({&columns.Numbers(range.field->id), range.min, range.max});
}

void WordRun::Go() {
  const Part& rarest = parts_.front();
  const bool dense = rarest.postings() * kDense > columns_.size();
  if (parts_.size() > 1 || rarest.words.size() == 1 || !dense) return GoByRarest();
  WordWindows(
      parts_.front().words, [this](Xapian::docid docid) { return Stands(docid); }, look_, taker_, columns_.size())
      .Go(ranges_.empty());
}

bool WordRun::Stands(Xapian::docid docid) const {
  for (const RangeOf& range : ranges_) {
    const int64_t number = (*range.numbers)[docid];
    if (number < range.min || number > range.max || number == kNoNumber) return false;
  }
  return superseded_.empty() || !std::binary_search(superseded_.begin(), superseded_.end(), docid);
}

// Each article of the rarest part is looked for in the others.
void WordRun::GoByRarest() {
  const std::vector<WordCursor>& words = parts_.front().words;
  if (words.size() > 1) {
    std::vector<Docids> each;
    for (const WordCursor& word : words)
      each.push_back(word.postings().Docids());
    size_t tried = 0;
    for (const Xapian::docid docid : UnionOf({each.begin(), each.end()}, columns_.size())) {
      if (tried++ % kPerLook == 0) look_();
      TryAt(docid);
    }
    return;
  }
  GoByBlocks(words.front());
}

// Those of a word, without blocks of which no article can be among the best.
void WordRun::GoByBlocks(const WordCursor& first) {
  const DecodedPostings& postings = first.postings();
  const bool each_matches = parts_.size() == 1 && ranges_.empty() && superseded_.empty();
  const double others = taker_.MayLeaveOut() ? MostOfOthers() : 0;
  const size_t before = taker_.count();
  size_t left_out = 0;
  size_t tried = 0;
  for (const DecodedPostings::Block& block : postings.blocks) {
    const bool counted = each_matches || taker_.count() >= kCountedMatches;
    if (taker_.MayLeaveOut() && counted && first.MostOf(block) + others < taker_.least() * kSumRounding) {
      left_out += block.size;
      continue;
    }
    if (tried % kPerLook == 0) look_();
    std::array<Xapian::docid, DecodedPostings::kBlock> docids;
    std::array<uint8_t, DecodedPostings::kBlock> counts;
    postings.Unpack(block, docids.data(), counts.data());
    for (size_t i = 0; i < block.size; ++i)
      TryAt(docids[i]);
    tried += DecodedPostings::kBlock;
  }
  if (each_matches) {
    taker_.LeaveOut(left_out);
  } else if (left_out > 0) {
    const auto found = static_cast<double>(taker_.count() - before);
    const auto looked_at = static_cast<double>(postings.size - left_out);
    taker_.LeaveOutAbout(looked_at == 0 ? 0 : static_cast<double>(left_out) * found / looked_at);
  }
}

double WordRun::MostOfOthers() const {
  double most = 0;
  for (size_t i = 1; i < parts_.size(); ++i) {
    for (const WordCursor& word : parts_[i].words)
      most += word.Most();
  }
  return most;
}

void WordRun::TryAt(Xapian::docid docid) {
  if (!Stands(docid)) return;
  double weight = 0;
  for (size_t i = 1; i <= parts_.size(); ++i) {  // the rarest last: it has the article
    bool any = false;
    for (WordCursor& word : parts_[i % parts_.size()].words) {
      if (!word.Has(docid)) continue;
      any = true;
      weight += word.Weight();
    }
    if (!any) return;
  }
  taker_.Take(docid, weight);
}

}  // namespace broadsheet::search
