#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/formats/item.h"
#include "cli/formats/xml_readers.h"
#include "cli/formats/xml_tree.h"

namespace broadsheet::cli {

// An element that may be an article, cut out of its document; or what is wrong with it.
struct XmlPiece {
  std::string name;  // of its element, with its prefix
  size_t begin = 0;  // bytes from the beginning of the document
  size_t end = 0;
  int64_t line = 0;     // of its first byte, from 1 on
  absl::Status status;  // INVALID_ARGUMENT: it never ends, is over a limit, ...
};

// A document with its items cut out.
struct XmlPieces {
  std::string root;             // local name of the root element
  std::string head;             // the document without its items, mended
  std::vector<XmlPiece> items;  // in order; the root itself when that is the item
};

// Cuts a document in UTF-8 at its items: RSS and RDF items, Atom entries, the items of a NewsML-G2 message. What is
// broken inside an item does not reach the next. INVALID_ARGUMENT names the limit or fault that costs the whole
// document.
absl::StatusOr<XmlPieces> CutItems(std::string_view document);

// The articles of an RSS (0.9 to 2.0), RDF, Atom (0.3, 1.0), NewsML-G2 or NITF document. What can be read of a document
// with broken items is read; each broken one is an item with a status, the line included.
class XmlItems : public ItemReader {
 public:
  // `origin` is what places begin with, the file's name.
  XmlItems(std::string origin, std::string bytes);
  ~XmlItems() override;

  std::optional<Item> Next() override;

 private:
  Reading Read(const XmlPiece& piece);
  Reading ReadNode(const xmlNode* node);
  absl::StatusOr<std::string> Mended(const XmlPiece& piece) const;

  const std::string origin_;
  std::string document_;
  absl::StatusOr<XmlPieces> pieces_;
  XmlDocument head_;
  xmlNode* parent_ = nullptr;  // of the items, in head_
  FeedHead feed_;
  size_t next_ = 0;
};

}  // namespace broadsheet::cli
