#include "ingest/index/seal.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <system_error>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/durable_file.h"
#include "common/base/error.h"
#include "common/index/shard_check.h"
#include "common/index/superseded.h"
#include "common/index/xapian_status.h"
#include "common/schema/encoding.h"
#include "common/schema/field.h"
#include "common/schema/index_metadata.h"
#include "ingest/index/index_directory.h"
#include "ingest/index/sealed_documents.h"
#include "ingest/index/shard_files.h"
#include "ingest/index/shard_metadata.h"
#include "ingest/index/tombstones.h"

namespace broadsheet::ingest {
namespace {

namespace fs = std::filesystem;

constexpr size_t kRunsAtOnce = 64;       // put together: each has about five open files
constexpr size_t kMostSamples = 20'000;  // articles that a dictionary is made of

constexpr int64_t kUndated = std::numeric_limits<int64_t>::min();

// A document to copy.
struct Copied {
  int64_t published_us = kUndated;
  int64_t sequence = 0;
  SourcePlace place;
};

Xapian::valueno SlotOf(FieldId field) {
  return static_cast<Xapian::valueno>(GetField(field).slot);
}

// Ends a compaction between two tables.
class StoppableCompactor : public Xapian::Compactor {
 public:
  explicit StoppableCompactor(const std::function<bool()>& stopping) : stopping_(stopping) {}

  void set_status(const std::string&, const std::string&) override {
    if (stopping_()) throw StatusException{absl::CancelledError("stopping")};
  }

 private:
  const std::function<bool()>& stopping_;
};

class Sealing {
 public:
  Sealing(const SealRequest& request, const std::function<bool()>& stopping)
      : request_(request), stopping_(stopping), entry_(NewShardEntry(0)), documents_(request.prepared_bytes) {
    target_ = ShardDirectory(request.index_directory, entry_);
    runs_directory_ = request.index_directory / absl::StrCat(entry_.uuid, ".runs");
  }

  // Whatever comes of it, the runs are not needed any more; without success the shard is not either.
  ~Sealing() {
    std::error_code error;
    fs::remove_all(runs_directory_, error);
    if (!done_) fs::remove_all(target_, error);
  }

  absl::StatusOr<ShardEntry> Run() {
    if (absl::Status whole = CheckSources(); !whole.ok()) return whole;
    std::error_code error;
    fs::create_directories(runs_directory_, error);
    if (error) return absl::InternalError(absl::StrCat(runs_directory_.string(), ": ", error.message()));
    absl::Status written = CatchXapian([&] {
      for (const SealSource& source : request_.sources)
        Read(source);
      SortAndDescribe();
      documents_.MakeDictionary(Spread(), [this] { Look(); });
      WriteRuns();
      PutTogether();
    });
    if (!written.ok()) return written;
    auto files = SyncAndSum(target_, stopping_);
    if (!files.ok()) return files.status();
    if (absl::Status synced = SyncDirectory(request_.index_directory); !synced.ok()) return synced;
    entry_.files = *std::move(files);
    for (const ShardFile& file : entry_.files)
      entry_.bytes += file.bytes;
    done_ = true;
    return entry_;
  }

 private:
  void Look() const {
    if (stopping_()) throw StatusException{absl::CancelledError("stopping")};
  }

  // What is damaged must not get new checksums.
  absl::Status CheckSources() const {
    for (const SealSource& source : request_.sources) {
      const auto problems = FindDamagedFiles(ShardDirectory(request_.index_directory, source.entry), source.entry,
                                             [this](int64_t) { return !stopping_(); });
      if (!problems.ok()) return problems.status();
      if (problems->empty()) continue;
      return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "SHARD_DAMAGED",
                             absl::StrCat("shard ", source.entry.uuid, ": ", InWords(*problems)));
    }
    return absl::OkStatus();
  }

  // Notes what to copy of a shard, and what it knows of others.
  void Read(const SealSource& source) {
    const Xapian::Database database(ShardDirectory(request_.index_directory, source.entry).string());
    documents_.AddSource(database);
    sequence_ = std::max(sequence_, NumberUnder(database, kSequenceKey));
    tombstones_since_ = std::max(tombstones_since_, NumberUnder(database, kTombstonesSinceKey));
    for (auto& [uuid, docids] : ReadSupersededMarks(database)) {
      if (request_.other_shards.contains(uuid)) MergeDocids(docids, marks_[uuid]);
    }
    OldTombstones left_out = FindOldTombstones(database, request_.forget_before);
    tombstones_since_ = std::max(tombstones_since_, left_out.newest_sequence);
    MergeDocids(source.superseded, left_out.docids);
    NoteDocuments(database, left_out.docids);
    entry_.last_sequence = std::max(entry_.last_sequence, source.entry.last_sequence);
    const int64_t first = source.entry.first_sequence;
    entry_.first_sequence = entry_.first_sequence == 0 ? first : std::min(entry_.first_sequence, first);
  }

  // Every document has a sequence.
  void NoteDocuments(const Xapian::Database& database, const std::vector<Xapian::docid>& left_out) {
    auto published = database.valuestream_begin(SlotOf(FieldId::kPublishedTime));
    const auto undated = database.valuestream_end(SlotOf(FieldId::kPublishedTime));
    auto out = left_out.begin();
    const auto end = database.valuestream_end(SlotOf(FieldId::kSequence));
    for (auto value = database.valuestream_begin(SlotOf(FieldId::kSequence)); value != end; ++value) {
      const Xapian::docid docid = value.get_docid();
      out = std::lower_bound(out, left_out.end(), docid);
      if (out != left_out.end() && *out == docid) continue;
      if (published != undated && published.get_docid() < docid) published.skip_to(docid);
      const bool dated = published != undated && published.get_docid() == docid;
      const int64_t published_us = dated ? absl::ToUnixMicros(DecodeTime(*published)) : kUndated;
      copied_.push_back({published_us, DecodeNumber(*value), {documents_.sources() - 1, docid}});
    }
  }

