#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/formats/json_news.h"

namespace broadsheet::cli {
namespace {

using nlohmann::json;

// ninjs 1 writes "versioncreated" and "body_text", ninjs 3 "versionCreated" and "bodies": names are compared in small
// letters without underscores.
class Members {
 public:
  explicit Members(const json& object) {
    for (auto it = object.begin(); object.is_object() && it != object.end(); ++it) {
      std::string name = absl::AsciiStrToLower(it.key());
      name.erase(std::remove(name.begin(), name.end(), '_'), name.end());
      members_.emplace(std::move(name), &it.value());
    }
  }

  const json& Get(std::string_view name) const {
    static const json none;
    const auto found = members_.find(std::string(name));
    return found == members_.end() ? none : *found->second;
  }

  bool Has(std::string_view name) const { return members_.contains(std::string(name)); }

  std::string Text(std::string_view name) const {
    const json& value = Get(name);
    return value.is_string() ? value.get<std::string>() : value.is_number() ? value.dump() : "";
  }

  // The first one that is there.
  std::string FirstOf(std::initializer_list<std::string_view> names) const {
    for (const std::string_view name : names) {
      if (std::string text = Text(name); !text.empty()) {
        return text;
      }
    }
    return "";
  }

  const std::map<std::string, const json*>& all() const { return members_; }

