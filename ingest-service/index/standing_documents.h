#pragma once

#include <xapian.h>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "common/index/superseded.h"
#include "common/schema/article_dictionary.h"

// The documents of an index as its writer sees them: those of the hot shard, which it writes, and those of shards that
// are written no more (cold ones). Of each article one document stands; a document that is replaced in a cold shard is
// marked as superseded in the hot one (common/index/superseded.h), and is not there any more for what follows.
namespace broadsheet::ingest {

// A shard that is written no more.
struct ColdShard {
  std::string uuid;
  std::filesystem::path directory;
  bool damaged = false;  // not opened: none of its documents stands, but marks of them are kept
};

// Where a document is. Not stable: it belongs to one opening of the shards.
struct DocumentPlace {
  size_t shard = 0;  // 0: the hot one
  Xapian::docid docid = 0;
  auto operator<=>(const DocumentPlace&) const = default;
};

// The unique term of a document. StatusException (DATA_LOSS) when it has none; Xapian's exceptions pass through.
std::string IdTermOf(const Xapian::Document& document);

// Belongs to the thread of the hot database. Xapian's exceptions pass through.
class StandingDocuments {
 public:
  // Opens the cold shards and reads all marks. `hot` must outlive it.
  StandingDocuments(Xapian::WritableDatabase& hot, const std::vector<ColdShard>& cold);

  // The document with a unique term.
  std::optional<DocumentPlace> Find(const std::string& id_term) const;

  // Every document with a term.
  void ForEach(const std::string& term, const std::function<void(const DocumentPlace&)>& visit) const;

  // How many have a term: exact up to `enough`, and more than that when there are more. Costs a look-up in each shard,
  // and in those that have superseded documents a walk over some of the term's.
  Xapian::doccount Count(const std::string& term, Xapian::doccount enough) const;

  // No document has a larger value in the slot.
  std::string UpperBound(Xapian::valueno slot) const;

  Xapian::Document Get(const DocumentPlace& place, unsigned flags = 0) const;

  // What its stored article is to be read with (common/schema/stored_article.h); may be null.
  const ArticleDictionary* DictionaryOf(const DocumentPlace& place) const;

  // Writes a document with this unique term into the hot shard in the place of the one that stood, if any did: that is
  // marked when it is in a cold shard. As part of the open transaction of the hot database.
  DocumentPlace Write(const std::string& id_term, const Xapian::Document& document,
                      const std::optional<DocumentPlace>& stood);

  // Marks a document of a cold shard as superseded, as part of the open transaction.
  void Supersede(const DocumentPlace& place);

  // Takes a document out and puts none in its place, as part of the open transaction.
  void Remove(const DocumentPlace& place);

  // Every document that has a value in the slot, by shard and docid. `visit` must not change anything.
  void ForEachValue(Xapian::valueno slot,
                    const std::function<void(const DocumentPlace&, const std::string& value)>& visit) const;

  // The first unique term behind another one; empty when there is none.
  std::string NextIdTerm(const std::string& behind) const;

  // Marks of documents in all cold shards.
  SupersededDocids marks() const;

  // Marks those that are not marked yet, of shards that are open, as part of the open transaction.
  void Supersede(const SupersededDocids& marks);

  // Superseded documents of a cold shard, ascending, and how many; of all cold shards, how many.
  std::vector<Xapian::docid> SupersededIn(const std::string& uuid) const;
  int64_t CountSuperseded(const std::string& uuid) const;
  size_t superseded() const;

  // Takes off what the hot shard says of documents in shards that are none of these, as part of the open transaction.
  // Whether there is any is known from the start.
  bool has_foreign_marks() const { return !foreign_.empty(); }
  void DropForeignMarks();

 private:
  struct Cold {
    std::string uuid;
    Xapian::Database database;
    std::shared_ptr<const ArticleDictionary> dictionary;
    absl::flat_hash_set<Xapian::docid> superseded;
  };

  const Cold* FindCold(const std::string& uuid) const;
  void ReadMarks(const Xapian::Database& database, bool is_hot);

  Xapian::WritableDatabase& hot_;
  std::vector<std::string> foreign_;  // uuids
  std::vector<std::string> damaged_;  // likewise
  std::vector<Cold> cold_;            // of place.shard - 1
};

}  // namespace broadsheet::ingest
