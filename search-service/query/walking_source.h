#pragma once

#include <algorithm>

#include "xapian.h"

namespace broadsheet::search {

// A posting source without weights that walks over the articles of a shard, from one Find to the next: what is common
// to conditions that the engine does not have. It belongs to one match on one thread.
class WalkingSource : public Xapian::PostingSource {
 public:
  Xapian::doccount get_termfreq_min() const override { return 0; }
  Xapian::doccount get_termfreq_est() const override { return frequency_ / 2; }
  Xapian::doccount get_termfreq_max() const override { return frequency_; }
  Xapian::docid get_docid() const override { return current_; }
  bool at_end() const override { return at_end_; }

  void next(double) override { MoveTo(current_ + 1); }

  void skip_to(Xapian::docid docid, double) override {
    if (docid > current_) MoveTo(docid);
  }

  void init(const Xapian::Database& database) override {
    current_ = 0;
    at_end_ = false;
    frequency_ = std::min(Open(database), database.get_doccount());
  }

 protected:
  // Prepares a walk; returns an upper bound of the articles found.
  virtual Xapian::doccount Open(const Xapian::Database& database) = 0;

  // The first article from `docid` on that matches; 0 when there is none.
  virtual Xapian::docid Find(Xapian::docid docid) = 0;

 private:
  void MoveTo(Xapian::docid docid) {
    Xapian::docid found = Find(docid);
    at_end_ = found == 0;
    if (found != 0) current_ = found;
  }

  Xapian::docid current_ = 0;
  bool at_end_ = false;
  Xapian::doccount frequency_ = 0;
};

}  // namespace broadsheet::search
