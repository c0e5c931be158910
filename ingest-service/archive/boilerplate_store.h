#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace broadsheet::ingest {

class Connection;

struct CountedLine {
  uint64_t id = 0;
  std::string text;  // empty when only the id is known
};

// The lines of one article as they count for its source.
struct ArticleLines {
  std::string source;
  std::vector<CountedLine> lines;  // each id once
};

// What one event does to the counts. The version of the article that stood before counts no more.
struct LineChange {
  int64_t sequence = 0;
  std::optional<ArticleLines> before;
  std::optional<ArticleLines> after;
};

// What is known of one line of one source.
struct LineEvidence {
  std::string source;
  uint64_t id = 0;
  std::string text;             // empty while one article only has had it
  int64_t articles = 0;         // that stand and have it
  int64_t span = 0;             // articles of the source from the first that had it to the last
  int64_t source_articles = 0;  // that stand
  int64_t first_sequence = 0;
  int64_t last_sequence = 0;
  int64_t since_version = 0;  // from which on it was cut; 0: never
  int64_t until_version = 0;  // from which on it was cut no more; 0: still
  bool in_force() const { return since_version > 0 && until_version == 0; }
};

// Which lines to list, most articles first.
struct LineQuery {
  std::string source;  // empty: all
  bool only_applied = false;
  int64_t min_articles = 2;
  // Where the page before ended; none for the first.
  struct Place {
    int64_t articles = 0;
    int64_t source = 0;
    int64_t id = 0;
  };
  std::optional<Place> after;
  int limit = 100;
};

struct LinePage {
  std::vector<LineEvidence> lines;
  std::optional<LineQuery::Place> next;  // none at the end
};

struct BoilerplateCounts {
  int64_t sequence = 0;  // of the archive, up to which lines were counted
  int64_t version = 0;   // of the lines in force
  int64_t lines = 0;     // counted
};

// What was counted of the lines of each source: DIR/boilerplate.db, beside the archive, so that counting never holds
// the archive's lock. Everything in it can be counted again from the archive. Each batch is one transaction, with the
// sequence reached; it survives the death of the process, and a version is synced before it is given out.
//
// Learn, JudgeAll and EmptyLog for one thread; List and counts are thread-safe.
class BoilerplateStore {
 public:
  // Whether a line is to be cut, from what is known of it. Pure.
  using Judge = std::function<bool(const LineEvidence& evidence)>;

  // Opens or creates it. What another lineage left, or what is ahead of `archive_sequence` (the archive was restored),
  // is given up. FAILED_PRECONDITION when the file is something else or of a newer version.
  static absl::StatusOr<std::unique_ptr<BoilerplateStore>> Open(const std::filesystem::path& directory,
                                                                std::string_view lineage, int64_t archive_sequence);
  ~BoilerplateStore();

  // Counts a batch whose last event is `through`, and judges every line it touches. True when the lines in force have
  // changed; their version is then `through`, or one more than the last. Forgets lines that one article only had, the
  // longest ago first, when there are more than `max_lines`.
  absl::StatusOr<bool> Learn(std::span<const LineChange> batch, int64_t through, const Judge& judge, int64_t max_lines);

  // Judges all lines anew unless `settings` are those of the last time. True when the lines in force have changed.
  absl::StatusOr<bool> JudgeAll(std::string_view settings, const Judge& judge);

  // Source and id of every line in force.
  absl::Status ForEachInForce(const std::function<void(std::string_view source, uint64_t id)>& visit);

  absl::StatusOr<LinePage> List(const LineQuery& query);

  // Empties the write-ahead log, which takes as much disk as it ever had otherwise; for when nothing is learned. A
  // reader in the way leaves it for the next time.
  absl::Status EmptyLog();

  BoilerplateCounts counts() const;

 private:
  class Batch;

  BoilerplateStore() = default;
  absl::Status Load();
  absl::Status Adopt(std::string_view lineage, int64_t archive_sequence);
  absl::Status Commit(BoilerplateCounts counts, bool changed);
  absl::Status Prune(int64_t max_lines, BoilerplateCounts& counts);

  std::unique_ptr<Connection> connection_;
  mutable std::mutex mutex_;
  std::unique_ptr<Connection> reader_;  // guarded by mutex_, like the next
  BoilerplateCounts counts_;
};

}  // namespace broadsheet::ingest
