#include "support/index_audit.h"

#include <xapian.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/index/manifest.h"
#include "common/index/shard_dictionary.h"
#include "common/index/superseded.h"
#include "common/index/xapian_status.h"
#include "common/schema/encoding.h"
#include "common/schema/field.h"
#include "common/schema/index_metadata.h"
#include "common/schema/stored_article.h"

namespace broadsheet::support {
namespace {

namespace fs = std::filesystem;

struct OpenIndex {
  std::string name;
  Xapian::Database database;                                           // all shards
  std::vector<std::shared_ptr<const ArticleDictionary>> dictionaries;  // of each
  std::set<Xapian::docid> superseded;                                  // in it
  std::string lineage;
  int64_t sequence = 0;
  int64_t tombstones_since = 0;
};

absl::StatusOr<OpenIndex> OpenForAudit(const fs::path& directory) {
  auto manifest = ReadManifest(directory);
  if (!manifest.ok()) return manifest.status();
  OpenIndex index;
  index.name = directory.string();
  index.lineage = manifest->lineage;
  SupersededDocids marks;
  for (const ShardEntry& shard : manifest->shards) {
    Xapian::Database database((directory / shard.uuid).string());
    for (const auto& [uuid, docids] : ReadSupersededMarks(database))
      MergeDocids(docids, marks[uuid]);
    index.sequence = std::max<int64_t>(index.sequence, std::stoll(database.get_metadata(kSequenceKey)));
    index.tombstones_since =
        std::max<int64_t>(index.tombstones_since, std::stoll(database.get_metadata(kTombstonesSinceKey)));
    index.database.add_database(database);
    index.dictionaries.push_back(ReadDictionary(database));
  }
  // The engine numbers the documents of several databases in turn.
  const auto shards = static_cast<Xapian::docid>(manifest->shards.size());
  for (Xapian::docid i = 0; i < shards; ++i) {
    for (Xapian::docid docid : marks[manifest->shards[i].uuid])
      index.superseded.insert((docid - 1) * shards + i + 1);
  }
  return index;
}

// Documents that stand under a term.
std::vector<Xapian::docid> Standing(const OpenIndex& index, const std::string& term) {
  std::vector<Xapian::docid> docids;
  for (auto place = index.database.postlist_begin(term); place != index.database.postlist_end(term); ++place) {
    if (!index.superseded.contains(*place)) docids.push_back(*place);
  }
  return docids;
}

int64_t CountStanding(const OpenIndex& index) {
  return static_cast<int64_t>(Standing(index, "").size());
}

// The stored article of a document as it is without a dictionary. What cannot be read, as it is.
std::string StoredAlone(const OpenIndex& index, Xapian::docid id) {
  const std::string data = index.database.get_document(id).get_data();
  const auto parts = ReadParts(data, index.dictionaries[(id - 1) % index.dictionaries.size()].get());
  return parts.ok() ? StoreParts(*parts) : data;
}

// Every term with its frequency and positions, every value and the data of one document, by name.
std::map<std::string, std::string> Describe(const OpenIndex& index, Xapian::docid id) {
  std::map<std::string, std::string> parts;
  const Xapian::Document document = index.database.get_document(id);
  for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term) {
    std::string& part = parts[absl::StrCat("term ", *term)];
    absl::StrAppend(&part, "frequency ", term.get_wdf(), ", positions");
    for (auto position = term.positionlist_begin(); position != term.positionlist_end(); ++position) {
      absl::StrAppend(&part, " ", *position);
    }
  }
  for (auto value = document.values_begin(); value != document.values_end(); ++value) {
    parts[absl::StrCat("value slot ", value.get_valueno())] = *value;
  }
  parts["data"] = StoredAlone(index, id);
  return parts;
}

constexpr size_t kMostDifferences = 10;  // more say no more

class Audit {
 public:
  Audit(OpenIndex first, OpenIndex second, Kept kept)
      : first_(std::move(first)), second_(std::move(second)), kept_(kept) {}

  IndexComparison Run() {
    result_.sequence = first_.sequence;
    result_.documents = CountStanding(first_);
    CompareNumber("sequence", first_.sequence, second_.sequence);
    CompareNumber("forgotten deletions", first_.tombstones_since, second_.tombstones_since);
    CompareNumber("documents", CountStanding(first_), CountStanding(second_));
    if (first_.lineage != second_.lineage) Differ("the lineages differ");
    CheckSequence(first_);
    CheckSequence(second_);
    CompareDocuments();
    return std::move(result_);
  }

 private:
  void Differ(std::string what) {
    if (result_.differences.size() < kMostDifferences) result_.differences.push_back(std::move(what));
  }

  void CompareNumber(std::string_view what, int64_t first, int64_t second) {
    if (first != second) Differ(absl::StrCat(std::string(what), ": ", first, " and ", second));
  }

  void CheckSequence(const OpenIndex& index) {
    if (kept_ == Kept::kYoung) return;
    int64_t newest = index.tombstones_since;
    const int slot = GetField(FieldId::kSequence).slot;
    for (auto value = index.database.valuestream_begin(slot); value != index.database.valuestream_end(slot); ++value) {
      newest = std::max(newest, DecodeNumber(*value));
    }
    if (newest != index.sequence) {
      Differ(absl::StrCat(index.name, " says sequence ", index.sequence, " but its newest document has ", newest));
    }
  }

  void CompareDocuments() {
    const std::string prefix(GetField(FieldId::kId).keyword_prefix);
    for (auto id = first_.database.allterms_begin(prefix); id != first_.database.allterms_end(prefix); ++id) {
      if (result_.differences.size() >= kMostDifferences) return;
      const std::vector<Xapian::docid> one = Standing(first_, *id), other = Standing(second_, *id);
      if (kept_ == Kept::kYoung && one.empty() && other.empty()) continue;
      if (one.size() != 1) Differ(absl::StrCat(*id, " has ", one.size(), " documents in ", first_.name));
      if (other.size() != 1) Differ(absl::StrCat(*id, " has ", other.size(), " documents in ", second_.name));
      if (one.size() == 1 && other.size() == 1) CompareDocument(*id, one.front(), other.front());
    }
  }

  void CompareDocument(const std::string& id, Xapian::docid first, Xapian::docid second) {
    const auto parts = Describe(first_, first);
    const auto others = Describe(second_, second);
    if (parts == others) return;
    for (const auto& [name, part] : parts) {
      auto other = others.find(name);
      if (other != others.end() && other->second == part) continue;
      return Differ(
          absl::StrCat(id, ": ", name, other == others.end() ? " is missing in " : " differs in ", second_.name));
    }
    Differ(absl::StrCat(id, ": ", second_.name, " has more terms or values"));
  }

  const OpenIndex first_;
  const OpenIndex second_;
  const Kept kept_;
  IndexComparison result_;
};

}  // namespace

absl::StatusOr<IndexComparison> CompareIndexes(const fs::path& first, const fs::path& second, Kept kept) {
  return CatchXapian([&]() -> absl::StatusOr<IndexComparison> {
    auto one = OpenForAudit(first);
    if (!one.ok()) return one.status();
    auto other = OpenForAudit(second);
    if (!other.ok()) return other.status();
    return Audit(*std::move(one), *std::move(other), kept).Run();
  });
}

}  // namespace broadsheet::support
