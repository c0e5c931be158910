#include "ingest/parse/json_ld.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"

namespace broadsheet::ingest {
namespace {

using Json = nlohmann::json;

constexpr int kDeepest = 12;
constexpr size_t kMostValues = 64;
constexpr size_t kMostNodes = 20'000;

// Blanks for bare control characters, nothing for commas before a closing bracket. Strings are told from the rest.
std::string Mend(std::string_view text) {
  std::string mended;
  mended.reserve(text.size());
  bool in_string = false;
  for (size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (in_string && c == '\\' && at + 1 < text.size()) {
      mended.append(text.substr(at++, 2));
      continue;
    }
    if (c == '"') in_string = !in_string;
    if (!in_string && (c == '}' || c == ']')) {
      const size_t last = mended.find_last_not_of(" \t\r\n");
      if (last != std::string::npos && mended[last] == ',') mended.resize(last);
    }
    mended.push_back(static_cast<unsigned char>(c) < 0x20 ? ' ' : c);
  }
  return mended;
}

// "<!-- {} -->", "//<![CDATA[ {} //]]>" and a semicolon at the end -> "{}".
std::string_view WithoutWrapper(std::string_view script) {
  const size_t cdata = script.find("CDATA[");
  const bool wrapped = cdata != std::string_view::npos && cdata < script.find('{');
  if (wrapped) script.remove_prefix(cdata + 6);
  if (wrapped) script = script.substr(0, script.rfind("]]"));
  const size_t begin = script.find_first_of("{[");
  const size_t end = script.find_last_of("}]");
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return {};
  return script.substr(begin, end - begin + 1);
}

Json ReadScript(std::string_view script) {
  script = WithoutWrapper(script);
  if (script.empty()) return Json();
  Json json = Json::parse(script, nullptr, /*allow_exceptions=*/false, /*ignore_comments=*/true);
  if (json.is_discarded()) json = Json::parse(Mend(script), nullptr, false, true);
  return json.is_discarded() ? Json() : json;
}

bool HasType(const Json& object, bool (*matches)(std::string_view)) {
  const auto type = object.find("@type");
  if (type == object.end()) return false;
  if (type->is_string()) return matches(type->get_ref<const std::string&>());
  return type->is_array() && std::any_of(type->begin(), type->end(), [matches](const Json& entry) {
           return entry.is_string() && matches(entry.get_ref<const std::string&>());
         });
}

bool IsArticleType(std::string_view type) {
  if (const size_t slash = type.find_last_of("/:"); slash != std::string_view::npos) type.remove_prefix(slash + 1);
  return type.ends_with("Article") || type.ends_with("Posting") || type == "Report" || type == "ArticleLive";
}

bool IsPageType(std::string_view type) {
  return type.ends_with("WebPage") || type == "ItemPage" || type == "VideoObject" || type == "Recipe" ||
         type == "Review" || type == "Event";
}

std::string Text(const Json& value) {
  if (value.is_string()) return std::string(absl::StripAsciiWhitespace(value.get_ref<const std::string&>()));
  if (value.is_array() && !value.empty()) return Text(value.front().is_array() ? Json() : value.front());
  if (value.is_object()) {
    for (const char* key : {"@value", "name", "url", "@id"}) {
      const auto found = value.find(key);
      if (found != value.end() && found->is_string()) return Text(*found);
    }
  }
  return "";
}

// Walks the scripts once and remembers what is asked for.
class Graph {
 public:
  void Add(const Json& json, int depth = 0) {
    if (depth > kDeepest || ++nodes_ > kMostNodes) return;
    if (json.is_array()) {
      for (const Json& entry : json)
        Add(entry, depth + 1);
    }
    if (!json.is_object()) return;
    Keep(json);
    for (const auto& [key, value] : json.items()) {
      // Other articles that this one only points to.
      if (key == "hasPart" || key == "liveBlogUpdate" || key == "itemListElement" || key == "isPartOf" ||
          key == "relatedLink" || key == "citation") {
        continue;
      }
      if (value.is_structured()) Add(value, depth + 1);
    }
  }

  const Json* article() const { return article_; }
  const Json* page() const { return page_; }
  const Json* dated() const { return dated_; }  // of any type

  // The object that a bare {"@id": ...} stands for.
  const Json& Resolve(const Json& value) const {
    if (!value.is_object() || value.contains("name")) return value;
    const auto id = value.find("@id");
    if (id == value.end() || !id->is_string()) return value;
    const auto found = by_id_.find(id->get_ref<const std::string&>());
    return found == by_id_.end() ? value : *found->second;
  }

