#include "ingest/parse/page_title.h"

#include <algorithm>
#include <array>

#include "absl/strings/match.h"
#include "common/text/unicode.h"

namespace broadsheet::ingest {
namespace {

constexpr std::array<std::string_view, 12> kSeparators = {" | ", " - ", " – ", " — ", " :: ", " • ",
                                                          " « ", " » ", " · ", " / ", "｜",   " ‹ "};
constexpr size_t kShortest = 10;  // bytes of a headline that is left when a name is cut off
constexpr size_t kLongestName = 40;
constexpr size_t kLongestLabel = 24;

std::string Fold(std::string_view text) {
  std::string folded = FoldForMatch(text);
  // "The Alder Post" and "alderpost" are one outlet.
  folded.erase(std::remove_if(folded.begin(), folded.end(), [](char c) { return c == ' ' || c == '.' || c == ','; }),
               folded.end());
  return folded;
}

bool IsNameOf(std::string_view part, std::string_view site) {
  const std::string name = Fold(part);
  const std::string folded_site = Fold(site);
  if (name.empty() || folded_site.empty()) return false;
  return name == folded_site || absl::StartsWith(name, folded_site) || absl::StartsWith(folded_site, name);
}

// "Headline | Section | Site" -> "Headline", when the page says what its site is called or when `blind`.
std::string WithoutSite(std::string title, std::string_view site, bool blind) {
  for (const std::string_view separator : kSeparators) {
    const size_t last = title.rfind(separator);
    if (last == std::string::npos) continue;
    const std::string_view end = std::string_view(title).substr(last + separator.size());
    const bool names = IsNameOf(end, site) || (blind && end.size() <= kLongestName && last > 2 * end.size());
    if (names && last >= kShortest) return WithoutSite(title.substr(0, last), site, false);
    const size_t first = title.find(separator);
    const std::string_view begin = std::string_view(title).substr(0, first);
    if (IsNameOf(begin, site) && title.size() - first > kShortest) return title.substr(first + separator.size());
  }
  return title;
}

// Whether two headlines are the same but for case, marks and a few words at an end.
bool Agree(std::string_view one, std::string_view other) {
  const std::string a = Fold(one);
  const std::string b = Fold(other);
  if (a.empty() || b.empty()) return false;
  return absl::StartsWith(a, b) || absl::StartsWith(b, a);
}

bool EndsWithLine(std::string_view text, std::string_view part) {
  return absl::EndsWith(FoldForMatch(text), FoldForMatch(part));
}

FoundValue Choose(const PageFacts& facts, const LinkedArticle& linked, std::string_view site) {
  const std::string og = WithoutSite(facts.Meta("og:title"), site, false);
  const std::string element = WithoutSite(facts.title, site, /*blind=*/true);
  const std::string headline = WithoutSite(linked.headline, site, false);
  for (const std::string& heading : facts.headings) {
    // A label set into the heading, as in "Opinion Headline".
    for (const std::string& other : {headline, og, element}) {
      const bool inside = other.size() >= 2 * kShortest && heading.size() > other.size() &&
                          heading.size() <= other.size() + kLongestLabel && EndsWithLine(heading, other);
      if (inside) return {other, "the page's headline"};
    }
    const bool agreed = Agree(heading, headline) || Agree(heading, og) || Agree(heading, element);
    if (agreed && heading.size() >= kShortest) return {WithoutSite(heading, site, false), "the page's headline"};
  }
  // A single h1 is the headline even when the metadata have another for search engines; not the name of the site.
  const bool one = facts.headings.size() == 1 && !IsNameOf(facts.headings.front(), site);
  if (one && facts.headings.front().size() >= 2 * kShortest) return {facts.headings.front(), "the page's headline"};
  if (!headline.empty()) return {headline, "JSON-LD headline"};
  if (!og.empty()) return {og, "og:title"};
  if (const std::string twitter = WithoutSite(facts.Meta("twitter:title"), site, false); !twitter.empty()) {
    return {twitter, "twitter:title"};
  }
  if (one) return {facts.headings.front(), "the page's headline"};
  return {element, element.empty() ? "" : "the title element"};
}

// "Headline (video)" -> "Headline"
std::string WithoutMediaMark(std::string title) {
  static constexpr std::array<std::string_view, 10> kMarks = {"video", "videos",   "with video", "watch",  "photos",
                                                              "photo", "pictures", "audio",      "listen", "gallery"};
  if (!title.ends_with(')') && !title.ends_with(']')) return title;
  const size_t open = title.find_last_of("([");
  if (open == std::string::npos || open < kShortest) return title;
  const std::string mark = FoldForMatch(std::string_view(title).substr(open + 1, title.size() - open - 2));
  if (std::find(kMarks.begin(), kMarks.end(), mark) == kMarks.end()) return title;
  return title.substr(0, title.find_last_not_of(' ', open - 1) + 1);
}

}  // namespace

FoundValue FindHeadline(const PageFacts& facts, const LinkedArticle& linked, std::string_view site) {
  FoundValue found = Choose(facts, linked, site);
  found.text = WithoutMediaMark(std::move(found.text));
  return found;
}

}  // namespace broadsheet::ingest
