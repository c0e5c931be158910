#include "ingest/parse/html_metadata.h"

#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "ingest/parse/html_node.h"
#include "ingest/parse/text_sink.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kLongestLine = 1024;
constexpr size_t kMostTitlesSeen = 2;

// Meta elements that hold the date of publication, the best first.
constexpr std::array<std::string_view, 8> kDateNames = {
    "article:published_time", "datepublished", "date.published", "parsely-pub-date",
    "dc.date.issued",         "sailthru.date", "pubdate",        "publishdate"};

absl::string_view Absl(std::string_view text) {
  return {text.data(), text.size()};
}

struct Findings {
  std::string og_title, title, heading, site, language, canonical, time;
  size_t headings = 0;
  std::array<std::string, kDateNames.size()> dates;
};

void KeepFirst(std::string& slot, std::string value) {
  if (slot.empty()) slot = std::move(value);
}

void ReadMeta(const xmlNode* node, Findings& found) {
  std::string key = Attribute(node, "property");
  if (key.empty()) key = Attribute(node, "name");
  if (key.empty()) key = Attribute(node, "itemprop");
  absl::AsciiStrToLower(&key);
  if (key == "og:title") KeepFirst(found.og_title, Attribute(node, "content"));
  if (key == "og:site_name") KeepFirst(found.site, Attribute(node, "content"));
  for (size_t i = 0; i < kDateNames.size(); ++i) {
    if (key == kDateNames[i]) KeepFirst(found.dates[i], Attribute(node, "content"));
  }
}

void Look(const xmlNode* node, Findings& found) {
  const std::string_view name = Name(node);
  if (name == "meta") ReadMeta(node, found);
  if (name == "html") KeepFirst(found.language, Attribute(node, "lang"));
  if (name == "time") KeepFirst(found.time, Attribute(node, "datetime"));
  if (name == "title" && found.title.empty()) found.title = LineOf(node);
  if (name == "h1" && ++found.headings < kMostTitlesSeen) found.heading = LineOf(node);
  if (name == "link" && absl::EqualsIgnoreCase(Attribute(node, "rel"), "canonical")) {
    KeepFirst(found.canonical, Attribute(node, "href"));
  }
}

// Visits every element under `root` in document order; a title inside a drawing is none.
template <typename Visit>
void ForEachElement(const xmlNode* root, const Visit& visit) {
  for (const xmlNode* node = root; node != nullptr;) {
    const bool inside = node->type == XML_ELEMENT_NODE && Name(node) != "svg";
    if (inside) visit(node);
    if (inside && node->children != nullptr) {
      node = node->children;
      continue;
    }
    while (node != root && node->next == nullptr)
      node = node->parent;
    node = node == root ? nullptr : node->next;
  }
}

// "Headline | Site" -> "Headline", when the page says what its site is called.
std::string WithoutSite(std::string title, std::string_view site) {
  if (site.empty() || !absl::EndsWithIgnoreCase(title, Absl(site))) return title;
  std::string_view head = std::string_view(title).substr(0, title.size() - site.size());
  for (const std::string_view separator : {" | ", " - ", " – ", " — ", " :: ", " • ", " « ", " » "}) {
    if (head.size() > separator.size() && head.ends_with(separator)) {
      return std::string(head.substr(0, head.size() - separator.size()));
    }
  }
  return title;
}

}  // namespace

std::string Attribute(const xmlNode* node, std::string_view name) {
  for (const xmlAttr* attribute = node->properties; attribute != nullptr; attribute = attribute->next) {
    if (name != reinterpret_cast<const char*>(attribute->name)) continue;
    std::string value;
    for (const xmlNode* part = attribute->children; part != nullptr; part = part->next)
      value += Content(part);
    return std::string(absl::StripAsciiWhitespace(value));
  }
  return {};
}

std::string LineOf(const xmlNode* root) {
  TextSink sink;
  for (const xmlNode* node = root; node != nullptr && sink.size() < kLongestLine;) {
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) sink.Text(Content(node));
    if (node->type == XML_ELEMENT_NODE && Name(node) == "br") sink.Text(" ");
    if (node->type == XML_ELEMENT_NODE && node->children != nullptr) {
      node = node->children;
      continue;
    }
    while (node != root && node->next == nullptr)
      node = node->parent;
    node = node == root ? nullptr : node->next;
  }
  return sink.Take();
}

Markup ReadMetadata(const xmlNode* root) {
  Findings found;
  ForEachElement(root, [&found](const xmlNode* node) { Look(node, found); });
  Markup markup;
  markup.language = found.language;
  markup.canonical_url = found.canonical;
  for (std::string& date : found.dates)
    KeepFirst(markup.published, std::move(date));
  KeepFirst(markup.published, std::move(found.time));
  markup.title = found.og_title;
  if (found.headings == 1) KeepFirst(markup.title, std::move(found.heading));
  KeepFirst(markup.title, WithoutSite(std::move(found.title), found.site));
  return markup;
}

}  // namespace broadsheet::ingest