 private:
  void Keep(const Json& object) {
    const auto id = object.find("@id");
    if (id != object.end() && id->is_string() && object.contains("name")) {
      by_id_.emplace(id->get_ref<const std::string&>(), &object);
    }
    if (HasType(object, IsArticleType)) {
      const bool better = article_ == nullptr || (!article_->contains("headline") && object.contains("headline"));
      if (better) article_ = &object;
    }
    if (page_ == nullptr && HasType(object, IsPageType)) page_ = &object;
    if (dated_ == nullptr && object.contains("datePublished")) dated_ = &object;
  }

  const Json* article_ = nullptr;
  const Json* page_ = nullptr;
  const Json* dated_ = nullptr;
  size_t nodes_ = 0;
  absl::flat_hash_map<std::string, const Json*> by_id_;
};

std::string Member(const Json* object, const char* key, const Graph& graph) {
  if (object == nullptr) return "";
  const auto found = object->find(key);
  return found == object->end() ? ""
                                : Text(graph.Resolve(found->is_array() && !found->empty() ? found->front() : *found));
}

// A name, or the names of a list.
void AddNames(const Json& value, const Graph& graph, std::vector<std::string>& names, int depth = 0) {
  if (names.size() >= kMostValues || depth > 3) return;
  if (value.is_array()) {
    for (const Json& entry : value)
      AddNames(entry, graph, names, depth + 1);
    return;
  }
  const Json& object = graph.Resolve(value);
  if (object.is_object()) {
    const auto name = object.find("name");
    if (name != object.end()) AddNames(*name, graph, names, depth + 1);
    return;
  }
  std::string text = Text(object);
  if (!text.empty()) names.push_back(std::move(text));
}

void AddTags(const Json& value, std::vector<std::string>& tags) {
  if (value.is_array()) {
    for (const Json& entry : value) {
      if (tags.size() < kMostValues && !entry.is_array()) AddTags(entry, tags);
    }
    return;
  }
  for (absl::string_view tag : absl::StrSplit(Text(value), ',')) {
    tag = absl::StripAsciiWhitespace(tag);
    if (!tag.empty() && tags.size() < kMostValues) tags.emplace_back(tag);
  }
}

std::string Image(const Json& object) {
  const auto found = object.find("image");
  if (found == object.end()) return "";
  const Json& image = found->is_array() && !found->empty() ? found->front() : *found;
  if (!image.is_object()) return Text(image);
  for (const char* key : {"url", "contentUrl", "@id"}) {
    const auto address = image.find(key);
    if (address != image.end()) return Text(*address);
  }
  return "";
}

LinkedArticle Describe(const Json& object, const Graph& graph) {
  LinkedArticle article;
  article.type = Member(&object, "@type", graph);
  article.headline = Member(&object, "headline", graph);
  article.subtitle = Member(&object, "alternativeHeadline", graph);
  for (const char* key : {"author", "creator"}) {
    const auto found = object.find(key);
    if (found != object.end() && article.authors.empty()) AddNames(*found, graph, article.authors);
  }
  article.published = Member(&object, "datePublished", graph);
  article.updated = Member(&object, "dateModified", graph);
  article.section = Member(&object, "articleSection", graph);
  if (const auto found = object.find("keywords"); found != object.end()) AddTags(*found, article.tags);
  article.publisher = Member(&object, "publisher", graph);
  article.url = Member(&object, "url", graph);
  if (article.url.empty()) article.url = Member(&object, "mainEntityOfPage", graph);
  article.language = Member(&object, "inLanguage", graph);
  article.image = Image(object);
  article.body = Member(&object, "articleBody", graph);
  return article;
}

}  // namespace

LinkedArticle ReadJsonLd(const std::vector<std::string_view>& scripts) {
  std::vector<Json> documents;
  documents.reserve(scripts.size());
  Graph graph;
  for (const std::string_view script : scripts)
    graph.Add(documents.emplace_back(ReadScript(script)));
  LinkedArticle article;
  if (graph.article() != nullptr) article = Describe(*graph.article(), graph);
  if (article.published.empty()) article.published = Member(graph.page(), "datePublished", graph);
  if (article.published.empty()) article.published = Member(graph.dated(), "datePublished", graph);
  if (article.updated.empty()) article.updated = Member(graph.page(), "dateModified", graph);
  return article;
}

}  // namespace broadsheet::ingest
