#include "search/columns/build_columns.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/error.h"
#include "common/base/hash.h"
#include "common/index/xapian_status.h"
#include "common/schema/encoding.h"

namespace broadsheet::search {
namespace {

constexpr uint32_t kReadsPerLook = 4'096;

// Reads one slot of documents whose docids ascend.
class SlotReader {
 public:
  SlotReader(const Xapian::Database& database, int slot)
      : place_(database.valuestream_begin(static_cast<Xapian::valueno>(slot))),
        end_(database.valuestream_end(static_cast<Xapian::valueno>(slot))) {}

  // Empty when it has none.
  std::string Read(Xapian::docid docid) {
    if (place_ != end_ && place_.get_docid() < docid) place_.skip_to(docid);
    return place_ != end_ && place_.get_docid() == docid ? *place_ : std::string();
  }

 private:
  Xapian::ValueIterator place_;
  Xapian::ValueIterator end_;
};

// Writes into a column of terms; its dictionary is copied when the first new value comes.
class TermsWriter {
 public:
  explicit TermsWriter(TermsColumn& column) : column_(column) {}
  ~TermsWriter() {
    if (grown_ != nullptr) column_.dictionary = std::move(grown_);
  }
  TermsWriter(const TermsWriter&) = delete;
  TermsWriter& operator=(const TermsWriter&) = delete;

  void Set(Xapian::docid docid, std::string_view slot) {
    const uint32_t place = PlaceFor(slot);
    if (place > column_.places.largest()) column_.places.SetWidth(sizeof place);
    column_.places.Set(docid, place);
  }

 private:
  uint32_t PlaceFor(std::string_view slot) {
    if (slot.empty()) return 0;
    if (!column_.repeated) return OrdinalOf(slot);
    std::vector<uint32_t> ordinals;
    for (std::string_view value : DecodeStrings(slot)) {
      const uint32_t ordinal = OrdinalOf(value);
      const bool again = std::find(ordinals.begin(), ordinals.end(), ordinal) != ordinals.end();
      if (!again) ordinals.push_back(ordinal);
    }
    if (ordinals.empty()) return 0;
    const auto place = static_cast<uint32_t>(column_.lists.size());
    column_.lists.push_back(static_cast<uint32_t>(ordinals.size()));
    column_.lists.insert(column_.lists.end(), ordinals.begin(), ordinals.end());
    return place;
  }

  uint32_t OrdinalOf(std::string_view value) {
    const Dictionary& known = grown_ != nullptr ? *grown_ : *column_.dictionary;
    if (const uint32_t ordinal = known.Find(value); ordinal != 0) return ordinal;
    if (grown_ == nullptr) grown_ = std::make_shared<Dictionary>(*column_.dictionary);
    return grown_->Add(value);
  }

  TermsColumn& column_;
  std::shared_ptr<Dictionary> grown_;
};

ShardColumns Empty() {
  ShardColumns columns;
  columns.numbers.resize(Fields().size());
  columns.terms.resize(Fields().size());
  for (const Field& field : Fields()) {
    if (!HasTerms(field)) continue;
    TermsColumn& column = columns.terms[static_cast<size_t>(field.id)];
    column.dictionary = std::make_shared<Dictionary>();
    column.repeated = field.encoding == SlotEncoding::kStringList;
  }
  return columns;
}

// No larger than it must be: resize() alone would double it.
template <typename Value>
void Extend(std::vector<Value>& column, size_t size, Value value) {
  column.reserve(size);
  column.resize(size, value);
}

class Builder {
 public:
  Builder(const Xapian::Database& database, const CallContext& context) : database_(database), context_(context) {}

  ShardColumns Build(uint64_t revision, const ShardColumns* base) {
    size_ = database_.get_lastdocid() + 1;
    ReadSequences();
    FindChanged(base);
    // Lists are appended to and dictionaries never shrink, so once in a while all is read anew.
    if (base != nullptr && 2 * (base->replaced + changed_.size()) > size_) base = nullptr;
    if (base == nullptr) FindChanged(nullptr);
    whole_ = base == nullptr;
    columns_ = whole_ ? Empty() : *base;
    columns_.replaced = whole_ ? 0 : base->replaced + changed_.size();
    columns_.revision = revision;
    columns_.database_uuid = database_.get_uuid();
    for (const Field& field : Fields()) {
      if (HasNumbers(field)) FillNumbers(field);
      if (HasTerms(field)) FillTerms(field);
    }
    FillOriginals();
    FillLengths();
    return std::move(columns_);
  }

