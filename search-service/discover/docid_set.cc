#include "search/discover/docid_set.h"

#include <algorithm>

#include "search/match/hidden.h"

namespace broadsheet::search {
namespace {

// Skipping to a posting costs about as much as reading so many.
constexpr int64_t kPostingsOfASkip = 16;

// Collects the matches of one shard, as docids of the snapshot.
class Collector : public Xapian::MatchSpy {
 public:
  Collector(const Reader& reader, size_t shard, std::vector<Xapian::docid>& docids)
      : reader_(reader), shard_(shard), docids_(docids) {}
  void operator()(const Xapian::Document& document, double) override {
    docids_.push_back(reader_.InSnapshot(shard_, document.get_docid()));
  }

 private:
  const Reader& reader_;
  const size_t shard_;
  std::vector<Xapian::docid>& docids_;
};

}  // namespace

// Shard by shard: a spy is told the docid in the shard, and not which shard it is.
DocidSet::DocidSet(const Xapian::Query& matching, Reader& reader)
    : members_(static_cast<size_t>(reader.database().get_lastdocid()) + 1) {
  for (size_t i = 0; i < reader.shards().size(); ++i) {
    const Xapian::Database& database = reader.shards()[i].database;
    Xapian::Enquire enquire(database);
    Collector collector(reader, i, docids_);
    enquire.set_query(matching);
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    enquire.add_matchspy(&collector);
    enquire.get_mset(0, 0, database.get_doccount());
  }
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
