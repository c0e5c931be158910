#pragma once

#include <array>
#include <cstdint>

#include "search/match/decoded_postings.h"
#include "xapian.h"

namespace broadsheet::search {

// A place in decoded postings, which only moves forward. Cheap to copy; not thread-safe.
class PostingReader {
 public:
  // Stands at the first article. `postings` must outlive it.
  explicit PostingReader(const DecodedPostings& postings) : postings_(&postings) { Open(0); }

  bool AtEnd() const { return block_ == postings_->blocks.size(); }

  // Of the article that it stands at.
  Xapian::docid docid() const { return docids_[at_]; }
  uint8_t count() const { return counts_[at_]; }
  const DecodedPostings::Block& block() const { return postings_->blocks[block_]; }

  void Next() {
    if (++at_ == block().size) Open(block_ + 1);
  }

  // To the first article of the next block.
  void NextBlock() { Open(block_ + 1); }

  // To the first article from `docid` on; stays when it is there or beyond already.
  void SkipTo(Xapian::docid docid);

 private:
  void Open(size_t block);
  void Gallop(Xapian::docid docid);

  const DecodedPostings* postings_;
  size_t block_ = 0;
  size_t at_ = 0;  // in the block
  std::array<Xapian::docid, DecodedPostings::kBlock> docids_{};
  std::array<uint8_t, DecodedPostings::kBlock> counts_{};
};

}  // namespace broadsheet::search
