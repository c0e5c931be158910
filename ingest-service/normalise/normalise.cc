#include "ingest/normalise/normalise.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "ingest/clean/clean.h"
#include "ingest/normalise/canonical_url.h"
#include "ingest/normalise/language_tag.h"
#include "ingest/normalise/names.h"
#include "ingest/parse/url.h"

namespace broadsheet::ingest {
namespace {

template <typename Values>
std::vector<std::string_view> Views(const Values& values) {
  return {values.begin(), values.end()};
}

Markup NormaliseMarkup(const Markup& markup) {
  Markup normal;
  normal.title = CleanLine(markup.title);
  normal.subtitle = CleanLine(markup.subtitle);
  normal.authors = NormaliseAuthors(Views(markup.authors));
  normal.published = markup.published;
  for (PageDate& date : normal.published)
    date.words = CleanLine(date.words);
  normal.updated = CleanLine(markup.updated);
  normal.section = CleanLine(markup.section);
  normal.tags = NormaliseTags(Views(markup.tags));
  normal.site = CleanLine(markup.site);
  normal.language = CanonicalLanguageTag(markup.language).value_or("");
  normal.canonical_url = CanonicalUrl(markup.canonical_url).value_or("");
  normal.image_url = markup.image_url;
  normal.from = markup.from;
  return normal;
}

// The address as written: pictures are served by exactly that.
std::string ImageUrl(const std::string& url) {
  const absl::string_view stripped = absl::StripAsciiWhitespace(url);
  return ParseUrl({stripped.data(), stripped.size()}).has_value() ? std::string(stripped) : "";
}

}  // namespace

NormalArticle Normalise(CleanArticle clean) {
  NormalArticle normal{std::move(clean.raw), std::move(clean.body), NormaliseMarkup(clean.markup)};
  const v1::RawArticle& raw = normal.raw;
  normal.title = CleanLine(raw.title());
  normal.canonical_url = CanonicalUrl(raw.url()).value_or("");
  normal.source = CleanLine(raw.source());
  normal.section = CleanLine(raw.section());
  normal.authors = NormaliseAuthors(Views(raw.authors()));
  normal.tags = NormaliseTags(Views(raw.tags()));
  normal.published = CleanLine(raw.published());
  normal.language = CanonicalLanguageTag(raw.language()).value_or("");
  normal.subtitle = CleanLine(raw.subtitle());
  normal.image_url = ImageUrl(raw.image_url());
  return normal;
}

}  // namespace broadsheet::ingest
