#include "ingest/parse/page_hint.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "ingest/parse/html_node.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kMostBytes = 240;
constexpr size_t kLongWord = 8;

using WordMap = absl::flat_hash_map<std::string_view, Hint>;

void Add(WordMap& map, Hint hint, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words)
    map[word] = hint;
}

// Words of names, seen in the markup of news sites: "c-related__list" has the words c, related and list.
const WordMap& Words() {
  static const WordMap* const map = [] {
    auto* words = new WordMap;
    Add(*words, Hint::kComments, {"disqus", "kommentare", "kommentar", "commentaires", "comentarios", "commenti"});
    Add(*words, Hint::kFurniture, {"nav",         "navigation",      "navbar",         "subnav",      "menu",
                                   "menus",       "submenu",         "breadcrumb",     "breadcrumbs", "footer",
                                   "colophon",    "masthead",        "sidebar",        "sidebars",    "rail",
                                   "respond",     "share",           "sharing",        "sharebar",    "sharethis",
                                   "addtoany",    "social",          "follow",         "newsletter",  "newsletters",
                                   "signup",      "subscribe",       "subscription",   "promo",       "promos",
                                   "promotion",   "promoted",        "advert",         "adverts",     "ad",
                                   "ads",         "adslot",          "advertisement",  "advertising", "sponsor",
                                   "sponsored",   "taboola",         "outbrain",       "recirc",      "recirculation",
                                   "related",     "relateds",        "recommended",    "recommends",  "recommend",
                                   "trending",    "popular",         "mostread",       "mostpopular", "cookie",
                                   "cookies",     "consent",         "gdpr",           "modal",       "popup",
                                   "overlay",     "tooltip",         "lightbox",       "login",       "signin",
                                   "pagination",  "pager",           "toolbar",        "toolbox",     "skip",
                                   "contentinfo", "copyright",       "complementary",  "poll",        "dropdown",
                                   "flyout",      "drawer",          "hamburger",      "toggle",      "readmore",
                                   "morefrom",    "editorspicks",    "partner",        "partners",    "affiliate",
                                   "donate",      "donation",        "buttons",        "btn",         "tweet",
                                   "instagram",   "recommendations", "recommendation", "teaser",      "teasers",
                                   "leaderboard", "syndication",     "republish",      "reprints",    "upsell",
                                   "offers",      "coupon"});
    Add(*words, Hint::kMeta,
        {"byline",   "bylines",     "author",      "authors",      "bio",      "timestamp", "tags",      "taglist",
         "tagcloud", "eyebrow",     "kicker",      "roofline",     "overline", "topline",   "dachzeile", "spitzmarke",
         "pubdate",  "attribution", "contributor", "contributors", "topics",   "keywords",  "readtime",  "categories"});
    Add(*words, Hint::kMedia,
        {"caption", "captions", "credit", "credits", "figcaption", "gallery", "slideshow", "carousel", "slider",
         "swiper", "player", "jwplayer", "video", "videos", "photo", "thumbnail", "thumb", "lightbox"});
    Add(*words, Hint::kWeak,
        {"card",     "cards",      "widget", "callout",   "aside",   "infobox",      "meta",   "metadata",
         "links",    "box",        "embed",  "secondary", "bar",     "disclaimer",   "notice", "alert",
         "message",  "extra",      "tools",  "actions",   "utility", "tabs",         "tab",    "label",
         "icon",     "latest",     "more",   "module",    "list",    "info",         "print",  "email",
         "feedback", "correction", "rating", "breaking",  "ticker",  "interstitial", "inline", "enhancement"});
    Add(*words, Hint::kSubtitle,
        {"subtitle", "subheadline", "subheading", "subhead", "subhed", "standfirst", "deck", "dek", "sapo", "chapo",
         "strapline"});
    return words;
  }();
  return *map;
}

// Names of which the whole says what its words do not.
const WordMap& Names() {
  static const WordMap* const map = [] {
    auto* names = new WordMap;
    Add(*names, Hint::kBody,
        {"articlebody",
         "article-body",
         "article_body",
         "article__body",
         "article-content",
         "article__content",
         "article_content",
         "articlecontent",
         "article-text",
         "article__text",
         "articletext",
         "story-body",
         "storybody",
         "story__body",
         "story_body",
         "story-content",
         "storycontent",
         "story-text",
         "post-content",
         "post__content",
         "post_content",
         "postcontent",
         "post-body",
         "postbody",
         "entry-content",
         "entrycontent",
         "entry__content",
         "entry-body",
         "td-post-content",
         "body-content",
         "content-body",
         "content__body",
         "body-copy",
         "bodycopy",
         "body-text",
         "bodytext",
         "rich-text",
         "richtext",
         "single-content",
         "news-content",
         "articlebodycontent",
         "main-article",
         "article-main",
         "article__main",
         "content__article-body",
         "paywall-content",
         "prose"});
    Add(*names, Hint::kHidden,
        {"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screenreader", "screen-reader",
         "u-hidden", "is-hidden", "hidden", "hide", "print-only", "printonly", "only-print", "show-for-print",
         "screen-reader-only", "a11y-hidden", "hidden-text", "noprint-only"});
    Add(*names, Hint::kMeta,
        {"dateline-time", "post-date", "article-date", "publish-date", "published-date", "entry-meta", "post-meta",
         "article-meta"});
    Add(*names, Hint::kFurniture,
        {"most-read", "most-popular", "read-more",   "see-also",     "also-read",     "more-from",     "read-next",
         "up-next",   "sign-up",      "log-in",      "ad-container", "you-may-like",  "editors-picks", "follow-us",
         "read-also", "more-stories", "top-stories", "latest-news",  "related-posts", "twitter-tweet"});
    return names;
  }();
  return *map;
}

