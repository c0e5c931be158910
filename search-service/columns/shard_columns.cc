#include "search/columns/shard_columns.h"

#include <algorithm>

#include "common/base/error.h"
#include "common/index/xapian_status.h"

namespace broadsheet::search {
namespace {

template <typename Value>
size_t BytesOf(const std::vector<Value>& values) {
  return values.capacity() * sizeof(Value);
}

}  // namespace

size_t ShardColumns::bytes() const {
  size_t bytes = BytesOf(originals) + BytesOf(lengths);
  for (const auto& column : numbers)
    bytes += column.bytes();
  for (const TermsColumn& column : terms) {
    bytes += column.places.bytes() + BytesOf(column.lists);
    if (column.dictionary != nullptr) bytes += column.dictionary->bytes();
  }
  return bytes;
}

size_t PlaceOf(const ColumnSet& columns, const Xapian::Database& shard) {
  const std::string uuid = shard.get_uuid();
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const auto& each) { return each->database_uuid == uuid; });
  if (found != columns.end() && (*found)->revision == shard.get_revision()) {
    return static_cast<size_t>(found - columns.begin());
  }
  throw StatusException{ErrorWithReason(absl::StatusCode::kInternal, "COLUMNS",
                                        "the columns are not those of the index that is matched")};
}

bool HasNumbers(const Field& field) {
  const bool number = field.encoding == SlotEncoding::kNumber || field.encoding == SlotEncoding::kTime ||
                      field.encoding == SlotEncoding::kTimeSequence;
  return number && (field.facetable || field.id == FieldId::kSequence);
}

bool HasTerms(const Field& field) {
  return field.facetable && (field.encoding == SlotEncoding::kString || field.encoding == SlotEncoding::kStringList);
}

}  // namespace broadsheet::search
