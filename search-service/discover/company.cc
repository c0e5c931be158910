#include "search/discover/company.h"

#include <algorithm>
#include <map>

#include "search/discover/likelihood.h"
#include "search/match/embargo.h"

namespace broadsheet::search {
namespace {

using Docids = std::vector<Xapian::docid>;

constexpr int64_t kLargeSample = 10;

class Places {
 public:
  Places(const Xapian::Database& database, const std::string& term)
      : place_(database.postlist_begin(term)), end_(database.postlist_end(term)) {}

  // The first article with the term from `docid` on, which never falls; 0 when there is none.
  Xapian::docid From(Xapian::docid docid) {
    place_.skip_to(docid);
    return place_ == end_ ? 0 : *place_;
  }

 private:
  Xapian::PostingIterator place_;
  const Xapian::PostingIterator end_;
};

// Articles with all of the words, spread evenly over the index.
Docids Sample(const Xapian::Database& database, const std::vector<std::string>& words, const Docids& hidden) {
  std::vector<Places> places;
  for (const std::string& word : words)
    places.emplace_back(database, word);
  const Xapian::docid last = database.get_lastdocid();
  const Xapian::docid step = std::max<Xapian::docid>(1, last / kCompanyArticles);
  Docids sample;
  for (Xapian::docid from = 1; from <= last;) {
    Xapian::docid docid = from;
    for (Places& place : places)
      docid = std::max(docid, place.From(docid));
    const bool all =
        std::all_of(places.begin(), places.end(), [&](Places& place) { return place.From(docid) == docid; });
    if (std::any_of(places.begin(), places.end(), [&](Places& place) { return place.From(docid) == 0; })) break;
    if (all && !std::binary_search(hidden.begin(), hidden.end(), docid)) sample.push_back(docid);
    from = std::max(docid, from + step - 1) + 1;
  }
  return sample;
}

void AddWordsOf(const Xapian::Database& database, Xapian::docid docid, const std::string& prefix,
                std::map<std::string, int>& words) {
  auto term = database.termlist_begin(docid);
  term.skip_to(prefix);
  for (; term != database.termlist_end(docid) && (*term).starts_with(prefix); ++term)
    ++words[*term];
}

// Beside the frequent ones, those that several of the articles have, or one when they are few.
std::vector<std::string> Candidates(const Xapian::Database& database, const Docids& sample, const std::string& last,
                                    const std::vector<Counted>& frequent) {
  std::vector<std::string> candidates;
  for (const Counted& word : frequent) {
    if (candidates.size() < kCompanyCandidates) candidates.push_back(word.text);
  }
  std::map<std::string, int> found;
  const size_t step = std::max<size_t>(1, sample.size() / kCompanyListsOfTerms);
  for (size_t i = 0; i < sample.size(); i += step)
    AddWordsOf(database, sample[i], last, found);
  std::vector<std::pair<int, std::string>> best;
  for (const auto& [word, times] : found)
    best.emplace_back(-times, word);
  std::sort(best.begin(), best.end());
  for (size_t i = 0; i < std::min(best.size(), kCompanyCandidates); ++i) {
    const bool known = std::find(candidates.begin(), candidates.end(), best[i].second) != candidates.end();
    if (!known) candidates.push_back(best[i].second);
  }
  return candidates;
}

}  // namespace

std::vector<std::string> WordsInCompany(const Xapian::Database& database, const std::vector<std::string>& before,
                                        const std::string& last, const std::vector<Counted>& frequent,
                                        const std::vector<Xapian::docid>& hidden) {
  const auto near = before.size() > kCompanyWords ? before.end() - kCompanyWords : before.begin();
  const Docids sample = Sample(database, {near, before.end()}, hidden);
  const int64_t all = database.get_doccount();
  const auto looked = static_cast<int64_t>(sample.size());
  const int64_t least = looked >= kLargeSample ? 2 : 1;  // what one article says is chance
  std::vector<std::pair<double, std::string>> counted;
  for (std::string& word : Candidates(database, sample, last, frequent)) {
    const int64_t together = CountWith(database, sample, word);
    const int64_t others = static_cast<int64_t>(database.get_termfreq(word)) - together;
    // Where the sample is all there is, any other articles will do to compare with.
    const double score = LogLikelihoodRatio({together, looked}, {others, std::max<int64_t>(1, all - looked)});
    if ((score > 0 && together >= least) || sample.empty()) counted.emplace_back(score, std::move(word));
  }
  std::stable_sort(counted.begin(), counted.end(), [](const auto& l, const auto& r) { return l.first > r.first; });
  std::vector<std::string> words;
  for (auto& [score, word] : counted)
    words.push_back(std::move(word));
  return words;
}

}  // namespace broadsheet::search
