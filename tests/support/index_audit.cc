#include "support/index_audit.h"

#include <xapian.h>

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "common/index/manifest.h"
#include "common/index/xapian_status.h"
#include "common/schema/encoding.h"
#include "common/schema/field.h"
#include "common/schema/index_metadata.h"

namespace broadsheet::support {
namespace {

namespace fs = std::filesystem;

struct OpenIndex {
  std::string name;
  Xapian::Database database;  // all shards
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
  for (const ShardEntry& shard : manifest->shards) {
    Xapian::Database database((directory / shard.uuid).string());
    index.sequence = std::max<int64_t>(index.sequence, std::stoll(database.get_metadata(kSequenceKey)));
    index.tombstones_since =
        std::max<int64_t>(index.tombstones_since, std::stoll(database.get_metadata(kTombstonesSinceKey)));
    index.database.add_database(database);
  }
  return index;
}

// Every term with its frequency and positions, every value and the data of one document, by name.
std::map<std::string, std::string> Describe(const Xapian::Database& database, Xapian::docid id) {
  std::map<std::string, std::string> parts;
  const Xapian::Document document = database.get_document(id);
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
  parts["data"] = document.get_data();
  return parts;
}

class Audit {
 public:
  Audit(OpenIndex first, OpenIndex second, size_t limit)
      : first_(std::move(first)), second_(std::move(second)), limit_(limit) {}

  IndexComparison Run() {
    result_.sequence = first_.sequence;
    result_.documents = first_.database.get_doccount();
    CompareNumber("sequence", first_.sequence, second_.sequence);
    CompareNumber("forgotten deletions", first_.tombstones_since, second_.tombstones_since);
    CompareNumber("documents", first_.database.get_doccount(), second_.database.get_doccount());
    if (first_.lineage != second_.lineage) Differ("the lineages differ");
    CheckSequence(first_);
    CheckSequence(second_);
    CompareDocuments();
    return std::move(result_);
  }

 private:
  void Differ(std::string what) {
    if (result_.differences.size() < limit_) result_.differences.push_back(std::move(what));
  }

  void CompareNumber(std::string_view what, int64_t first, int64_t second) {
    if (first != second) Differ(absl::StrCat(std::string(what), ": ", first, " and ", second));
  }

  void CheckSequence(const OpenIndex& index) {
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
      if (result_.differences.size() >= limit_) return;
      if (id.get_termfreq() != 1) Differ(absl::StrCat(*id, " has ", id.get_termfreq(), " documents"));
      auto other = second_.database.postlist_begin(*id);
      if (other == second_.database.postlist_end(*id)) {
        Differ(absl::StrCat(*id, " is in ", first_.name, " only"));
      } else {
        CompareDocument(*id, *first_.database.postlist_begin(*id), *other);
      }
    }
  }

  void CompareDocument(const std::string& id, Xapian::docid first, Xapian::docid second) {
    const auto parts = Describe(first_.database, first);
    const auto others = Describe(second_.database, second);
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
  const size_t limit_;
  IndexComparison result_;
};

}  // namespace

absl::StatusOr<IndexComparison> CompareIndexes(const fs::path& first, const fs::path& second, size_t max_differences) {
  return CatchXapian([&]() -> absl::StatusOr<IndexComparison> {
    auto one = OpenForAudit(first);
    if (!one.ok()) return one.status();
    auto other = OpenForAudit(second);
    if (!other.ok()) return other.status();
    return Audit(*std::move(one), *std::move(other), max_differences).Run();
  });
}

}  // namespace broadsheet::support
