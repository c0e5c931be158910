#include "search/columns/shard_columns.h"

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
    bytes += BytesOf(column);
  for (const TermsColumn& column : terms) {
    bytes += BytesOf(column.places) + BytesOf(column.lists);
    if (column.dictionary != nullptr) bytes += column.dictionary->bytes();
  }
  return bytes;
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
