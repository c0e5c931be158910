#include "search/match/published_order.h"

#include "common/schema/encoding.h"
#include "common/schema/field.h"

namespace broadsheet::search {
namespace {

constexpr size_t kTimeBytes = 8;

}  // namespace

// No time encodes to the bytes for undated articles: those would lie 292,000 years from 1970.
PublishedOrder::PublishedOrder(bool newest_first, const std::optional<PagePosition>& after)
    : newest_first_(newest_first),
      undated_(kTimeBytes, newest_first ? '\0' : '\xff'),
      worst_(newest_first ? std::string() : std::string(2 * kTimeBytes + 1, '\xff')) {
  if (after.has_value()) after_ = KeyOf(after->dated, after->published_micros, after->sequence);
}

std::string PublishedOrder::KeyOf(bool dated, int64_t published_micros, int64_t sequence) const {
  return (dated ? EncodeNumber(published_micros) : undated_) + EncodeNumber(sequence);
}

std::string PublishedOrder::operator()(const Xapian::Document& document) const {
  std::string key = document.get_value(GetField(FieldId::kPublishedTime).slot);
  if (key.empty()) key = undated_ + document.get_value(GetField(FieldId::kSequence).slot);
  if (after_.empty()) return key;
  bool behind = newest_first_ ? key < after_ : key > after_;
  return behind ? key : worst_;
}

void PublishedOrder::ToPosition(const std::string& key, PagePosition& position) const {
  position.by_date = true;
  position.dated = key.compare(0, kTimeBytes, undated_) != 0;
  position.published_micros = position.dated ? DecodeNumber(key) : 0;
  position.sequence = DecodeNumber(std::string_view(key).substr(kTimeBytes));
}

}  // namespace broadsheet::search
