#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "search/index/reader.h"
#include "xapian.h"

// Articles in the order in which they were written. Documents are found by the terms of their blocks of sequences
// (kBlockPrefix), so that what it costs to go on does not depend on how far one is. Xapian's exceptions pass through.
namespace broadsheet::search {

// Some whole blocks of sequences.
struct SequenceSpan {
  std::vector<std::string> blocks;
  Xapian::doccount documents = 0;  // in the blocks
  int64_t after = 0;               // exclusive
  int64_t through = 0;             // inclusive; nothing lies between it and the next span
};

// What follows `after`: as many blocks as it takes for `wanted` documents, or up to `last`, the newest sequence of the
// snapshot.
SequenceSpan NextSpan(const Xapian::Database& database, int64_t after, int64_t last, Xapian::doccount wanted);

// A document under its sequence.
struct SequencedDocument {
  int64_t sequence = 0;
  Xapian::docid docid = 0;
};

// The documents of a span that a query matches, in the order of their sequences.
std::vector<SequencedDocument> MatchesIn(const Xapian::Database& database, const Xapian::Query& matching,
                                         const SequenceSpan& span);

// All documents of a span that stand, tombstones too.
std::vector<SequencedDocument> DocumentsIn(const Reader& reader, const SequenceSpan& span);

}  // namespace broadsheet::search
