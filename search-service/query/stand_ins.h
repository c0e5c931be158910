#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "search/query/rewrite.h"
#include "search/query/terms.h"
#include "search/query/vocabulary.h"

namespace broadsheet::search {

// Finds what an index has in the place of words of a query: leaves with match_kind set. One a query; not thread-safe.
// Xapian's exceptions pass through.
class StandIns {
 public:
  // All must outlive it.
  StandIns(const WordOptions& options, const Synonyms& synonyms, const std::vector<std::string>& languages,
           TermFrequencies& terms, std::function<void()> look);

  // Of one word: spellings, halves, synonyms, and if there is none of these and the index hardly has it, what may have
  // been meant.
  std::vector<QueryNode> OfWord(const QueryNode& leaf);

  // Of several words side by side: one word, and synonyms of them together. `model` gives the field.
  std::vector<QueryNode> OfRun(const std::vector<std::string>& words, const QueryNode& model);

  // Of a word that the tokenizer splits ("think-tank"): as OfRun, and with other forms of its last part.
  std::vector<QueryNode> OfCompound(const QueryNode& leaf);

  // Looks for what may have been meant by words of a phrase that the index does not have; see meant().
  void GuessWords(const QueryNode& phrase);

  // Forms of a word that have the stem of one of the languages; the most frequent ones.
  std::vector<std::string> FormsOf(const QueryNode& leaf);

  // What a leaf can weigh at most, up to a factor: the sum of the idf of its terms.
  double WeightOf(const QueryNode& leaf) const;

  // The likeliest words for those that the index hardly has, by word of the query.
  const std::map<std::string, std::string>& meant() const { return meant_; }

  Vocabulary& vocabulary() { return vocabulary_; }

 private:
  const std::vector<Stemmer>& Stemmers();
  void AddHalves(const QueryNode& leaf, std::vector<QueryNode>& instead);
  bool StandTogether(const std::string& first, const std::string& second) const;
  void AddSynonyms(const std::vector<std::string>& words, const QueryNode& model,
                   std::vector<QueryNode>& instead) const;
  void AddIfKnown(QueryNode leaf, std::vector<QueryNode>& instead) const;
  void AddTypos(const QueryNode& leaf, Xapian::doccount articles, std::vector<QueryNode>& instead);
  std::vector<VocabularyWord> Guess(const std::string& word, const Field* field, Xapian::doccount articles);
  Xapian::doccount ArticlesOf(const QueryNode& leaf) const;
  bool SameTerms(const QueryNode& a, const QueryNode& b) const;

  const WordOptions options_;
  const Synonyms& synonyms_;
  const Xapian::Database& database_;
  const std::function<void()> look_;
  Vocabulary vocabulary_;
  const TermLookup lookup_;
  const std::vector<std::string>& languages_;
  std::vector<Stemmer> stemmers_;  // once they are needed
  const double articles_;
  std::map<std::string, std::string> meant_;
  size_t guessed_ = 0;  // words
  size_t halved_ = 0;
};

// A leaf of these words in the field of another one.
QueryNode LeafLike(const QueryNode& model, const std::vector<std::string>& words);

// Whether characters of a script without spaces are in it.
bool IsNgram(const QueryNode& leaf);

// Whether a field (null: title and body) has words, not only whole values.
bool HasWords(const Field* field);

}  // namespace broadsheet::search
