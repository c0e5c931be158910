#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/base/call_context.h"
#include "search/columns/shard_columns.h"
#include "search/match/bm25.h"
#include "search/match/posting_reader.h"
#include "search/match/postings_cache.h"
#include "xapian.h"

namespace broadsheet::search {

// Articles with any of some terms, weighed as one term with lengths from columns. Where the postings are decoded, it
// leaves out what cannot weigh as much as the match asks for, whole blocks at a time. What it weighs may be scaled by 1
// at most: Xapian scales weights, but not what it asks for. Belongs to one match on one thread. init() throws
// StatusException when the columns are not those of the database.
class AnyOfSource : public Xapian::PostingSource {
 public:
  // `cache` must outlive it.
  AnyOfSource(std::vector<std::string> terms, const Bm25Formula& bm25, ColumnSet columns, CallContext context,
              PostingsCache& cache);

  PostingSource* clone() const override;
  void init(const Xapian::Database& database) override;

  Xapian::doccount get_termfreq_min() const override { return statistics_.largest; }
  Xapian::doccount get_termfreq_est() const override { return statistics_.estimate; }
  Xapian::doccount get_termfreq_max() const override { return statistics_.AtMost(); }

  void next(double min_weight) override;
  void skip_to(Xapian::docid docid, double min_weight) override;
  bool at_end() const override { return at_end_; }
  Xapian::docid get_docid() const override { return current_; }
  double get_weight() const override;

 private:
  struct List {
    bool AtEnd() const { return place == end; }
    Xapian::docid docid() const { return *place; }
    Xapian::PostingIterator place;
    Xapian::PostingIterator end;
  };

  void OpenLists(const Xapian::Database& database);
  void FindCurrent();
  void SettleDecoded(double min_weight);

  const std::vector<std::string> terms_;
  const Bm25Formula bm25_;
  const ColumnSet columns_;
  const CallContext context_;
  PostingsCache& cache_;
  AnyOfStatistics statistics_;
  const std::vector<uint32_t>* lengths_ = nullptr;
  PostingsCache::Postings decoded_;      // null: lists_ are read
  std::optional<PostingReader> reader_;  // of decoded_
  double weight_ = 0;                    // of the place in it
  std::vector<List> lists_;
  Xapian::docid current_ = 0;
  bool started_ = false;
  bool at_end_ = false;
  uint32_t moves_ = 0;
};

}  // namespace broadsheet::search
