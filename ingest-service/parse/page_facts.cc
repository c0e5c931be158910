#include "ingest/parse/page_facts.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "ingest/parse/html_node.h"
#include "ingest/parse/page_hint.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kMostValues = 64;  // of one kind
constexpr size_t kLongestByline = 300;
constexpr size_t kLongestDate = 80;
constexpr size_t kLongestNames = 300;  // of an element's classes and id
constexpr int kTextsBelow = 40;        // pieces of text below the headline that may hold its date
constexpr auto kMostDigits = 12;       // a day, a year and a time
constexpr auto kFewestDigits = 5;      // a day and a year

absl::string_view Absl(std::string_view text) {
  return {text.data(), text.size()};
}

void Keep(std::vector<std::string>& values, std::string value) {
  if (!value.empty() && values.size() < kMostValues) values.push_back(std::move(value));
}

void KeepFirst(std::string& slot, std::string value) {
  if (slot.empty()) slot = std::move(value);
}

// Whether one of the words of an attribute is `word`.
bool HasWord(const std::string& value, std::string_view word) {
  for (size_t at = 0; at < value.size();) {
    const size_t end = std::min(value.find(' ', at), value.size());
    if (absl::EqualsIgnoreCase(Absl(std::string_view(value).substr(at, end - at)), Absl(word))) return true;
    at = end + 1;
  }
  return false;
}

class FactReader {
 public:
  PageFacts Read(const xmlNode* root) {
    for (const xmlNode* node = root; node != nullptr;) {
      if (node->type == XML_TEXT_NODE) ReadText(node);
      const bool inside = node->type == XML_ELEMENT_NODE && Look(node);
      if (inside && node->children != nullptr) {
        node = node->children;
        continue;
      }
      while (node != root && node->next == nullptr)
        node = node->parent;
      node = node == root ? nullptr : node->next;
    }
    if (!published_times_.empty()) std::swap(facts_.times, published_times_);
    facts_.times.insert(facts_.times.end(), published_times_.begin(), published_times_.end());
    return std::move(facts_);
  }

 private:
  // Whether to look inside; a title inside a drawing is none.
  bool Look(const xmlNode* node) {
    const std::string_view name = Name(node);
    if (name == "svg") return false;
    if (name == "script") return ReadScript(node), false;
    if (name == "meta") ReadMeta(node);
    if (name == "link") ReadLink(node);
    if (name == "html") KeepFirst(facts_.language, Attribute(node, "lang"));
    if (name == "title" && facts_.title.empty()) facts_.title = LineOf(node);
    if (name == "h1") Keep(facts_.headings, LineOf(node));
    if (name == "time") ReadTime(node);
    ReadNamed(node, name);
    return true;
  }

  // Looks for a date between the headline and the text.
  void ReadText(const xmlNode* node) {
    if (facts_.headings.empty() || !facts_.date_text.empty() || texts_ >= kTextsBelow || IsBlank(Content(node))) return;
    const bool is_headline = absl::StrContains(facts_.headings.back(), absl::StripAsciiWhitespace(Absl(Content(node))));
    ++texts_;
    if (!is_headline && Content(node).size() <= kLongestDate && HasDay(Content(node)))
      facts_.date_text = std::string(Content(node));
  }

  // A year of our time and a day beside it.
  static bool HasDay(std::string_view text) {
    const auto digits = std::count_if(text.begin(), text.end(), absl::ascii_isdigit);
    const bool has_year = text.find("20") != std::string_view::npos || text.find("19") != std::string_view::npos;
    return has_year && digits >= kFewestDigits && digits <= kMostDigits;
  }

  void ReadScript(const xmlNode* node) {
    if (!absl::StartsWithIgnoreCase(Attribute(node, "type"), "application/ld+json")) return;
    if (node->children != nullptr && facts_.json_ld.size() < kMostValues) {
      facts_.json_ld.push_back(Content(node->children));
    }
  }