 private:
  void ReadSequences() {
    const auto slot = static_cast<Xapian::valueno>(GetField(FieldId::kSequence).slot);
    sequences_.assign(size_, kNoNumber);
    for (auto place = database_.valuestream_begin(slot); place != database_.valuestream_end(slot); ++place) {
      Look();
      sequences_[place.get_docid()] = DecodeNumber(*place);
    }
  }

  void FindChanged(const ShardColumns* base) {
    changed_.clear();
    for (Xapian::docid docid = 1; docid < size_; ++docid) {
      const bool known = base != nullptr && docid < base->size();
      const int64_t before = known ? base->Numbers(FieldId::kSequence)[docid] : kNoNumber;
      if (sequences_[docid] != before) changed_.push_back(docid);
    }
  }

  void FillNumbers(const Field& field) {
    NumbersColumn& column = columns_.numbers[static_cast<size_t>(field.id)];
    column.Resize(size_);
    if (field.id == FieldId::kSequence) {
      for (Xapian::docid docid : changed_)
        column.Set(docid, sequences_[docid]);
    } else {
      ForEachChanged(field.slot, [&](Xapian::docid docid, const std::string& slot) {
        column.Set(docid, slot.empty() ? kNoNumber : DecodeNumber(slot));
      });
    }
    if (whole_) column.Pack();
  }

  void FillTerms(const Field& field) {
    TermsColumn& column = columns_.terms[static_cast<size_t>(field.id)];
    column.places.Resize(size_, 0);
    TermsWriter writer(column);
    ForEachChanged(field.slot, [&](Xapian::docid docid, const std::string& slot) { writer.Set(docid, slot); });
    if (whole_) column.places.Pack();
  }

  // All of them: when an original goes, its copies get another one without a sequence of their own.
  void FillOriginals() {
    const auto slot = static_cast<Xapian::valueno>(GetField(FieldId::kOriginal).slot);
    columns_.originals = std::vector<uint64_t>(size_, 0);
    for (auto place = database_.valuestream_begin(slot); place != database_.valuestream_end(slot); ++place) {
      Look();
      columns_.originals[place.get_docid()] = Hash64(*place);
    }
  }

  void FillLengths() {
    Extend(columns_.lengths, size_, 0U);
    auto place = database_.postlist_begin("");
    const auto end = database_.postlist_end("");
    for (Xapian::docid docid : changed_) {
      Look();
      if (place != end && *place < docid) place.skip_to(docid);
      columns_.lengths[docid] = place != end && *place == docid ? place.get_doclength() : 0;
    }
  }

  template <typename Take>
  void ForEachChanged(int slot, Take take) {
    SlotReader reader(database_, slot);
    for (Xapian::docid docid : changed_) {
      Look();
      take(docid, reader.Read(docid));
    }
  }

  void Look() {
    if (++reads_ % kReadsPerLook != 0 || !context_.Expired()) return;
    throw StatusException{
        ErrorWithReason(absl::StatusCode::kDeadlineExceeded, "DEADLINE", "the caller waits no longer for the columns")};
  }

  const Xapian::Database& database_;
  const CallContext& context_;
  Xapian::docid size_ = 0;
  uint32_t reads_ = 0;
  bool whole_ = true;  // nothing is taken from a base: then columns are packed, not at every revision
  std::vector<int64_t> sequences_;
  std::vector<Xapian::docid> changed_;  // ascending
  ShardColumns columns_;
};

}  // namespace

ShardColumns BuildColumns(const Xapian::Database& database, uint64_t revision, const ShardColumns* base,
                          const CallContext& context) {
  return Builder(database, context).Build(revision, base);
}

}  // namespace broadsheet::search
