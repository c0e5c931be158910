// Feeds and dispatches that others wrote, where they are at hand: the folder `data` beside the repository's parent, or
// BROADSHEET_DATA. Exits 77, which is SKIPPED, when they are missing.
#include <zstd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cli/source.h"
#include "gmock/gmock.h"

namespace broadsheet::cli {
namespace {

using testing::HasSubstr;

std::filesystem::path DataFolder() {
  const char* given = std::getenv("BROADSHEET_DATA");
  return given != nullptr ? std::filesystem::path(given)
                          : std::filesystem::path(BROADSHEET_TEST_DATA) / "../../../shared/data";
}

std::string Unpacked(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string packed((std::istreambuf_iterator<char>(file)), {});
  std::string bytes;
  std::string chunk(1 << 20, '\0');
  ZSTD_DStream* stream = ZSTD_createDStream();
  ZSTD_inBuffer in{packed.data(), packed.size(), 0};
  while (in.pos < in.size) {
    ZSTD_outBuffer out{chunk.data(), chunk.size(), 0};
    if (ZSTD_isError(ZSTD_decompressStream(stream, &out, &in)) != 0) {
      break;
    }
    bytes.append(chunk, 0, out.pos);
  }
  ZSTD_freeDStream(stream);
  return bytes;
}

// The regular files of a tar archive by their names. Long names stand in a GNU record before the file.
std::map<std::string, std::string> Files(const std::string& tar) {
  std::map<std::string, std::string> files;
  std::string long_name;
  for (size_t at = 0; at + 512 <= tar.size() && tar[at] != '\0';) {
    const std::string header = tar.substr(at, 512);
    const size_t size = std::strtoul(header.substr(124, 12).c_str(), nullptr, 8);
    const std::string prefix =
        header.substr(257, 5) == "ustar" && header[262] == '\0' ? header.substr(345, 155).c_str() : "";
    const std::string short_name = header.substr(0, 100).c_str();
    const std::string content = tar.substr(at + 512, size);
    if (header[156] == 'L') {
      long_name = content.c_str();
    } else if (header[156] == '0' || header[156] == '\0') {
      files[!long_name.empty() ? long_name : prefix.empty() ? short_name : prefix + "/" + short_name] = content;
      long_name.clear();
    }
    at += 512 + (size + 511) / 512 * 512;
  }
  return files;
}

struct Read {
  int articles = 0;
  std::string faults;
};

Read ReadFile(const std::string& bytes) {
  std::istringstream in(bytes);
  auto source = ArticleSource::Open({"-"}, Format::kAuto, in);
  Read read;
  while (const auto item = source->Next()) {
    read.articles += item->status.ok() ? 1 : 0;
    read.faults += item->status.ok() ? "" : std::string(item->status.message()) + "\n";
    EXPECT_TRUE(!item->status.ok() || item->request.has_article() || item->request.has_deletion());
  }
  return read;
}

// What is wrong with a whole file that is well formed and merely has nothing to read in it. A <catalog> is no news
// item.
bool IsOnlyEmpty(const std::string& faults) {
  return faults.empty() || faults.find("nothing to read") != std::string::npos ||
         faults.find("XML of root <catalog>") != std::string::npos;
}

TEST(FeedCorpora, FeedsGiveAsManyArticlesAsAnotherParserFinds) {
  const auto files = Files(Unpacked(DataFolder() / "feeds/feed-rs.tar.zst"));
  int feeds = 0;
  for (const auto& [name, expected] : files) {
    const size_t mark = name.find(".serde.json");
    if (mark == std::string::npos) {
      continue;
    }
    const std::string base = name.substr(0, mark);
    const auto feed = files.contains(base + ".xml") ? files.at(base + ".xml") : files.at(base + ".json");
    const Read read = ReadFile(feed);
    EXPECT_EQ(read.articles, nlohmann::json::parse(expected).at("entries").size()) << base << ": " << read.faults;
    EXPECT_EQ(read.faults, "") << base;
    ++feeds;
  }
  EXPECT_GE(feeds, 60);
}

TEST(FeedCorpora, WhatIsNoFeedFailsClearly) {
  const auto files = Files(Unpacked(DataFolder() / "feeds/feed-rs.tar.zst"));
  const auto faults = [&](const std::string& end) {
    for (const auto& [name, bytes] : files) {
      if (name.ends_with(end)) {
        return ReadFile(bytes).faults;
      }
    }
    return std::string("no such file");
  };
  EXPECT_THAT(faults("rss_2.0_invalid_1.xml"), HasSubstr("ends before its root element <rss>"));
  EXPECT_THAT(faults("xml_sample_1.xml"), HasSubstr("XML of root <catalog>"));
  EXPECT_THAT(faults("xml_sample_2.xml"), HasSubstr("XML of root <catalog>"));
}

TEST(FeedCorpora, AgencyItemsThatShouldPassDo) {
  const auto files = Files(Unpacked(DataFolder() / "feeds/iptc.tar.zst"));
  int passed = 0;
  int articles = 0;
  for (const auto& [name, bytes] : files) {
    const bool is_ninjs = name.ends_with(".json") && name.find("not-valid") == std::string::npos &&
                          name.find("schema-extension") == std::string::npos;
    if (name.find("/should_pass/") == std::string::npos && !is_ninjs) {
      continue;
    }
    const Read read = ReadFile(bytes);
    EXPECT_TRUE(IsOnlyEmpty(read.faults)) << name << ": " << read.faults;
    articles += read.articles;
    ++passed;
  }
  std::cout << passed << " files that should pass, " << articles << " articles in them\n";
  EXPECT_GE(passed, 200);
  EXPECT_GE(articles, 80);
}

// The others of these break rules of the schema that say nothing about the article: they are read as what they hold.
TEST(FeedCorpora, AgencyItemsThatShouldFailGiveNoWrongArticle) {
  const auto files = Files(Unpacked(DataFolder() / "feeds/iptc.tar.zst"));
  for (const auto& [name, bytes] : files) {
    if (name.find("/should_fail/") != std::string::npos) {
      const Read read = ReadFile(bytes);
      std::cout << name << ": " << read.articles << " articles; " << read.faults << "\n";
      if (name.find("incomplete") != std::string::npos) {
        EXPECT_THAT(read.faults, HasSubstr("without itemMeta")) << name;
      }
    }
  }
}

}  // namespace
}  // namespace broadsheet::cli

int main(int argc, char** argv) {
  if (!std::filesystem::exists(broadsheet::cli::DataFolder() / "feeds/feed-rs.tar.zst")) {
    std::cout << "SKIPPED: no feeds in " << broadsheet::cli::DataFolder() << "; set BROADSHEET_DATA\n";
    return 77;
  }
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
