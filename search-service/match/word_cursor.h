#pragma once

#include <cstdint>
#include <vector>

#include "search/match/decoded_postings.h"
#include "search/match/docid_sets.h"
#include "search/match/word_plan.h"

namespace broadsheet::search {

// The decoded postings of a word in one shard, and how far they were read.
class WordCursor {
 public:
  // Both must outlive it.
  WordCursor(const WordPlan::Word& word, const DecodedPostings& postings, const std::vector<uint32_t>& lengths)
      : word_(&word), postings_(&postings), lengths_(&lengths) {}

  DocidSpan docids() const { return postings_->docids; }
  bool AtEnd() const { return at_ >= postings_->size(); }
  Xapian::docid docid() const { return postings_->docids[at_]; }
  void Next() { ++at_; }

  // Whether it has that article, which is not before the last one it was asked for.
  bool Has(Xapian::docid docid) {
    at_ = Gallop(postings_->docids, at_, docid);
    return !AtEnd() && this->docid() == docid;
  }

  // What the article that it stands at weighs for the word.
  double Weight() const {
    if (!word_->bm25.has_value()) return 0;
    return word_->scale * word_->bm25->Of(postings_->counts[at_], (*lengths_)[docid()]);
  }

  // What any article of a block can weigh at most; what any at all can.
  double MostOf(size_t block) const;
  double Most() const;

 private:
  const WordPlan::Word* word_;
  const DecodedPostings* postings_;
  const std::vector<uint32_t>* lengths_;
  size_t at_ = 0;
};

}  // namespace broadsheet::search
