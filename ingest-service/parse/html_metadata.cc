#include "ingest/parse/html_metadata.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/text/unicode.h"
#include "ingest/parse/html_node.h"
#include "ingest/parse/json_ld.h"
#include "ingest/parse/page_authors.h"
#include "ingest/parse/page_dates.h"
#include "ingest/parse/page_facts.h"
#include "ingest/parse/page_title.h"
#include "ingest/parse/url.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kTitleBytes = 1024;
constexpr size_t kWordsBytes = 256;
constexpr size_t kUrlBytes = 2048;
constexpr size_t kMostTags = 64;

using Keys = std::initializer_list<std::string_view>;

// The first value found under one of several keys, with the key as its evidence.
FoundValue FirstMeta(const PageFacts& facts, Keys keys) {
  for (const std::string_view key : keys) {
    std::string value = facts.Meta(key);
    if (!value.empty()) return {std::move(value), key};
  }
  return {};
}

FoundValue Prefer(std::string value, std::string_view from, FoundValue other) {
  return value.empty() ? std::move(other) : FoundValue{std::move(value), from};
}

void Set(FoundValue found, size_t limit, std::string& value, std::string_view& from) {
  if (found.text.empty()) return;
  value = std::string(TruncateUtf8(found.text, limit));
  from = found.from;
}

// A value of a date field that can be a date at all.
bool HasDay(const std::string& words) {
  return std::count_if(words.begin(), words.end(), absl::ascii_isdigit) >= 3;
}

// The dates of publication that the metadata have, then what the page shows.
std::vector<PageDate> Published(const PageFacts& facts, const LinkedArticle& linked, const xmlNode* root) {
  static constexpr std::string_view kKeys[] = {"article:published_time",
                                               "article:published",
                                               "og:article:published_time",
                                               "datepublished",
                                               "date.published",
                                               "parsely-pub-date",
                                               "dc.date.issued",
                                               "dcterms.created",
                                               "dc.date.created",
                                               "cxenseparse:recs:publishtime",
                                               "sailthru.date",
                                               "article.published",
                                               "publication_date",
                                               "pubdate",
                                               "publishdate",
                                               "publish-date",
                                               "published_date",
                                               "displaydate",
                                               "originalpublicationdate",
                                               "article_date_original",
                                               "rnews:datepublished",
                                               "cxense:publishtime",
                                               "analyticsattributes.articledate",
                                               "og:published_time",
                                               "published_time",
                                               "date_published",
                                               "bt:pubdate",
                                               "dcterms.issued",
                                               "dc.date.published",
                                               "citation_online_date",
                                               "citation_publication_date",
                                               "prism.publicationdate",
                                               "publication-date",
                                               "pub_date",
                                               "rbpubdate",
                                               "vr:published_time",
                                               "video:release_date",
                                               "mediator_published_time",
                                               "dcsext.articlefirstpublished",
                                               "weibo:article:create_at",
                                               "dc:date",
                                               "dc:created",
                                               "created",
                                               "creation_date",
                                               "gentime",
                                               "dc.date",
                                               "dcterms.date",
                                               "date",
                                               "og:pubdate"};
  std::vector<PageDate> dates;
  const auto offer = [&dates](PageDate date) {
    if (!HasDay(date.words)) return;
    date.words = TruncateUtf8(date.words, kWordsBytes);
    dates.push_back(std::move(date));
  };
  offer({linked.published, "JSON-LD datePublished", true});
  for (const std::string_view key : kKeys)
    offer({facts.Meta(key), key, true});
  for (PageDate& shown : FindShownDates(root, facts.title))
    offer(std::move(shown));
  return dates;
}

// Persons before the outlet, whichever source has them.
std::vector<std::string> Authors(const PageFacts& facts, const LinkedArticle& linked,
                                 const std::vector<std::string>& sites, std::string_view& from) {
  const std::pair<std::string_view, std::vector<std::string>> sources[] = {
      {"JSON-LD author", linked.authors},
      {"parsely-author", {facts.Meta("parsely-author")}},
      {"sailthru.author", {facts.Meta("sailthru.author")}},
      {"meta author", {facts.Meta("author")}},
      {"article:author", {facts.Meta("article:author")}},
      {"dc.creator", {facts.Meta("dc.creator")}},
  };
  for (const auto& [name, values] : sources) {
    std::vector<std::string> authors = CleanAuthors(values, sites);
    if (!authors.empty()) return from = name, authors;
  }
  // The first byline that names somebody: those that follow belong to comments and to other articles.
  for (const std::string& byline : facts.bylines) {
    std::vector<std::string> authors = CleanAuthors({byline}, sites);
    if (!authors.empty()) return from = "the page's byline", authors;
  }
  for (const auto& [name, values] : sources) {
    std::vector<std::string> authors = CleanAuthors(values, {});
    if (!authors.empty()) return from = name, authors;
  }
  return {};
}

void AddTag(absl::string_view tag, std::vector<std::string>& tags) {
  tag = absl::StripAsciiWhitespace(tag);
  if (!tag.empty() && tag.size() <= kWordsBytes && tags.size() < kMostTags) tags.emplace_back(tag);
}

