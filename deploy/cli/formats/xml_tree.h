#pragma once

#include <libxml/tree.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// Parsed XML and how it is read. Nothing here fetches anything or expands an entity.
namespace broadsheet::cli {

// The vocabularies of feeds and news, whichever of their namespaces' spellings was used. kPlain: no namespace, or one
// of those that RSS and NITF were written in at times.
enum class Vocabulary {
  kPlain,
  kAtom,
  kContent,
  kDublinCore,
  kMedia,
  kItunes,
  kXhtml,
  kNewsMl,
  kTombstone,
  kFeedBurner,
  kSlash,
  kOther
};

struct FreeXmlDocument {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
using XmlDocument = std::unique_ptr<xmlDoc, FreeXmlDocument>;

// One element parsed in the place of another document where it stood: its namespaces, language and base address are
// those of its ancestors there. That document must outlive it.
class XmlElement {
 public:
  explicit XmlElement(xmlNode* list) : list_(list) {}
  ~XmlElement();
  XmlElement(XmlElement&& other) noexcept : list_(std::exchange(other.list_, nullptr)) {}
  XmlElement& operator=(XmlElement&& other) noexcept {
    std::swap(list_, other.list_);
    return *this;
  }

  const xmlNode* node() const { return list_; }

 private:
  xmlNode* list_;
};

// Both take XML as AppendMended writes it; `first_line` is the line of a message's first line. INVALID_ARGUMENT says
// what is wrong and where. ParseDocument with `forgiving` takes what it can of a broken document.
absl::StatusOr<XmlDocument> ParseDocument(std::string_view xml, int64_t first_line, bool forgiving);
absl::StatusOr<XmlElement> ParseElement(std::string_view xml, int64_t first_line, xmlNode* parent);

// A node's name without prefix, and where that name belongs. Prefixes that were never declared mean what they usually
// do.
std::string_view LocalName(const xmlNode* node);
Vocabulary VocabularyOf(const xmlNode* node);

bool Is(const xmlNode* node, Vocabulary vocabulary, std::string_view local_name);

// The elements inside a node, in order.
std::vector<const xmlNode*> Elements(const xmlNode* parent);

// The first such element inside a node; nullptr when there is none, or no node.
const xmlNode* Child(const xmlNode* parent, Vocabulary vocabulary, std::string_view local_name);

// The same by local name alone, along a path: Find(item, {"itemMeta", "provider"}).
const xmlNode* Find(const xmlNode* parent, std::initializer_list<std::string_view> path);

// All text inside a node, white space collapsed; empty for nullptr.
std::string TextOf(const xmlNode* node);

// All text inside a node as it stands.
std::string RawTextOf(const xmlNode* node);

// An attribute without prefix; empty when there is none, or no node.
std::string AttributeOf(const xmlNode* node, const char* name);

// xml:lang in force at a node; and an address at it made absolute by xml:base. Empty when there is none.
std::string LanguageAt(const xmlNode* node);
std::string AddressAt(const xmlNode* node, const std::string& address);

}  // namespace broadsheet::cli
