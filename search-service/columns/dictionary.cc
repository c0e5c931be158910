#include "search/columns/dictionary.h"

#include "common/base/hash.h"

namespace broadsheet::search {

std::string_view Dictionary::operator[](uint32_t ordinal) const {
  if (ordinal == 0) return {};
  const size_t begin = ends_[ordinal - 1];
  return std::string_view(text_).substr(begin, ends_[ordinal] - begin);
}

// Where it stands in the table, or the free place where it would.
size_t Dictionary::PlaceOf(std::string_view value) const {
  const size_t mask = table_.size() - 1;
  size_t place = Hash64(value) & mask;
  while (table_[place] != 0 && (*this)[table_[place]] != value)
    place = (place + 1) & mask;
  return place;
}

uint32_t Dictionary::Find(std::string_view value) const {
  return table_[PlaceOf(value)];
}

uint32_t Dictionary::Add(std::string_view value) {
  size_t place = PlaceOf(value);
  if (table_[place] != 0) return table_[place];
  const uint32_t ordinal = size();
  text_ += value;
  ends_.push_back(text_.size());
  table_[place] = ordinal;
  if (2 * ends_.size() > table_.size()) Grow();
  return ordinal;
}

void Dictionary::Grow() {
  table_.assign(2 * table_.size(), 0);
  for (uint32_t ordinal = 1; ordinal < size(); ++ordinal)
    table_[PlaceOf((*this)[ordinal])] = ordinal;
}

size_t Dictionary::bytes() const {
  return text_.capacity() + ends_.capacity() * sizeof(size_t) + table_.capacity() * sizeof(uint32_t);
}

}  // namespace broadsheet::search
