#include "search/match/closer_look.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "search/match/occurrences.h"
#include "search/match/ranking.h"

namespace broadsheet::search {
namespace {

constexpr size_t kMostCompared = 200;             // places of a word in an article
constexpr std::ptrdiff_t kLookedAtTogether = 16;  // articles

// Sum of 1 / d^2 over the places of the rarer word.
double Closeness(const Places& rarer, const Places& other) {
  double sum = 0;
  auto next = other.begin();
  for (Xapian::termpos place : rarer) {
    while (next != other.end() && *next < place)
      ++next;
    Xapian::termpos distance = kWidestPair + 1;
    if (next != other.end()) distance = std::min(distance, *next - place);
    if (next != other.begin()) distance = std::min(distance, place - *std::prev(next));
    if (distance >= 1 && distance <= kWidestPair) sum += 1.0 / (static_cast<double>(distance) * distance);
  }
  return sum;
}

double Saturated(double frequency, double length_norm) {
  return frequency * (kBm25K1 + 1) / (frequency + length_norm);
}

}  // namespace

CloserLook::CloserLook(const SearchQuery& query, const ParsedQuery& asked, Reader& reader, const ColumnSet& columns,
                       SearchCaches* caches)
    : reader_(reader),
      columns_(columns),
      caches_(caches),
      exact_form_(query.ranking.exact_form && !query.exact_words),
      proximity_(query.ranking.proximity) {
  if (!exact_form_ && !proximity_) return;
  const double articles = reader.database().get_doccount();
  for (const QueryNode* leaf : PositiveLeaves(asked)) {
    if (leaf->kind != NodeKind::kWord || leaf->field != nullptr || leaf->words[0].ngram) continue;
    const double frequency = reader.frequencies().Of(leaf->words[0].text);
    words_.push_back({leaf->words[0].text, std::log(1 + (articles - frequency + 0.5) / (frequency + 0.5))});
  }
  if (words_.size() < 2 && !exact_form_) words_.clear();
}

void CloserLook::Apply(std::span<Match> matches, size_t wanted) const {
  std::vector<Candidate> candidates = Count(matches);
  if (exact_form_) {
    for (Candidate& candidate : candidates)
      AddExactForm(candidate);
  }
  if (proximity_) AddProximity(candidates, wanted);
}

std::vector<CloserLook::Candidate> CloserLook::Count(std::span<Match> matches) const {
  std::vector<Candidate> candidates;
  for (Match& match : matches)
    candidates.push_back({&match, 0, std::vector<Xapian::termcount>(words_.size(), 0)});
  std::sort(candidates.begin(), candidates.end(),
            [](const Candidate& a, const Candidate& b) { return a.match->docid < b.match->docid; });
  std::vector<Xapian::docid> docids;
  for (const Candidate& candidate : candidates)
    docids.push_back(candidate.match->docid);
  for (size_t word = 0; word < words_.size(); ++word) {
    const std::vector<Xapian::termcount> counts =
        OccurrencesOf(words_[word].term, docids, reader_, columns_, caches_ == nullptr ? nullptr : &caches_->postings);
    for (size_t i = 0; i < candidates.size(); ++i)
      candidates[i].counts[word] = counts[i];
  }
  const double average = reader_.database().get_average_length();
  for (Candidate& candidate : candidates) {
    double length = std::max(kBm25MinimalLength, LengthOf(candidate.match->docid) / average);
    candidate.length_norm = kBm25K1 * (1 - kBm25B + kBm25B * length);
  }
  return candidates;
}

double CloserLook::LengthOf(Xapian::docid docid) const {
  if (columns_.empty()) return reader_.database().get_doclength(docid);
  const ShardDocid place = InShard(docid, columns_.size());
  return columns_[place.shard]->lengths[place.docid];
}

void CloserLook::AddExactForm(Candidate& candidate) const {
  double sum = 0;
  for (size_t word = 0; word < words_.size(); ++word)
    sum += words_[word].idf * Saturated(candidate.counts[word], candidate.length_norm);
  candidate.match->parts.exact_form = kExactFormWeight * sum;
}

// What `word` and the one before it add.
double CloserLook::OfPair(size_t word, double closeness, double length_norm) const {
  return kProximityWeight * std::min(words_[word - 1].idf, words_[word].idf) * Saturated(closeness, length_norm);
}

// Each place of the rarer word adds 1 at most, and a word has no more places than occurrences.
double CloserLook::MostProximity(const Candidate& candidate) const {
  double sum = 0;
  for (size_t word = 1; word < words_.size(); ++word) {
    if (!candidate.Has(word - 1) || !candidate.Has(word)) continue;
    sum += OfPair(word, std::min(candidate.counts[word - 1], candidate.counts[word]), candidate.length_norm);
  }
  return sum;
}

// The lowest of the `wanted` highest scores.
double CloserLook::LeastOfBest(const std::vector<Candidate>& candidates, size_t wanted) {
  std::vector<double> scores;
  for (const Candidate& candidate : candidates)
    scores.push_back(candidate.match->parts.Score());
  const auto last = scores.begin() + static_cast<std::ptrdiff_t>(std::clamp<size_t>(wanted, 1, scores.size()) - 1);
  std::nth_element(scores.begin(), last, scores.end(), std::greater<>());
  return *last;
}

// Places are what costs: they are read of those first that can reach the highest score, until the next one could not
// come among the best any more.
void CloserLook::AddProximity(std::vector<Candidate>& candidates, size_t wanted) const {
  for (Candidate& candidate : candidates)
    candidate.reach = candidate.match->parts.Score() + MostProximity(candidate) * candidate.match->parts.Factor();
  std::sort(candidates.begin(), candidates.end(),
            [](const Candidate& a, const Candidate& b) { return a.reach > b.reach; });
  for (auto next = candidates.begin(); next != candidates.end();) {
    const double least = LeastOfBest(candidates, wanted) * kSumRounding;
    auto end = next;
    while (end != candidates.end() && end - next < kLookedAtTogether && end->reach >= least)
      ++end;
    if (end == next) return;
    LookAtPlaces({next, end});
    next = end;
  }
}

// Word by word in the order of docids: what the engine read of its table for one article serves the next one, too.
void CloserLook::LookAtPlaces(std::span<Candidate> candidates) const {
  std::sort(candidates.begin(), candidates.end(),
            [](const Candidate& a, const Candidate& b) { return a.match->docid < b.match->docid; });
  std::vector<Places> before(candidates.size());
  for (size_t word = 0; word < words_.size(); ++word) {
    for (size_t i = 0; i < candidates.size(); ++i) {
      Candidate& candidate = candidates[i];
      const bool beside = (word > 0 && candidate.Has(word - 1)) || candidate.Has(word + 1);
      Places places;
      if (candidate.Has(word) && beside) places = PlacesOf(words_[word], candidate.match->docid);
      if (!before[i].empty() && !places.empty()) {
        const bool rarer_before = before[i].size() <= places.size();
        const double closeness = rarer_before ? Closeness(before[i], places) : Closeness(places, before[i]);
        candidate.match->parts.proximity += OfPair(word, closeness, candidate.length_norm);
      }
      before[i] = std::move(places);
    }
  }
}

Places CloserLook::PlacesOf(const Word& word, Xapian::docid docid) const {
  Places places =
      caches_ == nullptr ? ReadPlaces(reader_, docid, word.term) : caches_->places.Get(reader_, docid, word.term);
  places.resize(std::min(places.size(), kMostCompared));
  return places;
}

}  // namespace broadsheet::search
