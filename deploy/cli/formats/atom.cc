#include "absl/strings/match.h"
#include "cli/formats/markup.h"
#include "cli/formats/xml_readers.h"
#include "cli/formats/xml_tree.h"

namespace broadsheet::cli {
namespace {

constexpr Vocabulary kAtom = Vocabulary::kAtom;

// Atom 0.3 has "mode" where 1.0 has values of "type".
bool IsXhtml(const xmlNode* text) {
  const std::string type = AttributeOf(text, "type");
  return type == "xhtml" || type == "application/xhtml+xml" || (type == "text/html" && !Elements(text).empty());
}

bool IsHtmlText(const xmlNode* text) {
  const std::string type = AttributeOf(text, "type");
  return type == "html" || type == "text/html" || AttributeOf(text, "mode") == "escaped";
}

std::string LineOf(const xmlNode* text) {
  return text != nullptr && IsHtmlText(text) && !IsXhtml(text) ? PlainLine(RawTextOf(text)) : TextOf(text);
}

void SetEntryWords(const xmlNode* text, Fullness fullness, v1::RawArticle& article) {
  const std::string type = AttributeOf(text, "type");
  if (text == nullptr || !AttributeOf(text, "src").empty()) {
    return;
  }
  if (IsXhtml(text)) {
    SetHtml(InnerHtml(text), fullness, article);
  } else if (IsHtmlText(text)) {
    SetHtml(RawTextOf(text), fullness, article);
  } else if (type.empty() || type == "text" || type.starts_with("text/")) {
    SetText(RawTextOf(text), fullness, article);
  } else if (type.ends_with("+xml") || type.ends_with("/xml")) {
    SetHtml(InnerHtml(text), fullness, article);
  }
}

// The page of the entry: "alternate" is the default, HTML is preferred.
void ReadLinks(const xmlNode* entry, v1::RawArticle& article) {
  for (const xmlNode* node : Elements(entry)) {
    if (!Is(node, kAtom, "link")) {
      continue;
    }
    const std::string rel = AttributeOf(node, "rel");
    const std::string type = AttributeOf(node, "type");
    const std::string address = AddressAt(node, AttributeOf(node, "href"));
    if (rel == "enclosure" && type.starts_with("image/")) {
      SetImage(address, article);
    } else if ((rel.empty() || rel == "alternate") && (article.url().empty() || absl::StrContains(type, "html"))) {
      SetUrl(address, article);
    }
  }
  const xmlNode* content = Child(entry, kAtom, "content");
  const std::string elsewhere = AddressAt(content, AttributeOf(content, "src"));
  if (AttributeOf(content, "type").starts_with("image/")) {
    SetImage(elsewhere, article);
  } else if (article.url().empty()) {
    SetUrl(elsewhere, article);
  }
}

void ReadPeople(const xmlNode* entry, const FeedHead& head, v1::RawArticle& article) {
  for (const xmlNode* parent : {entry, Child(entry, kAtom, "source")}) {
    for (const xmlNode* node : Elements(parent)) {
      if (Is(node, kAtom, "author") && (parent == entry || article.authors().empty())) {
        AddAuthor(TextOf(Child(node, kAtom, "name")), article);
      }
    }
  }
  if (article.authors().empty()) {
    AddAuthor(head.author, article);
  }
}

void ReadEntryMedia(const xmlNode* entry, v1::RawArticle& article) {
  const xmlNode* group = Child(entry, Vocabulary::kMedia, "group");
  for (const xmlNode* parent : {entry, group}) {
    SetContent(RawTextOf(Child(parent, Vocabulary::kMedia, "description")), Fullness::kCaption, article);
    for (const xmlNode* node : Elements(parent)) {
      const bool image = AttributeOf(node, "medium") == "image" || AttributeOf(node, "type").starts_with("image/");
      if (Is(node, Vocabulary::kMedia, "thumbnail") || (Is(node, Vocabulary::kMedia, "content") && image)) {
        SetImage(AddressAt(node, AttributeOf(node, "url")), article);
      }
    }
  }
}

void ReadEntryDates(const xmlNode* entry, v1::RawArticle& article) {
  const xmlNode* updated = Child(entry, kAtom, "updated");
  const std::string version = TextOf(updated == nullptr ? Child(entry, kAtom, "modified") : updated);
  SetUpdated(version, article);
  for (const char* name : {"published", "issued", "created"}) {
    SetPublished(TextOf(Child(entry, kAtom, name)), article);
  }
  SetPublished(version, article);
}

Reading ReadDeletedEntry(const xmlNode* entry) {
  v1::RawArticle article;
  const std::string id = AttributeOf(entry, "ref");
  if (IsWebAddress(id)) {
    SetUrl(id, article);
  } else {
    SetId(id, "", article);
  }
  SetUpdated(AttributeOf(entry, "when"), article);
  const std::string reason = TextOf(Child(entry, Vocabulary::kTombstone, "comment"));
  return Finish(State::kCancelled, reason.empty() ? "deleted by the feed" : reason, std::move(article));
}

}  // namespace

FeedHead ReadAtomHead(const xmlNode* feed) {
  FeedHead head;
  if (feed == nullptr) {
    return head;
  }
  head.title = LineOf(Child(feed, kAtom, "title"));
  head.rights = LineOf(Child(feed, kAtom, "rights"));
  head.author = TextOf(Find(feed, {"author", "name"}));
  for (const xmlNode* node : Elements(feed)) {
    if (Is(node, kAtom, "link") && (AttributeOf(node, "rel").empty() || AttributeOf(node, "rel") == "alternate")) {
      head.address = AddressAt(node, AttributeOf(node, "href"));
    }
  }
  return head;
}

Reading ReadAtomEntry(const xmlNode* entry, const FeedHead& head) {
  if (LocalName(entry) == "deleted-entry") {
    return ReadDeletedEntry(entry);
  }
  v1::RawArticle article;
  SetTitle(LineOf(Child(entry, kAtom, "title")), article);
  SetSource(head.title, article);
  SetSource(LineOf(Child(Child(entry, kAtom, "source"), kAtom, "title")), article);
  SetLanguage(LanguageAt(entry), article);
  SetAttribute("rights", head.rights, article);
  SetAttribute("rights", LineOf(Child(entry, kAtom, "rights")), article);
  ReadPeople(entry, head, article);
  for (const xmlNode* node : Elements(entry)) {
    if (Is(node, kAtom, "category")) {
      const std::string label = AttributeOf(node, "label");
      AddTag(label.empty() ? AttributeOf(node, "term") : label, article);
      AddTag(TextOf(node), article);  // where it does not belong, and yet is found
    }
  }
  ReadEntryDates(entry, article);
  ReadEntryMedia(entry, article);
  SetEntryWords(Child(entry, kAtom, "summary"), Fullness::kSummary, article);
  const xmlNode* content = Child(entry, kAtom, "content");
  SetEntryWords(content, Fullness::kWhole, article);
  SetLanguage(content == nullptr ? "" : LanguageAt(content), article);
  ReadLinks(entry, article);
  const std::string host = HostOf(head.address);
  SetId(TextOf(Child(entry, kAtom, "id")), host.empty() ? HostOf(article.url()) : host, article);
  return Finish(State::kUsable, "", std::move(article));
}

}  // namespace broadsheet::cli
