#pragma once

#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "cli/source.h"
#include "gtest/gtest.h"

namespace broadsheet::cli {

// Everything that standard input gives when it holds `bytes`.
inline std::vector<Item> ReadAll(const std::string& bytes, Format format = Format::kAuto) {
  std::istringstream in(bytes);
  auto source = ArticleSource::Open({"-"}, format, in);
  EXPECT_TRUE(source.ok()) << source.status();
  std::vector<Item> items;
  while (auto item = source->Next()) {
    items.push_back(*std::move(item));
  }
  return items;
}

// The article of the only item.
inline v1::RawArticle ReadOne(const std::string& bytes) {
  const auto items = ReadAll(bytes);
  EXPECT_EQ(items.size(), 1u);
  if (items.empty()) {
    return {};
  }
  EXPECT_TRUE(items[0].status.ok()) << items[0].status;
  EXPECT_TRUE(items[0].request.has_article());
  return items[0].request.article();
}

inline std::string Message(const Item& item) {
  return std::string(item.status.message());
}

}  // namespace broadsheet::cli
