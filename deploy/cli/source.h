#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <fstream>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "broadsheet/v1/ingest.pb.h"

namespace broadsheet::cli {

// How a file is read. kAuto: by its name's end, and where that says nothing by its first bytes.
enum class Format { kAuto, kText, kMarkdown, kHtml, kJsonLines, kJson };

// One thing to send, or the reason why it cannot be.
struct Item {
  std::string origin;                 // "ferry.jsonl:3", or the file's name
  v1::StreamArticlesRequest request;  // empty when status is not OK
  absl::Status status;                // INVALID_ARGUMENT: unreadable, and why
};

// The articles of files, folders and standard input, one after the other: never more than one file's worth of text,
// or one line of JSON, in memory. Folders are walked in order of name; files in them of other kinds than text,
// Markdown, HTML and JSON are left out and counted. Not thread-safe.
class ArticleSource {
 public:
  // `paths`: files, folders, or "-" for `standard_input`, which must outlive the source. NOT_FOUND names a path that is
  // not there.
  static absl::StatusOr<ArticleSource> Open(const std::vector<std::string>& paths, Format format,
                                            std::istream& standard_input);

  // The next item, or nothing at the end.
  std::optional<Item> Next();

  int64_t total_bytes() const { return total_bytes_; }  // of all files; 0 when standard input is among them
  int64_t read_bytes() const { return read_bytes_; }
  int left_out() const { return left_out_; }  // files of other kinds

 private:
  struct Input {
    std::string path;  // "-": standard input
    Format format;
  };

  explicit ArticleSource(std::istream& standard_input) : standard_input_(&standard_input) {}
  void Add(const std::filesystem::path& path, Format format, bool from_folder);
  bool OpenNext();
  Item ReadLine();
  void ReadWhole();
  void ReadJsonFile(const std::string& bytes);

  std::istream* standard_input_;
  std::vector<Input> inputs_;
  size_t next_input_ = 0;
  int64_t total_bytes_ = 0;
  int64_t read_bytes_ = 0;
  int left_out_ = 0;

  Input current_;
  std::unique_ptr<std::ifstream> file_;
  std::istream* stream_ = nullptr;  // of current_, while lines are left
  int64_t line_ = 0;
  std::deque<Item> ready_;
};

}  // namespace broadsheet::cli
