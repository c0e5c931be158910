#include "search/discover/newest_with.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <utility>

#include "common/schema/encoding.h"
#include "common/schema/field.h"
#include "search/index/caller.h"

namespace broadsheet::search {
namespace {

using Docids = std::vector<Xapian::docid>;

constexpr Xapian::docid kFirstStretch = 1'024;
constexpr Xapian::docid kGrowth = 4;

// Postings of one stretch of docids after another.
class Stretches {
 public:
  Stretches(const Xapian::Database& database, const std::vector<std::string>& all, const std::vector<std::string>& any)
      : database_(database), all_(all), any_(any) {
    auto rarer = [&](const std::string& a, const std::string& b) {
      return database.get_termfreq(a) < database.get_termfreq(b);
    };
    std::sort(all_.begin(), all_.end(), rarer);
    Xapian::doccount with_any = 0;
    for (const std::string& term : any_)
      with_any += database.get_termfreq(term);
    begins_with_any_ = all_.empty() || (!any_.empty() && with_any < database.get_termfreq(all_.front()));
  }

  // Matches from `first` to `last`, ascending.
  Docids Find(Xapian::docid first, Xapian::docid last) {
    Docids found = begins_with_any_ ? Any(first, last) : Postings(all_.front(), first, last);
    for (const std::string& term : all_) {
      if (found.empty()) return found;
      std::erase_if(found, Misses(term));
    }
    if (!begins_with_any_ && !any_.empty()) KeepWithAny(found);
    return found;
  }

  bool exhausted() const { return read_ >= kMostPostingsRead; }

 private:
  Docids Postings(const std::string& term, Xapian::docid first, Xapian::docid last) {
    Docids docids;
    auto place = database_.postlist_begin(term);
    const auto end = database_.postlist_end(term);
    for (place.skip_to(first); place != end && *place <= last && !exhausted(); ++place, ++read_)
      docids.push_back(*place);
    return docids;
  }

  Docids Any(Xapian::docid first, Xapian::docid last) {
    Docids docids;
    for (const std::string& term : any_) {
      const Docids more = Postings(term, first, last);
      docids.insert(docids.end(), more.begin(), more.end());
    }
    std::sort(docids.begin(), docids.end());
    docids.erase(std::unique(docids.begin(), docids.end()), docids.end());
    return docids;
  }

  // Whether a document lacks the term; to be asked of ascending docids.
  std::function<bool(Xapian::docid)> Misses(const std::string& term) {
    return [this, place = database_.postlist_begin(term), end = database_.postlist_end(term)](auto docid) mutable {
      ++read_;
      place.skip_to(docid);
      return place == end || *place != docid;
    };
  }

  void KeepWithAny(Docids& docids) {
    Docids kept, left = std::move(docids);
    for (const std::string& term : any_) {
      auto misses = Misses(term);
      std::erase_if(left, [&](Xapian::docid docid) {
        if (misses(docid)) return false;
        kept.push_back(docid);
        return true;
      });
    }
    std::sort(kept.begin(), kept.end());
    docids = std::move(kept);
  }

  const Xapian::Database& database_;
  std::vector<std::string> all_;  // the rarest first
  const std::vector<std::string>& any_;
  bool begins_with_any_ = false;
  size_t read_ = 0;
};

}  // namespace

std::vector<Xapian::docid> NewestWith(const Xapian::Database& database, const std::vector<std::string>& all,
                                      const std::vector<std::string>& any, const std::vector<Xapian::docid>& hidden,
                                      size_t most, const CallContext& context, NewestAt newest_at) {
  Stretches stretches(database, all, any);
  Docids newest;
  const Xapian::docid end = database.get_lastdocid();
  Xapian::docid seen = 0;
  for (Xapian::docid length = kFirstStretch; seen < end && newest.size() < most; length *= kGrowth) {
    ThrowUnlessWaiting(context);
    length = std::min(length, end - seen);
    const bool from_end = newest_at == NewestAt::kEnd;
    const Xapian::docid first = from_end ? end - seen - length + 1 : seen + 1;
    Docids found = stretches.Find(first, first + length - 1);
    std::erase_if(found, [&](auto docid) { return std::binary_search(hidden.begin(), hidden.end(), docid); });
    if (from_end) std::reverse(found.begin(), found.end());
    newest.insert(newest.end(), found.begin(), found.end());
    if (stretches.exhausted()) break;
    seen += length;
  }
  if (newest.size() > most) newest.resize(most);
  return newest;
}

std::vector<Xapian::docid> NewestWith(const Reader& reader, const std::vector<std::string>& all,
                                      const std::vector<std::string>& any, const std::vector<Xapian::docid>& hidden,
                                      size_t most, const CallContext& context) {
  const std::vector<OpenShard>& shards = reader.shards();
  if (shards.size() == 1) return NewestWith(shards[0].database, all, any, hidden, most, context);
  std::vector<Docids> hidden_of(shards.size());
  for (Xapian::docid docid : hidden) {
    const ShardDocid place = reader.InShard(docid);
    hidden_of[place.shard].push_back(place.docid);
  }
  const auto slot = static_cast<Xapian::valueno>(GetField(FieldId::kSequence).slot);
  std::vector<std::pair<int64_t, Xapian::docid>> found;  // by sequence
  for (size_t i = 0; i < shards.size(); ++i) {
    const Xapian::Database& database = shards[i].database;
    const auto newest_at = shards[i].entry.state == ShardState::kSealed ? NewestAt::kBegin : NewestAt::kEnd;
    for (Xapian::docid docid : NewestWith(database, all, any, hidden_of[i], most, context, newest_at)) {
      const std::string sequence = database.get_document(docid, Xapian::DOC_ASSUME_VALID).get_value(slot);
      found.emplace_back(DecodeNumber(sequence), reader.InSnapshot(i, docid));
    }
  }
  std::sort(found.rbegin(), found.rend());
  if (found.size() > most) found.resize(most);
  Docids newest;
  for (const auto& [sequence, docid] : found)
    newest.push_back(docid);
  return newest;
}

}  // namespace broadsheet::search
