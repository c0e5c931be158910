#include "search/query/proximity_source.h"

#include <algorithm>
#include <utility>

#include "common/schema/field.h"
#include "search/query/walking_source.h"

namespace broadsheet::search {
namespace {

struct Place {
  Xapian::termpos begin = 0;
  Xapian::termpos end = 0;  // of its last word
  size_t part = 0;
  bool operator<(const Place& other) const { return begin < other.begin; }
};

using Positions = std::vector<Xapian::termpos>;

Positions PositionsOf(const Xapian::Database& database, Xapian::docid docid, const std::string& term) {
  Positions positions;
  for (auto at = database.positionlist_begin(docid, term);
       at != database.positionlist_end(docid, term) && positions.size() < kMaxPlaces; ++at) {
    positions.push_back(*at);
  }
  return positions;
}

// Where `run` stands as a whole.
void AddPlaces(const Xapian::Database& database, Xapian::docid docid, const std::vector<std::string>& run, size_t part,
               std::vector<Place>& places) {
  Positions starts = PositionsOf(database, docid, run.front());
  for (size_t i = 1; i < run.size() && !starts.empty(); ++i) {
    Positions next = PositionsOf(database, docid, run[i]);
    std::erase_if(starts, [&](Xapian::termpos start) {
      return !std::binary_search(next.begin(), next.end(), start + static_cast<Xapian::termpos>(i));
    });
  }
  for (Xapian::termpos start : starts)
    places.push_back({start, start + static_cast<Xapian::termpos>(run.size()) - 1, part});
}

class ProximitySource : public WalkingSource {
 public:
  explicit ProximitySource(PlacingSpec spec) : spec_(std::move(spec)) {}

  PostingSource* clone() const override { return new ProximitySource(spec_); }

 protected:
  Xapian::doccount Open(const Xapian::Database& database) override {
    database_ = database;
    cursors_.clear();
    Xapian::doccount least = database.get_doccount();
    for (const PlacedPart& part : spec_.parts) {
      std::vector<Xapian::PostingIterator>& cursors = cursors_.emplace_back();
      Xapian::doccount frequency = 0;
      for (const auto& run : part.alternatives) {
        cursors.push_back(database.postlist_begin(run.front()));
        frequency += std::min(database.get_termfreq(run.front()), database.get_doccount() - frequency);
      }
      least = std::min(least, frequency);
    }
    return least;
  }

  Xapian::docid Find(Xapian::docid docid) override {
    while (true) {
      docid = FindAll(docid);
      if (docid == 0 || StandsIn(docid)) return docid;
      ++docid;
    }
  }

 private:
  // The first article from `docid` on with an alternative of this part; 0 when there is none.
  static Xapian::docid FindPart(std::vector<Xapian::PostingIterator>& cursors, Xapian::docid docid) {
    Xapian::docid first = 0;
    for (Xapian::PostingIterator& cursor : cursors) {
      if (cursor == Xapian::PostingIterator()) continue;
      cursor.skip_to(docid);
      if (cursor == Xapian::PostingIterator()) continue;
      if (first == 0 || *cursor < first) first = *cursor;
    }
    return first;
  }

  Xapian::docid FindAll(Xapian::docid docid) {
    for (size_t part = 0; part < cursors_.size();) {
      Xapian::docid found = FindPart(cursors_[part], docid);
      if (found == 0) return 0;
      bool moved = found != docid && part > 0;
      docid = found;
      part = moved ? 0 : part + 1;
    }
    return docid;
  }

  bool StandsIn(Xapian::docid docid) const {
    std::vector<Place> places;
    for (size_t part = 0; part < spec_.parts.size(); ++part) {
      size_t before = places.size();
      for (const auto& run : spec_.parts[part].alternatives)
        AddPlaces(database_, docid, run, part, places);
      if (spec_.body_only) {
        std::erase_if(places, [](const Place& place) { return place.begin < kBodyPosition; });
      }
      if (places.size() == before) return false;
    }
    std::sort(places.begin(), places.end());
    switch (spec_.placing) {
      case Placing::kNear:
        return AreNear(places);
      case Placing::kSentence:
        return ShareAUnit(places, PositionsOf(database_, docid, std::string(kSentenceTerm)));
      case Placing::kParagraph:
        return ShareAUnit(places, PositionsOf(database_, docid, std::string(kParagraphTerm)));
      case Placing::kOrdered:
        return AreOrdered(places);
    }
    return false;
  }

  bool HaveAllParts(std::vector<Place>::const_iterator begin, std::vector<Place>::const_iterator end) const {
    std::vector<bool> seen(spec_.parts.size(), false);
    for (; begin != end; ++begin)
      seen[begin->part] = true;
    return std::all_of(seen.begin(), seen.end(), [](bool is) { return is; });
  }

  // Places near enough to the one before make a group; one of the groups has every part.
  bool AreNear(const std::vector<Place>& places) const {
    for (auto begin = places.begin(), end = begin; begin != places.end(); begin = end) {
      Xapian::termpos reached = begin->end;
      for (; end != places.end() && end->begin <= reached + spec_.distance + 1; ++end)
        reached = std::max(reached, end->end);
      if (HaveAllParts(begin, end)) return true;
    }
    return false;
  }

  // From each place of the first part, the nearest place of each next one.
  bool AreOrdered(const std::vector<Place>& places) const {
    const auto parts = static_cast<uint32_t>(spec_.parts.size());
    for (size_t start = 0; start < places.size(); ++start) {
      if (places[start].part != 0) continue;
      const Xapian::termpos last = places[start].begin + parts - 1 + spec_.distance;
      Xapian::termpos at = places[start].begin;
      size_t wanted = 1;
      for (size_t i = start + 1; i < places.size() && wanted < parts && places[i].begin <= last; ++i) {
        if (places[i].part != wanted || places[i].begin <= at) continue;
        at = places[i].begin;
        ++wanted;
      }
      if (wanted == parts) return true;
    }
    return false;
  }

  // Whether a stretch between two of `starts` has every part. The body begins one, too.
  bool ShareAUnit(const std::vector<Place>& places, Positions starts) const {
    starts.insert(std::lower_bound(starts.begin(), starts.end(), kBodyPosition), kBodyPosition);
    for (auto begin = places.begin(), end = begin; begin != places.end(); begin = end) {
      auto limit = std::upper_bound(starts.begin(), starts.end(), begin->begin);
      while (end != places.end() && (limit == starts.end() || end->begin < *limit))
        ++end;
      if (HaveAllParts(begin, end)) return true;
    }
    return false;
  }

  const PlacingSpec spec_;
  Xapian::Database database_;
  std::vector<std::vector<Xapian::PostingIterator>> cursors_;
};

}  // namespace

Xapian::Query PlacedTogether(PlacingSpec spec) {
  return Xapian::Query((new ProximitySource(std::move(spec)))->release());
}

}  // namespace broadsheet::search
