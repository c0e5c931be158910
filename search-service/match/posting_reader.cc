#include "search/match/posting_reader.h"

#include <algorithm>

namespace broadsheet::search {

void PostingReader::Open(size_t block) {
  block_ = block;
  at_ = 0;
  if (!AtEnd()) postings_->Unpack(postings_->blocks[block], docids_.data(), counts_.data());
}

void PostingReader::SkipTo(Xapian::docid docid) {
  if (AtEnd() || this->docid() >= docid) return;
  if (docids_[block().size - 1] < docid) Gallop(docid);
  if (AtEnd()) return;
  const auto end = docids_.begin() + block().size;
  const auto found = std::lower_bound(docids_.begin() + static_cast<std::ptrdiff_t>(at_), end, docid);
  at_ = static_cast<size_t>(found - docids_.begin());
  if (found == end) Open(block_ + 1);
}

// To the last block that begins at `docid` or before, in steps that double, then by halves; at least to the next one.
void PostingReader::Gallop(Xapian::docid docid) {
  const auto& blocks = postings_->blocks;
  size_t step = 1;
  size_t below = block_ + 1;
  while (below + step < blocks.size() && blocks[below + step].first <= docid) {
    below += step;
    step *= 2;
  }
  if (below >= blocks.size()) return Open(blocks.size());
  const auto begin = blocks.begin() + static_cast<std::ptrdiff_t>(below);
  const auto end = blocks.begin() + static_cast<std::ptrdiff_t>(std::min(below + step, blocks.size()));
  const auto beyond =
      std::upper_bound(begin + 1, end, docid,
                       [](Xapian::docid wanted, const DecodedPostings::Block& block) { return wanted < block.first; });
  Open(static_cast<size_t>(beyond - blocks.begin()) - 1);
}

}  // namespace broadsheet::search
