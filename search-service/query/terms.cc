#include "search/query/terms.h"

#include "absl/strings/str_cat.h"

namespace broadsheet::search {
namespace {

constexpr char kWordsOfTitleAndBody[] = "text";

// Of the words of a field, or of its whole values where it has no words.
std::string_view TermPrefix(const Field& field) {
  const bool has_values = field.words_prefix.empty() && !field.query_name.empty();
  return has_values ? field.keyword_prefix : field.words_prefix;
}

std::string_view TermPrefix(const Field* field) {
  return field == nullptr ? "" : TermPrefix(*field);
}

// Names are not stemmed: "author:brooks" is not about brooks.
bool HasStems(const Field* field) {
  return field == nullptr || field->type == FieldType::kText;
}

// Each character of an n-gram run is looked up together with the next one; the last one is in the pair before it,
// except where more words follow: then it keeps the places in step.
std::vector<LookupTerm> PhraseTerms(const std::vector<QueryWord>& words) {
  std::vector<LookupTerm> terms;
  for (size_t i = 0; i < words.size(); ++i) {
    bool in_pair_before = i > 0 && !words[i - 1].pair.empty();
    bool last = i + 1 == words.size();
    if (words[i].pair.empty() && in_pair_before && last) break;
    terms.push_back({words[i].pair.empty() ? words[i].text : words[i].pair, false, static_cast<uint32_t>(i)});
  }
  return terms;
}

}  // namespace

TermLookup::TermLookup(const std::vector<std::string>& languages, bool exact_words) {
  if (!exact_words) stems_ = Stems::OfThisThread(languages);
}

std::vector<LookupTerm> TermLookup::Terms(const QueryNode& leaf) const {
  if (leaf.kind == NodeKind::kPhrase) return PhraseTerms(leaf.words);
  const QueryWord& word = leaf.words[0];
  bool exact = stems_ == nullptr || word.ngram || leaf.kind == NodeKind::kPrefix || !HasStems(leaf.field);
  if (exact) return {{word.text, false, 0}};
  std::vector<LookupTerm> terms;
  for (const std::string& stem : stems_->Of(word.text))
    terms.push_back({stem, true, 0});
  return terms;
}

std::vector<std::string> TermLookup::IndexTerms(const QueryNode& leaf) const {
  std::vector<std::string> terms;
  for (const LookupTerm& term : Terms(leaf))
    terms.push_back(IndexTerm(term, leaf.field));
  return terms;
}

std::string IndexTerm(const LookupTerm& term, const Field* field) {
  return absl::StrCat(term.stemmed ? std::string(kStemPrefix) : "", std::string(TermPrefix(field)), term.text);
}

TermDescription DescribeTerm(std::string_view index_term) {
  TermDescription description{"", kWordsOfTitleAndBody, false};
  if (index_term.starts_with(kStemPrefix)) {
    description.stemmed = true;
    index_term.remove_prefix(kStemPrefix.size());
  }
  for (const Field& field : Fields()) {
    const std::string_view prefix = TermPrefix(field);
    if (prefix.empty() || !index_term.starts_with(prefix)) continue;
    description.field = std::string(field.name);
    index_term.remove_prefix(prefix.size());
    break;
  }
  description.text = std::string(index_term);
  return description;
}

}  // namespace broadsheet::search
