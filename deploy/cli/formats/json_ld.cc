#include <nlohmann/json.hpp>
#include <set>

#include "absl/strings/str_cat.h"
#include "cli/formats/json_news.h"
#include "cli/formats/markup.h"

namespace broadsheet::cli {
namespace {

using nlohmann::json;

// The name of a type without the vocabulary before it: "schema:NewsArticle", "https://schema.org/NewsArticle".
bool IsArticleType(const json& type) {
  static const std::set<std::string_view> names = {"Article",
                                                   "NewsArticle",
                                                   "ReportageNewsArticle",
                                                   "AnalysisNewsArticle",
                                                   "BackgroundNewsArticle",
                                                   "OpinionNewsArticle",
                                                   "ReviewNewsArticle",
                                                   "AskPublicNewsArticle",
                                                   "LiveBlogPosting",
                                                   "BlogPosting",
                                                   "Report",
                                                   "SatiricalArticle",
                                                   "AdvertiserContentArticle",
                                                   "SocialMediaPosting"};
  if (type.is_string()) {
    const std::string text = type.get<std::string>();
    return names.contains(std::string_view(text).substr(text.find_last_of(":/#") + 1));
  }
  for (size_t i = 0; type.is_array() && i < type.size(); ++i) {
    if (type[i].is_string() && IsArticleType(type[i])) {
      return true;
    }
  }
  return false;
}

// A value as text: a string, a node's name, or the "@value" of a typed literal.
std::string TextOfValue(const json& value) {
  if (value.is_string()) {
    return value.get<std::string>();
  }
  if (value.is_array()) {
    return value.empty() ? "" : TextOfValue(value[0].is_array() ? json() : value[0]);
  }
  for (const char* key : {"@value", "name", "alternateName"}) {
    if (std::string text = StringIn(value, key); !text.empty()) {
      return text;
    }
  }
  return "";
}

std::string TextIn(const json& object, std::string_view key) {
  return TextOfValue(MemberIn(object, key));
}

// The texts of a string, a node or a list of them.
std::vector<std::string> TextsIn(const json& object, std::string_view key) {
  const json& value = MemberIn(object, key);
  std::vector<std::string> texts;
  for (size_t i = 0; value.is_array() && i < value.size(); ++i) {
    texts.push_back(TextOfValue(value[i]));
  }
  if (!value.is_array()) {
    texts.push_back(TextOfValue(value));
  }
  return texts;
}

std::string AddressIn(const json& object, std::string_view key) {
  const json& value = MemberIn(object, key);
  const json& first = value.is_array() && !value.empty() ? value[0] : value;
  if (first.is_string()) {
    return first.get<std::string>();
  }
  for (const char* name : {"url", "contentUrl", "@id"}) {
    if (std::string text = StringIn(first, name); !text.empty()) {
      return text;
    }
  }
  return "";
}

void ReadKeywords(const json& node, v1::RawArticle& article) {
  const json& keywords = MemberIn(node, "keywords");
  if (keywords.is_string()) {
    AddTags(keywords.get<std::string>(), article);
    return;
  }
  for (const std::string& word : TextsIn(node, "keywords")) {
    AddTag(word, article);
  }
}

void ReadLiveUpdates(const json& node, v1::RawArticle& article) {
  const json& updates = MemberIn(node, "liveBlogUpdate");
  if (!updates.is_array()) {
    return;
  }
  std::string html = absl::StrCat("<p>", EscapeHtml(TextIn(node, "articleBody")), "</p>");
  for (const json& update : updates) {
    const std::string body = TextIn(update, "articleBody");
    absl::StrAppend(&html, "<h2>", EscapeHtml(TextIn(update, "headline")), "</h2>",
                    LooksLikeHtml(body) ? body : absl::StrCat("<p>", EscapeHtml(body), "</p>"));
  }
  SetHtml(html, Fullness::kWhole, article);
}

void ReadMetadata(const json& node, v1::RawArticle& article) {
  const std::string headline = TextIn(node, "headline");
  SetTitle(PlainLine(headline.empty() ? TextIn(node, "name") : headline), article);
  SetSubtitle(PlainLine(TextIn(node, "alternativeHeadline")), article);
  SetLanguage(TextIn(node, "inLanguage"), article);
  SetSection(TextIn(node, "articleSection"), article);
  SetSource(TextIn(node, "sourceOrganization"), article);
  SetSource(TextIn(node, "publisher"), article);
  for (const std::string_view key : {"author", "creator"}) {
    for (const std::string& name : TextsIn(node, key)) {
      AddAuthor(IsWebAddress(name) ? "" : PlainLine(name), article);
    }
  }
  ReadKeywords(node, article);
  SetPublished(TextIn(node, "datePublished"), article);
  SetPublished(TextIn(node, "dateCreated"), article);
  SetUpdated(TextIn(node, "dateModified"), article);
  SetImage(AddressIn(node, "image"), article);
  SetImage(AddressIn(node, "thumbnailUrl"), article);
  SetAttribute("genre", TextIn(node, "genre"), article);
  SetAttribute("expires", TextIn(node, "expires"), article);
  SetAttribute("dateline", TextIn(node, "dateline"), article);
  const std::string notice = TextIn(node, "copyrightNotice");
  SetAttribute("rights", notice.empty() ? TextIn(node, "license") : notice, article);
  const json& free = MemberIn(node, "isAccessibleForFree");
  SetAttribute("free", free.is_boolean() ? (free.get<bool>() ? "true" : "false") : TextOfValue(free), article);
}

Reading ReadArticle(const json& node) {
  v1::RawArticle article;
  ReadMetadata(node, article);
  const json& correction = MemberIn(node, "correction");
  article.set_corrected(!correction.is_null());
  SetAttribute("correction", correction.is_object() ? StringIn(correction, "text") : TextOfValue(correction), article);
  SetContent(TextIn(node, "description"), Fullness::kSummary, article);
  SetContent(TextIn(node, "articleBody"), Fullness::kWhole, article);
  ReadLiveUpdates(node, article);
  const std::string id = StringIn(node, "@id");
  SetUrl(id, article);
  SetUrl(AddressIn(node, "mainEntityOfPage"), article);
  SetUrl(AddressIn(node, "url"), article);
  if (!IsWebAddress(id) && !id.starts_with("_:") && !id.starts_with('#')) {
    SetId(id, HostOf(article.url()), article);
  }
  const std::string status = TextIn(node, "creativeWorkStatus");
  const auto state = ReadState(status);
  // Here, unlike in news formats, the word is free.
  return Finish(state.ok() ? *state : State::kUsable, status, std::move(article));
}

// The depth is bounded by ParseJson.
void Collect(const json& value, std::vector<Reading>& readings) {
  if (value.is_array()) {
    for (const json& element : value) {
      Collect(element, readings);
    }
    return;
  }
  if (!value.is_object()) {
    return;
  }
  if (IsArticleType(MemberIn(value, "@type"))) {
    readings.push_back(ReadArticle(value));
    return;
  }
  for (const std::string_view key : {"@graph", "mainEntity", "hasPart", "itemListElement", "item"}) {
    Collect(MemberIn(value, key), readings);
  }
}

}  // namespace

bool IsJsonLd(const json& value) {
  return value.is_object() && (value.contains("@context") || value.contains("@graph") || value.contains("@type"));
}

std::vector<Reading> ReadJsonLd(const json& value) {
  std::vector<Reading> readings;
  Collect(value, readings);
  return readings;
}

}  // namespace broadsheet::cli
