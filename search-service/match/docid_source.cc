#include "search/match/docid_source.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace broadsheet::search {
namespace {

class DocidSource : public Xapian::PostingSource {
 public:
  explicit DocidSource(std::shared_ptr<const DocidsByDatabase> documents) : documents_(std::move(documents)) {}

  PostingSource* clone() const override { return new DocidSource(documents_); }

  void init(const Xapian::Database& database) override {
    static const std::vector<Xapian::docid> kNone;
    const auto found = documents_->find(database.get_uuid());
    docids_ = found == documents_->end() ? &kNone : &found->second;
    next_ = docids_->begin();
    current_ = 0;
    at_end_ = false;
  }

  Xapian::doccount get_termfreq_min() const override { return static_cast<Xapian::doccount>(docids_->size()); }
  Xapian::doccount get_termfreq_est() const override { return get_termfreq_min(); }
  Xapian::doccount get_termfreq_max() const override { return get_termfreq_min(); }

  void next(double) override {
    at_end_ = next_ == docids_->end();
    if (!at_end_) current_ = *next_++;
  }

  void skip_to(Xapian::docid docid, double min_weight) override {
    if (docid <= current_) return;
    next_ = std::lower_bound(next_, docids_->end(), docid);
    next(min_weight);
  }

  bool at_end() const override { return at_end_; }
  Xapian::docid get_docid() const override { return current_; }

 private:
  const std::shared_ptr<const DocidsByDatabase> documents_;
  const std::vector<Xapian::docid>* docids_ = nullptr;
  std::vector<Xapian::docid>::const_iterator next_;
  Xapian::docid current_ = 0;
  bool at_end_ = false;
};

}  // namespace

Xapian::Query AnyOfDocuments(std::shared_ptr<const DocidsByDatabase> documents) {
  return Xapian::Query((new DocidSource(std::move(documents)))->release());
}

}  // namespace broadsheet::search
