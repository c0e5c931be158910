#include "ingest/enrich/page_fields.h"

#include <string>
#include <string_view>
#include <vector>

#include "ingest/enrich/date.h"
#include "ingest/enrich/origin.h"

namespace broadsheet::ingest {
namespace {

// The value for a field: the writer's, else the page's.
const std::string& Choose(std::string_view field, const std::string& given, const std::string& page,
                          std::string_view evidence, v1::Article& article) {
  if (!given.empty() || page.empty()) return given;
  AddOrigin(field, v1::ORIGIN_MARKUP, evidence, article);
  return page;
}

void Choose(std::string_view field, const std::vector<std::string>& given, const std::vector<std::string>& page,
            std::string_view evidence, google::protobuf::RepeatedPtrField<std::string>* values, v1::Article& article) {
  const bool from_page = given.empty() && !page.empty();
  if (from_page) AddOrigin(field, v1::ORIGIN_MARKUP, evidence, article);
  for (const std::string& value : from_page ? page : given)
    values->Add(std::string(value));
}

// The page's word never makes a version: the writer's updated_time or the receipt does.
void SetModified(const std::string& words, absl::Time received, v1::Article& article) {
  if (words.empty()) return;
  DateContext context;
  context.received = received;
  const ReadDate read = ReadDateWords(words, context);
  if (!read.time.has_value()) return;
  article.mutable_modified_time()->set_seconds(absl::ToUnixSeconds(*read.time));
  AddOrigin("modified_time", v1::ORIGIN_MARKUP, words, article);
}

}  // namespace

void SetPageFields(const NormalArticle& normal, absl::Time received, v1::Article& article) {
  const Markup& page = normal.markup;
  const MarkupEvidence& from = page.from;
  article.set_url(Choose("url", normal.canonical_url, page.canonical_url,
                         from.canonical_url.empty() ? "the page's canonical link" : from.canonical_url, article));
  article.set_source(Choose("source", normal.source, page.site, from.site, article));
  article.set_section(Choose("section", normal.section, page.section, from.section, article));
  article.set_subtitle(Choose("subtitle", normal.subtitle, page.subtitle, from.subtitle, article));
  article.set_image_url(Choose("image_url", normal.image_url, page.image_url, from.image_url, article));
  Choose("authors", normal.authors, page.authors, from.authors, article.mutable_authors(), article);
  Choose("tags", normal.tags, page.tags, from.tags, article.mutable_tags(), article);
  SetModified(page.updated, received, article);
}

}  // namespace broadsheet::ingest
