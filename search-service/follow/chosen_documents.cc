#include "search/follow/chosen_documents.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "search/match/deadline_source.h"

namespace broadsheet::search {
namespace {

// Ascending, by the uuid of the shard whose docids they are.
using Chosen = std::map<std::string, std::vector<Xapian::docid>>;

// Matches the chosen documents and no others. As it is the rarest of all terms, the engine goes by it.
class ChosenSource : public Xapian::PostingSource {
 public:
  explicit ChosenSource(std::shared_ptr<const Chosen> chosen) : chosen_(std::move(chosen)) {}

  PostingSource* clone() const override { return new ChosenSource(chosen_); }

  void init(const Xapian::Database& database) override {
    static const std::vector<Xapian::docid> kNone;
    auto found = chosen_->find(database.get_uuid());
    docids_ = found == chosen_->end() ? &kNone : &found->second;
    next_ = docids_->begin();
    current_ = 0;
  }

  Xapian::doccount get_termfreq_min() const override { return static_cast<Xapian::doccount>(docids_->size()); }
  Xapian::doccount get_termfreq_est() const override { return get_termfreq_min(); }
  Xapian::doccount get_termfreq_max() const override { return get_termfreq_min(); }

  void next(double) override {
    at_end_ = next_ == docids_->end();
    if (!at_end_) current_ = *next_++;
  }

  void skip_to(Xapian::docid docid, double min_weight) override {
    next_ = std::lower_bound(docids_->begin(), docids_->end(), docid);
    next(min_weight);
  }

  bool at_end() const override { return at_end_; }
  Xapian::docid get_docid() const override { return current_; }

 private:
  const std::shared_ptr<const Chosen> chosen_;
  const std::vector<Xapian::docid>* docids_ = nullptr;
  std::vector<Xapian::docid>::const_iterator next_;
  Xapian::docid current_ = 0;
  bool at_end_ = false;
};

// The engine numbers the documents of several databases in turn: the first of each, the second of each, and so on.
std::shared_ptr<const Chosen> ByShard(Reader& reader, const std::vector<Xapian::docid>& docids) {
  auto chosen = std::make_shared<Chosen>();
  const auto shards = static_cast<Xapian::docid>(reader.shards().size());
  for (Xapian::docid docid : docids) {
    const Xapian::Database& database = reader.shards()[(docid - 1) % shards].database;
    (*chosen)[database.get_uuid()].push_back((docid - 1) / shards + 1);
  }
  for (auto& [uuid, own] : *chosen)
    std::sort(own.begin(), own.end());
  return chosen;
}

}  // namespace

std::vector<bool> WhichMatch(Reader& reader, const Xapian::Query& matching, const std::vector<Xapian::docid>& docids,
                             const CallContext& context) {
  std::vector<bool> matches(docids.size());
  if (docids.empty()) return matches;
  const Xapian::Query chosen((new ChosenSource(ByShard(reader, docids)))->release());
  Xapian::Enquire enquire(reader.database());
  enquire.set_query(WithDeadline({Xapian::Query::OP_FILTER, matching, chosen}, context));
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  const Xapian::MSet set = enquire.get_mset(0, static_cast<Xapian::doccount>(docids.size()));
  std::vector<Xapian::docid> found(set.size());
  for (Xapian::doccount i = 0; i < set.size(); ++i)
    found[i] = *set[i];
  std::sort(found.begin(), found.end());
  for (size_t i = 0; i < docids.size(); ++i)
    matches[i] = std::binary_search(found.begin(), found.end(), docids[i]);
  return matches;
}

}  // namespace broadsheet::search
