#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::ingest {

// An article as the JSON-LD of its page describes it; empty where it says nothing. Values are as written.
struct LinkedArticle {
  std::string type;  // "NewsArticle", "LiveBlogPosting"; empty when no article is described
  std::string headline;
  std::string subtitle;
  std::vector<std::string> authors;
  std::string published;
  std::string updated;
  std::string section;
  std::vector<std::string> tags;
  std::string publisher;
  std::string url;
  std::string language;
  std::string image;
  std::string body;
};

// Reads the JSON-LD scripts of a page: the first article in them, in lists, @graph, mainEntity and the like; persons
// that are only referred to by @id are looked up; dates that the article lacks are taken from its WebPage. Comments,
// bare line ends in strings, commas too many and the wrappers of old browsers are tolerated; what still is no JSON is
// left aside. Thread-safe.
LinkedArticle ReadJsonLd(const std::vector<std::string_view>& scripts);

}  // namespace broadsheet::ingest
