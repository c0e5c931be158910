#include "search/match/passage.h"

#include <algorithm>

namespace broadsheet::search {
namespace {

// Words are not longer than this; where no blank is found so far away, the script has no blanks.
constexpr uint32_t kLongestWord = 40;

bool IsBlank(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

bool IsContinuation(char c) {
  return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

bool EndsSentence(char c) {
  return c == '.' || c == '!' || c == '?' || c == '\n';
}

bool BetweenWords(std::string_view text, uint32_t at) {
  return at == 0 || at >= text.size() || IsBlank(text[at - 1]) || IsBlank(text[at]);
}

// The first place at or after `at` where a word may begin, at most `bound`.
uint32_t WordBeginAfter(std::string_view text, uint32_t at, uint32_t bound) {
  for (uint32_t place = at; place <= bound && place - at <= kLongestWord; ++place) {
    if (BetweenWords(text, place)) return place;
  }
  while (at < bound && IsContinuation(text[at]))
    ++at;
  return at;
}

// The last place at or before `at` where a word may end, at least `bound`.
uint32_t WordEndBefore(std::string_view text, uint32_t at, uint32_t bound) {
  for (uint32_t place = at; place >= bound && at - place <= kLongestWord; --place) {
    if (BetweenWords(text, place)) return place;
    if (place == 0) break;
  }
  while (at > bound && at < text.size() && IsContinuation(text[at]))
    --at;
  return at;
}

// Where the sentence that holds `at` begins, looked for down to `bound`; `at` when it begins earlier.
uint32_t SentenceBegin(std::string_view text, uint32_t at, uint32_t bound) {
  for (uint32_t place = at; place > bound; --place) {
    if (place < 2 || (IsBlank(text[place - 1]) && EndsSentence(text[place - 2]))) return place < 2 ? 0 : place;
  }
  return bound == 0 ? 0 : at;
}

Piece Trim(std::string_view text, Piece piece) {
  while (piece.begin < piece.end && IsBlank(text[piece.begin]))
    ++piece.begin;
  while (piece.end > piece.begin && IsBlank(text[piece.end - 1]))
    --piece.end;
  return piece;
}

// How often each part of the query is in a window that slides over the marks.
class Tally {
 public:
  void Add(int term) {
    if (static_cast<size_t>(term) >= counts_.size()) counts_.resize(term + 1);
    if (counts_[term]++ == 0) ++distinct_;
  }
  void Remove(int term) {
    if (--counts_[term] == 0) --distinct_;
  }
  int distinct() const { return distinct_; }

 private:
  std::vector<int> counts_;
  int distinct_ = 0;
};

}  // namespace

Window BestWindow(const std::vector<Mark>& marks, uint32_t bytes) {
  Window best;
  Tally tally;
  size_t last = 0;
  for (size_t first = 0; first < marks.size(); ++first) {
    if (last <= first) {
      last = first + 1;
      tally.Add(marks[first].term);
    }
    while (last < marks.size() && marks[last].end - marks[first].begin <= bytes)
      tally.Add(marks[last++].term);
    bool better = tally.distinct() > best.distinct ||
                  (tally.distinct() == best.distinct && last - first > best.last - best.first);
    if (better) best = {first, last, tally.distinct()};
    tally.Remove(marks[first].term);
  }
  return best;
}

Piece PieceAround(std::string_view text, uint32_t begin, uint32_t end, uint32_t bytes) {
  const auto size = static_cast<uint32_t>(text.size());
  const uint32_t room = end - begin < bytes ? bytes - (end - begin) : 0;
  const uint32_t earliest = begin > room ? begin - room : 0;
  uint32_t from = SentenceBegin(text, begin, earliest);
  if (from == begin && room > 0) from = WordBeginAfter(text, begin - std::min(begin, room / 2), begin);
  if (size - from < bytes) from = std::min(from, WordBeginAfter(text, size > bytes ? size - bytes : 0, begin));
  uint32_t to = size;
  if (size - from > bytes) {
    uint32_t least = std::min(end, from + bytes);
    to = WordEndBefore(text, from + bytes, least);
  }
  return Trim(text, {from, to});
}

}  // namespace broadsheet::search
