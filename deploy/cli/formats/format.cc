#include "cli/formats/format.h"

#include <set>
#include <string>

#include "absl/strings/ascii.h"

namespace broadsheet::cli {
namespace {

constexpr char kWarcMark[] = "WARC/";

bool IsKnownRoot(std::string_view local_name) {
  static const std::set<std::string_view> names = {
      "rss",         "rdf",         "feed",         "entry",         "newsitem", "packageitem", "newsmessage",
      "conceptitem", "catalogitem", "planningitem", "knowledgeitem", "nitf",     "newsml"};
  return names.contains(local_name);
}

// The beginning of a text as one byte a character: what is looked for is ASCII in every character set that occurs.
std::string Prologue(std::string_view bytes) {
  std::string plain;
  for (const char c : bytes.substr(0, kMaxPrologueBytes)) {
    if (c != '\0' && !(plain.empty() && ((c & 0x80) != 0 || absl::ascii_isspace(c)))) {
      plain.push_back(c);
    }
  }
  return plain;
}

// Where a document type declaration ends: after its '>', but not one in its internal subset.
size_t EndOfDocumentType(std::string_view text, size_t at) {
  bool inside = false;
  for (; at < text.size(); ++at) {
    inside = text[at] == '[' || (inside && text[at] != ']');
    if (text[at] == '>' && !inside) {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

size_t After(std::string_view text, std::string_view mark, size_t at) {
  const size_t found = text.find(mark, at);
  return found == std::string_view::npos ? found : found + mark.size();
}

struct Root {
  bool complete = false;   // the name was read to its end, or there cannot be one
  std::string local_name;  // in small letters
};

Root FindRoot(std::string_view text) {
  size_t at = 0;
  while (at < text.size() && text[at] == '<') {
    if (text.substr(at).starts_with("<?")) {
      at = After(text, "?>", at);
    } else if (text.substr(at).starts_with("<!--")) {
      at = After(text, "-->", at);
    } else if (text.substr(at).starts_with("<!")) {
      at = EndOfDocumentType(text, at);
    } else {
      const size_t end = text.find_first_of(" \t\r\n/>", at + 1);
      if (end == std::string_view::npos) {
        return {};
      }
      const std::string_view name = text.substr(at + 1, end - at - 1);
      return {true, absl::AsciiStrToLower(std::string(name.substr(name.find(':') + 1)))};
    }
    at = text.find_first_not_of(" \t\r\n", at);
  }
  return {at < text.size(), ""};
}

}  // namespace

std::optional<Format> Recognise(std::string_view first_bytes, bool at_end) {
  at_end = at_end || first_bytes.size() >= kMaxPrologueBytes;
  const std::string text = Prologue(first_bytes);
  if (text.size() < sizeof(kWarcMark) - 1 && !at_end && std::string_view(kWarcMark).starts_with(text)) {
    return std::nullopt;
  }
  if (text.starts_with(kWarcMark)) {
    return Format::kWarc;
  }
  if (!text.starts_with("<")) {
    return Format::kAuto;
  }
  const Root root = FindRoot(text);
  if (!root.complete && !at_end) {
    return std::nullopt;
  }
  if (root.local_name == "html") {
    return Format::kHtml;
  }
  return IsKnownRoot(root.local_name) || text.starts_with("<?xml") ? Format::kXml : Format::kAuto;
}

bool HasKnownRoot(std::string_view first_bytes) {
  return IsKnownRoot(FindRoot(Prologue(first_bytes)).local_name);
}

bool IsGzip(std::string_view bytes) {
  return bytes.starts_with("\x1f\x8b\x08");
}

bool IsGzipBeginning(std::string_view bytes) {
  return bytes.size() < 3 && std::string_view("\x1f\x8b\x08").starts_with(bytes);
}

}  // namespace broadsheet::cli
