#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "broadsheet/v1/article.pb.h"

// The documents to measure with: real news from the data directory, or made-up words where it is missing.
namespace broadsheet::benchmarks {

// Where the measured data lies: $BROADSHEET_DATA, else ../shared/data beside the repository.
std::filesystem::path DataDirectory();

// A file packed by zstd, unpacked. NOT_FOUND when it is missing, DATA_LOSS when it is damaged.
absl::StatusOr<std::string> ReadZstd(const std::filesystem::path& path);

struct Corpus {
  std::string name;
  std::vector<v1::RawArticle> articles;
  size_t text_bytes = 0;  // of titles and bodies
};

// news/allsides.jsonl.zst, at most `limit` articles. NOT_FOUND when the file is missing.
absl::StatusOr<Corpus> LoadArticles(size_t limit);

// Each paragraph of `corpus` as a document of its own: its first words are its title.
Corpus ParagraphsOf(const Corpus& corpus);

// `count` articles of Zipf-distributed made-up words, the same for every run.
Corpus MakeUpArticles(size_t count);

}  // namespace broadsheet::benchmarks
