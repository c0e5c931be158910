#include "search/query/body_source.h"

#include <algorithm>
#include <utility>

#include "common/schema/field.h"
#include "search/query/walking_source.h"

namespace broadsheet::search {
namespace {

using Postings = Xapian::PostingIterator;

bool AtEnd(const Postings& postings) {
  return postings == Postings();
}

// The same word among those of the title.
std::string TitleTerm(const std::string& term) {
  bool stem = term.starts_with(kStemPrefix);
  std::string title(stem ? kStemPrefix : "");
  title += GetField(FieldId::kTitle).words_prefix;
  return title + term.substr(stem ? kStemPrefix.size() : 0);
}

std::vector<std::string> Expand(const Xapian::Database& database, const std::string& prefix, size_t max_expansion) {
  std::vector<std::pair<Xapian::doccount, std::string>> words;
  for (auto term = database.allterms_begin(prefix); term != database.allterms_end(prefix); ++term) {
    words.emplace_back(term.get_termfreq(), *term);
  }
  if (words.size() > max_expansion) {
    auto cut = words.begin() + static_cast<ptrdiff_t>(max_expansion);
    std::nth_element(words.begin(), cut, words.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    words.erase(cut, words.end());
  }
  std::vector<std::string> terms;
  for (auto& [frequency, word] : words)
    terms.push_back(std::move(word));
  return terms;
}

class BodyWordsSource : public WalkingSource {
 public:
  BodyWordsSource(std::vector<std::string> terms, std::string prefix, size_t max_expansion)
      : terms_(std::move(terms)), prefix_(std::move(prefix)), max_expansion_(max_expansion) {}

  PostingSource* clone() const override { return new BodyWordsSource(terms_, prefix_, max_expansion_); }

 protected:
  Xapian::doccount Open(const Xapian::Database& database) override {
    cursors_.clear();
    uint64_t frequency = 0;
    for (const std::string& term : prefix_.empty() ? terms_ : Expand(database, prefix_, max_expansion_)) {
      cursors_.push_back({database.postlist_begin(term), database.postlist_begin(TitleTerm(term))});
      frequency += database.get_termfreq(term);
    }
    std::erase_if(cursors_, [](const Cursor& cursor) { return AtEnd(cursor.words); });
    return static_cast<Xapian::doccount>(std::min<uint64_t>(frequency, database.get_doccount()));
  }

  Xapian::docid Find(Xapian::docid docid) override {
    Xapian::docid found = 0;
    for (Cursor& cursor : cursors_) {
      cursor.words.skip_to(docid);
      while (!AtEnd(cursor.words) && (found == 0 || *cursor.words < found) && !InBody(cursor))
        ++cursor.words;
      if (!AtEnd(cursor.words) && (found == 0 || *cursor.words < found)) found = *cursor.words;
    }
    std::erase_if(cursors_, [](const Cursor& cursor) { return AtEnd(cursor.words); });
    return found;
  }

 private:
  struct Cursor {
    Postings words;
    Postings title;
  };

  static bool InBody(Cursor& cursor) {
    Xapian::termcount in_title = 0;
    if (!AtEnd(cursor.title)) cursor.title.skip_to(*cursor.words);
    if (!AtEnd(cursor.title) && *cursor.title == *cursor.words) in_title = cursor.title.get_wdf();
    return cursor.words.get_wdf() > kTitleWeight * in_title;
  }

  const std::vector<std::string> terms_;
  const std::string prefix_;
  const size_t max_expansion_;
  std::vector<Cursor> cursors_;
};

class BodyPhraseSource : public WalkingSource {
 public:
  explicit BodyPhraseSource(std::vector<PlacedTerm> terms) : terms_(std::move(terms)) {}

  PostingSource* clone() const override { return new BodyPhraseSource(terms_); }

 protected:
  Xapian::doccount Open(const Xapian::Database& database) override {
    postings_.clear();
    Xapian::doccount frequency = database.get_doccount();
    for (const PlacedTerm& term : terms_) {
      postings_.push_back(database.postlist_begin(term.term));
      frequency = std::min(frequency, database.get_termfreq(term.term));
    }
    return frequency;
  }

  Xapian::docid Find(Xapian::docid docid) override {
    while (true) {
      docid = FindAll(docid);
      if (docid == 0 || InBody()) return docid;
      ++docid;
    }
  }

 private:
  // The first article from `docid` on that has every term, with all postings at it.
  Xapian::docid FindAll(Xapian::docid docid) {
    for (size_t agreeing = 0; agreeing < postings_.size();) {
      for (Postings& postings : postings_) {
        if (AtEnd(postings)) return 0;
        postings.skip_to(docid);
        if (AtEnd(postings)) return 0;
        agreeing = *postings == docid ? agreeing + 1 : 1;
        docid = *postings;
        if (agreeing == postings_.size()) break;
      }
    }
    return docid;
  }

  // Whether the terms stand in their places somewhere in the body of the article at hand.
  bool InBody() const {
    std::vector<Xapian::PositionIterator> places;
    for (const Postings& postings : postings_)
      places.push_back(postings.positionlist_begin());
    Xapian::termpos start = kBodyPosition;
    for (size_t agreeing = 0, i = 0; agreeing < places.size(); i = (i + 1) % places.size()) {
      Xapian::PositionIterator& place = places[i];
      if (place == Xapian::PositionIterator()) return false;
      place.skip_to(start + terms_[i].position);
      if (place == Xapian::PositionIterator()) return false;
      Xapian::termpos found = *place - terms_[i].position;
      agreeing = found == start ? agreeing + 1 : 1;
      start = found;
    }
    return true;
  }

  const std::vector<PlacedTerm> terms_;
  std::vector<Postings> postings_;
};

}  // namespace

Xapian::Query BodyWords(const std::vector<std::string>& terms) {
  return Xapian::Query((new BodyWordsSource(terms, "", 0))->release());
}

Xapian::Query BodyPrefix(const std::string& prefix, size_t max_expansion) {
  return Xapian::Query((new BodyWordsSource({}, prefix, max_expansion))->release());
}

Xapian::Query BodyPhrase(const std::vector<PlacedTerm>& terms) {
  return Xapian::Query((new BodyPhraseSource(terms))->release());
}

}  // namespace broadsheet::search
