#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <fstream>
#include <istream>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/formats/byte_stream.h"
#include "cli/formats/format.h"
#include "cli/formats/gzip.h"
#include "cli/formats/item.h"

namespace broadsheet::cli {

// The articles of files, folders and standard input, one after the other: never more in memory than one file's worth of
// text, one line of JSON or one record of a WARC file. Anything may be packed with gzip. Folders are walked in order of
// name; files in them that neither their name nor their first bytes make known are left out and counted.
// Not thread-safe.
class ArticleSource {
 public:
  // `paths`: files, folders, or "-" for `standard_input`, which must outlive the source. NOT_FOUND names a path that is
  // not there.
  static absl::StatusOr<ArticleSource> Open(const std::vector<std::string>& paths, Format format,
                                            std::istream& standard_input);

  // The next item, or nothing at the end.
  std::optional<Item> Next();

  int64_t total_bytes() const { return total_bytes_; }  // of all files; 0 when standard input is among them
  int64_t read_bytes() const { return read_bytes_ + (raw_ == nullptr ? 0 : raw_->position()); }
  int left_out() const { return left_out_; }                  // files of other kinds
  int64_t left_out_items() const { return left_out_items_; }  // what is in the files taken, but is no article

 private:
  struct Input {
    std::string path;  // "-": standard input
    Format format = Format::kAuto;
    bool from_folder = false;
  };

  explicit ArticleSource(std::istream& standard_input) : standard_input_(&standard_input) {}
  void Add(const std::filesystem::path& path, Format format, bool from_folder);
  bool OpenNext();
  void Close();
  Format FormatOf(ByteStream& bytes);
  void ReadLine();
  void ReadWhole(Format format);
  void ReadJsonFile(const std::string& text);
  void ReadJson(const std::string& origin, std::string_view json);
  bool TakeNews(const std::string& origin, const nlohmann::json& value);
  void TakeRequest(const std::string& origin, std::string_view json);
  std::string Origin() const;

  std::istream* standard_input_;
  std::vector<Input> inputs_;
  size_t next_input_ = 0;
  int64_t total_bytes_ = 0;
  int64_t read_bytes_ = 0;  // of the inputs before current_
  int left_out_ = 0;
  int64_t left_out_items_ = 0;

  Input current_;
  std::unique_ptr<std::ifstream> file_;
  std::unique_ptr<StreamBytes> raw_;     // current_ as it is
  std::unique_ptr<GunzipBytes> gunzip_;  // unpacked, where it is packed
  ByteStream* lines_ = nullptr;          // of current_, while it is read line by line
  std::unique_ptr<ItemReader> reader_;   // of current_, where its format has one
  int64_t line_ = 0;
  std::deque<Item> ready_;
};

}  // namespace broadsheet::cli