  void SortAndDescribe() {
    std::sort(copied_.begin(), copied_.end(), [](const Copied& a, const Copied& b) {
      return std::tie(a.published_us, a.sequence) > std::tie(b.published_us, b.sequence);
    });
    entry_.state = ShardState::kSealed;
    entry_.documents = static_cast<int64_t>(copied_.size());
    for (const Copied& document : copied_) {
      entry_.first_sequence = std::min(entry_.first_sequence, document.sequence);
      if (document.published_us == kUndated) continue;
      if (!entry_.latest_published_us.has_value()) entry_.latest_published_us = document.published_us;
      entry_.earliest_published_us = document.published_us;
    }
  }

  // Places from all over the shard, each once, as many as a dictionary is made of.
  std::vector<SourcePlace> Spread() const {
    const size_t size = copied_.size();
    size_t stride = std::max<size_t>(1, size * 5 / 8);
    while (std::gcd(stride, size) > 1)
      ++stride;
    std::vector<SourcePlace> places;
    for (size_t i = 0, at = 0; i < std::min(size, kMostSamples); ++i, at = (at + stride) % size)
      places.push_back(copied_[at].place);
    return places;
  }

  void WriteRuns() {
    const size_t size = std::max<size_t>(1, request_.run_documents);
    size_t next = 0, prepared = 0;
    do {
      const fs::path path = runs_directory_ / absl::StrCat("run-", runs_.size());
      Xapian::WritableDatabase run(path.string(), Xapian::DB_CREATE | Xapian::DB_NO_SYNC | Xapian::DB_BACKEND_GLASS);
      if (next == 0) WriteMetadata(run);
      for (const size_t end = std::min(copied_.size(), next + size); next < end; ++next) {
        Look();
        if (next == prepared) prepared = PrepareFrom(next);
        run.add_document(documents_.Read(copied_[next].place));
      }
      run.commit();
      runs_.push_back(path);
    } while (next < copied_.size());
  }

  // Up to where.
  size_t PrepareFrom(size_t first) {
    const size_t end = std::min(copied_.size(), first + documents_.PreparedAtOnce());
    std::vector<SourcePlace> places;
    for (size_t i = first; i < end; ++i)
      places.push_back(copied_[i].place);
    documents_.Prepare(places, [this] { Look(); });
    return end;
  }

  void WriteMetadata(Xapian::WritableDatabase& database) const {
    database.set_metadata(kShardUuidKey, entry_.uuid);
    database.set_metadata(kLineageKey, request_.lineage);
    database.set_metadata(kSchemaVersionKey, absl::StrCat(entry_.schema_version));
    database.set_metadata(kAnalyzerVersionKey, absl::StrCat(entry_.analyzer_version));
    database.set_metadata(kSequenceKey, absl::StrCat(sequence_));
    database.set_metadata(kTombstonesSinceKey, absl::StrCat(tombstones_since_));
    const std::string& dictionary = documents_.dictionary();
    if (!dictionary.empty()) database.set_metadata(kDictionaryKey, dictionary);
    for (const auto& [uuid, docids] : marks_) {
      for (Xapian::docid docid : docids)
        MarkSuperseded(database, uuid, docid);
    }
  }

  // In several rounds when the runs are many.
  void PutTogether() {
    for (int round = 0; runs_.size() > kRunsAtOnce; ++round) {
      std::vector<fs::path> longer;
      for (size_t first = 0; first < runs_.size(); first += kRunsAtOnce) {
        longer.push_back(runs_directory_ / absl::StrCat("round-", round, "-", longer.size()));
        Compact(first, std::min(runs_.size(), first + kRunsAtOnce), longer.back());
        for (size_t i = first; i < std::min(runs_.size(), first + kRunsAtOnce); ++i)
          fs::remove_all(runs_[i]);
      }
      runs_ = std::move(longer);
    }
    Compact(0, runs_.size(), target_);
    const Xapian::Database sealed(target_.string());
    if (static_cast<int64_t>(sealed.get_doccount()) == entry_.documents) return;
    throw StatusException{absl::InternalError(
        absl::StrCat("a sealed shard has ", sealed.get_doccount(), " documents in the place of ", entry_.documents))};
  }

  void Compact(size_t first, size_t end, const fs::path& output) const {
    Look();
    Xapian::Database runs;
    for (size_t i = first; i < end; ++i)
      runs.add_database(Xapian::Database(runs_[i].string()));
    StoppableCompactor compactor(stopping_);
    runs.compact(output.string(), Xapian::Compactor::FULL, 0, compactor);
  }

  const SealRequest& request_;
  const std::function<bool()>& stopping_;
  ShardEntry entry_;
  fs::path target_;
  fs::path runs_directory_;
  SealedDocuments documents_;
  int64_t sequence_ = 0;
  int64_t tombstones_since_ = 0;
  SupersededDocids marks_;
  std::vector<Copied> copied_;
  std::vector<fs::path> runs_;
  bool done_ = false;
};

}  // namespace

absl::StatusOr<ShardEntry> SealShards(const SealRequest& request, const std::function<bool()>& stopping) {
  return Sealing(request, stopping).Run();
}

}  // namespace broadsheet::ingest
