#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/index/manifest.h"
#include "common/index/superseded.h"
#include "search/columns/shard_docid.h"
#include "search/columns/term_frequencies.h"
#include "search/index/damage_watch.h"
#include "search/index/dictionary_store.h"
#include "xapian.h"

namespace broadsheet::search {

// One shard as a reader has it open.
struct OpenShard {
  ShardEntry entry;
  Xapian::Database database;
  uint64_t revision = 0;
  uint64_t identity = 0;                                // of uuid and revision
  std::shared_ptr<const ArticleDictionary> dictionary;  // of its stored articles; null when it has none
  SupersededDocids marks;                 // that its metadata holds in that revision, of documents in other shards
  std::vector<Xapian::docid> superseded;  // of the documents in it; ascending
};

// What identifies the index a reader looks at.
struct Snapshot {
  int64_t sequence = 0;          // newest sequence it holds
  std::string lineage;           // of that sequence
  int64_t tombstones_since = 0;  // deletions up to this sequence may be forgotten
  uint64_t identity = 0;         // of shards and revisions: docids of one identity are those of the same documents

  // Which shards are left out because they are damaged, in words; empty when the index is whole. And the highest
  // sequence that they may hold.
  std::string left_out;
  int64_t left_out_through = 0;
};

// Documents by the uuid of the database of their shard (Xapian::Database::get_uuid), ascending.
using DocidsByDatabase = std::map<std::string, std::vector<Xapian::docid>>;

// The shards of the manifest, opened together: one snapshot of the index at a time, from one Refresh to the next. Not
// thread-safe: it belongs to one thread at a time (ReaderPool), and so does everything Xapian made from it.
class Reader {
 public:
  // `damage`, if given, must outlive it.
  explicit Reader(std::filesystem::path index_directory, DamageWatch* damage = nullptr,
                  std::shared_ptr<DictionaryStore> dictionaries = std::make_shared<DictionaryStore>());
  ~Reader();
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  // Moves to the newest snapshot: opens the set of shards anew, whole, when the manifest was replaced, else follows
  // the commits of the shards. Costs some microseconds when nothing changed. UNAVAILABLE (reason INDEX_NOT_OPEN) saying
  // why when there is no index that this build can read; ABORTED (INDEX_CHANGED) when overtaken by commits: ask again.
  absl::Status Refresh();

  // What follows is valid after a Refresh that returned OK.
  const Snapshot& snapshot() const { return snapshot_; }

  // Of the manifest.
  int64_t generation() const { return generation_; }

  // All shards as one, for what needs the statistics of the whole index. Docids in it are those of no shard.
  Xapian::Database& database() { return all_; }
  const Xapian::Database& database() const { return all_; }

  // Of the terms of database().
  TermFrequencies& frequencies() const { return frequencies_; }

  std::vector<OpenShard>& shards() { return shards_; }
  const std::vector<OpenShard>& shards() const { return shards_; }

  // Shards of the manifest that are left out because they are damaged: it says so, or `damage` does.
  const std::vector<ShardEntry>& left_out() const { return left_out_; }

  // The docid in database() of a docid of the shard at `index`, and the other way round.
  Xapian::docid InSnapshot(size_t index, Xapian::docid docid) const {
    return search::InSnapshot({index, docid}, shards_.size());
  }
  ShardDocid InShard(Xapian::docid docid) const { return search::InShard(docid, shards_.size()); }

  // What the stored article of a document of database() is to be read with (common/schema/stored_article.h).
  const ArticleDictionary* DictionaryOf(Xapian::docid docid) const {
    return shards_[InShard(docid).shard].dictionary.get();
  }

  // Documents that others supersede (common/index/superseded.h), which nobody may find: those of database(),
  // ascending, and the same by shard.
  const std::vector<Xapian::docid>& superseded() const { return superseded_; }
  const std::shared_ptr<const DocidsByDatabase>& superseded_by_database() const { return superseded_by_database_; }

  // The document under the unique term of an article that stands: not superseded. It may be a tombstone, or under
  // embargo. 0 when there is none. Xapian's exceptions pass through.
  Xapian::docid FindStanding(const std::string& id_term) const;

  // Bytes of a shard on disk.
  int64_t BytesOf(const OpenShard& shard) const;

  // Languages of the articles, as the articles show them.
  const std::vector<std::string>& languages() const { return languages_; }

 private:
  // Tells one manifest file from the next without reading it.
  struct Stamp {
    ino_t inode = 0;
    int64_t modified_nanoseconds = 0;
    off_t size = 0;
    bool operator==(const Stamp&) const = default;
  };

  absl::Status Open();
  absl::Status OpenOnce();
  absl::Status OpenShards(const Manifest& manifest);
  bool IsLeftOut(ShardEntry& entry, SupersededDocids& marks) const;
  absl::Status CheckManifestStands() const;
  absl::Status Follow();
  absl::Status ReadSnapshot();
  void ReadSuperseded();
  Stamp ManifestStamp() const;

  const std::filesystem::path directory_;
  const std::filesystem::path manifest_path_;
  DamageWatch* const damage_;
  const std::shared_ptr<DictionaryStore> dictionaries_;
  uint64_t damage_version_ = 0;
  Stamp stamp_;
  bool open_ = false;
  bool snapshot_read_ = false;
  std::string manifest_lineage_;
  int64_t generation_ = 0;
  std::vector<OpenShard> shards_;
  std::vector<ShardEntry> left_out_;
  SupersededDocids left_out_marks_;  // that those held which the manifest does not know of yet
  Xapian::Database all_;
  mutable TermFrequencies frequencies_{all_};  // what it remembers changes no answer
  Snapshot snapshot_;
  std::vector<Xapian::docid> superseded_;
  std::shared_ptr<const DocidsByDatabase> superseded_by_database_;
  std::vector<std::string> languages_;
};

}  // namespace broadsheet::search
