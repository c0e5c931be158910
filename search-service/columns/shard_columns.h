#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "common/schema/field.h"
#include "search/columns/dictionary.h"
#include "xapian.h"

// What a match asks of every document of a shard, in memory: times and numbers, values as ordinals, lengths. One
// snapshot of a shard has one set of columns, which never changes; all threads share it.
//
// Memory: kBytesPerArticle for each docid, 4 bytes for each value of an article in a field with several, and each
// different value once, with at most 24 bytes for its place in the dictionary.
namespace broadsheet::search {

// In the place of a number or time that an article does not have.
inline constexpr int64_t kNoNumber = std::numeric_limits<int64_t>::min();

inline constexpr size_t kBytesPerArticle = 100;

// The values of a field as ordinals of a dictionary, by docid.
struct TermsColumn {
  // Ordinals, each once; none when the article has no value.
  std::span<const uint32_t> Of(Xapian::docid docid) const {
    const uint32_t& place = places[docid];
    if (!repeated) return {&place, place == 0 ? 0UL : 1UL};
    return {lists.data() + place + 1, lists[place]};
  }

  std::shared_ptr<const Dictionary> dictionary;
  bool repeated = false;
  std::vector<uint32_t> places;       // by docid: the ordinal, or where its list begins
  std::vector<uint32_t> lists = {0};  // repeated: the number of ordinals, then they; the first list is the empty one
};

// Indexes by docid are below size(). A document that is not there has no values, and neither has a tombstone but for
// its sequence and update.
struct ShardColumns {
  Xapian::docid size() const { return static_cast<Xapian::docid>(lengths.size()); }

  // Of a field with HasNumbers / HasTerms.
  const std::vector<int64_t>& Numbers(FieldId id) const { return numbers[static_cast<size_t>(id)]; }
  const TermsColumn& Terms(FieldId id) const { return terms[static_cast<size_t>(id)]; }

  // Memory, the dictionaries included.
  size_t bytes() const;

  std::string database_uuid;  // Xapian::Database::get_uuid: tells a posting source which shard it is in
  uint64_t revision = 0;
  std::vector<std::vector<int64_t>> numbers;  // by FieldId
  std::vector<TermsColumn> terms;             // by FieldId
  std::vector<uint64_t> originals;            // Hash64 of the id of its original; 0: not an article
  std::vector<uint32_t> lengths;              // in words, as BM25 counts them
  size_t replaced = 0;                        // documents read since the columns were built whole
};

// The columns of all shards of a snapshot, in the order of the manifest.
using ColumnSet = std::vector<std::shared_ptr<const ShardColumns>>;

// Which of the columns belong to a shard as a posting source is given it. StatusException (INTERNAL, COLUMNS) when they
// are those of another index or revision.
size_t PlaceOf(const ColumnSet& columns, const Xapian::Database& shard);

// Whether a field has such a column. Times are in microseconds since 1970.
bool HasNumbers(const Field& field);
bool HasTerms(const Field& field);

}  // namespace broadsheet::search
