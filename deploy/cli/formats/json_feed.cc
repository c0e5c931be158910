#include <nlohmann/json.hpp>

#include "absl/strings/match.h"
#include "cli/formats/json_news.h"
#include "cli/formats/markup.h"

namespace broadsheet::cli {
namespace {

using nlohmann::json;

// "authors" of version 1.1, "author" of 1.0.
void ReadAuthors(const json& object, v1::RawArticle& article) {
  const json& authors = MemberIn(object, "authors");
  for (size_t i = 0; authors.is_array() && i < authors.size(); ++i) {
    AddAuthor(StringIn(authors[i], "name"), article);
  }
  AddAuthor(StringIn(MemberIn(object, "author"), "name"), article);
}

Reading ReadItem(const json& item, const json& feed) {
  if (!item.is_object()) {
    return absl::InvalidArgumentError("it is no JSON object");
  }
  v1::RawArticle article;
  SetTitle(PlainLine(StringIn(item, "title")), article);
  SetSource(PlainLine(StringIn(feed, "title")), article);
  SetLanguage(StringIn(feed, "language"), article);
  SetLanguage(StringIn(item, "language"), article);
  ReadAuthors(item, article);
  if (article.authors().empty()) {
    ReadAuthors(feed, article);
  }
  const json& tags = MemberIn(item, "tags");
  for (size_t i = 0; tags.is_array() && i < tags.size(); ++i) {
    AddTag(tags[i].is_string() ? tags[i].get<std::string>() : "", article);
  }
  SetPublished(StringIn(item, "date_published"), article);
  SetUpdated(StringIn(item, "date_modified"), article);
  SetPublished(StringIn(item, "date_modified"), article);
  SetImage(StringIn(item, "image"), article);
  SetImage(StringIn(item, "banner_image"), article);
  SetContent(StringIn(item, "summary"), Fullness::kSummary, article);
  SetText(StringIn(item, "content_text"), Fullness::kWhole, article);
  SetHtml(StringIn(item, "content_html"), Fullness::kWhole, article);
  SetUrl(StringIn(item, "id"), article);
  SetUrl(StringIn(item, "external_url"), article);
  SetUrl(StringIn(item, "url"), article);
  const std::string host = HostOf(StringIn(feed, "home_page_url"));
  SetId(StringIn(item, "id"), host.empty() ? HostOf(article.url()) : host, article);
  return Finish(State::kUsable, "", std::move(article));
}

}  // namespace

bool IsJsonFeed(const json& value) {
  return absl::StrContains(StringIn(value, "version"), "jsonfeed.org/version/");
}

std::vector<Reading> ReadJsonFeed(const json& feed) {
  std::vector<Reading> readings;
  const json& items = MemberIn(feed, "items");
  if (!items.is_array()) {
    readings.push_back(absl::InvalidArgumentError("a JSON Feed without a list of items"));
    return readings;
  }
  for (const json& item : items) {
    readings.push_back(ReadItem(item, feed));
  }
  return readings;
}

}  // namespace broadsheet::cli
