// AppendMended of xml_scanner.h.
#include <libxml/HTMLparser.h>
#include <unicode/utf8.h>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "cli/formats/charset.h"
#include "cli/formats/xml_scanner.h"

namespace broadsheet::cli {
namespace {

constexpr size_t kMaxReferenceBytes = 12;
constexpr uint32_t kReplacement = 0xFFFD;

bool IsXmlCharacter(uint32_t c) {
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0xD800) || (c >= 0xE000 && c < 0xFFFE) ||
         (c >= 0x10000 && c < 0x110000);
}

void AppendCharacter(uint32_t c, std::string& out) {
  if (c == '<' || c == '&' || c == '>' || c == '"' || c == '\'') {
    absl::StrAppend(&out, "&#", c, ";");
    return;
  }
  if (c >= 0x80 && c < 0xA0) {  // numbers of Windows-1252, as browsers read them
    out += ToUtf8(std::string(1, static_cast<char>(c)), Markup::kNone, "windows-1252");
    return;
  }
  char buffer[4];
  int32_t length = 0;
  U8_APPEND_UNSAFE(buffer, length, IsXmlCharacter(c) ? c : kReplacement);
  out.append(buffer, length);
}

bool AppendNumbered(std::string_view digits, std::string& out) {
  const bool hexadecimal = digits.starts_with('x') || digits.starts_with('X');
  uint32_t number = 0;
  const std::string text(hexadecimal ? digits.substr(1) : digits);
  const bool read = !text.empty() && absl::ascii_isxdigit(text[0]) &&
                    (hexadecimal ? absl::SimpleHexAtoi(text, &number) : absl::SimpleAtoi(text, &number));
  if (read) {
    AppendCharacter(number < 0x110000 ? number : kReplacement, out);
  }
  return read;
}

// Appends what the reference at the beginning of `text` stands for, and returns its length; an '&' alone is 1 byte
// long.
size_t AppendReference(std::string_view text, std::string& out) {
  const size_t end = text.substr(0, kMaxReferenceBytes).find(';');
  const std::string name(text.substr(1, end == std::string_view::npos ? 0 : end - 1));
  if (name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos") {
    out.append(text.substr(0, end + 1));
    return end + 1;
  }
  if (name.starts_with("#") && AppendNumbered(std::string_view(name).substr(1), out)) {
    return end + 1;
  }
  const htmlEntityDesc* entity =
      name.empty() ? nullptr : htmlEntityLookup(reinterpret_cast<const xmlChar*>(name.c_str()));
  if (entity != nullptr) {
    AppendCharacter(entity->value, out);
    return end + 1;
  }
  out += "&amp;";
  return 1;
}

// U+FFFE and U+FFFF, the only valid UTF-8 that XML does not allow.
bool IsNoncharacter(std::string_view text) {
  return text.size() >= 3 && text[0] == '\xEF' && text[1] == '\xBF' && (text[2] == '\xBE' || text[2] == '\xBF');
}

void AppendText(std::string_view text, bool is_cdata, std::string& out) {
  for (size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (!is_cdata && c == '&') {
      at += AppendReference(text.substr(at), out);
      continue;
    }
    if (IsNoncharacter(text.substr(at))) {
      AppendCharacter(kReplacement, out);
      at += 3;
      continue;
    }
    if (!is_cdata && c == '<') {
      out += "&lt;";
    } else {
      const bool control = (c >= 0 && c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
      out.push_back(control ? ' ' : c);
    }
    ++at;
  }
}

}  // namespace

void AppendMended(const XmlToken& token, std::string& out) {
  switch (token.kind) {
    case XmlKind::kText:
      AppendText(token.raw, /*is_cdata=*/false, out);
      break;
    case XmlKind::kCData:
      AppendText(token.raw, /*is_cdata=*/true, out);
      break;
    case XmlKind::kStart:
    case XmlKind::kEnd:
    case XmlKind::kEmptyElement:
      out.push_back('<');
      AppendText(token.raw.substr(1), /*is_cdata=*/false, out);
      break;
    case XmlKind::kDropped:
    case XmlKind::kNothing:
      break;
  }
}

}  // namespace broadsheet::cli