 private:
  std::map<std::string, const json*> members_;
};

// The elements of a list; of an object, its values; of anything else, itself.
std::vector<Members> Each(const json& value) {
  std::vector<Members> each;
  if (value.is_array() || (value.is_object() && !value.empty() && value.begin()->is_object())) {
    for (const json& element : value) {
      each.emplace_back(element);
    }
  } else if (value.is_object()) {
    each.emplace_back(value);
  }
  return each;
}

std::string FirstName(const json& value) {
  for (const Members& element : Each(value)) {
    if (std::string name = element.FirstOf({"name", "literal"}); !name.empty()) {
      return name;
    }
  }
  return value.is_string() ? value.get<std::string>() : "";
}

bool IsHtmlBody(const Members& text) {
  const std::string role = text.Text("role");
  return absl::StrContains(text.Text("contenttype"), "html") || role == "xhtml" || role == "html" || role == "richtext";
}

void SetItemWords(const Members& text, Fullness fullness, v1::RawArticle& article) {
  if (IsHtmlBody(text)) {
    SetHtml(text.Text("value"), fullness, article);
  } else {
    SetContent(text.Text("value"), fullness, article);
  }
}

// ninjs 1: each member whose name begins so; what is in markup wins, as it has paragraphs.
void ReadFlat(const Members& item, std::string_view prefix, Fullness fullness, v1::RawArticle& article) {
  for (const auto& [name, value] : item.all()) {
    if (value->is_string() && name.starts_with(prefix) && !name.ends_with("html") && !name.ends_with("richtext")) {
      SetContent(value->get<std::string>(), fullness, article);
    }
  }
  for (const std::string_view form : {"richtext", "html", "xhtml"}) {
    SetHtml(item.Text(absl::StrCat(std::string(prefix), std::string(form))), fullness, article);
  }
}

// ninjs 2 and 3: a list of texts with roles; the same order of preference.
void ReadList(const json& list, Fullness fullness, v1::RawArticle& article) {
  for (const bool html : {false, true}) {
    size_t longest = 0;
    for (const Members& text : Each(list)) {
      if (IsHtmlBody(text) == html && text.Text("value").size() > longest) {
        longest = text.Text("value").size();
        SetItemWords(text, fullness, article);
      }
    }
  }
}

void ReadItemHeadlines(const Members& item, v1::RawArticle& article) {
  std::string title = item.FirstOf({"headline", "headlinemain"});
  for (const Members& headline : Each(item.Get("headlines"))) {
    const std::string role = headline.Text("role");
    if (role == "sub" || role == "subtitle" || role == "subhead" || role == "secondary") {
      SetSubtitle(headline.Text("value"), article);
    } else if (title.empty() || role == "main") {
      title = headline.Text("value");
    }
  }
  SetTitle(title.empty() ? item.Text("title") : title, article);
  SetSubtitle(item.FirstOf({"headlinesub", "headlinesubtitle"}), article);
}

// The widest picture of a list or an object of renditions.
std::string Widest(const json& renditions) {
  std::string address;
  double width = -1;
  for (const Members& rendition : Each(renditions)) {
    const std::string type = rendition.FirstOf({"mimetype", "contenttype"});
    const json& value = rendition.Get("width");
    const double here = value.is_number() ? value.get<double>() : 0;
    if ((type.empty() || type.starts_with("image/")) && here > width && !rendition.Text("href").empty()) {
      address = rendition.Text("href");
      width = here;
    }
  }
  return address;
}

void ReadPictures(const Members& item, v1::RawArticle& article) {
  if (item.Text("type") == "picture") {
    SetImage(Widest(item.Get("renditions")), article);
  }
  for (const Members& other : Each(item.Get("associations"))) {
    if (other.Text("type") == "picture") {
      SetImage(Widest(other.Get("renditions")), article);
    }
  }
}

void ReadNames(const Members& item, v1::RawArticle& article) {
  AddByline(item.FirstOf({"byline", "by"}), article);
  for (const std::string_view list : {"subject", "subjects", "keywords"}) {
    for (const Members& subject : Each(item.Get(list))) {
      AddTag(subject.FirstOf({"name", "literal"}), article);
    }
  }
  std::string source = FirstName(item.Get("infosource"));
  source = source.empty() ? FirstName(item.Get("infosources")) : source;
  SetSource(source.empty() ? item.Text("copyrightholder") : source, article);
  for (const std::string_view key :
       {"type", "urgency", "slugline", "ednote", "version", "expires", "located", "profile"}) {
    SetAttribute(key, item.Text(key), article);
  }
  SetAttribute("rights", item.FirstOf({"copyrightnotice", "usageterms"}), article);
  const std::string genre = FirstName(item.Get("genre"));
  SetAttribute("genre", genre.empty() ? FirstName(item.Get("genres")) : genre, article);
}

void ReadSignals(const Members& item, v1::RawArticle& article) {
  for (const std::string_view key : {"signal", "signals"}) {
    const json& value = item.Get(key);
    std::string words = value.is_string() ? value.get<std::string>() : "";
    for (const Members& signal : Each(value)) {
      absl::StrAppend(&words, " ", signal.FirstOf({"code", "uri", "literal", "name"}));
    }
    article.set_corrected(article.corrected() || absl::StrContains(absl::AsciiStrToLower(words), "correct"));
  }
}

}  // namespace

bool IsNinjs(const json& value) {
  const Members item(value);
  if (MemberIn(value, "uri").is_string()) {
    for (const std::string_view name :
         {"versioncreated", "headline", "headlines", "headlinemain", "type", "pubstatus", "bodies", "descriptions",
          "title", "renditions", "associations", "bodymain", "bodytext", "bodyxhtml", "byline"}) {
      if (item.Has(name)) {
        return true;
      }
    }
  }
  return StringIn(MemberIn(value, "standard"), "name") == "ninjs" ||
         StringIn(MemberIn(value, "$standard"), "name") == "ninjs";
}

Reading ReadNinjs(const json& value) {
  const Members item(value);
  const std::string type = item.Text("type");
  if (type == "event" || type == "planning") {
    return std::nullopt;
  }
  v1::RawArticle article;
  SetLanguage(item.Text("language"), article);
  ReadItemHeadlines(item, article);
  ReadNames(item, article);
  ReadPictures(item, article);
  ReadSignals(item, article);
  SetPublished(item.FirstOf({"firstcreated", "contentcreated", "versioncreated"}), article);
  SetUpdated(item.Text("versioncreated"), article);
  const Fullness less = type == "picture" || type == "graphic" ? Fullness::kCaption : Fullness::kSummary;
  ReadFlat(item, "description", less, article);
  ReadList(item.Get("descriptions"), less, article);
  ReadFlat(item, "body", Fullness::kWhole, article);
  ReadList(item.Get("bodies"), Fullness::kWhole, article);
  if (item.Has("embargoed") || item.Has("embargoedreason")) {
    SetEmbargo(item.Text("embargoed"), article);
    SetAttribute("embargo", item.Text("embargoedreason"), article);
  }
  SetUrl(item.FirstOf({"webpage", "url"}), article);
  SetId(item.Text("uri"), article.source(), article);
  const auto state = ReadState(item.Text("pubstatus"));
  if (!state.ok()) {
    return state.status();
  }
  const bool has_words = article.content_case() != v1::RawArticle::CONTENT_NOT_SET || !article.title().empty();
  if (*state != State::kCancelled && !has_words && !type.empty() && type != "text") {
    return std::nullopt;
  }
  const std::string note = item.Text("ednote");
  return Finish(*state, note.empty() ? "cancelled by its publisher" : note, std::move(article));
}

}  // namespace broadsheet::cli
