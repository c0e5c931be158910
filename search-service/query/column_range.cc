#include "search/query/column_range.h"

#include <algorithm>

#include "common/base/error.h"
#include "common/index/xapian_status.h"

namespace broadsheet::search {
namespace {

constexpr Xapian::docid kSamples = 256;  // documents looked at to guess how many lie in the range

class ColumnRangeSource : public Xapian::PostingSource {
 public:
  ColumnRangeSource(ColumnSet columns, FieldId field, int64_t min, int64_t max)
      : columns_(std::move(columns)), field_(field), min_(min), max_(max) {}

  PostingSource* clone() const override { return new ColumnRangeSource(columns_, field_, min_, max_); }

  void init(const Xapian::Database& database) override {
    numbers_ = &columns_[PlaceOf(columns_, database)]->Numbers(field_);
    documents_ = database.get_doccount();
    current_ = 0;
    estimate_ = Estimate();
  }

  Xapian::doccount get_termfreq_min() const override { return 0; }
  Xapian::doccount get_termfreq_est() const override { return estimate_; }
  Xapian::doccount get_termfreq_max() const override { return documents_; }

  void next(double) override {
    ++current_;
    Advance();
  }

  void skip_to(Xapian::docid docid, double) override {
    current_ = std::max(current_, docid);
    Advance();
  }

  bool check(Xapian::docid docid, double) override {
    current_ = docid;
    return at_end() || Holds(docid);
  }

  bool at_end() const override { return current_ >= numbers_->size(); }
  Xapian::docid get_docid() const override { return current_; }

 private:
  bool Holds(Xapian::docid docid) const {
    const int64_t number = (*numbers_)[docid];
    return min_ <= number && number <= max_;
  }

  void Advance() {
    while (!at_end() && !Holds(current_))
      ++current_;
  }

  Xapian::doccount Estimate() const {
    const auto size = static_cast<Xapian::docid>(numbers_->size());
    const Xapian::docid step = std::max<Xapian::docid>(1, size / kSamples);
    Xapian::doccount seen = 0, held = 0;
    for (Xapian::docid docid = step / 2; docid < size; docid += step) {
      ++seen;
      held += Holds(docid);
    }
    const uint64_t documents = documents_;
    return seen == 0 ? 0 : static_cast<Xapian::doccount>(documents * (held + 1) / (seen + 1));
  }

  const ColumnSet columns_;
  const FieldId field_;
  const int64_t min_;
  const int64_t max_;
  const NumbersColumn* numbers_ = nullptr;
  Xapian::doccount documents_ = 0;
  Xapian::doccount estimate_ = 0;
  Xapian::docid current_ = 0;
};

}  // namespace

// What an article does not have is the smallest number there is, and in no range.
Xapian::Query InColumnRange(const ColumnSet& columns, const Field& field, int64_t min, int64_t max) {
  min = std::max(min, kNoNumber + 1);
  return Xapian::Query((new ColumnRangeSource(columns, field.id, min, max))->release());
}

}  // namespace broadsheet::search
