#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace broadsheet::search {

inline constexpr size_t kMaxSynonymFileBytes = 4 << 20;
inline constexpr size_t kMaxSynonymsPerLine = 20;
inline constexpr size_t kMaxSynonymWords = 4;  // of one of them

// What an operator says means the same. A line each:
//   car, automobile, motor car     each of them finds the others
//   pm => prime minister           who asks for the left finds the right, too
//   # a remark
// Case and accents do not count. Values; thread-safe.
class Synonyms {
 public:
  // INVALID_ARGUMENT naming the line and what is wrong with it.
  static absl::StatusOr<Synonyms> Parse(std::string_view text);

  // What stands for these words, folded; empty when nothing does.
  const std::vector<std::vector<std::string>>& Of(const std::vector<std::string>& words) const;

  // The most words that something stands for; 0 when there is nothing.
  size_t longest() const { return longest_; }

 private:
  using Words = std::vector<std::string>;
  void Add(const Words& from, const Words& to);

  std::map<Words, std::vector<Words>> table_;
  size_t longest_ = 0;
};

// A file of synonyms that is read anew when it changes. Thread-safe.
class SynonymFile {
 public:
  // None: an empty path. NOT_FOUND, INVALID_ARGUMENT naming file and line.
  static absl::StatusOr<std::unique_ptr<SynonymFile>> Open(std::filesystem::path path);

  // Those in force. Looks at the file once a second at most; one that cannot be read is logged, once, and the synonyms
  // stay as they were.
  std::shared_ptr<const Synonyms> Current();

 private:
  struct Stamp {
    std::filesystem::file_time_type modified;
    std::uintmax_t size = 0;
    bool operator==(const Stamp&) const = default;
  };
  explicit SynonymFile(std::filesystem::path path) : path_(std::move(path)) {}
  Stamp Look() const;
  absl::Status Read();

  const std::filesystem::path path_;
  std::mutex mutex_;
  absl::Time looked_ = absl::InfinitePast();  // guarded by mutex_
  Stamp stamp_;                               // guarded by mutex_
  std::shared_ptr<const Synonyms> synonyms_;  // guarded by mutex_
};

}  // namespace broadsheet::search
