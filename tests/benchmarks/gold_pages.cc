#include "benchmarks/gold_pages.h"

#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "benchmarks/corpus.h"
#include "benchmarks/tar.h"

namespace broadsheet::benchmarks {
namespace {

absl::StatusOr<std::string> Gunzip(const std::string& packed) {
  z_stream stream{};
  if (inflateInit2(&stream, 16 + MAX_WBITS) != Z_OK) return absl::InternalError("zlib cannot start");
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  std::string text;
  std::string chunk(1 << 16, '\0');
  int code = Z_OK;
  while (code == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
    stream.avail_out = static_cast<uInt>(chunk.size());
    code = inflate(&stream, Z_NO_FLUSH);
    text.append(chunk, 0, chunk.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  if (code != Z_STREAM_END) return absl::DataLossError("a page cannot be unpacked");
  return text;
}

std::string HostOf(const std::string& url) {
  const size_t scheme = url.find("://");
  std::string host = url.substr(scheme == std::string::npos ? 0 : scheme + 3);
  host = host.substr(0, host.find_first_of("/:?#"));
  return host.starts_with("www.") ? host.substr(4) : host;
}

// Names are joined by commas or stand in a list.
std::vector<std::string> AuthorsOf(const nlohmann::json& json) {
  std::vector<std::string> authors;
  if (json.is_array()) {
    for (const auto& author : json)
      authors.push_back(author);
  } else if (json.is_string() && !json.get<std::string>().empty()) {
    authors.push_back(json);
  }
  return authors;
}

absl::StatusOr<GoldPage> FromNewspaper(const std::string& key, const nlohmann::json& json,
                                       const std::map<std::string, std::string>& files) {
  GoldPage page{.key = key};
  const auto html = files.find(absl::StrCat(key, ".html"));
  if (html == files.end()) return page;
  page.html = html->second;
  page.url = json.value("url", "");
  page.site = HostOf(page.url);
  page.title = json.value("title", "");
  page.date = json.value("date", "");
  if (page.date == "NaT") page.date.clear();  // "not a time", as the makers' tools write it
  page.body = json.value("articleBody", "");
  if (json.contains("authors")) page.authors = AuthorsOf(json["authors"]);
  return page;
}

// Keys are "Publisher_3.html.gz"; bodies are lists of paragraphs.
absl::StatusOr<GoldPage> FromFundus(const std::string& key, const nlohmann::json& json,
                                    const std::map<std::string, std::string>& files) {
  GoldPage page{.key = key};
  const auto packed = files.find(key);
  if (packed == files.end()) return page;
  auto html = Gunzip(packed->second);
  if (!html.ok()) return html.status();
  page.html = *std::move(html);
  page.site = key.substr(0, key.rfind('_'));
  page.url = json.value("url", "");
  for (const auto& paragraph : json["body"])
    absl::StrAppend(&page.body, page.body.empty() ? "" : "\n\n", paragraph.get<std::string>());
  return page;
}

}  // namespace

absl::StatusOr<std::vector<GoldPage>> LoadGoldPages(std::string_view set) {
  const auto tar = ReadZstd(DataDirectory() / "extraction" / absl::StrCat(std::string(set), ".tar.zst"));
  if (!tar.ok()) return tar.status();
  const auto files = ReadTar(*tar);
  const bool is_fundus = set == "fundus_evaluation";
  const auto gold = files.find(is_fundus ? "ground_truth.json" : "articles.json");
  if (gold == files.end()) return absl::DataLossError(absl::StrCat(std::string(set), " has no gold file"));
  std::vector<GoldPage> pages;
  const nlohmann::json parsed = nlohmann::json::parse(gold->second);
  for (const auto& [key, json] : parsed.items()) {
    auto page = is_fundus ? FromFundus(key, json, files) : FromNewspaper(key, json, files);
    if (!page.ok()) return page.status();
    if (!page->html.empty()) pages.push_back(*std::move(page));
  }
  return pages;
}

std::vector<GoldPage> LoadInventedPages() {
  const auto folder = std::filesystem::path(BROADSHEET_SOURCE_DIR) / "tests/data/extraction";
  std::vector<GoldPage> pages;
  std::ifstream file(folder / "gold.json");
  for (const auto& entry : nlohmann::json::parse(file)) {
    GoldPage page{.key = entry["page"], .title = entry["title"], .authors = entry["authors"], .date = entry["date"]};
    std::ifstream html(folder / page.key, std::ios::binary);
    page.html = std::string(std::istreambuf_iterator<char>(html), {});
    for (const auto& paragraph : entry["body"])
      absl::StrAppend(&page.body, page.body.empty() ? "" : "\n\n", paragraph.get<std::string>());
    pages.push_back(std::move(page));
  }
  return pages;
}

}  // namespace broadsheet::benchmarks
