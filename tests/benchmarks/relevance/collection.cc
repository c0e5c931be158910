#include "benchmarks/relevance/collection.h"

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "benchmarks/corpus.h"

namespace broadsheet::benchmarks {
namespace {

absl::StatusOr<std::string> ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return absl::NotFoundError(absl::StrCat(path.string(), " is missing"));
  return std::string(std::istreambuf_iterator<char>(in), {});
}

absl::Status ReadDocuments(const std::filesystem::path& path, Collection& collection) {
  auto text = ReadZstd(path);
  if (!text.ok()) return text.status();
  for (absl::string_view line : absl::StrSplit(*text, '\n', absl::SkipEmpty())) {
    auto json = nlohmann::json::parse(line.begin(), line.end(), nullptr, false);
    if (json.is_discarded()) return absl::DataLossError(absl::StrCat(path.string(), " has a line that is no JSON"));
    collection.documents.push_back({json.value("id", ""), json.value("text", "")});
  }
  return absl::OkStatus();
}

// "query 0 document grade", by blanks.
absl::Status ReadJudgements(const std::filesystem::path& path, Collection& collection) {
  auto text = ReadFile(path);
  if (!text.ok()) return text.status();
  for (absl::string_view line : absl::StrSplit(*text, '\n', absl::SkipWhitespace())) {
    std::vector<std::string> parts = absl::StrSplit(line, absl::ByAnyChar(" \t\r"), absl::SkipEmpty());
    if (parts.size() != 4) return absl::DataLossError(absl::StrCat(path.string(), " has a line without four parts"));
    if (parts[3] != "0") collection.relevant[parts[0]].insert(parts[2]);
  }
  return absl::OkStatus();
}

absl::Status ReadQueries(const std::filesystem::path& path, Collection& collection) {
  auto text = ReadFile(path);
  if (!text.ok()) return text.status();
  for (absl::string_view line : absl::StrSplit(*text, '\n', absl::SkipWhitespace())) {
    std::vector<std::string> parts = absl::StrSplit(line, absl::MaxSplits('\t', 1));
    if (parts.size() != 2) return absl::DataLossError(absl::StrCat(path.string(), " has a line without a tab"));
    if (collection.relevant.contains(parts[0])) collection.queries[parts[0]] = parts[1];
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Collection> LoadCollection(const std::filesystem::path& directory) {
  Collection collection{.name = directory.filename().string()};
  if (auto read = ReadDocuments(directory / "docs.jsonl.zst", collection); !read.ok()) return read;
  if (auto read = ReadJudgements(directory / "qrels.trec", collection); !read.ok()) return read;
  if (auto read = ReadQueries(directory / "queries.tsv", collection); !read.ok()) return read;
  return collection;
}

Collection MiniCollection() {
  Collection mini{.name = "mini"};
  mini.documents = {
      {"tram", "Tram line seven reopens. Trams run again between the harbour and the old market from Monday morning."},
      {"harbour", "Harbour dredging delayed. Silt keeps the large ferries out of the harbour until the end of spring."},
      {"market", "Old market sells last stall. The fishmonger who kept it for forty years will retire to the coast."},
      {"orchard", "Orchard owners expect frost. Growers light candles between the apple trees for three cold nights."},
      {"library", "Library lends seeds. Gardeners may borrow beans and return the same number of them in the autumn."},
      {"bridge", "Bridge closes for repair. Lorries over ten tonnes must drive around by the northern valley road."},
  };
  mini.queries = {{"1", "frost in the apple orchard"}, {"2", "harbour"}, {"3", "zeppelin"}};
  mini.relevant = {{"1", {"orchard"}}, {"2", {"harbour", "bridge"}}, {"3", {"library"}}};
  return mini;
}

}  // namespace broadsheet::benchmarks
