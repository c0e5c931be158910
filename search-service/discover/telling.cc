#include "search/discover/telling.h"

#include <algorithm>
#include <utility>

#include "common/text/stemmer.h"
#include "common/text/tokenizer.h"
#include "common/text/unicode.h"
#include "search/discover/common_words.h"
#include "search/discover/written_forms.h"
#include "search/index/caller.h"
#include "search/match/stored.h"

namespace broadsheet::search {
namespace {

using Stems = absl::flat_hash_set<std::string>;

constexpr size_t kArticlesRead = 24;  // for the forms of words
constexpr size_t kSpareTerms = 10;    // beyond the limit, for those that turn out to be stop words

struct NameWords {
  std::vector<Stems> words;  // of each word, its stem in every language
  std::string folded;        // the words one after the other, with blanks
};

NameWords WordsOf(std::string_view name, const std::vector<Stemmer>& stemmers) {
  NameWords words{{}, " "};
  ForEachToken(name, [&](const Token& token) {
    Stems stems;
    for (const Stemmer& stemmer : stemmers)
      stems.insert(stemmer(token.text));
    stems.insert(std::string(token.text));
    words.words.push_back(std::move(stems));
    if (token.text.size() > 1) words.folded.append(token.text).append(" ");  // with initials or without
  });
  return words;
}

bool IsHalfOf(const TellingTerm& part, const TellingTerm& whole) {
  return part.these.with * 2 >= whole.these.with;
}

// One pass over the names, then one over the words.
class Pruner {
 public:
  Pruner(const std::vector<std::string>& languages, const Stems& known) : known_(known) {
    for (const std::string& language : languages)
      stemmers_.emplace_back(language);
  }

  std::vector<TellingTerm> Prune(std::vector<TellingTerm> terms) {
    std::stable_sort(terms.begin(), terms.end(), [](const auto& left, const auto& right) {
      return NameLength(left) > NameLength(right);  // the longest names first, words last
    });
    for (TellingTerm& term : terms)
      IsName(term.term) ? TakeName(std::move(term)) : TakeWord(std::move(term));
    SortByScore(kept_);
    return std::move(kept_);
  }

 private:
  static size_t NameLength(const TellingTerm& term) {
    return IsName(term.term) ? static_cast<size_t>(std::count(term.term.begin(), term.term.end(), ' ')) : 0;
  }

  bool IsKnown(const Stems& stems) const {
    return std::any_of(stems.begin(), stems.end(), [&](const std::string& stem) { return known_.contains(stem); });
  }

  void TakeName(TellingTerm term) {
    NameWords words = WordsOf(NameOf(term.term), stemmers_);
    if (std::all_of(words.words.begin(), words.words.end(), [&](const Stems& stems) { return IsKnown(stems); })) return;
    for (size_t i = 0; i < names_.size(); ++i) {
      const bool alike = names_[i].folded == words.folded;
      const bool inside = names_[i].folded.find(words.folded) != std::string::npos && IsHalfOf(kept_[i], term);
      if (!alike && !inside) continue;
      if (alike && term.score > kept_[i].score) std::swap(kept_[i], term);
      kept_[i].score = std::max(kept_[i].score, term.score);
      return;
    }
    names_.push_back(std::move(words));
    kept_.push_back(std::move(term));
  }

  void TakeWord(TellingTerm term) {
    const std::string stem(StemOf(term.term));
    if (known_.contains(stem)) return;
    for (size_t i = 0; i < names_.size(); ++i) {
      const bool inside = std::any_of(names_[i].words.begin(), names_[i].words.end(),
                                      [&](const Stems& stems) { return stems.contains(stem); });
      if (!inside || !IsHalfOf(kept_[i], term)) continue;
      kept_[i].score = std::max(kept_[i].score, term.score);
      return;
    }
    kept_.push_back(std::move(term));
  }

  const Stems& known_;
  std::vector<Stemmer> stemmers_;
  std::vector<NameWords> names_;   // of the first of kept_
  std::vector<TellingTerm> kept_;  // names first
};

std::vector<std::string> StemsOf(const std::vector<TellingTerm>& terms) {
  std::vector<std::string> stems;
  for (const TellingTerm& term : terms) {
    if (!IsName(term.term)) stems.emplace_back(StemOf(term.term));
  }
  return stems;
}

absl::Status ReadInto(const Reader& reader, Xapian::docid docid, const CallContext& context, WrittenForms& forms) {
  if (auto waits = CheckCaller(context); !waits.ok()) return waits;
  auto article = ReadArticle(reader, docid, true);
  if (!article.ok()) return article.status();
  forms.Read(*article);
  return absl::OkStatus();
}

absl::Status ReadForms(const Reader& reader, const std::vector<TellingTerm>& terms,
                       const std::vector<Xapian::docid>& sample, const CallContext& context, WrittenForms& forms) {
  const size_t step = std::max<size_t>(1, sample.size() / kArticlesRead);
  for (size_t i = 0; i < sample.size(); i += step) {
    if (auto read = ReadInto(reader, sample[i], context, forms); !read.ok()) return read;
  }
  for (const TellingTerm& term : terms) {
    if (IsName(term.term) || forms.Knows(std::string(StemOf(term.term)))) continue;
    if (auto read = ReadInto(reader, term.first, context, forms); !read.ok()) return read;
  }
  return absl::OkStatus();
}

}  // namespace

int64_t LeastArticles(int64_t articles) {
  return articles >= 10 ? 3 : articles >= 3 ? 2 : 1;
}

void SortByScore(std::vector<TellingTerm>& terms) {
  std::sort(terms.begin(), terms.end(), [](const TellingTerm& left, const TellingTerm& right) {
    return left.score != right.score ? left.score > right.score : left.term < right.term;
  });
}

absl::Status CountTerms(const Xapian::Database& database, const std::vector<Xapian::docid>& sample,
                        const CallContext& context, TermCounter& counter) {
  for (Xapian::docid docid : sample) {
    if (auto waits = CheckCaller(context); !waits.ok()) return waits;
    counter.Add(database, docid);
    if (counter.read() > kMaxTermsRead) break;
  }
  return absl::OkStatus();
}

std::vector<TellingTerm> WithoutRepetition(std::vector<TellingTerm> terms, const std::vector<std::string>& languages,
                                           const Stems& known) {
  return Pruner(languages, known).Prune(std::move(terms));
}

absl::StatusOr<std::vector<TellingTerm>> WriteTerms(const Reader& reader, std::vector<TellingTerm> terms, size_t limit,
                                                    const std::vector<Xapian::docid>& sample,
                                                    const CallContext& context) {
  if (terms.size() > limit + kSpareTerms) terms.resize(limit + kSpareTerms);
  WrittenForms forms(StemsOf(terms));
  if (auto read = ReadForms(reader, terms, sample, context, forms); !read.ok()) return read;
  std::vector<TellingTerm> written;
  for (TellingTerm& term : terms) {
    if (written.size() == limit) break;
    term.text = IsName(term.term) ? std::string(NameOf(term.term)) : forms.MostFrequent(std::string(StemOf(term.term)));
    if (!IsCommonWord(FoldForMatch(term.text))) written.push_back(std::move(term));
  }
  return written;
}

}  // namespace broadsheet::search
