#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "cli/formats/markup.h"
#include "cli/formats/xml_readers.h"
#include "cli/formats/xml_tree.h"

namespace broadsheet::cli {
namespace {

// "ada@example.org (Ada Lind)" is how RSS writes authors.
std::string NameOfAuthor(const std::string& author) {
  const size_t open = author.find('(');
  const size_t close = author.rfind(')');
  if (absl::StrContains(author, "@")) {
    return open != std::string::npos && close != std::string::npos && close > open
               ? author.substr(open + 1, close - open - 1)
               : "";
  }
  return author;
}

bool IsImage(const xmlNode* node) {
  const std::string type = AttributeOf(node, "type");
  return type.starts_with("image/") || AttributeOf(node, "medium") == "image" || LocalName(node) == "thumbnail";
}

void ReadItemMedia(const xmlNode* parent, v1::RawArticle& article) {
  for (const xmlNode* node : Elements(parent)) {
    const Vocabulary vocabulary = VocabularyOf(node);
    const std::string_view name = LocalName(node);
    if (vocabulary == Vocabulary::kMedia && name == "group") {
      ReadItemMedia(node, article);
    } else if (vocabulary == Vocabulary::kMedia && (name == "content" || name == "thumbnail") && IsImage(node)) {
      SetImage(AddressAt(node, AttributeOf(node, "url")), article);
    } else if (vocabulary == Vocabulary::kPlain && name == "enclosure" && IsImage(node)) {
      SetImage(AddressAt(node, AttributeOf(node, "url")), article);
    } else if (vocabulary == Vocabulary::kItunes && name == "image") {
      SetImage(AttributeOf(node, "href"), article);
    }
  }
}

void ReadPlain(const xmlNode* node, std::string_view name, v1::RawArticle& article) {
  if (name == "title") {
    SetTitle(PlainLine(RawTextOf(node)), article);
  } else if (name == "author") {
    AddAuthor(NameOfAuthor(PlainLine(TextOf(node))), article);
  } else if (name == "category" || name == "keywords") {
    AddTag(PlainLine(TextOf(node)), article);
  } else if (name == "pubDate" || name == "pubdate") {
    SetPublished(TextOf(node), article);
  } else if (name == "source") {
    SetSource(PlainLine(TextOf(node)), article);
  } else if (name == "language") {
    SetLanguage(TextOf(node), article);
  } else if (name == "copyright") {
    SetAttribute("rights", PlainLine(TextOf(node)), article);
  }
}

void ReadDublinCore(const xmlNode* node, std::string_view name, v1::RawArticle& article) {
  const std::string text = PlainLine(TextOf(node));
  if (name == "creator" || name == "contributor") {
    AddAuthor(NameOfAuthor(text), article);
  } else if (name == "subject") {
    AddTag(text, article);
  } else if (name == "date" || name == "created" || name == "issued" || name == "available") {
    SetPublished(text, article);
  } else if (name == "modified") {
    SetUpdated(text, article);
  } else if (name == "language") {
    SetLanguage(text, article);
  } else if (name == "publisher") {
    SetSource(text, article);
  } else if (name == "rights") {
    SetAttribute("rights", text, article);
  } else if (name == "type") {
    SetAttribute("genre", text, article);
  }
}

void ReadOther(const xmlNode* node, Vocabulary vocabulary, std::string_view name, v1::RawArticle& article) {
  if (vocabulary == Vocabulary::kSlash && name == "section") {
    SetSection(TextOf(node), article);
  } else if (name == "keywords" && (vocabulary == Vocabulary::kMedia || vocabulary == Vocabulary::kItunes)) {
    AddTags(TextOf(node), article);
  } else if (vocabulary == Vocabulary::kItunes && name == "author") {
    AddAuthor(TextOf(node), article);
  } else if (vocabulary == Vocabulary::kMedia && name == "credit" && AttributeOf(node, "role") == "author") {
    AddAuthor(TextOf(node), article);
  } else if (vocabulary == Vocabulary::kAtom && name == "author") {
    AddAuthor(TextOf(Find(node, {"name"})), article);
  } else if (vocabulary == Vocabulary::kAtom && name == "updated") {
    SetUpdated(TextOf(node), article);
  } else if (vocabulary == Vocabulary::kAtom && name == "published") {
    SetPublished(TextOf(node), article);
  }
}

// Elements inside a description are HTML that nobody escaped.
std::string Marked(const xmlNode* node) {
  return node == nullptr ? "" : Elements(node).empty() ? RawTextOf(node) : InnerHtml(node);
}

void ReadContent(const xmlNode* item, v1::RawArticle& article) {
  const xmlNode* body = Child(item, Vocabulary::kXhtml, "body");
  body = body == nullptr ? Child(item, Vocabulary::kXhtml, "div") : body;
  const xmlNode* group = Child(item, Vocabulary::kMedia, "group");
  SetContent(RawTextOf(Child(item, Vocabulary::kMedia, "description")), Fullness::kCaption, article);
  SetContent(RawTextOf(Child(group, Vocabulary::kMedia, "description")), Fullness::kCaption, article);
  SetContent(RawTextOf(Child(item, Vocabulary::kItunes, "summary")), Fullness::kSummary, article);
  SetContent(RawTextOf(Child(item, Vocabulary::kDublinCore, "description")), Fullness::kSummary, article);
  SetContent(Marked(Child(item, Vocabulary::kPlain, "description")), Fullness::kSummary, article);
  SetHtml(InnerHtml(body), Fullness::kWhole, article);
  SetContent(Marked(Child(item, Vocabulary::kContent, "encoded")), Fullness::kWhole, article);
}

void ReadAddress(const xmlNode* item, const FeedHead& head, v1::RawArticle& article) {
  const xmlNode* guid = Child(item, Vocabulary::kPlain, "guid");
  const std::string id = TextOf(guid);
  if (AttributeOf(guid, "isPermaLink") != "false" && IsWebAddress(id)) {
    SetUrl(id, article);
  }
  for (const xmlNode* node : Elements(item)) {
    if (Is(node, Vocabulary::kAtom, "link") && AttributeOf(node, "rel") != "self") {
      SetUrl(AddressAt(node, AttributeOf(node, "href")), article);
    }
  }
  for (const xmlNode* link :
       {Child(item, Vocabulary::kPlain, "link"), Child(item, Vocabulary::kFeedBurner, "origLink")}) {
    std::string address = AddressAt(link, TextOf(link));
    if (address.starts_with("/") && !head.address.empty()) {
      const size_t end = head.address.find('/', head.address.find("//") + 2);
      address = absl::StrCat(head.address.substr(0, end), address);
    }
    SetUrl(address, article);
  }
  if (AttributeOf(guid, "isPermaLink") == "true" && IsWebAddress(id)) {
    SetUrl(id, article);  // said outright, it is better than a link, which may go through a counter
  }
  const std::string host = HostOf(head.address);
  SetId(id, host.empty() ? HostOf(article.url()) : host, article);
}

}  // namespace

FeedHead ReadChannel(const xmlNode* root) {
  const xmlNode* inside = Find(root, {"channel"});
  const xmlNode* channel = inside == nullptr ? root : inside;
  FeedHead head;
  head.title = PlainLine(TextOf(Child(channel, Vocabulary::kPlain, "title")));
  head.address = TextOf(Child(channel, Vocabulary::kPlain, "link"));
  head.language = TextOf(Child(channel, Vocabulary::kPlain, "language"));
  if (head.language.empty()) {
    head.language = TextOf(Child(channel, Vocabulary::kDublinCore, "language"));
  }
  head.rights = PlainLine(TextOf(Child(channel, Vocabulary::kPlain, "copyright")));
  if (head.rights.empty()) {
    head.rights = PlainLine(TextOf(Child(channel, Vocabulary::kDublinCore, "rights")));
  }
  return head;
}

Reading ReadRssItem(const xmlNode* item, const FeedHead& head) {
  v1::RawArticle article;
  SetSource(head.title, article);
  SetLanguage(head.language, article);
  SetLanguage(LanguageAt(item), article);
  SetAttribute("rights", head.rights, article);
  for (const xmlNode* node : Elements(item)) {
    const Vocabulary vocabulary = VocabularyOf(node);
    if (vocabulary == Vocabulary::kPlain) {
      ReadPlain(node, LocalName(node), article);
    } else if (vocabulary == Vocabulary::kDublinCore) {
      ReadDublinCore(node, LocalName(node), article);
    } else {
      ReadOther(node, vocabulary, LocalName(node), article);
    }
  }
  if (article.title().empty()) {
    const xmlNode* named = Child(item, Vocabulary::kDublinCore, "title");
    SetTitle(PlainLine(RawTextOf(named == nullptr ? Child(item, Vocabulary::kMedia, "title") : named)), article);
  }
  ReadItemMedia(item, article);
  ReadContent(item, article);
  ReadAddress(item, head, article);
  return Finish(State::kUsable, "", std::move(article));
}

}  // namespace broadsheet::cli
