#include "common/index/manifest.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "common/base/durable_file.h"
#include "common/base/error.h"
#include "common/schema/field.h"
#include "common/text/analyzer_version.h"

namespace broadsheet {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

constexpr char kManifestFile[] = "MANIFEST";
constexpr char kRebuild[] = "run `ingest-service rebuild`";

absl::Status Damaged(const fs::path& path, std::string_view what) {
  return ErrorWithReason(absl::StatusCode::kDataLoss, "MANIFEST_DAMAGED",
                         absl::StrCat(path.string(), " cannot be read: ", std::string(what), "; ", kRebuild));
}

constexpr std::string_view kStates[] = {"hot", "frozen", "sealed", "damaged"};  // by ShardState

constexpr int kFormatWithoutDamage = 2;

Json ToJson(const ShardEntry& shard) {
  Json json = {{"uuid", shard.uuid},
               {"state", kStates[static_cast<size_t>(shard.state)]},
               {"first_sequence", shard.first_sequence},
               {"last_sequence", shard.last_sequence},
               {"schema_version", shard.schema_version},
               {"analyzer_version", shard.analyzer_version},
               {"xapian_version", shard.xapian_version}};
  if (shard.state == ShardState::kHot) return json;
  json["documents"] = shard.documents;
  json["bytes"] = shard.bytes;
  if (shard.earliest_published_us.has_value()) json["earliest_published_us"] = *shard.earliest_published_us;
  if (shard.latest_published_us.has_value()) json["latest_published_us"] = *shard.latest_published_us;
  if (shard.damaged()) {
    json["damage"] = shard.damage;
    json["damaged_us"] = shard.damaged_us;
    return json;
  }
  for (const ShardFile& file : shard.files)
    json["files"].push_back({{"name", file.name}, {"bytes", file.bytes}, {"crc32c", file.crc32c}});
  return json;
}

ShardState StateFrom(const Json& json) {
  const auto name = json.get<std::string>();
  for (size_t state = 0; state < std::size(kStates); ++state) {
    if (name == kStates[state]) return static_cast<ShardState>(state);
  }
  throw Json::other_error::create(0, "a shard has the unknown state \"" + name + "\"", &json);
}

std::optional<int64_t> NumberFrom(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found == json.end() ? std::nullopt : std::optional(found->get<int64_t>());
}

// What formats since 2 say.
void ReadState(const Json& json, ShardEntry& shard) {
  shard.state = StateFrom(json.at("state"));
  if (shard.state == ShardState::kHot) return;
  json.at("documents").get_to(shard.documents);
  json.at("bytes").get_to(shard.bytes);
  shard.earliest_published_us = NumberFrom(json, "earliest_published_us");
  shard.latest_published_us = NumberFrom(json, "latest_published_us");
  if (shard.damaged()) {
    json.at("damage").get_to(shard.damage);
    json.at("damaged_us").get_to(shard.damaged_us);
  }
  if (shard.state != ShardState::kSealed) return;
  for (const Json& file : json.at("files")) {
    shard.files.push_back(
        {file.at("name").get<std::string>(), file.at("bytes").get<int64_t>(), file.at("crc32c").get<uint32_t>()});
  }
}

ShardEntry ShardFrom(const Json& json, int format) {
  ShardEntry shard;
  json.at("uuid").get_to(shard.uuid);
  json.at("first_sequence").get_to(shard.first_sequence);
  json.at("last_sequence").get_to(shard.last_sequence);
  json.at("schema_version").get_to(shard.schema_version);
  json.at("analyzer_version").get_to(shard.analyzer_version);
  json.at("xapian_version").get_to(shard.xapian_version);
  if (format > kOldestManifestFormat) ReadState(json, shard);
  return shard;
}

Manifest ManifestFrom(const Json& json, int format) {
  Manifest manifest;
  json.at("generation").get_to(manifest.generation);
  json.at("lineage").get_to(manifest.lineage);
  for (const Json& shard : json.at("shards"))
    manifest.shards.push_back(ShardFrom(shard, format));
  return manifest;
}

absl::Status VersionDiffers(std::string_view uuid, std::string_view what, int written, int known) {
  return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "INDEX_VERSION",
                         absl::StrCat("shard ", std::string(uuid), " of the index was written with ", std::string(what),
                                      " version ", written, ", this build reads version ", known, ": ", kRebuild));
}

}  // namespace

absl::StatusOr<Manifest> ReadManifest(const fs::path& index_directory) {
  fs::path path = index_directory / kManifestFile;
  auto content = ReadFile(path);
  if (!content.ok()) return content.status();
  try {
    Json json = Json::parse(*content);
    int format = json.at("format").get<int>();
    if (format < kOldestManifestFormat || format > kManifestFormat) {
      return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "INDEX_VERSION",
                             absl::StrCat(path.string(), " has format ", format, ", this build reads formats ",
                                          kOldestManifestFormat, " to ", kManifestFormat, ": ", kRebuild));
    }
    return ManifestFrom(json, format);
  } catch (const Json::exception& error) {
    return Damaged(path, error.what());
  }
}

absl::Status WriteManifest(const fs::path& index_directory, const Manifest& manifest) {
  Json shards = Json::array();
  for (const ShardEntry& shard : manifest.shards)
    shards.push_back(ToJson(shard));
  Json json = {{"format", manifest.HasDamaged() ? kManifestFormat : kFormatWithoutDamage},
               {"generation", manifest.generation},
               {"lineage", manifest.lineage},
               {"shards", std::move(shards)}};
  return ReplaceFile(index_directory / kManifestFile, json.dump(2) + "\n");
}

absl::Status CheckReadable(const Manifest& manifest) {
  for (const ShardEntry& shard : manifest.shards) {
    if (shard.damaged()) continue;
    if (shard.schema_version != kSchemaVersion) {
      return VersionDiffers(shard.uuid, "schema", shard.schema_version, kSchemaVersion);
    }
    if (shard.analyzer_version != kAnalyzerVersion) {
      return VersionDiffers(shard.uuid, "analyzer", shard.analyzer_version, kAnalyzerVersion);
    }
  }
  return absl::OkStatus();
}

}  // namespace broadsheet