std::vector<std::string> Tags(const PageFacts& facts, const LinkedArticle& linked, std::string_view& from) {
  std::vector<std::string> tags;
  for (const std::string& tag : linked.tags)
    AddTag(tag, tags);
  if (!tags.empty()) return from = "JSON-LD keywords", tags;
  if (const auto found = facts.meta.find("article:tag"); found != facts.meta.end()) {
    for (const std::string& value : found->second) {
      for (const absl::string_view tag : absl::StrSplit(value, ','))
        AddTag(tag, tags);
    }
    if (!tags.empty()) return from = "article:tag", tags;
  }
  const FoundValue words = FirstMeta(facts, {"news_keywords", "parsely-tags", "sailthru.tags", "keywords"});
  for (const absl::string_view tag : absl::StrSplit(words.text, absl::ByAnyChar(",;")))
    AddTag(tag, tags);
  if (!tags.empty()) return from = words.from, tags;
  for (const std::string& tag : facts.tags)
    AddTag(tag, tags);
  if (!tags.empty()) from = "links to tags";
  return tags;
}

// An absolute address; one without scheme or host is completed by the page's own.
std::string Absolute(std::string address, const std::string& page) {
  if (absl::StartsWith(address, "//")) address = absl::StrCat("https:", address);
  const auto base = ParseUrl(page);
  if (absl::StartsWith(address, "/") && base.has_value()) {
    const std::string_view root = std::string_view(page).substr(0, base->path.data() - page.data());
    address = absl::StrCat(absl::string_view(root.data(), root.size()), address);
  }
  return address.size() <= kUrlBytes && ParseUrl(address).has_value() ? address : "";
}

FoundValue Image(const PageFacts& facts, const LinkedArticle& linked, const std::string& page) {
  FoundValue meta =
      FirstMeta(facts, {"og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src"});
  FoundValue image = Prefer(linked.image, "JSON-LD image", std::move(meta));
  if (image.text.empty()) image = {facts.image, "link to the image"};
  image.text = Absolute(std::move(image.text), page);
  return image;
}

// "en_US" of OpenGraph is read as such later.
FoundValue Language(const PageFacts& facts, const LinkedArticle& linked) {
  FoundValue meta = FirstMeta(facts, {"content-language", "dc.language", "language", "og:locale"});
  return Prefer(facts.language, "the page's lang attribute",
                Prefer(linked.language, "JSON-LD inLanguage", std::move(meta)));
}

bool SaysArticle(const PageFacts& facts, const LinkedArticle& linked) {
  return !linked.type.empty() || absl::EqualsIgnoreCase(facts.Meta("og:type"), "article");
}

}  // namespace

PageMetadata ReadMetadata(const xmlNode* root) {
  const PageFacts facts = ReadFacts(root);
  LinkedArticle linked = ReadJsonLd(facts.json_ld);
  PageMetadata page;
  Markup& markup = page.markup;
  MarkupEvidence& from = markup.from;
  page.says_article = SaysArticle(facts, linked);
  Set({facts.canonical, "the page's canonical link"}, kUrlBytes, markup.canonical_url, from.canonical_url);
  if (markup.canonical_url.empty()) {
    Set(FirstMeta(facts, {"og:url"}), kUrlBytes, markup.canonical_url, from.canonical_url);
  }
  FoundValue site = FirstMeta(facts, {"og:site_name", "application-name"});
  if (site.text.empty()) site = {linked.publisher, "JSON-LD publisher"};
  Set(std::move(site), kWordsBytes, markup.site, from.site);
  Set(FindHeadline(facts, linked, markup.site), kTitleBytes, markup.title, from.title);
  FoundValue subtitle = Prefer(linked.subtitle, "JSON-LD alternativeHeadline", {facts.subtitle, "the page's subtitle"});
  if (FoldForMatch(subtitle.text) == FoldForMatch(markup.title)) subtitle = {facts.subtitle, "the page's subtitle"};
  Set(std::move(subtitle), kTitleBytes, markup.subtitle, from.subtitle);
  markup.authors = Authors(facts, linked, {markup.site, linked.publisher}, from.authors);
  markup.published = Published(facts, linked, root);
  std::string_view no_evidence;
  Set(Prefer(linked.updated, "", FirstMeta(facts, {"article:modified_time", "og:updated_time", "lastmod"})),
      kWordsBytes, markup.updated, no_evidence);
  Set(Prefer(linked.section, "JSON-LD articleSection",
             FirstMeta(facts, {"article:section", "parsely-section", "section"})),
      kWordsBytes, markup.section, from.section);
  markup.tags = Tags(facts, linked, from.tags);
  Set(Language(facts, linked), kWordsBytes, markup.language, from.language);
  Set(Image(facts, linked, markup.canonical_url), kUrlBytes, markup.image_url, from.image_url);
  page.linked_body = std::move(linked.body);
  return page;
}

}  // namespace broadsheet::ingest
