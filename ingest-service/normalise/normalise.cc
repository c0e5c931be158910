#include "ingest/normalise/normalise.h"

#include <utility>

#include "ingest/clean/clean.h"
#include "ingest/normalise/canonical_url.h"
#include "ingest/normalise/language_tag.h"
#include "ingest/normalise/names.h"

namespace broadsheet::ingest {
namespace {

std::vector<std::string_view> Views(const google::protobuf::RepeatedPtrField<std::string>& values) {
  return {values.begin(), values.end()};
}

Markup NormaliseMarkup(const Markup& markup) {
  Markup normal;
  normal.title = CleanLine(markup.title);
  normal.published = CleanLine(markup.published);
  normal.language = CanonicalLanguageTag(markup.language).value_or("");
  normal.canonical_url = CanonicalUrl(markup.canonical_url).value_or("");
  return normal;
}

}  // namespace

NormalArticle Normalise(CleanArticle clean) {
  NormalArticle normal{
      std::move(clean.raw), std::move(clean.body), NormaliseMarkup(clean.markup), {}, {}, {}, {}, {}, {}, {}, {}};
  const v1::RawArticle& raw = normal.raw;
  normal.title = CleanLine(raw.title());
  normal.canonical_url = CanonicalUrl(raw.url()).value_or("");
  normal.source = CleanLine(raw.source());
  normal.section = CleanLine(raw.section());
  normal.authors = NormaliseAuthors(Views(raw.authors()));
  normal.tags = NormaliseTags(Views(raw.tags()));
  normal.published = CleanLine(raw.published());
  normal.language = CanonicalLanguageTag(raw.language()).value_or("");
  return normal;
}

}  // namespace broadsheet::ingest
