#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/formats/markup.h"
#include "cli/formats/xml_readers.h"
#include "cli/formats/xml_tree.h"

namespace broadsheet::cli {
namespace {

// The word of a controlled value: "stat:usable" and ".../pubstatusg2/usable" are both "usable".
std::string Code(const xmlNode* node) {
  for (const char* name : {"qcode", "uri", "literal"}) {
    const std::string value = AttributeOf(node, name);
    if (!value.empty()) {
      return value.substr(value.find_last_of(":/#") + 1);
    }
  }
  return "";
}

// A role as in "hldrole:sub".
bool HasRole(const xmlNode* node, std::initializer_list<std::string_view> words) {
  const std::string role = absl::AsciiStrToLower(AttributeOf(node, "role"));
  const std::string word = role.substr(role.find_last_of(":/") + 1);
  return std::find(words.begin(), words.end(), word) != words.end();
}

// The name of a thing in the article's language, else its first.
std::string NameInLanguage(const xmlNode* node, const std::string& language) {
  std::string first;
  for (const xmlNode* name : Elements(node)) {
    if (LocalName(name) != "name") {
      continue;
    }
    const std::string text = TextOf(name);
    if (LanguageAt(name).starts_with(language.substr(0, 2))) {
      return text;
    }
    first = first.empty() ? text : first;
  }
  return first;
}

// As NameInLanguage, or its literal value where that is in words.
std::string NameOrLiteral(const xmlNode* node, const std::string& language) {
  const std::string name = NameInLanguage(node, language);
  return name.empty() ? AttributeOf(node, "literal") : name;
}

void ReadHeadlines(const xmlNode* metadata, v1::RawArticle& article) {
  std::string title;
  for (const xmlNode* node : Elements(metadata)) {
    if (LocalName(node) != "headline") {
      continue;
    }
    if (HasRole(node, {"sub", "subtitle", "subhead", "secondary"})) {
      SetSubtitle(TextOf(node), article);
    } else if (title.empty() || HasRole(node, {"main"})) {
      title = TextOf(node);
    }
  }
  SetTitle(title, article);
}

void ReadSubjects(const xmlNode* metadata, v1::RawArticle& article) {
  const std::string& language = article.language();
  for (const xmlNode* node : Elements(metadata)) {
    const std::string_view name = LocalName(node);
    if (name == "creator") {
      AddAuthor(NameOrLiteral(node, language), article);
    } else if (name == "subject") {
      AddTag(NameOrLiteral(node, language), article);
    } else if (name == "keyword") {
      AddTag(TextOf(node), article);
    } else if (name == "genre") {
      const std::string genre = NameInLanguage(node, language);
      SetAttribute("genre", genre.empty() ? Code(node) : genre, article);
    }
  }
  if (article.authors().empty()) {
    AddByline(TextOf(Find(metadata, {"by"})), article);
  }
}

void ReadContentMetadata(const xmlNode* metadata, v1::RawArticle& article) {
  SetLanguage(AttributeOf(Find(metadata, {"language"}), "tag"), article);
  ReadHeadlines(metadata, article);
  ReadSubjects(metadata, article);
  const std::string source = NameOrLiteral(Find(metadata, {"infoSource"}), article.language());
  if (article.source().empty()) {
    SetSource(source, article);
  }
  SetAttribute("urgency", TextOf(Find(metadata, {"urgency"})), article);
  SetAttribute("slugline", TextOf(Find(metadata, {"slugline"})), article);
  SetAttribute("dateline", TextOf(Find(metadata, {"dateline"})), article);
  SetAttribute("located", NameInLanguage(Find(metadata, {"located"}), article.language()), article);
  SetImage(AttributeOf(Find(metadata, {"icon"}), "href"), article);
  for (const xmlNode* node : Elements(metadata)) {
    if (LocalName(node) == "description") {
      SetText(RawTextOf(node), HasRole(node, {"caption"}) ? Fullness::kCaption : Fullness::kSummary, article);
    }
  }
}

void ReadDates(const xmlNode* management, const xmlNode* metadata, v1::RawArticle& article) {
  const std::string version = TextOf(Find(management, {"versionCreated"}));
  SetPublished(TextOf(Find(management, {"firstCreated"})), article);
  SetPublished(TextOf(Find(metadata, {"contentCreated"})), article);
  SetPublished(version, article);
  SetUpdated(version, article);
}

absl::StatusOr<State> ReadManagement(const xmlNode* management, v1::RawArticle& article) {
  const xmlNode* provider = Find(management, {"provider"});
  const std::string name = NameOrLiteral(provider, article.language());
  const std::string code = AttributeOf(provider, "qcode");
  SetSource(name.empty() ? code.substr(code.find(':') + 1) : name, article);
  SetAttribute("type", Code(Find(management, {"itemClass"})), article);
  SetAttribute("ednote", TextOf(Find(management, {"edNote"})), article);
  for (const xmlNode* node : Elements(management)) {
    const std::string word = LocalName(node) == "signal" ? absl::AsciiStrToLower(Code(node)) : "";
    article.set_corrected(article.corrected() || word == "correction" || word == "corrected");
    if (LocalName(node) == "embargoed") {
      SetEmbargo(TextOf(node), article);
    }
    if (LocalName(node) == "link" && IsWebAddress(AttributeOf(node, "href"))) {
      SetUrl(AttributeOf(node, "href"), article);
    }
  }
  return ReadState(Code(Find(management, {"pubStatus"})));
}

// The first rendition of each kind that can be read.
void ReadContentSet(const xmlNode* set, v1::RawArticle& article) {
  for (const xmlNode* node : Elements(set)) {
    const std::string type = AttributeOf(node, "contenttype");
    const xmlNode* inside = Elements(node).empty() ? nullptr : Elements(node).front();
    if (LocalName(node) == "inlineXML" && inside != nullptr && LocalName(inside) == "nitf") {
      ReadNitfBody(inside, article);
    } else if (LocalName(node) == "inlineXML" && inside != nullptr) {
      const xmlNode* body = LocalName(inside) == "html" ? Find(inside, {"body"}) : inside;
      SetHtml(InnerHtml(body), Fullness::kWhole, article);
    } else if (LocalName(node) == "inlineData" && AttributeOf(node, "encoding").empty()) {
      if (absl::StrContains(type, "html")) {
        SetHtml(RawTextOf(node), Fullness::kWhole, article);
      } else if (type.empty() || type.starts_with("text/")) {
        SetText(RawTextOf(node), Fullness::kWhole, article);
      }
    } else if (LocalName(node) == "remoteContent" && type.starts_with("image/")) {
      SetImage(AttributeOf(node, "href"), article);
    }
  }
}

// A package is read as the titles and summaries of what it points to.
void AppendGroup(const xmlNode* node, std::string& html) {
  for (const xmlNode* child : Elements(node)) {
    if (LocalName(child) == "group") {
      AppendGroup(child, html);
    } else if (LocalName(child) == "itemRef") {
      const std::string title = TextOf(Find(child, {"title"}));
      const std::string headline = title.empty() ? TextOf(Find(child, {"headline"})) : title;
      const std::string words = TextOf(Find(child, {"description"}));
      absl::StrAppend(&html, headline.empty() ? "" : absl::StrCat("<h2>", EscapeHtml(headline), "</h2>"),
                      words.empty() ? "" : absl::StrCat("<p>", EscapeHtml(words), "</p>"));
    }
  }
}

bool IsArticleKind(std::string_view element) {
  return element == "newsItem" || element == "packageItem";
}

}  // namespace

Reading ReadNewsItem(const xmlNode* item) {
  if (!IsArticleKind(LocalName(item))) {
    return std::nullopt;
  }
  const xmlNode* management = Find(item, {"itemMeta"});
  const xmlNode* metadata = Find(item, {"contentMeta"});
  if (AttributeOf(item, "guid").empty() || management == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("a ", std::string(LocalName(item)), " without ", management == nullptr ? "itemMeta" : "a guid"));
  }
  v1::RawArticle article;
  SetLanguage(LanguageAt(item), article);
  absl::StatusOr<State> state = ReadManagement(management, article);
  if (!state.ok()) {
    return state.status();
  }
  ReadDates(management, metadata, article);
  ReadContentMetadata(metadata, article);
  if (article.title().empty()) {
    SetTitle(TextOf(Find(management, {"title"})), article);
  }
  ReadContentSet(Find(item, {"contentSet"}), article);
  std::string group;
  AppendGroup(Find(item, {"groupSet"}), group);
  SetHtml(group, Fullness::kSummary, article);
  SetAttribute("rights", TextOf(Find(item, {"rightsInfo", "copyrightNotice"})), article);
  SetAttribute("version", AttributeOf(item, "version"), article);
  SetId(AttributeOf(item, "guid"), article.source().empty() ? "newsml" : article.source(), article);
  const bool has_words = article.content_case() != v1::RawArticle::CONTENT_NOT_SET || !article.title().empty();
  const std::string type = article.attributes().contains("type") ? article.attributes().at("type") : "text";
  if (*state != State::kCancelled && !has_words && type != "text") {
    return std::nullopt;  // a picture, or a package that only points
  }
  const std::string note = TextOf(Find(management, {"edNote"}));
  return Finish(*state, note.empty() ? "cancelled by its publisher" : note, std::move(article));
}

}  // namespace broadsheet::cli
