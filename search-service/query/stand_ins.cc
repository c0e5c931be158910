#include "search/query/stand_ins.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/ascii.h"
#include "search/query/spelling_variants.h"

namespace broadsheet::search {
namespace {

constexpr size_t kShortestHalf = 3;     // letters of each half of a word that is taken apart
constexpr size_t kLikelyCuts = 3;       // of such a word that are tried
constexpr size_t kOtherForms = 5;       // of the last word of "think-tank"
constexpr size_t kTypoCandidates = 20;  // looked at for kMaxTypoWords with different stems

bool HasDigit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](unsigned char c) { return absl::ascii_isdigit(c); });
}

std::vector<std::string> TextsOf(const QueryNode& leaf) {
  std::vector<std::string> texts;
  for (const QueryWord& word : leaf.words)
    texts.push_back(word.text);
  return texts;
}

}  // namespace

bool IsNgram(const QueryNode& leaf) {
  return std::any_of(leaf.words.begin(), leaf.words.end(), [](const QueryWord& word) { return word.ngram; });
}

bool HasWords(const Field* field) {
  return field == nullptr || field->id == FieldId::kBody || !field->words_prefix.empty();
}

QueryNode LeafLike(const QueryNode& model, const std::vector<std::string>& words) {
  QueryNode leaf;
  leaf.kind = words.size() == 1 ? NodeKind::kWord : NodeKind::kPhrase;
  for (const std::string& word : words)
    leaf.words.push_back({word, "", false});
  leaf.field = model.field;
  leaf.range = model.range;
  return leaf;
}

StandIns::StandIns(const WordOptions& options, const Synonyms& synonyms, const std::vector<std::string>& languages,
                   TermFrequencies& terms, std::function<void()> look)
    : options_(options),
      synonyms_(synonyms),
      database_(terms.database()),
      look_(look),
      vocabulary_(terms, std::move(look)),
      lookup_(languages, !options.stems),
      languages_(languages),
      articles_(std::max<double>(1, database_.get_doccount())) {}

const std::vector<Stemmer>& StandIns::Stemmers() {
  if (!stemmers_.empty()) return stemmers_;
  for (const std::string& language : languages_)
    stemmers_.emplace_back(language);
  if (stemmers_.empty()) stemmers_.emplace_back("en");
  return stemmers_;
}

std::vector<QueryNode> StandIns::OfWord(const QueryNode& leaf) {
  const std::string& word = leaf.words[0].text;
  const Xapian::doccount articles = ArticlesOf(leaf);
  std::vector<QueryNode> instead;
  if (options_.variants) {
    for (std::string& variant : SpellingVariants(word))
      AddIfKnown(LeafLike(leaf, {std::move(variant)}), instead);
    if (articles <= kRareWord) AddHalves(leaf, instead);
  }
  AddSynonyms({word}, leaf, instead);
  bool guess = instead.empty() && articles <= kRareWord && options_.typos;
  if (guess) AddTypos(leaf, articles, instead);
  std::erase_if(instead, [&](const QueryNode& other) { return SameTerms(other, leaf); });
  return instead;
}

std::vector<QueryNode> StandIns::OfCompound(const QueryNode& leaf) {
  std::vector<std::string> words = TextsOf(leaf);
  std::vector<QueryNode> instead = OfRun(words, leaf);
  if (!options_.stems) return instead;
  std::string prefix = IndexTerm({"", false, 0}, leaf.field);
  for (const VocabularyWord& form : vocabulary_.Forms(prefix, words.back(), Stemmers().front(), kOtherForms)) {
    if (form.text == words.back()) continue;
    std::vector<std::string> other = words;
    other.back() = form.text;
    instead.push_back(LeafLike(leaf, other));
    instead.back().match_kind = v1::MATCH_KIND_STEM;
  }
  return instead;
}

std::vector<std::string> StandIns::FormsOf(const QueryNode& leaf) {
  std::vector<std::string> forms;
  std::string prefix = IndexTerm({"", false, 0}, leaf.field);
  for (const Stemmer& stemmer : Stemmers()) {
    for (VocabularyWord& form : vocabulary_.Forms(prefix, leaf.words[0].text, stemmer, kMaxForms)) {
      bool known = std::find(forms.begin(), forms.end(), form.text) != forms.end();
      if (!known && forms.size() < kMaxForms) forms.push_back(std::move(form.text));
    }
  }
  return forms;
}

std::vector<QueryNode> StandIns::OfRun(const std::vector<std::string>& words, const QueryNode& model) {
  std::vector<QueryNode> instead;
  if (options_.variants && words.size() == 2) AddIfKnown(LeafLike(model, {words[0] + words[1]}), instead);
  AddSynonyms(words, model, instead);
  return instead;
}

