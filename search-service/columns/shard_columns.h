#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "common/schema/field.h"
#include "search/columns/dictionary.h"
#include "search/columns/numbers_column.h"
#include "search/columns/packed_array.h"
#include "xapian.h"

// What a match asks of every document of a shard, in memory: times and numbers, values as ordinals, lengths. One
// snapshot of a shard has one set of columns, which never changes; all threads share it.
//
// Memory: at most kBytesPerArticle for each docid, and about half of it in most shards that are sealed; 4 bytes for
// each value of an article in a field with several, and each different value once, with at most 24 bytes for its place
// in the dictionary.
namespace broadsheet::search {

inline constexpr size_t kBytesPerArticle = 84;

// The values of an article in a field.
class Ordinals {
 public:
  explicit Ordinals(uint32_t one) : one_(one), size_(one == 0 ? 0 : 1) {}
  Ordinals(const uint32_t* list, size_t size) : list_(list), size_(size) {}

  const uint32_t* begin() const { return list_ != nullptr ? list_ : &one_; }
  const uint32_t* end() const { return begin() + size_; }
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

 private:
  uint32_t one_ = 0;
  const uint32_t* list_ = nullptr;
  size_t size_;
};

// The values of a field as ordinals of a dictionary, by docid.
struct TermsColumn {
  // Each once; none when the article has no value.
  Ordinals Of(Xapian::docid docid) const {
    const uint64_t place = places[docid];
    return repeated ? Ordinals(lists.data() + place + 1, lists[place]) : Ordinals(static_cast<uint32_t>(place));
  }

  std::shared_ptr<const Dictionary> dictionary;
  bool repeated = false;
  PackedArray places{sizeof(uint32_t)};  // by docid: the ordinal, or where its list begins
  std::vector<uint32_t> lists = {0};     // repeated: the number of ordinals, then they; the first list is the empty one
};

// Indexes by docid are below size(). A document that is not there has no values, and neither has a tombstone but for
// its sequence and update.
struct ShardColumns {
  Xapian::docid size() const { return static_cast<Xapian::docid>(lengths.size()); }

  // Of a field with HasNumbers / HasTerms.
  const NumbersColumn& Numbers(FieldId id) const { return numbers[static_cast<size_t>(id)]; }
  const TermsColumn& Terms(FieldId id) const { return terms[static_cast<size_t>(id)]; }

  // Memory, the dictionaries included.
  size_t bytes() const;

  std::string database_uuid;  // Xapian::Database::get_uuid: tells a posting source which shard it is in
  uint64_t revision = 0;
  std::vector<NumbersColumn> numbers;  // by FieldId
  std::vector<TermsColumn> terms;      // by FieldId
  std::vector<uint64_t> originals;     // Hash64 of the id of its original; 0: not an article
  std::vector<uint32_t> lengths;       // in words, as BM25 counts them
  size_t replaced = 0;                 // documents read since the columns were built whole
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
