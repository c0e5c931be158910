#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace broadsheet::cli {

// What an XML document may cost. libxml2's own limits are wider.
inline constexpr int kMaxXmlDepth = 200;
inline constexpr int kMaxXmlAttributes = 200;
inline constexpr size_t kMaxXmlTagBytes = 256 << 10;

enum class XmlKind { kText, kCData, kStart, kEnd, kEmptyElement, kDropped, kNothing };

// A piece of a document. kDropped: comments, processing instructions and the document type; kNothing: the end.
struct XmlToken {
  XmlKind kind = XmlKind::kNothing;
  std::string_view raw;   // as it stands there
  std::string_view name;  // of an element, with its prefix
};

// Cuts XML in UTF-8 into its pieces without building anything, so that items can be told apart and hostile documents be
// refused before a parser sees them. Linear time, also over broken documents. Not thread-safe.
class XmlScanner {
 public:
  explicit XmlScanner(std::string_view text, size_t begin = 0) : text_(text), at_(begin) {}

  // The next piece. INVALID_ARGUMENT: a piece without its end; a tag over its limits; a document type that declares
  // entities of its own. Then nothing was read.
  absl::StatusOr<XmlToken> Next();

  size_t position() const { return at_; }

  // Goes on from `position`, which must not be before what was read.
  void GoTo(size_t position) { at_ = position; }

 private:
  enum Mark { kCommentEnd, kCDataEnd, kInstructionEnd, kMarks };

  absl::StatusOr<XmlToken> Until(Mark mark, XmlKind kind);
  absl::StatusOr<XmlToken> DocumentType();
  absl::StatusOr<XmlToken> Tag();
  XmlToken Text();
  XmlToken Take(XmlKind kind, size_t end);

  std::string_view text_;
  size_t at_;
  std::array<bool, kMarks> missing_{};  // from at_ on; a second search for it would cost quadratic time
};

// Appends a piece as XML that a strict parser takes: references to HTML's entities become their characters; an '&' or
// '<' that begins nothing is escaped; control characters become blanks; dropped pieces leave nothing.
void AppendMended(const XmlToken& token, std::string& out);

}  // namespace broadsheet::cli
