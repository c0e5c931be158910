#include "cli/formats/xml_scanner.h"

#include <libxml/HTMLparser.h>

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace broadsheet::cli {
namespace {

constexpr std::string_view kMarkTexts[] = {"-->", "]]>", "?>"};

bool BeginsName(char c) {
  return absl::ascii_isalpha(c) || c == '_' || c == ':' || (c & 0x80) != 0;
}

bool BeginsMarkup(std::string_view text, size_t at) {
  if (at + 1 >= text.size()) {
    return false;
  }
  const char next = text[at + 1];
  return BeginsName(next) || next == '/' || next == '!' || next == '?';
}

absl::Status Unclosed(std::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(std::string(what), " that never ends"));
}

bool Has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// Entities that HTML defines are harmless, and so are W3C's lists of them. Anything else is not expanded by anybody.
absl::Status CheckEntity(std::string_view declaration) {
  const std::vector<std::string> words =
      absl::StrSplit(std::string(declaration), absl::ByAnyChar(" \t\r\n"), absl::SkipEmpty());
  const bool is_parameter = !words.empty() && words[0] == "%";
  const std::string name = words.size() < 2 ? "" : words[is_parameter ? 1 : 0];
  const bool is_list = is_parameter && Has(declaration, "PUBLIC") && Has(declaration, "//W3C");
  if (is_list || htmlEntityLookup(reinterpret_cast<const xmlChar*>(name.c_str())) != nullptr) {
    return absl::OkStatus();
  }
  const bool outside = Has(declaration, "SYSTEM") || Has(declaration, "PUBLIC");
  return absl::InvalidArgumentError(
      absl::StrCat("the document type declares the ", outside ? "external " : "", "entity \"", name.substr(0, 40),
                   "\"; documents may declare none of their own (limit 0): they are never expanded or fetched"));
}

absl::Status CheckEntities(std::string_view document_type) {
  constexpr std::string_view kMark = "<!ENTITY";
  for (size_t at = document_type.find(kMark); at != std::string_view::npos; at = document_type.find(kMark, at + 1)) {
    const size_t begin = at + kMark.size();
    const std::string_view declaration = document_type.substr(begin, document_type.find('>', begin) - begin);
    if (absl::Status status = CheckEntity(declaration); !status.ok()) {
      return status;
    }
  }
  return absl::OkStatus();
}

}  // namespace

XmlToken XmlScanner::Take(XmlKind kind, size_t end) {
  XmlToken token{kind, text_.substr(at_, end - at_), {}};
  at_ += token.raw.size();
  return token;
}

absl::StatusOr<XmlToken> XmlScanner::Until(Mark mark, XmlKind kind) {
  const size_t end = missing_[mark] ? std::string_view::npos : text_.find(kMarkTexts[mark], at_);
  if (end == std::string_view::npos) {
    missing_[mark] = true;
    return Unclosed(mark == kCDataEnd ? "a CDATA section" : mark == kCommentEnd ? "a comment" : "an instruction");
  }
  return Take(kind, end + kMarkTexts[mark].size());
}

absl::StatusOr<XmlToken> XmlScanner::DocumentType() {
  char quote = '\0';
  bool inside = false;
  for (size_t end = at_; end < text_.size() && end - at_ < kMaxXmlTagBytes; ++end) {
    const char c = text_[end];
    if (quote != '\0') {
      quote = c == quote ? '\0' : quote;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>' && !inside) {
      const absl::Status checked = CheckEntities(text_.substr(at_, end - at_));
      return checked.ok() ? absl::StatusOr<XmlToken>(Take(XmlKind::kDropped, end + 1)) : checked;
    }
    inside = quote == '\0' && c == '[' ? true : quote == '\0' && c == ']' ? false : inside;
  }
  return Unclosed(absl::StrCat("a document type declaration of more than ", kMaxXmlTagBytes, " bytes, or one"));
}

absl::StatusOr<XmlToken> XmlScanner::Tag() {
  const bool closes = text_.substr(at_).starts_with("</");
  const size_t name_begin = at_ + (closes ? 2 : 1);
  char quote = '\0';
  int attributes = 0;
  size_t end = name_begin;
  for (; end < text_.size() && end - at_ < kMaxXmlTagBytes; ++end) {
    const char c = text_[end];
    if (quote != '\0') {
      quote = c == quote ? '\0' : quote;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      break;
    }
    attributes += quote == '\0' && c == '=' ? 1 : 0;
  }
  if (end == text_.size()) {
    return Unclosed("a tag");
  }
  if (text_[end] != '>' || end - at_ >= kMaxXmlTagBytes) {
    return absl::InvalidArgumentError(absl::StrCat("a tag of more than ", kMaxXmlTagBytes, " bytes, the limit"));
  }
  if (attributes > kMaxXmlAttributes) {
    return absl::InvalidArgumentError(
        absl::StrCat("an element with ", attributes, " attributes; the limit is ", kMaxXmlAttributes));
  }
  const bool empty = !closes && text_[end - 1] == '/';
  const std::string_view inner = text_.substr(name_begin, end - name_begin);
  XmlToken token = Take(closes ? XmlKind::kEnd : empty ? XmlKind::kEmptyElement : XmlKind::kStart, end + 1);
  token.name = inner.substr(0, inner.find_first_of(" \t\r\n/"));
  return token;
}

XmlToken XmlScanner::Text() {
  size_t end = text_.find('<', at_ + 1);
  while (end != std::string_view::npos && !BeginsMarkup(text_, end)) {
    end = text_.find('<', end + 1);
  }
  return Take(XmlKind::kText, std::min(end, text_.size()));
}

absl::StatusOr<XmlToken> XmlScanner::Next() {
  const std::string_view rest = text_.substr(at_);
  if (rest.empty()) {
    return XmlToken();
  }
  if (rest[0] != '<' || !BeginsMarkup(text_, at_)) {
    return Text();
  }
  if (rest.starts_with("<!--")) {
    return Until(kCommentEnd, XmlKind::kDropped);
  }
  if (rest.starts_with("<![CDATA[")) {
    return Until(kCDataEnd, XmlKind::kCData);
  }
  if (rest.starts_with("<?")) {
    return Until(kInstructionEnd, XmlKind::kDropped);
  }
  return rest.starts_with("<!") ? DocumentType() : Tag();
}

}  // namespace broadsheet::cli
