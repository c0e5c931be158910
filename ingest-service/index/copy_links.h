#pragma once

#include <xapian.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ingest/copies/copy_key.h"
#include "ingest/index/standing_documents.h"

// Which articles of an index are copies of which: a function of the articles that stand, in whatever order they came.
//
//   In the order of their ranks (CopyRank), an article is a copy of the first original that has a band in common with
//   it and a similarity of at least kCopySimilarity; where there is none, it is an original itself.
//
// So a copy always points to an original, never to another copy, and what is found between two originals goes to the
// earlier. A band that more than kMaxBandArticles articles have is no evidence, but for the same text: it is a form
// that is filled in again and again.
//
// Originals have their bands under kOriginalBandPrefix and copies theirs under kCopyBandPrefix: a new article is
// compared with originals only, and does not cost more for the copies that they have. A copy in a shard that is written
// no more which gets another original is written once more, into the hot shard, with the sequence that it has.
namespace broadsheet::ingest {

// Bounds what one event can cost. Of the same text there may be any number of copies: when their original goes, each is
// written once more.
inline constexpr Xapian::doccount kMaxBandArticles = 512;

// Adds the copy key and the bands of an original to a document without them.
void AddCopyKey(const CopyKey& key, Xapian::Document& document);

// One change of one article, and what follows from it for the others, within the transaction of the hot database. Used
// once, on its thread. Xapian's exceptions pass through, and StatusException when a stored article cannot be
// read.
class CopyLinks {
 public:
  // `documents` must outlive it. The limit must be the same for all changes of an index.
  explicit CopyLinks(StandingDocuments& documents, Xapian::doccount max_band_articles = kMaxBandArticles)
      : documents_(documents), max_band_articles_(max_band_articles) {}

  // Writes `document`, which replaces that with the term `id_term` if there is one. `key`, when it has one (a tombstone
  // has none), was added to it (AddCopyKey). Then finds the copies again that the change may concern.
  void Replace(const std::string& id_term, const Xapian::Document& document, const std::optional<CopyKey>& key);

  // Takes out the document with the term, which stands, and puts none in its place. Then as Replace.
  void Remove(const std::string& id_term);

  // Writes the document of an article of which none stands because the shard that had it is damaged: what others were
  // marked as may have come of it, or of changes while it was not there. So all that may concern is found again: those
  // with a band in common, in every rank.
  void Restore(const std::string& id_term, const Xapian::Document& document, const std::optional<CopyKey>& key);

  // Finds the original of an article again. Nothing happens when none stands.
  void Recheck(const std::string& id_term);

 private:
  struct CopyOf {
    std::string id;        // of the original; empty: it is one
    float similarity = 0;  // to it
    bool operator==(const CopyOf&) const = default;
  };

  // `dictionary`: that of the shard which the document is read from, if it is (StandingDocuments::DictionaryOf).
  static void Mark(const CopyKey& key, const CopyOf& now, const ArticleDictionary* dictionary,
                   Xapian::Document& document);
  static CopyOf MarkOf(const Xapian::Document& document, const ArticleDictionary* dictionary);

  void Change(const std::string& id_term, const Xapian::Document* document, const std::optional<CopyKey>& key);
  void FindBefore(const std::string& id_term);
  void ExpectAtLimit(const std::vector<std::string>& bands, Xapian::doccount count);
  void ExpectAbove(const CopyKey& key);
  void Expect(const std::string& term, const CopyRank* above);
  void WriteChanged(const std::string& id_term, const Xapian::Document& document, const CopyKey& key);
  void Settle(const DocumentPlace& place);
  CopyOf FindOriginal(const CopyKey& key);
  Xapian::doccount CountOf(const std::string& band) const;
  const CopyKey& KeyOf(const DocumentPlace& place);

  StandingDocuments& documents_;
  const Xapian::doccount max_band_articles_;
  std::optional<DocumentPlace> stood_;  // what stood, until it is replaced
  std::optional<CopyKey> before_;       // its key; none of a tombstone
  CopyOf before_mark_;
  std::set<std::string> gone_bands_;  // that the document has only, or only not, until it is replaced
  std::set<std::string> new_bands_;
  std::map<CopyRank, DocumentPlace> open_;  // to be looked at, the document to be written too
  std::map<DocumentPlace, CopyKey> keys_;
};

}  // namespace broadsheet::ingest