  void ReadMeta(const xmlNode* node) {
    std::string content = Attribute(node, "content");
    if (content.empty()) return;
    for (const std::string_view attribute : {"property", "name", "itemprop", "http-equiv"}) {
      std::string key = Attribute(node, attribute);
      if (key.empty()) continue;
      absl::AsciiStrToLower(&key);
      Keep(facts_.meta[key], content);
    }
  }

  void ReadLink(const xmlNode* node) {
    const std::string rel = Attribute(node, "rel");
    if (HasWord(rel, "canonical")) KeepFirst(facts_.canonical, Attribute(node, "href"));
    if (HasWord(rel, "image_src")) KeepFirst(facts_.image, Attribute(node, "href"));
  }

  void ReadTime(const xmlNode* node) {
    std::string when = Attribute(node, "datetime");
    if (when.empty()) when = LineOf(node);
    const std::string property = absl::AsciiStrToLower(Attribute(node, "itemprop") + " " + Attribute(node, "class"));
    const bool published =
        node->properties != nullptr && (HasAttribute(node, "pubdate") || absl::StrContains(property, "publi"));
    const bool updated = absl::StrContains(property, "modif") || absl::StrContains(property, "updat");
    if (!updated || published) Keep(published ? published_times_ : facts_.times, std::move(when));
  }

  static bool HasAttribute(const xmlNode* node, const char* name) {
    return xmlHasProp(node, reinterpret_cast<const xmlChar*>(name)) != nullptr;
  }

  void ReadNamed(const xmlNode* node, std::string_view name) {
    if (node->properties == nullptr || name == "meta" || name == "link" || name == "body" || name == "html") return;
    const std::string rel = name == "a" ? Attribute(node, "rel") : "";
    const std::string property = Attribute(node, "itemprop");
    if (HasWord(rel, "tag")) Keep(facts_.tags, LineOf(node));
    if (HasWord(property, "datePublished") && name != "time") {
      std::string when = Attribute(node, "datetime");
      Keep(published_times_, when.empty() ? Attribute(node, "content") : when);
    }
    const bool says_author = HasWord(rel, "author") || HasWord(property, "author");
    std::string names = Attribute(node, "class") + " " + Attribute(node, "id");
    if (names.size() > kLongestNames) names.resize(kLongestNames);
    absl::AsciiStrToLower(&names);
    if (says_author || ContainsAny(names, {"byline", "author"})) KeepByline(node);
    if (facts_.subtitle.empty() && !facts_.headings.empty() &&
        ContainsAny(names, {"sub", "dek", "deck", "standfirst"}) && ReadHint(node) == Hint::kSubtitle) {
      facts_.subtitle = LineOf(node);
    }
    if (facts_.date_line.empty() && ContainsAny(names, {"date", "publish", "posted", "timestamp"})) KeepDate(node);
  }

  static bool ContainsAny(const std::string& names, std::initializer_list<absl::string_view> words) {
    return std::any_of(words.begin(), words.end(),
                       [&names](absl::string_view word) { return absl::StrContains(names, word); });
  }

  void KeepByline(const xmlNode* node) {
    std::string line = LineOf(node);
    if (line.size() <= kLongestByline) Keep(facts_.bylines, std::move(line));
  }

  void KeepDate(const xmlNode* node) {
    std::string line = LineOf(node);
    const auto digits = std::count_if(line.begin(), line.end(), absl::ascii_isdigit);
    if (line.size() <= kLongestDate && digits >= kFewestDigits) facts_.date_line = std::move(line);
  }

  PageFacts facts_;
  std::vector<std::string> published_times_;
  int texts_ = 0;  // seen below the headline
};

}  // namespace

std::string PageFacts::Meta(std::string_view key) const {
  const auto found = meta.find(absl::string_view(key.data(), key.size()));
  return found == meta.end() ? "" : found->second.front();
}

PageFacts ReadFacts(const xmlNode* root) {
  return FactReader().Read(root);
}

}  // namespace broadsheet::ingest
