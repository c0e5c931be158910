#include "ingest/enrich/enrich.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/timestamp.h"
#include "common/text/tokenizer.h"
#include "common/text/unicode.h"
#include "ingest/enrich/day_order.h"
#include "ingest/enrich/figures.h"
#include "ingest/enrich/fingerprint.h"
#include "ingest/enrich/head.h"
#include "ingest/enrich/language.h"
#include "ingest/enrich/origin.h"
#include "ingest/enrich/page_fields.h"
#include "ingest/enrich/publication.h"
#include "ingest/enrich/structure.h"
#include "ingest/enrich/title.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kMostEdits = 4096;      // of an article; more are joined, so that what is stored stays in proportion
constexpr float kSureOfLanguage = 0.9F;  // from which on the text is believed more than the page's lang attribute

absl::string_view Absl(std::string_view text) {
  return {text.data(), text.size()};
}

void SetPublished(const Publication& publication, v1::Article& article) {
  if (publication.time.has_value()) {
    *article.mutable_published_time() = ToTimestamp(absl::FromUnixMicros(absl::ToUnixMicros(*publication.time)));
    article.set_published_precision(publication.day_only ? v1::TIME_PRECISION_DAY : v1::TIME_PRECISION_INSTANT);
    article.set_published_day(absl::FormatCivilTime(publication.day));
  }
  if (!publication.day_evidence.empty()) {
    AddOrigin("published_day", v1::ORIGIN_DERIVED, publication.day_evidence, article);
  }
  if (publication.origin == v1::ORIGIN_GIVEN && publication.evidence.empty()) return;
  AddOrigin("published_time", publication.origin, publication.evidence, article);
}

// The language of an article and where it came from.
struct Language {
  std::string tag;
  float confidence = 0;
  v1::Origin origin = v1::ORIGIN_NONE;
  std::string evidence;  // empty when there is nothing to say of what was given
};

// The writer's word stands, whatever the text looks like; that of the page only if a long text does not say otherwise.
Language FindLanguage(const NormalArticle& normal) {
  const LanguageGuess guess =
      DetectLanguage(normal.title.empty() ? normal.markup.title : normal.title, normal.body.text());
  const bool is_given = !normal.language.empty();
  const std::string& declared = is_given ? normal.language : normal.markup.language;
  const bool agrees = !declared.empty() && MayBeSameLanguage(declared, guess.tag);
  if (!declared.empty() && (is_given || agrees || guess.confidence < kSureOfLanguage)) {
    const bool is_doubted = !agrees && guess.confidence > 0;
    std::string evidence = is_given ? "" : "the page's lang attribute";
    if (is_doubted)
      absl::StrAppend(&evidence, evidence.empty() ? "" : "; ", "the text looks otherwise: ", guess.evidence);
    const float confidence = agrees ? guess.confidence : is_doubted ? 1 - guess.confidence : 0.5F;
    return {declared, confidence, is_given ? v1::ORIGIN_GIVEN : v1::ORIGIN_MARKUP, evidence};
  }
  Language found{guess.tag, guess.confidence, guess.tag == "und" ? v1::ORIGIN_NONE : v1::ORIGIN_DERIVED,
                 guess.evidence};
  const std::string& raw = normal.raw.language();
  const std::string_view other = !declared.empty() ? std::string_view(declared) : TruncateUtf8(raw, 40);
  if (other.empty()) return found;
  absl::StrAppend(&found.evidence, !declared.empty() ? ", whatever the page's lang attribute says: \"" : ", since \"",
                  Absl(other), !declared.empty() ? "\"" : "\" names no language");
  return found;
}

void SetLanguage(const Language& language, v1::Article& article) {
  article.set_language(language.tag);
  article.set_language_confidence(language.confidence);
  if (language.origin == v1::ORIGIN_GIVEN && language.evidence.empty()) return;
  AddOrigin("language", language.origin, language.evidence, article);
}

void CopyFields(const NormalArticle& normal, absl::Time received, v1::Article& article) {
  SetPageFields(normal, received, article);
  *article.mutable_attributes() = normal.raw.attributes();
  if (normal.raw.has_embargo_time()) *article.mutable_embargo_time() = normal.raw.embargo_time();
  article.set_withheld(normal.raw.withheld());
  article.set_corrected(normal.raw.corrected());
}

Structure SetTitleAndBody(NormalArticle& normal, const std::vector<HeadLine>& head, bool is_dated,
                          v1::Article& article) {
  FoundTitle title = FindTitle(normal.title, normal.markup.title, normal.body.text(), head);
  if (title.origin == v1::ORIGIN_MARKUP && !normal.markup.from.title.empty()) title.evidence = normal.markup.from.title;
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
  const Language language = FindLanguage(normal);
  const Publication publication = FindPublication(normal, head, language.tag, received);
  const Structure structure = SetTitleAndBody(normal, head, publication.time.has_value(), article);
  CopyFields(normal, received, article);
  SetStructure(structure, article);
  SetPublished(publication, article);
  SetLanguage(language, article);
  AddFigures(FindRegion(article.language(), article.url()), article);
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
  if (enriched.raw.has_updated_time()) enriched.updated_time = ToTime(enriched.raw.updated_time());
  return enriched;
}

}  // namespace broadsheet::ingest
