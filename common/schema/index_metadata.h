#pragma once

// Keys of the Xapian database metadata of a shard, written in the same transaction as the documents they speak of.
// Stored on disk: never change them.
namespace broadsheet {

inline constexpr char kSequenceKey[] = "sequence";                 // newest sequence applied, decimal
inline constexpr char kLineageKey[] = "lineage";                   // UUID of the archive
inline constexpr char kShardUuidKey[] = "shard";                   // UUID of the shard, as in the manifest
inline constexpr char kSchemaVersionKey[] = "schema";              // kSchemaVersion, decimal
inline constexpr char kAnalyzerVersionKey[] = "analyzer";          // kAnalyzerVersion, decimal
inline constexpr char kTombstonesSinceKey[] = "tombstones_since";  // deletions up to this sequence may be forgotten
inline constexpr char kDictionaryKey[] = "dictionary";             // of its stored articles; not every shard has one
inline constexpr char kSupersededPrefix[] = "superseded:";         // of marks (common/index/superseded.h)

}  // namespace broadsheet
