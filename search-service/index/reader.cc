#include "search/index/reader.h"

#include <sys/stat.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/hash.h"
#include "common/index/xapian_status.h"
#include "common/schema/field.h"
#include "common/schema/index_metadata.h"

namespace broadsheet::search {
namespace {

constexpr int kOpenAttempts = 3;
constexpr absl::Duration kReopenDelay = absl::Seconds(1);
constexpr absl::Duration kChangedDelay = absl::Milliseconds(100);

absl::Status NotOpen(const absl::Status& why) {
  std::string message = absl::StrCat("the index cannot be read: ", why.message());
  return RetryableError(absl::StatusCode::kUnavailable, "INDEX_NOT_OPEN", message, kReopenDelay);
}

int64_t ParseNumber(const std::string& digits) {
  int64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

std::vector<std::string> LanguagesOf(const Xapian::Database& database) {
  const std::string prefix(GetField(FieldId::kLanguage).keyword_prefix);
  std::vector<std::string> languages;
  for (auto term = database.allterms_begin(prefix); term != database.allterms_end(prefix); ++term) {
    languages.push_back((*term).substr(prefix.size()));
  }
  return languages;
}

}  // namespace

Reader::Reader(std::filesystem::path index_directory, DamageWatch* damage,
               std::shared_ptr<DictionaryStore> dictionaries)
    : directory_(std::move(index_directory)),
      manifest_path_(directory_ / "MANIFEST"),
      damage_(damage),
      dictionaries_(std::move(dictionaries)) {}

Reader::~Reader() = default;

absl::Status Reader::Refresh() {
  const bool more_damage = damage_ != nullptr && damage_->version() != damage_version_;
  if (!open_ || more_damage || ManifestStamp() != stamp_) return Open();
  absl::Status followed = Follow();
  if (followed.ok() || absl::IsAborted(followed)) return followed;
  return Open();  // a shard went away under the reader: perhaps the manifest is being switched
}

absl::Status Reader::Open() {
  absl::Status opened;
  for (int attempt = 0; attempt < kOpenAttempts; ++attempt) {
    opened = OpenOnce();
    if (opened.ok()) return opened;
    // The manifest may have been switched, and the shards it named removed, between reading it and opening them.
    if (ManifestStamp() == stamp_ && !absl::IsAborted(opened)) break;
  }
  open_ = false;
  return absl::IsAborted(opened) ? opened : NotOpen(opened);
}

absl::Status Reader::OpenOnce() {
  stamp_ = ManifestStamp();
  if (damage_ != nullptr) damage_version_ = damage_->version();
  auto manifest = ReadManifest(directory_);
  if (!manifest.ok()) return manifest.status();
  if (auto readable = CheckReadable(*manifest); !readable.ok()) return readable;
  if (auto opened = OpenShards(*manifest); !opened.ok()) {
    if (damage_ != nullptr && !absl::IsAborted(opened)) damage_->Suspect(manifest->shards);
    return opened;
  }
  return CheckManifestStands();
}

// The marks of a shard that the manifest names no more are dropped at the commit after its replacement: what was
// opened is whole when the manifest that named it was still in force afterwards.
absl::Status Reader::CheckManifestStands() const {
  if (ManifestStamp() == stamp_) return absl::OkStatus();
  return RetryableError(absl::StatusCode::kAborted, "INDEX_CHANGED", "the index changed while it was opened: try again",
                        kChangedDelay);
}

// What is damaged before ingest-service knows of it can be left out only when it is known what it said of others: else
// versions that were overtaken would be found again.
bool Reader::IsLeftOut(ShardEntry& entry, SupersededDocids& marks) const {
  if (entry.damaged()) return true;
  if (damage_ == nullptr) return false;
  const auto found = damage_->Find(entry.uuid);
  if (!found.has_value() || !found->marks.has_value()) return false;
  for (const auto& [uuid, docids] : *found->marks)
    MergeDocids(docids, marks[uuid]);
  entry.state = ShardState::kDamaged;
  entry.damage = found->what;
  return true;
}

absl::Status Reader::OpenShards(const Manifest& manifest) {
  std::vector<OpenShard> shards;
  std::vector<ShardEntry> left_out;
  SupersededDocids left_out_marks;
  Xapian::Database all, cold, hot;
  auto opened = CatchXapian([&] {
    for (ShardEntry entry : manifest.shards) {
      if (IsLeftOut(entry, left_out_marks)) {
        left_out.push_back(std::move(entry));
        continue;
      }
      OpenShard& shard = shards.emplace_back();
      shard.entry = entry;
      shard.database = Xapian::Database((directory_ / entry.uuid).string());
      all.add_database(shard.database);
      (entry.cold() ? cold : hot).add_database(shard.database);
      if (entry.state == ShardState::kSealed) shard.dictionary = dictionaries_->Get(entry.uuid, shard.database);
      auto known = std::find_if(shards_.begin(), shards_.end(),
                                [&](const OpenShard& before) { return before.entry.uuid == entry.uuid; });
      if (known == shards_.end()) continue;
      shard.revision = known->revision;
      shard.marks = known->marks;
    }
  });
  if (!opened.ok()) return opened;
  shards_ = std::move(shards);
  left_out_ = std::move(left_out);
  left_out_marks_ = std::move(left_out_marks);
  all_ = std::move(all);
  frequencies_.Start(std::move(cold), std::move(hot));
  manifest_lineage_ = manifest.lineage;
  generation_ = manifest.generation;
  auto read = ReadSnapshot();
  open_ = read.ok();
  return read;
}

absl::Status Reader::Follow() {
  auto followed = CatchXapian([this] {
    for (OpenShard& shard : shards_) {  // the others never change, and are parts of all_ as they are
      if (shard.entry.state == ShardState::kHot && shard.database.reopen()) snapshot_read_ = false;
    }
  });
  if (!followed.ok()) snapshot_read_ = false;
  if (!followed.ok() || snapshot_read_) return followed;
  if (ManifestStamp() != stamp_) return Open();
  return ReadSnapshot();
}

absl::Status Reader::ReadSnapshot() {
  frequencies_.Follow();
  Snapshot snapshot;
  auto read = CatchXapian([&] {
    for (OpenShard& shard : shards_) {
      const uint64_t revision = shard.database.get_revision();
      if (revision != shard.revision) {
        shard.marks = ReadSupersededMarks(shard.database);
        if (damage_ != nullptr && shard.entry.state == ShardState::kSealed) {
          damage_->Remember(shard.entry.uuid, shard.marks);
        }
      }
      shard.revision = revision;
      snapshot.sequence = std::max(snapshot.sequence, ParseNumber(shard.database.get_metadata(kSequenceKey)));
      snapshot.tombstones_since =
          std::max(snapshot.tombstones_since, ParseNumber(shard.database.get_metadata(kTombstonesSinceKey)));
      shard.identity = Hash64(absl::StrCat(shard.entry.uuid, shard.revision));
      snapshot.identity = Hash64(absl::StrCat(snapshot.identity, shard.identity));
      std::string lineage = shard.database.get_metadata(kLineageKey);
      if (!lineage.empty()) snapshot.lineage = std::move(lineage);
    }
    for (const ShardEntry& shard : left_out_) {
      absl::StrAppend(&snapshot.left_out, snapshot.left_out.empty() ? "" : "; ", shard.uuid, ": ", shard.damage);
      snapshot.left_out_through = std::max(snapshot.left_out_through, shard.last_sequence);
    }
    ReadSuperseded();
    languages_ = LanguagesOf(all_);
  });
  if (!read.ok()) return read;
  if (snapshot.lineage.empty()) snapshot.lineage = manifest_lineage_;
  if (snapshot.lineage != manifest_lineage_) {
    return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "INDEX_LINEAGE",
                           "a shard was made from another archive than the manifest says: rebuild the index");
  }
  snapshot_ = std::move(snapshot);
  snapshot_read_ = true;
  return absl::OkStatus();
}

void Reader::ReadSuperseded() {
  auto by_database = std::make_shared<DocidsByDatabase>();
  superseded_.clear();
  for (size_t i = 0; i < shards_.size(); ++i) {
    OpenShard& shard = shards_[i];
    shard.superseded.clear();
    for (const OpenShard& other : shards_) {
      const auto marks = other.marks.find(shard.entry.uuid);
      if (marks != other.marks.end()) MergeDocids(marks->second, shard.superseded);
    }
    const auto marks = left_out_marks_.find(shard.entry.uuid);
    if (marks != left_out_marks_.end()) MergeDocids(marks->second, shard.superseded);
    if (shard.superseded.empty()) continue;
    for (Xapian::docid docid : shard.superseded)
      superseded_.push_back(InSnapshot(i, docid));
    (*by_database)[shard.database.get_uuid()] = shard.superseded;
  }
  std::sort(superseded_.begin(), superseded_.end());
  superseded_by_database_ = std::move(by_database);
}

Xapian::docid Reader::FindStanding(const std::string& id_term) const {
  for (auto place = all_.postlist_begin(id_term); place != all_.postlist_end(id_term); ++place) {
    if (!std::binary_search(superseded_.begin(), superseded_.end(), *place)) return *place;
  }
  return 0;
}

int64_t Reader::BytesOf(const OpenShard& shard) const {
  int64_t bytes = 0;
  std::error_code error;
  for (const auto& file : std::filesystem::directory_iterator(directory_ / shard.entry.uuid, error)) {
    auto size = file.file_size(error);
    if (!error) bytes += static_cast<int64_t>(size);
  }
  return bytes;
}

Reader::Stamp Reader::ManifestStamp() const {
  struct stat status;
  if (::stat(manifest_path_.c_str(), &status) != 0) return {};
  return {status.st_ino, status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec, status.st_size};
}

}  // namespace broadsheet::search
