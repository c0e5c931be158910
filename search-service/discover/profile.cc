#include "search/discover/profile.h"

#include <algorithm>
#include <cmath>

#include "common/schema/field.h"
#include "search/discover/common_words.h"
#include "search/discover/written_forms.h"
#include "search/index/caller.h"

namespace broadsheet::search {
namespace {

constexpr size_t kLeastWordBytes = 2;
constexpr size_t kWordsPerLook = 256;  // between two looks at the clock

bool HasLetter(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c & 0x80) != 0; });
}

bool Tells(const Token& token) {
  if (token.kind == TokenKind::kNgram) return token.overlay;
  return !token.overlay && token.text.size() >= kLeastWordBytes && HasLetter(token.text) && !IsCommonWord(token.text);
}

// As Lucene's BM25 has it: never below 0.
double Rarity(double articles, double all) {
  return std::log(1 + (all - articles + 0.5) / (articles + 0.5));
}

// A term with the words that stand for it in the text.
struct Gathered {
  int64_t times = 0;
  int64_t best = 0;
  std::string text;
};

}  // namespace

ProfileBuilder::ProfileBuilder(const Xapian::Database& database, const std::vector<std::string>& languages)
    : database_(database) {
  for (const std::string& language : languages)
    stemmers_.emplace_back(language);
  if (stemmers_.empty()) stemmers_.emplace_back("");
}

void ProfileBuilder::Add(std::string_view text, int weight) {
  ForEachToken(text, [&](const Token& token) {
    if (!Tells(token)) return;
    Use& use = uses_[std::string(token.text)];
    use.times += weight;
    use.ngram = token.kind == TokenKind::kNgram;
    const std::string_view written = WithoutPossessive(text.substr(token.begin, token.end - token.begin));
    auto form = use.forms.find(written);
    if (form == use.forms.end()) form = use.forms.emplace(std::string(written), 0).first;
    ++form->second;
  });
}

std::string ProfileBuilder::TermOf(const std::string& word, const Use& use) const {
  if (use.ngram) return word;
  std::string best;
  Xapian::doccount most = 0;
  for (const Stemmer& stemmer : stemmers_) {
    std::string term = std::string(kStemPrefix) + stemmer(word);
    if (term == best) continue;
    const Xapian::doccount articles = database_.get_termfreq(term);
    if (!best.empty() && articles <= most) continue;
    best = std::move(term);
    most = articles;
  }
  return best;
}

absl::StatusOr<std::vector<ProfileTerm>> ProfileBuilder::Choose(int64_t least_articles,
                                                                const CallContext& context) const {
  absl::flat_hash_map<std::string, Gathered> gathered;
  size_t looked = 0;
  for (const auto& [word, use] : uses_) {
    if (looked++ % kWordsPerLook == 0) {
      if (auto waits = CheckCaller(context); !waits.ok()) return waits;
    }
    Gathered& term = gathered[TermOf(word, use)];
    term.times += use.times;
    for (const auto& [form, times] : use.forms) {
      if (times < term.best || (times == term.best && form > term.text)) continue;
      term.best = times;
      term.text = form;
    }
  }
  std::vector<ProfileTerm> terms;
  const auto all = static_cast<double>(database_.get_termfreq(std::string(kArticleTerm)));
  for (auto& [term, use] : gathered) {
    const int64_t articles = database_.get_termfreq(term);
    if (articles < least_articles) continue;
    const auto frequency = static_cast<double>(use.times);
    terms.push_back({term, use.text, frequency, frequency * Rarity(static_cast<double>(articles), all), articles});
  }
  std::sort(terms.begin(), terms.end(), [](const ProfileTerm& left, const ProfileTerm& right) {
    return left.score != right.score ? left.score > right.score : left.term < right.term;
  });
  std::vector<ProfileTerm> chosen;
  int64_t postings = 0;
  for (ProfileTerm& term : terms) {
    if (chosen.size() == kMaxProfileTerms) break;
    if (postings + term.articles > kMaxProfilePostings) continue;
    postings += term.articles;
    chosen.push_back(std::move(term));
  }
  return chosen;
}

}  // namespace broadsheet::search