// "authorprofile" and the like: words written together.
Hint FindWord(std::string_view word) {
  const auto found = Words().find(word);
  if (found != Words().end()) return found->second;
  if (word.find("comment") != std::string_view::npos) return Hint::kComments;
  if (word.size() < kLongWord) return Hint::kNone;
  for (const std::string_view part : {"newsletter", "related", "recommend", "sidebar", "sponsor", "trending",
                                      "breadcrumb", "popular", "advert", "social", "sharing"}) {
    if (word.find(part) != std::string_view::npos) return Hint::kFurniture;
  }
  return word.starts_with("author") || word.starts_with("biograph") ? Hint::kMeta : Hint::kNone;
}

bool IsSeparator(char c) {
  return !absl::ascii_isalnum(c) && static_cast<signed char>(c) >= 0;
}

// A hint of a name, the first word that gives one counting; but for words that make no statement on the element itself,
// as in "has-sidebar" or "no-comments".
Hint HintOfName(std::string_view name) {
  std::string lower(name);
  absl::AsciiStrToLower(&lower);
  const auto whole = Names().find(lower);
  if (whole != Names().end()) return whole->second;
  Hint hint = Hint::kNone;
  bool first = true;
  for (size_t at = 0; at < name.size();) {
    size_t end = at;
    while (end < name.size() && !IsSeparator(name[end]) &&
           !(end > at && absl::ascii_isupper(name[end]) && absl::ascii_islower(name[end - 1]))) {
      ++end;
    }
    const std::string_view word = std::string_view(lower).substr(at, end - at);
    if (first && (word == "has" || word == "no" || word == "with" || word == "js" || word == "is")) return Hint::kNone;
    if (!word.empty()) first = false;
    const auto found = FindWord(word);
    if (found != Hint::kNone && (hint == Hint::kNone || hint == Hint::kWeak)) hint = found;
    at = end < name.size() && IsSeparator(name[end]) ? end + 1 : end;
  }
  return hint;
}

// How much a hint is to be preferred over others of the same element.
int Rank(Hint hint) {
  switch (hint) {
    case Hint::kHidden:
      return 6;
    case Hint::kBody:
      return 5;
    case Hint::kFurniture:
    case Hint::kComments:
      return 4;
    case Hint::kMeta:
      return 3;
    case Hint::kMedia:
      return 3;
    case Hint::kSubtitle:
      return 2;
    case Hint::kWeak:
      return 1;
    case Hint::kNone:
      break;
  }
  return 0;
}

Hint HintOfNames(std::string_view names) {
  names = names.substr(0, kMostBytes);
  Hint best = Hint::kNone;
  for (size_t at = 0; at < names.size();) {
    const size_t end = std::min(names.find_first_of(" \t\r\n\f", at), names.size());
    const std::string_view name = names.substr(at, end - at);
    // Utility frameworks write "md:hidden" and "[&_a]:x": layout, not meaning.
    if (!name.empty() && name.find_first_of(":[") == std::string_view::npos) {
      const Hint hint = HintOfName(name);
      if (Rank(hint) > Rank(best)) best = hint;
    }
    at = end + 1;
  }
  return best;
}

bool IsHiddenByStyle(std::string style) {
  style.erase(std::remove_if(style.begin(), style.end(), absl::ascii_isspace), style.end());
  absl::AsciiStrToLower(&style);
  return style.find("display:none") != std::string::npos || style.find("visibility:hidden") != std::string::npos;
}

}  // namespace

Hint ReadHint(const xmlNode* element) {
  static constexpr std::array<std::string_view, 8> kNamed = {
      "class", "id", "role", "itemprop", "data-testid", "data-component", "data-module", "data-qa"};
  // Elements of scripts are named as others are classed: "amp-sidebar".
  const std::string_view tag = Name(element);
  Hint best = tag.find('-') != std::string_view::npos ? HintOfName(tag.substr(0, kMostBytes)) : Hint::kNone;
  for (const xmlAttr* attribute = element->properties; attribute != nullptr; attribute = attribute->next) {
    const std::string_view name = reinterpret_cast<const char*>(attribute->name);
    const std::string_view value = attribute->children != nullptr && attribute->children->next == nullptr
                                       ? Content(attribute->children)
                                       : std::string_view();
    if (name == "hidden") return Hint::kHidden;
    if (name == "aria-hidden" && value == "true") return Hint::kHidden;
    if (name == "style" && value.size() < 1000 && IsHiddenByStyle(std::string(value))) return Hint::kHidden;
    if (std::find(kNamed.begin(), kNamed.end(), name) == kNamed.end()) continue;
    const Hint hint = HintOfNames(value);
    if (Rank(hint) > Rank(best)) best = hint;
  }
  return best;
}

}  // namespace broadsheet::ingest
