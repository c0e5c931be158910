#include "cli/formats/xml_items.h"

#include "absl/strings/str_cat.h"
#include "cli/formats/charset.h"
#include "cli/formats/xml_readers.h"
#include "cli/formats/xml_scanner.h"

namespace broadsheet::cli {
namespace {

// UTF-16 without its byte order mark looks like ASCII with zeros to everybody else.
std::string Decode(std::string_view bytes) {
  const std::string_view little("<\0", 2);
  const std::string_view big("\0<", 2);
  const bool is_little = bytes.starts_with(little);
  if (is_little || bytes.starts_with(big)) {
    return ToUtf8(absl::StrCat(is_little ? "\xFF\xFE" : "\xFE\xFF", std::string(bytes)), Markup::kXml);
  }
  return ToUtf8(bytes, Markup::kXml);
}

// The element of the head in which the items stood.
xmlNode* ParentIn(xmlDoc* head) {
  xmlNode* root = head == nullptr ? nullptr : xmlDocGetRootElement(head);
  for (const std::string_view name : {"channel", "itemSet"}) {
    if (const xmlNode* inner = Find(root, {name}); inner != nullptr && LocalName(root) != "RDF") {
      return const_cast<xmlNode*>(inner);  // found in the tree that this function may change
    }
  }
  return root;
}

absl::Status UnknownRoot(std::string_view root) {
  if (root == "NewsML") {
    return absl::InvalidArgumentError("NewsML 1 is not read; NewsML-G2 is (newsItem, packageItem, newsMessage)");
  }
  return absl::InvalidArgumentError(
      absl::StrCat("XML of root <", std::string(root.substr(0, 40)),
                   ">, which is none of rss, RDF, feed, entry, newsItem, packageItem, newsMessage and nitf"));
}

}  // namespace

XmlItems::XmlItems(std::string origin, std::string bytes)
    : origin_(std::move(origin)), document_(Decode(bytes)), pieces_(CutItems(document_)) {
  if (!pieces_.ok()) {
    return;
  }
  auto head = ParseDocument(pieces_->head, 1, /*forgiving=*/true);
  if (head.ok()) {
    head_ = *std::move(head);
    parent_ = ParentIn(head_.get());
    const xmlNode* root = xmlDocGetRootElement(head_.get());
    feed_ = pieces_->root == "feed" ? ReadAtomHead(root) : ReadChannel(root);
  }
}

XmlItems::~XmlItems() = default;

std::optional<Item> XmlItems::Next() {
  if (!pieces_.ok()) {
    const absl::Status fault = std::exchange(pieces_, XmlPieces()).status();
    return Item{origin_, {}, fault};
  }
  while (next_ < pieces_->items.size()) {
    const XmlPiece& piece = pieces_->items[next_++];
    Item item{absl::StrCat(origin_, ":", piece.line, " (item ", next_, ")"), {}, absl::OkStatus()};
    auto reading = Read(piece);
    if (!reading.ok()) {
      item.status = reading.status();
      return item;
    }
    if (reading->has_value()) {
      item.request = **std::move(reading);
      return item;
    }
    ++left_out_;
  }
  return std::nullopt;
}

absl::StatusOr<std::string> XmlItems::Mended(const XmlPiece& piece) const {
  XmlScanner scanner(std::string_view(document_).substr(0, piece.end), piece.begin);
  std::string xml;
  while (true) {
    const auto token = scanner.Next();
    if (!token.ok()) {
      return token.status();
    }
    if (token->kind == XmlKind::kNothing) {
      return xml;
    }
    AppendMended(*token, xml);
  }
}

Reading XmlItems::Read(const XmlPiece& piece) {
  if (!piece.status.ok()) {
    return piece.status;
  }
  const auto xml = Mended(piece);
  if (!xml.ok()) {
    return xml.status();
  }
  XmlElement element(nullptr);
  XmlDocument document;
  const xmlNode* node = nullptr;
  if (parent_ != nullptr) {
    auto parsed = ParseElement(*xml, piece.line, parent_);
    if (!parsed.ok()) {
      return parsed.status();
    }
    element = *std::move(parsed);
    node = element.node();
  } else {
    auto parsed = ParseDocument(*xml, piece.line, /*forgiving=*/false);
    if (!parsed.ok()) {
      return parsed.status();
    }
    document = *std::move(parsed);
    node = xmlDocGetRootElement(document.get());
  }
  return ReadNode(node);
}

Reading XmlItems::ReadNode(const xmlNode* node) {
  const std::string& root = pieces_->root;
  if (root == "rss" || root == "RDF" || root == "rdf") {
    return ReadRssItem(node, feed_);
  }
  if (root == "feed" || root == "entry") {
    return ReadAtomEntry(node, feed_);
  }
  if (root == "nitf") {
    return ReadNitf(node);
  }
  if (root.ends_with("Item") || root == "newsMessage") {
    return ReadNewsItem(node);
  }
  return UnknownRoot(root);
}

}  // namespace broadsheet::cli
