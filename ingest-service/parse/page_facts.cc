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
constexpr size_t kShortestHeadline = 10;

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

// Some pages set the kicker above the headline or the subtitle below it into the heading.
bool IsBesideHeadline(const xmlNode* node) {
  const Hint hint = ReadHint(node);
  return hint == Hint::kMeta || hint == Hint::kSubtitle || hint == Hint::kHidden;
}

std::string HeadlineOf(const xmlNode* heading) {
  const std::string line =
      LineOf(heading, [](const xmlNode* node) { return Name(node) != "h1" && IsBesideHeadline(node); });
  const size_t begin = line.find_first_not_of(" :-");
  return line.size() < kShortestHeadline || begin == std::string::npos ? LineOf(heading) : line.substr(begin);
}

class FactReader {
 public:
  PageFacts Read(const xmlNode* root) {
    Walk(root, [this](const xmlNode* node) { return node->type == XML_ELEMENT_NODE && Look(node); });
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
    if (name == "h1") Keep(facts_.headings, HeadlineOf(node));
    ReadNamed(node, name);
    return true;
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

  void ReadNamed(const xmlNode* node, std::string_view name) {
    if (node->properties == nullptr || name == "meta" || name == "link" || name == "body" || name == "html") return;
    const std::string rel = name == "a" ? Attribute(node, "rel") : "";
    const std::string property = Attribute(node, "itemprop");
    if (HasWord(rel, "tag")) Keep(facts_.tags, LineOf(node));
    const bool says_author = HasWord(rel, "author") || HasWord(property, "author");
    const std::string names = NamesOf(node);
    // Not who comments, nor the field for a comment's author.
    const bool calls_itself = ContainsAny(names, {"byline", "author"}) && !absl::StrContains(names, "comment");
    if (says_author || calls_itself) KeepByline(node);
    if (facts_.subtitle.empty() && !facts_.headings.empty() &&
        ContainsAny(names, {"sub", "dek", "deck", "standfirst"}) && ReadHint(node) == Hint::kSubtitle) {
      facts_.subtitle = LineOf(node);
    }
  }

  void KeepByline(const xmlNode* node) {
    std::string line = LineOf(node, [](const xmlNode* part) { return ReadHint(part) == Hint::kHidden; });
    if (line.size() <= kLongestByline) Keep(facts_.bylines, std::move(line));
  }

  PageFacts facts_;
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
