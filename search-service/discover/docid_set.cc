#include "search/discover/docid_set.h"

#include <algorithm>

#include "search/match/embargo.h"

namespace broadsheet::search {
namespace {

// Skipping to a posting costs about as much as reading so many.
constexpr int64_t kPostingsOfASkip = 16;

class Collector : public Xapian::MatchSpy {
 public:
  explicit Collector(std::vector<Xapian::docid>& docids) : docids_(docids) {}
  void operator()(const Xapian::Document& document, double) override { docids_.push_back(document.get_docid()); }

 private:
  std::vector<Xapian::docid>& docids_;
};

}  // namespace

DocidSet::DocidSet(const Xapian::Query& matching, const Xapian::Database& database)
    : members_(static_cast<size_t>(database.get_lastdocid()) + 1) {
  Xapian::Enquire enquire(database);
  Collector collector(docids_);
  enquire.set_query(matching);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.add_matchspy(&collector);
  enquire.get_mset(0, 0, database.get_doccount());
  std::sort(docids_.begin(), docids_.end());
  for (Xapian::docid docid : docids_)
    members_[docid] = true;
}

std::vector<Xapian::docid> DocidSet::Sample(size_t most) const {
  if (docids_.size() <= most) return docids_;
  std::vector<Xapian::docid> sample;
  for (size_t i = 0; i < most; ++i)
    sample.push_back(docids_[i * docids_.size() / most]);
  return sample;
}

int64_t DocidSet::CountWith(const Xapian::Database& database, const std::string& term) const {
  if (size() * kPostingsOfASkip < database.get_termfreq(term)) return search::CountWith(database, docids_, term);
  int64_t count = 0;
  for (auto place = database.postlist_begin(term); place != database.postlist_end(term); ++place) {
    if (members_[*place]) ++count;
  }
  return count;
}

}  // namespace broadsheet::search
