#pragma once

#include <cstdint>
#include <vector>

#include "search/match/decoded_postings.h"
#include "search/match/posting_reader.h"
#include "search/match/word_plan.h"

namespace broadsheet::search {

// The decoded postings of a word in one shard, and how far they were read.
class WordCursor {
 public:
  // All must outlive it.
  WordCursor(const WordPlan::Word& word, const DecodedPostings& postings, const std::vector<uint32_t>& lengths)
      : word_(&word), postings_(&postings), lengths_(&lengths), reader_(postings) {}

  const DecodedPostings& postings() const { return *postings_; }
  bool AtEnd() const { return reader_.AtEnd(); }
  Xapian::docid docid() const { return reader_.docid(); }
  void Next() { reader_.Next(); }

  // Whether it has that article, which is not before the last one it was asked for.
  bool Has(Xapian::docid docid) {
    reader_.SkipTo(docid);
    return !AtEnd() && this->docid() == docid;
  }

  // What the article that it stands at weighs for the word.
  double Weight() const {
    if (!word_->bm25.has_value()) return 0;
    return word_->scale * word_->bm25->Of(reader_.count(), (*lengths_)[docid()]);
  }

  // What any article of a block can weigh at most; what any at all can.
  double MostOf(const DecodedPostings::Block& block) const {
    if (!word_->bm25.has_value()) return 0;
    return word_->scale * word_->bm25->Of(block.most_count, block.least_length);
  }
  double Most() const;

 private:
  const WordPlan::Word* word_;
  const DecodedPostings* postings_;
  const std::vector<uint32_t>* lengths_;
  PostingReader reader_;
};

}  // namespace broadsheet::search