// "thinktank": the two words that it is made of, where articles have them side by side.
void StandIns::AddHalves(const QueryNode& leaf, std::vector<QueryNode>& instead) {
  const std::string& word = leaf.words[0].text;
  if (!std::all_of(word.begin(), word.end(), [](unsigned char c) { return absl::ascii_isalnum(c); })) return;
  if (++halved_ > kMaxExpandedWords) return;
  std::string prefix = IndexTerm({"", false, 0}, leaf.field);
  std::vector<std::pair<Xapian::doccount, size_t>> cuts;  // by how many articles have the rarer half
  for (size_t cut = kShortestHalf; cut + kShortestHalf <= word.size(); ++cut) {
    Xapian::doccount both =
        std::min(vocabulary_.Articles(prefix + word.substr(0, cut)), vocabulary_.Articles(prefix + word.substr(cut)));
    if (both > 0) cuts.emplace_back(both, cut);
  }
  std::sort(cuts.rbegin(), cuts.rend());
  if (cuts.size() > kLikelyCuts) cuts.resize(kLikelyCuts);
  for (const auto& [both, cut] : cuts) {
    if (!StandTogether(prefix + word.substr(0, cut), prefix + word.substr(cut))) continue;
    instead.push_back(LeafLike(leaf, {word.substr(0, cut), word.substr(cut)}));
    instead.back().match_kind = v1::MATCH_KIND_VARIANT;
    return;
  }
}

bool StandIns::StandTogether(const std::string& first, const std::string& second) const {
  look_();
  const std::string terms[] = {first, second};
  Xapian::Enquire enquire(database_);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.set_query(Xapian::Query(Xapian::Query::OP_PHRASE, terms, terms + 2, 2));
  return !enquire.get_mset(0, 1).empty();
}

void StandIns::AddSynonyms(const std::vector<std::string>& words, const QueryNode& model,
                           std::vector<QueryNode>& instead) const {
  if (!options_.synonyms) return;
  for (const auto& synonym : synonyms_.Of(words)) {
    instead.push_back(LeafLike(model, synonym));
    instead.back().match_kind = v1::MATCH_KIND_SYNONYM;
  }
}

void StandIns::AddIfKnown(QueryNode leaf, std::vector<QueryNode>& instead) const {
  if (ArticlesOf(leaf) == 0) return;
  bool twice = std::any_of(instead.begin(), instead.end(), [&](auto& other) { return SameTerms(other, leaf); });
  if (twice) return;
  leaf.match_kind = v1::MATCH_KIND_VARIANT;
  instead.push_back(std::move(leaf));
}

void StandIns::AddTypos(const QueryNode& leaf, Xapian::doccount articles, std::vector<QueryNode>& instead) {
  for (const VocabularyWord& near : Guess(leaf.words[0].text, leaf.field, articles)) {
    if (instead.size() == kMaxTypoWords) break;
    QueryNode other = LeafLike(leaf, {near.text});
    bool twice = SameTerms(other, leaf) ||
                 std::any_of(instead.begin(), instead.end(), [&](auto& known) { return SameTerms(known, other); });
    if (twice) continue;
    other.match_kind = v1::MATCH_KIND_FUZZY;
    instead.push_back(std::move(other));
  }
}

// The words that may have been meant: the nearest, and those further off that are far more frequent than these. Of a
// word that the index has, only those that are far more frequent than it.
std::vector<VocabularyWord> StandIns::Guess(const std::string& word, const Field* field, Xapian::doccount articles) {
  if (HasDigit(word) || ++guessed_ > kMaxExpandedWords) return {};
  auto near = vocabulary_.Near(IndexTerm({"", false, 0}, field), word, ForgivenErrors(word), kTypoCandidates,
                               articles * kFarMoreOften);
  std::erase_if(near, [](const VocabularyWord& other) { return HasDigit(other.text); });
  if (near.empty()) return near;
  const VocabularyWord nearest = near.front();  // the most frequent of the nearest
  std::erase_if(near, [&](const VocabularyWord& other) {
    return other.distance > nearest.distance && other.articles < nearest.articles * kFarMoreOften;
  });
  const auto likeliest =
      std::max_element(near.begin(), near.end(), [](const auto& a, const auto& b) { return a.articles < b.articles; });
  meant_.emplace(word, likeliest->text);
  return near;
}

double StandIns::WeightOf(const QueryNode& leaf) const {
  double sum = 0;
  for (const QueryWord& word : leaf.words) {
    double articles = ArticlesOf(LeafLike(leaf, {word.text}));
    sum += std::log(1 + (articles_ - articles + 0.5) / (articles + 0.5));
  }
  return sum;
}

// Of a word: with one of its stems, or less if they share articles.
Xapian::doccount StandIns::ArticlesOf(const QueryNode& leaf) const {
  Xapian::doccount most = 0;
  for (const LookupTerm& term : lookup_.Terms(leaf))
    most = std::max(most, vocabulary_.Articles(IndexTerm(term, leaf.field)));
  return most;
}

bool StandIns::SameTerms(const QueryNode& a, const QueryNode& b) const {
  auto terms = [&](const QueryNode& leaf) {
    std::vector<std::string> texts;
    for (const LookupTerm& term : lookup_.Terms(leaf))
      texts.push_back(term.text);
    return texts;
  };
  return a.kind == b.kind && terms(a) == terms(b);
}

void StandIns::GuessWords(const QueryNode& phrase) {
  if (IsNgram(phrase) || !HasWords(phrase.field)) return;
  std::string prefix = IndexTerm({"", false, 0}, phrase.field);
  for (const QueryWord& word : phrase.words) {
    if (vocabulary_.Articles(prefix + word.text) == 0) Guess(word.text, phrase.field, 0);
  }
}

}  // namespace broadsheet::search
