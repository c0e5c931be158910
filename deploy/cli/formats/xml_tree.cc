#include "cli/formats/xml_tree.h"

#include <libxml/parser.h>
#include <libxml/uri.h>

#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace broadsheet::cli {
namespace {

constexpr int kOptions = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA;

struct FreeXml {
  void operator()(xmlChar* text) const { xmlFree(text); }
};
using XmlString = std::unique_ptr<xmlChar, FreeXml>;

std::string Take(xmlChar* text) {
  const XmlString owned(text);
  return text == nullptr ? "" : reinterpret_cast<const char*>(text);
}

absl::Status LastError(int64_t first_line) {
  const xmlError* error = xmlGetLastError();
  if (error == nullptr || error->message == nullptr) {
    return absl::InvalidArgumentError("not well-formed XML");
  }
  std::string message(absl::StripAsciiWhitespace(error->message));
  return absl::InvalidArgumentError(
      absl::StrCat("not well-formed XML: ", message, ", on line ", first_line + std::max(1, error->line) - 1));
}

const std::map<std::string_view, Vocabulary>& ByAddress() {
  static const std::map<std::string_view, Vocabulary> vocabularies = {
      {"www.w3.org/2005/atom", Vocabulary::kAtom},
      {"purl.org/atom/ns", Vocabulary::kAtom},
      {"purl.org/rss/1.0", Vocabulary::kPlain},
      {"channel.netscape.com/rdf/simple/0.9", Vocabulary::kPlain},
      {"my.netscape.com/rdf/simple/0.9", Vocabulary::kPlain},
      {"my.netscape.com/publish/formats/rss-0.91.dtd", Vocabulary::kPlain},
      {"backend.userland.com/rss2", Vocabulary::kPlain},
      {"backend.userland.com/rss", Vocabulary::kPlain},
      {"blogs.law.harvard.edu/tech/rss", Vocabulary::kPlain},
      {"purl.org/rss/1.0/modules/content", Vocabulary::kContent},
      {"purl.org/rss/1.0/modules/slash", Vocabulary::kSlash},
      {"purl.org/dc/elements/1.1", Vocabulary::kDublinCore},
      {"purl.org/dc/elements/1.0", Vocabulary::kDublinCore},
      {"purl.org/dc/terms", Vocabulary::kDublinCore},
      {"search.yahoo.com/mrss", Vocabulary::kMedia},
      {"www.itunes.com/dtds/podcast-1.0.dtd", Vocabulary::kItunes},
      {"www.w3.org/1999/xhtml", Vocabulary::kXhtml},
      {"iptc.org/std/nar/2006-10-01", Vocabulary::kNewsMl},
      {"iptc.org/std/nitf/2006-10-18", Vocabulary::kPlain},
      {"purl.org/atompub/tombstones/1.0", Vocabulary::kTombstone},
      {"rssnamespace.org/feedburner/ext/1.0", Vocabulary::kFeedBurner},
  };
  return vocabularies;
}

const std::map<std::string_view, Vocabulary>& ByPrefix() {
  static const std::map<std::string_view, Vocabulary> vocabularies = {
      {"atom", Vocabulary::kAtom},   {"content", Vocabulary::kContent}, {"dc", Vocabulary::kDublinCore},
      {"media", Vocabulary::kMedia}, {"itunes", Vocabulary::kItunes},   {"dcterms", Vocabulary::kDublinCore},
      {"xhtml", Vocabulary::kXhtml}, {"at", Vocabulary::kTombstone},    {"feedburner", Vocabulary::kFeedBurner},
      {"slash", Vocabulary::kSlash},
  };
  return vocabularies;
}

std::string_view NameOf(const xmlNode* node) {
  return reinterpret_cast<const char*>(node->name);
}

bool IsAtomWithoutNamespace(const xmlNode* node) {
  const xmlNode* root = node->doc == nullptr ? nullptr : xmlDocGetRootElement(node->doc);
  return root != nullptr && root->ns == nullptr && (NameOf(root) == "feed" || NameOf(root) == "entry");
}

Vocabulary Look(const std::map<std::string_view, Vocabulary>& in, std::string_view key) {
  const auto found = in.find(key);
  return found == in.end() ? Vocabulary::kOther : found->second;
}

}  // namespace

XmlElement::~XmlElement() {
  for (xmlNode* node = list_; node != nullptr; node = node->next) {
    node->parent = nullptr;
  }
  xmlFreeNodeList(list_);
}

