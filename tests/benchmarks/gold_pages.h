#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace broadsheet::benchmarks {

// A web page with what people say it contains.
struct GoldPage {
  std::string key;    // its name in the set
  std::string site;   // pages of one site have the same one
  std::string url;    // empty when unknown
  std::string html;   // bytes as served
  std::string title;  // empty when unknown, like the next two
  std::vector<std::string> authors;
  std::string date;
  std::string body;  // paragraphs, a blank line between them
};

// The pages of extraction/SET.tar.zst in the data directory, in order of their keys: "newspaper4k" or
// "fundus_evaluation". NOT_FOUND when the file is missing. Pages without HTML are left out.
absl::StatusOr<std::vector<GoldPage>> LoadGoldPages(std::string_view set);

// The invented pages of tests/data/extraction, for runs without data.
std::vector<GoldPage> LoadInventedPages();

}  // namespace broadsheet::benchmarks
