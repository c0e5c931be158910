#include "search/match/marks.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "common/text/stemmer.h"

namespace broadsheet::search {
namespace {

// No phrase goes over a line that has none of its words. Which positions there are in the line does not matter.
constexpr uint32_t kPositionsOfALine = 2;

// With its end.
std::string_view LineAt(std::string_view text, size_t at) {
  const size_t end = text.find('\n', at);
  return text.substr(at, end == std::string_view::npos ? end : end + 1 - at);
}

bool HasWord(std::string_view line) {
  return std::any_of(line.begin(), line.end(), [](char c) { return absl::ascii_isalnum(c); });
}

}  // namespace

MarkFinder::MarkFinder(const MarkTerms& terms, std::string_view language)
    : terms_(terms), stems_(Stems::OfThisThread({std::string(language)})) {
  for (const auto& word : terms.words)
    beginnings_.Add(word.text);
  for (const auto& stem : terms.stems)
    beginnings_.Add(BeginningOfWords(language, stem.text));
  for (const auto& prefix : terms.prefixes)
    beginnings_.Add(prefix.text);
  for (const auto& phrase : terms.phrases) {
    for (const auto& word : phrase.words)
      beginnings_.Add(word);
    steps_.emplace_back(phrase.words.size());
  }
}

void MarkFinder::StartText() {
  first_position_ = 0;
  for (auto& steps : steps_)
    std::fill(steps.begin(), steps.end(), Step{});
}

void MarkFinder::Find(std::string_view text, uint32_t offset, std::vector<Mark>& marks) {
  size_t known = 0;  // where the lines begin that wait to be looked at as one
  for (size_t at = 0; at < text.size();) {
    const std::string_view line = LineAt(text, at);
    if (!beginnings_.MayBeIn(line)) {
      FindInLines(text.substr(known, at - known), offset + static_cast<uint32_t>(known), marks);
      if (HasWord(line)) first_position_ += kPositionsOfALine;
      known = at + line.size();
    }
    at += line.size();
  }
  FindInLines(text.substr(known), offset + static_cast<uint32_t>(known), marks);
}

void MarkFinder::FindInLines(std::string_view text, uint32_t offset, std::vector<Mark>& marks) {
  uint32_t next_position = first_position_;
  ForEachToken(text, [&](const Token& token) {
    next_position = first_position_ + token.position + 1;
    if (token.text.empty() || !beginnings_.IsOneOf(token.text)) return;
    int term = TermOf(token);
    if (term != kNothing) marks.push_back({offset + token.begin, offset + token.end, term});
    if (!terms_.phrases.empty()) FollowPhrases(token, offset, marks);
  });
  first_position_ = next_position;
}

int MarkFinder::TermOf(const Token& token) {
  auto known = known_.find(absl::string_view(token.text.data(), token.text.size()));
  if (known != known_.end()) return known->second;
  int term = LookUp(token.text, token.kind);
  known_.emplace(std::string(token.text), term);
  return term;
}

int MarkFinder::LookUp(std::string_view word, TokenKind kind) {
  for (const auto& candidate : terms_.words) {
    if (candidate.text == word) return candidate.term;
  }
  for (const auto& candidate : terms_.prefixes) {
    if (word.substr(0, candidate.text.size()) == candidate.text) return candidate.term;
  }
  if (terms_.stems.empty() || kind == TokenKind::kNgram) return kNothing;
  const std::string& stem = stems_->Of(std::string(word)).front();
  for (const auto& candidate : terms_.stems) {
    if (candidate.text == stem) return candidate.term;
  }
  return kNothing;
}

void MarkFinder::FollowPhrases(const Token& token, uint32_t offset, std::vector<Mark>& marks) {
  uint32_t position = first_position_ + token.position;
  for (size_t p = 0; p < terms_.phrases.size(); ++p) {
    const auto& [words, term] = terms_.phrases[p];
    auto& steps = steps_[p];
    // From the last word on, so that one token is not taken for two words of the phrase.
    for (size_t k = words.size(); k-- > 0;) {
      if (words[k] != token.text) continue;
      bool follows = k > 0 && steps[k - 1].reached && steps[k - 1].position + 1 == position;
      if (k > 0 && !follows) continue;
      steps[k] = {position, k == 0 ? offset + token.begin : steps[k - 1].begin, true};
      if (k + 1 == words.size()) marks.push_back({steps[k].begin, offset + token.end, term});
    }
  }
}

void MergeMarks(std::vector<Mark>& marks) {
  std::sort(marks.begin(), marks.end(), [](const Mark& left, const Mark& right) {
    return left.begin != right.begin ? left.begin < right.begin : left.end > right.end;
  });
  size_t kept = 0;
  for (const Mark& mark : marks) {
    if (kept > 0 && mark.begin < marks[kept - 1].end) {
      marks[kept - 1].end = std::max(marks[kept - 1].end, mark.end);
    } else {
      marks[kept++] = mark;
    }
  }
  marks.resize(kept);
}

}  // namespace broadsheet::search