absl::StatusOr<XmlDocument> ParseDocument(std::string_view xml, int64_t first_line, bool forgiving) {
  xmlResetLastError();
  XmlDocument document(xmlReadMemory(xml.data(), static_cast<int>(xml.size()), nullptr, "UTF-8",
                                     kOptions | (forgiving ? XML_PARSE_RECOVER : 0)));
  if (document == nullptr || xmlDocGetRootElement(document.get()) == nullptr) {
    return LastError(first_line);
  }
  return document;
}

absl::StatusOr<XmlElement> ParseElement(std::string_view xml, int64_t first_line, xmlNode* parent) {
  xmlResetLastError();
  xmlNode* list = nullptr;
  const xmlParserErrors error =
      xmlParseInNodeContext(parent, xml.data(), static_cast<int>(xml.size()), kOptions, &list);
  if (error != XML_ERR_OK || list == nullptr) {
    xmlFreeNodeList(list);
    return LastError(first_line);
  }
  for (xmlNode* node = list; node != nullptr; node = node->next) {
    node->parent = parent;
  }
  return XmlElement(list);
}

std::string_view LocalName(const xmlNode* node) {
  const std::string_view name = NameOf(node);
  return name.substr(name.find(':') + 1);
}

Vocabulary VocabularyOf(const xmlNode* node) {
  if (node->ns == nullptr || node->ns->href == nullptr) {
    const size_t colon = NameOf(node).find(':');
    if (colon == std::string_view::npos) {
      return IsAtomWithoutNamespace(node) ? Vocabulary::kAtom : Vocabulary::kPlain;
    }
    return Look(ByPrefix(), NameOf(node).substr(0, colon));
  }
  std::string address = absl::AsciiStrToLower(reinterpret_cast<const char*>(node->ns->href));
  std::string_view key = address;
  key.remove_prefix(key.starts_with("https://") ? 8 : key.starts_with("http://") ? 7 : 0);
  const size_t end = key.find_last_not_of("/#");
  return Look(ByAddress(), key.substr(0, end == std::string_view::npos ? 0 : end + 1));
}

bool Is(const xmlNode* node, Vocabulary vocabulary, std::string_view local_name) {
  return LocalName(node) == local_name && VocabularyOf(node) == vocabulary;
}

std::vector<const xmlNode*> Elements(const xmlNode* parent) {
  std::vector<const xmlNode*> elements;
  for (const xmlNode* node = parent == nullptr ? nullptr : parent->children; node != nullptr; node = node->next) {
    if (node->type == XML_ELEMENT_NODE) {
      elements.push_back(node);
    }
  }
  return elements;
}

const xmlNode* Child(const xmlNode* parent, Vocabulary vocabulary, std::string_view local_name) {
  for (const xmlNode* node = parent == nullptr ? nullptr : parent->children; node != nullptr; node = node->next) {
    if (node->type == XML_ELEMENT_NODE && Is(node, vocabulary, local_name)) {
      return node;
    }
  }
  return nullptr;
}

const xmlNode* Find(const xmlNode* parent, std::initializer_list<std::string_view> path) {
  for (const std::string_view name : path) {
    const xmlNode* node = parent == nullptr ? nullptr : parent->children;
    while (node != nullptr && (node->type != XML_ELEMENT_NODE || LocalName(node) != name)) {
      node = node->next;
    }
    parent = node;
  }
  return parent;
}

std::string RawTextOf(const xmlNode* node) {
  return node == nullptr ? "" : Take(xmlNodeGetContent(node));
}

std::string TextOf(const xmlNode* node) {
  std::string text = RawTextOf(node);
  absl::RemoveExtraAsciiWhitespace(&text);
  return text;
}

std::string AttributeOf(const xmlNode* node, const char* name) {
  if (node == nullptr) {
    return "";
  }
  std::string value = Take(xmlGetNoNsProp(node, reinterpret_cast<const xmlChar*>(name)));
  absl::StripAsciiWhitespace(&value);
  return value;
}

std::string LanguageAt(const xmlNode* node) {
  return Take(xmlNodeGetLang(node));
}

std::string AddressAt(const xmlNode* node, const std::string& address) {
  if (address.empty()) {
    return "";
  }
  const std::string base = Take(xmlNodeGetBase(node->doc, node));
  const auto* text = reinterpret_cast<const xmlChar*>(address.c_str());
  const std::string absolute =
      base.empty() ? "" : Take(xmlBuildURI(text, reinterpret_cast<const xmlChar*>(base.c_str())));
  return absolute.empty() ? address : absolute;
}

}  // namespace broadsheet::cli
