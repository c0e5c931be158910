#include "search/match/length_weights.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "common/base/error.h"
#include "common/index/xapian_status.h"
#include "search/index/caller.h"

namespace broadsheet::search {
namespace {

constexpr uint32_t kMovesPerLook = 256;

// The formula of Xapian::BM25Weight, step by step, so that not even the last bit differs.
class Bm25 {
 public:
  Bm25(const Bm25Parameters& parameters, double documents, double frequency, double average_length)
      : parameters_(parameters), length_factor_(average_length == 0 ? 0 : 1 / average_length) {
    double odds = (documents - frequency + 0.5) / (frequency + 0.5);
    if (odds < 2) odds = odds * 0.5 + 1;
    term_weight_ = std::log(odds) * (parameters.k1 + 1);
  }

  double Of(Xapian::termcount wdf, Xapian::termcount length) const {
    const double normal = std::max(length * length_factor_, parameters_.minimal_length);
    const double denominator = parameters_.k1 * (normal * parameters_.b + (1 - parameters_.b)) + wdf;
    return term_weight_ * (wdf / denominator);
  }

 private:
  Bm25Parameters parameters_;
  double length_factor_;
  double term_weight_ = 0;
};

// The union of the posting lists of some terms.
class AnyOfSource : public Xapian::PostingSource {
 public:
  AnyOfSource(std::vector<std::string> terms, const Bm25& bm25, ColumnSet columns, CallContext context)
      : terms_(std::move(terms)), bm25_(bm25), columns_(std::move(columns)), context_(std::move(context)) {}

  PostingSource* clone() const override { return new AnyOfSource(terms_, bm25_, columns_, context_); }

  void init(const Xapian::Database& database) override {
    const std::string uuid = database.get_uuid();
    auto shard = std::find_if(columns_.begin(), columns_.end(),
                              [&](const auto& columns) { return columns->database_uuid == uuid; });
    if (shard == columns_.end() || (*shard)->revision != database.get_revision()) {
      throw StatusException{ErrorWithReason(absl::StatusCode::kInternal, "COLUMNS",
                                            "the columns are not those of the index that is matched")};
    }
    lengths_ = &(*shard)->lengths;
    lists_.clear();
    started_ = at_end_ = false;
    documents_ = database.get_doccount();
    largest_ = sum_ = 0;
    Xapian::termcount most = 0;
    double none = 1;  // the share of documents with none of the terms, if they were independent
    for (const std::string& term : terms_) {
      const Xapian::doccount frequency = database.get_termfreq(term);
      if (frequency == 0) continue;
      lists_.push_back({database.postlist_begin(term), database.postlist_end(term)});
      largest_ = std::max(largest_, frequency);
      sum_ += frequency;
      most += database.get_wdf_upper_bound(term);
      none *= 1 - static_cast<double>(frequency) / documents_;
    }
    estimate_ = std::clamp(static_cast<Xapian::doccount>(documents_ * (1 - none) + 0.5), largest_, Most());
    // An article is at least as long as it has occurrences of the terms.
    set_maxweight(most == 0 ? 0 : bm25_.Of(most, std::max(most, database.get_doclength_lower_bound())));
  }

  Xapian::doccount get_termfreq_min() const override { return largest_; }
  Xapian::doccount get_termfreq_est() const override { return estimate_; }
  Xapian::doccount get_termfreq_max() const override { return Most(); }

  void next(double) override {
    for (List& list : lists_) {
      if (started_ && !list.AtEnd() && list.docid() == current_) ++list.place;
    }
    started_ = true;
    FindCurrent();
  }

  void skip_to(Xapian::docid docid, double) override {
    if (started_ && docid <= current_) return;
    started_ = true;
    for (List& list : lists_) {
      if (!list.AtEnd() && list.docid() < docid) list.place.skip_to(docid);
    }
    FindCurrent();
  }

  bool at_end() const override { return at_end_; }
  Xapian::docid get_docid() const override { return current_; }

  double get_weight() const override {
    Xapian::termcount wdf = 0;
    for (const List& list : lists_) {
      if (!list.AtEnd() && list.docid() == current_) wdf += list.place.get_wdf();
    }
    return bm25_.Of(wdf, (*lengths_)[current_]);
  }

 private:
  struct List {
    bool AtEnd() const { return place == end; }
    Xapian::docid docid() const { return *place; }
    Xapian::PostingIterator place;
    Xapian::PostingIterator end;
  };

  Xapian::doccount Most() const { return static_cast<Xapian::doccount>(std::min<uint64_t>(documents_, sum_)); }

  void FindCurrent() {
    if (++moves_ % kMovesPerLook == 0) {
      if (auto waits = CheckCaller(context_); !waits.ok()) throw StatusException{waits};
    }
    at_end_ = true;
    for (const List& list : lists_) {
      if (list.AtEnd()) continue;
      current_ = at_end_ ? list.docid() : std::min(current_, list.docid());
      at_end_ = false;
    }
  }

  const std::vector<std::string> terms_;
  const Bm25 bm25_;
  const ColumnSet columns_;
  const CallContext context_;
  const std::vector<uint32_t>* lengths_ = nullptr;
  std::vector<List> lists_;
  Xapian::doccount documents_ = 0;
  Xapian::doccount largest_ = 0;
  Xapian::doccount estimate_ = 0;
  uint64_t sum_ = 0;
  Xapian::docid current_ = 0;
  bool started_ = false;
  bool at_end_ = false;
  uint32_t moves_ = 0;
};

}  // namespace

LengthWeights::LengthWeights(const Xapian::Database& database, ColumnSet columns, const Bm25Parameters& parameters,
                             CallContext context)
    : database_(database), columns_(std::move(columns)), parameters_(parameters), context_(std::move(context)) {}

// How many articles have any of the terms is estimated as OP_SYNONYM does: as if the terms were independent, in whole
// articles, term by term.
Xapian::Query LengthWeights::AnyOf(const std::vector<std::string>& terms) const {
  const double documents = database_.get_doccount();
  std::vector<double> frequencies;
  for (const std::string& term : terms) {
    if (const auto frequency = database_.get_termfreq(term); frequency > 0) frequencies.push_back(frequency);
  }
  std::sort(frequencies.begin(), frequencies.end());
  double any = 0;
  for (double frequency : frequencies)
    any = any == 0 ? frequency : std::floor(any + frequency - any * frequency / documents + 0.5);
  const Bm25 bm25(parameters_, documents, any, database_.get_avlength());
  return Xapian::Query((new AnyOfSource(terms, bm25, columns_, context_))->release());
}

}  // namespace broadsheet::search
