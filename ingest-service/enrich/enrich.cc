#include "ingest/enrich/enrich.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/text/tokenizer.h"
#include "common/text/unicode.h"
#include "ingest/enrich/fingerprint.h"
#include "ingest/enrich/head.h"
#include "ingest/enrich/language.h"
#include "ingest/enrich/publication.h"
#include "ingest/enrich/structure.h"
#include "ingest/enrich/title.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kEvidenceBytes = 200;
constexpr size_t kMostEdits = 4096;  // of an article; more are joined, so that what is stored stays in proportion

absl::string_view Absl(std::string_view text) {
  return {text.data(), text.size()};
}

void AddOrigin(std::string_view field, v1::Origin origin, std::string_view evidence, v1::Article& article) {
  v1::FieldOrigin* entry = article.add_origins();
  entry->set_field(std::string(field));
  entry->set_origin(origin);
  entry->set_evidence(std::string(TruncateUtf8(evidence, kEvidenceBytes)));
}

void SetPublished(const Publication& publication, v1::Article& article) {
  if (publication.time.has_value()) {
    const int64_t micros = absl::ToUnixMicros(*publication.time);
    const int64_t seconds = micros >= 0 ? micros / 1'000'000 : -((999'999 - micros) / 1'000'000);
    article.mutable_published_time()->set_seconds(seconds);
    article.mutable_published_time()->set_nanos(static_cast<int32_t>((micros - seconds * 1'000'000) * 1000));
  }
  if (publication.origin == v1::ORIGIN_GIVEN && publication.evidence.empty()) return;
  AddOrigin("published_time", publication.origin, publication.evidence, article);
}

void SetLanguage(const NormalArticle& normal, v1::Article& article) {
  std::string language = normal.language;
  v1::Origin origin = v1::ORIGIN_GIVEN;
  if (language.empty()) {
    language = normal.markup.language;
    origin = v1::ORIGIN_MARKUP;
  }
  if (language.empty()) {
    language = DetectLanguage(absl::StrCat(article.title(), "\n\n", Absl(TruncateUtf8(article.body(), 4096))));
    origin = language.empty() ? v1::ORIGIN_NONE : v1::ORIGIN_DERIVED;
  }
  article.set_language(language.empty() ? "und" : language);
  if (origin == v1::ORIGIN_GIVEN) return;
  const std::string& declared = normal.raw.language();
  const bool is_wrong = !declared.empty() && normal.language.empty();
  std::string_view reason = origin == v1::ORIGIN_MARKUP ? "the page's lang attribute" : "the statistics of the text";
  if (origin == v1::ORIGIN_NONE) reason = "the text does not show it";
  AddOrigin("language", origin,
            is_wrong
                ? absl::StrCat(Absl(reason), ", since \"", Absl(TruncateUtf8(declared, 40)), "\" names no language")
                : std::string(reason),
            article);
}

template <typename Values>
void Append(const Values& values, google::protobuf::RepeatedPtrField<std::string>* field) {
  for (const std::string& value : values)
    field->Add(std::string(value));
}

void CopyFields(const NormalArticle& normal, v1::Article& article) {
  article.set_url(normal.canonical_url);
  article.set_source(normal.source);
  article.set_section(normal.section);
  Append(normal.authors, article.mutable_authors());
  Append(normal.tags, article.mutable_tags());
  *article.mutable_attributes() = normal.raw.attributes();
  if (normal.raw.has_embargo_time()) *article.mutable_embargo_time() = normal.raw.embargo_time();
  article.set_withheld(normal.raw.withheld());
  article.set_corrected(normal.raw.corrected());
  if (normal.canonical_url.empty() && !normal.markup.canonical_url.empty()) {
    article.set_url(normal.markup.canonical_url);
    AddOrigin("url", v1::ORIGIN_MARKUP, "the page's canonical link", article);
  }
}

Structure SetTitleAndBody(NormalArticle& normal, const std::vector<HeadLine>& head, bool is_dated,
                          v1::Article& article) {
  FoundTitle title = FindTitle(normal.title, normal.markup.title, normal.body.text(), head);
  Structure structure = TakeStructure(head, title, is_dated, normal.body);
  if (title.origin != v1::ORIGIN_GIVEN) AddOrigin("title", title.origin, title.evidence, article);
  article.set_title(std::move(title.title));
  article.set_body(normal.body.text());
  return structure;
}

// What the text says of its writers counts when nothing else does.
void SetStructure(const Structure& structure, v1::Article& article) {
  if (article.authors().empty() && !structure.byline.empty()) {
    for (const std::string& author : structure.authors)
      article.add_authors(author);
    const bool is_named = !structure.authors.empty();
    AddOrigin("authors", is_named ? v1::ORIGIN_TEXT : v1::ORIGIN_NONE,
              is_named ? structure.byline : absl::StrCat("no one is named: ", structure.byline), article);
  }
  if (structure.dateline.end == 0) return;
  article.mutable_dateline()->set_place(structure.dateline.place);
  article.mutable_dateline()->set_agency(structure.dateline.agency);
  AddOrigin("dateline", v1::ORIGIN_TEXT, structure.dateline_words, article);
}

// Beyond kMostEdits neighbours become one, with the text between them.
std::vector<v1::Edit> Edits(const EditedText& body) {
  std::vector<v1::Edit> edits;
  const size_t together = body.edits().size() / kMostEdits + 1;
  edits.reserve(body.edits().size() / together + 1);
  for (size_t i = 0; i < body.edits().size(); ++i) {
    const TextEdit& edit = body.edits()[i];
    if (i % together == 0) {
      edits.emplace_back().set_begin(static_cast<int64_t>(edit.begin));
    } else {
      const size_t end = static_cast<size_t>(edits.back().end());
      edits.back().mutable_replacement()->append(body.original(), end, edit.begin - end);
    }
    edits.back().set_rule(std::string(edit.rule));
    edits.back().set_end(static_cast<int64_t>(edit.end));
    edits.back().mutable_replacement()->append(edit.replacement);
  }
  return edits;
}

}  // namespace

EnrichedArticle Enrich(NormalArticle normal, int normaliser_version, absl::Time received) {
  EnrichedArticle enriched;
  v1::Article& article = enriched.article;
  const std::vector<HeadLine> head = ReadHead(normal.body.text());
  const Publication publication = FindPublication(normal, head, received);
  const Structure structure = SetTitleAndBody(normal, head, publication.time.has_value(), article);
  CopyFields(normal, article);
  SetStructure(structure, article);
  SetPublished(publication, article);
  SetLanguage(normal, article);
  article.set_word_count(static_cast<int32_t>(CountWords(article.title()) + CountWords(article.body())));
  article.set_normaliser_version(normaliser_version);
  enriched.text_hash = TextHash(article.body());
  article.set_content_hash(enriched.text_hash);
  enriched.edits = Edits(normal.body);
  article.mutable_edits()->Assign(enriched.edits.begin(), enriched.edits.end());
  enriched.canonical_url = std::move(normal.canonical_url);
  enriched.raw = std::move(normal.raw);
  enriched.raw_hash = RawHash(enriched.raw);
  enriched.caller_id = enriched.raw.id();
  enriched.content_key = ContentKey(enriched.raw);
  if (enriched.raw.has_updated_time()) {
    const auto& updated = enriched.raw.updated_time();
    enriched.updated_time = absl::FromUnixSeconds(updated.seconds()) + absl::Nanoseconds(updated.nanos());
  }
  return enriched;
}

}  // namespace broadsheet::ingest
