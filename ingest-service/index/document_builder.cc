#include "ingest/index/document_builder.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/timestamp.h"
#include "common/schema/encoding.h"
#include "common/schema/field.h"
#include "common/schema/stored_article.h"
#include "common/schema/term.h"
#include "common/text/stemmer.h"
#include "common/text/tokenizer.h"
#include "ingest/index/boundaries.h"
#include "ingest/index/proper_names.h"

namespace broadsheet::ingest {
namespace {

std::vector<std::string_view> Present(std::string_view value) {
  if (value.empty()) return {};
  return {value};
}

std::vector<std::string_view> Present(const google::protobuf::RepeatedPtrField<std::string>& values) {
  std::vector<std::string_view> present;
  for (const std::string& value : values) {
    if (!value.empty()) present.push_back(value);
  }
  return present;
}

// Each figure once, however often the article says it.
std::vector<std::string_view> KeysOf(const google::protobuf::RepeatedPtrField<v1::Figure>& figures) {
  std::vector<std::string_view> keys;
  for (const v1::Figure& figure : figures) {
    const bool known = std::find(keys.begin(), keys.end(), figure.key()) != keys.end();
    if (!known && !figure.key().empty()) keys.push_back(figure.key());
  }
  return keys;
}

// The values of a text or keyword field.
std::vector<std::string_view> TextsOf(const v1::Article& article, FieldId id) {
  switch (id) {
    case FieldId::kId:
      return Present(article.id());
    case FieldId::kUrl:
      return Present(article.url());
    case FieldId::kTitle:
      return Present(article.title());
    case FieldId::kBody:
      return Present(article.body());
    case FieldId::kSource:
      return Present(article.source());
    case FieldId::kAuthors:
      return Present(article.authors());
    case FieldId::kSection:
      return Present(article.section());
    case FieldId::kTags:
      return Present(article.tags());
    case FieldId::kLanguage:
      return Present(article.language());
    case FieldId::kDuplicateOf:
      return Present(article.duplicate_of());
    case FieldId::kFigures:
      return KeysOf(article.figures());
    case FieldId::kCorrected:
      return Present(article.corrected() ? kTrue : "");
    case FieldId::kCopyOf:
      return Present(article.copy_of());
    case FieldId::kOriginal:
      return Present(article.copy_of().empty() ? article.id() : article.copy_of());
    default:
      return {};
  }
}

// What was made by older rules bears no day: then the one in UTC.
std::optional<absl::Time> PublishedDay(const v1::Article& article) {
  absl::CivilDay day;
  if (!absl::ParseCivilTime(article.published_day(), &day)) {
    if (!article.has_published_time()) return std::nullopt;
    day = absl::ToCivilDay(ToTime(article.published_time()), absl::UTCTimeZone());
  }
  return absl::FromCivil(day, absl::UTCTimeZone());
}

std::optional<absl::Time> TimeOf(const v1::Article& article, FieldId id) {
  if (id == FieldId::kPublishedTime && article.has_published_time()) return ToTime(article.published_time());
  if (id == FieldId::kPublishedDay) return PublishedDay(article);
  if (id == FieldId::kUpdatedTime && article.has_updated_time()) return ToTime(article.updated_time());
  if (id == FieldId::kIngestedTime && article.has_ingested_time()) return ToTime(article.ingested_time());
  if (id == FieldId::kEmbargoTime && article.has_embargo_time()) return ToTime(article.embargo_time());
  return std::nullopt;
}

int64_t NumberOf(const v1::Article& article, FieldId id) {
  if (id == FieldId::kWordCount) return article.word_count();
  if (id == FieldId::kRevision) return article.revision();
  return article.sequence();
}

// Fills one document. The words of title and body come first: their stems are read back from the document.
class Builder {
 public:
  explicit Builder(const v1::Article& article) : article_(article), stem_(article.language()) {}

  Xapian::Document Build() {
    AddText();
    for (const Field& field : Fields())
      AddField(field);
    for (const auto& [key, value] : article_.attributes())
      AddAttribute(key, value);
    for (const std::string& name : FindProperNames(article_.body(), article_.language()))
      document_.add_boolean_term(std::string(kNamePrefix) + name);
    document_.add_boolean_term(std::string(kArticleTerm));
    document_.add_boolean_term(BlockTerm(article_.sequence()));
    document_.set_data(EncodeStoredArticle(article_));
    return std::move(document_);
  }

 private:
  void AddText() {
    AddTextWords(article_.title(), 1, kTitleWeight, {});
    AddTextWords(article_.body(), kBodyPosition, 1, FindBoundaries(article_.body()));
    AddStemsOfText();
    for (const Ngram& ngram : ngrams_)
      document_.add_posting(ngram.text, ngram.position, ngram.weight);
  }

  void AddTextWords(std::string_view text, uint32_t first_position, uint32_t weight,
                    const std::vector<Boundary>& boundaries) {
    auto boundary = boundaries.begin();
    ForEachToken(text, [&](const Token& token) {
      for (; boundary != boundaries.end() && boundary->offset <= token.begin; ++boundary)
        AddBoundary(boundary->paragraph, first_position + token.position);
      term_.assign(token.text);
      if (token.kind == TokenKind::kWord) {
        document_.add_posting(term_, first_position + token.position, weight);
      } else {
        ngrams_.push_back({term_, first_position + token.position, weight});
      }
    });
  }

  void AddBoundary(bool paragraph, uint32_t position) {
    document_.add_posting(std::string(kSentenceTerm), position, 0);
    if (paragraph) document_.add_posting(std::string(kParagraphTerm), position, 0);
  }

  // A word is stemmed once a document, however often it comes.
  void AddStemsOfText() {
    std::vector<std::pair<std::string, uint32_t>> stems;
    stems.reserve(document_.termlist_count());
    for (auto word = document_.termlist_begin(); word != document_.termlist_end(); ++word) {
      if (*word == kSentenceTerm || *word == kParagraphTerm) continue;
      stems.emplace_back(stem_(*word), word.get_wdf());
    }
    for (const auto& [stem, weight] : stems)
      AddStem("", stem, weight);
  }

  void AddStem(std::string_view prefix, std::string_view stem, uint32_t weight) {
    term_.assign(kStemPrefix).append(prefix).append(stem);
    document_.add_term(term_, weight);
  }

  void AddField(const Field& field) {
    if (field.type == FieldType::kTime) {
      AddTime(field);
    } else if (field.type == FieldType::kNumber) {
      AddPresence(field);
      document_.add_value(field.slot, EncodeNumber(NumberOf(article_, field.id)));
    } else {
      AddTexts(field, TextsOf(article_, field.id));
    }
  }

  void AddTime(const Field& field) {
    std::optional<absl::Time> time = TimeOf(article_, field.id);
    if (!time.has_value()) return;
    AddPresence(field);
    document_.add_value(field.slot, field.encoding == SlotEncoding::kTimeSequence
                                        ? EncodeTimeSequence(*time, article_.sequence())
                                        : EncodeTime(*time));
  }

  void AddTexts(const Field& field, const std::vector<std::string_view>& values) {
    if (values.empty()) return;
    AddPresence(field);
    if (!field.words_prefix.empty()) AddFieldWords(field.words_prefix, values);
    if (!field.keyword_prefix.empty()) {
      for (std::string_view value : values)
        document_.add_boolean_term(KeywordTerm(field, value));
    }
    if (field.encoding == SlotEncoding::kString) document_.add_value(field.slot, std::string(values.front()));
    if (field.encoding == SlotEncoding::kStringList) document_.add_value(field.slot, EncodeStrings(values));
  }

  void AddFieldWords(std::string_view prefix, const std::vector<std::string_view>& values) {
    uint32_t first_position = 1;
    for (std::string_view value : values) {
      uint32_t end = first_position;
      ForEachToken(value, [&](const Token& token) {
        uint32_t position = first_position + token.position;
        end = position + 1;
        term_.assign(prefix).append(token.text);
        document_.add_posting(term_, position, 1);
        if (token.kind == TokenKind::kWord) AddStem(prefix, stem_(token.text), 1);
      });
      first_position = end + kValueGap;
    }
  }

  void AddAttribute(const std::string& key, const std::string& value) {
    document_.add_boolean_term(AttributeTerm(key, value));
    document_.add_boolean_term(PresenceTerm(std::string(kAttributeFieldPrefix) + key));
  }

  void AddPresence(const Field& field) {
    if (HasPresence(field)) document_.add_boolean_term(PresenceTerm(field.name));
  }

  struct Ngram {
    std::string text;
    uint32_t position;
    uint32_t weight;
  };

  const v1::Article& article_;
  const Stemmer stem_;
  Xapian::Document document_;
  std::vector<Ngram> ngrams_;
  std::string term_;  // reused, so that a token costs no allocation
};

}  // namespace

Xapian::Document BuildDocument(const v1::Article& article) {
  return Builder(article).Build();
}

Xapian::Document BuildTombstone(const std::string& article_id, int64_t sequence, absl::Time updated_time,
                                absl::Time deleted, const std::string& reason) {
  Xapian::Document document;
  document.add_boolean_term(IdTerm(article_id));
  document.add_boolean_term(std::string(kTombstoneTerm));
  document.add_boolean_term(DeletionDayTerm(deleted));
  document.add_boolean_term(BlockTerm(sequence));
  document.add_value(GetField(FieldId::kSequence).slot, EncodeNumber(sequence));
  document.add_value(GetField(FieldId::kUpdatedTime).slot, EncodeTime(updated_time));
  document.add_value(kTombstoneReasonSlot, reason);
  document.add_value(kTombstoneIdSlot, article_id);
  return document;
}

}  // namespace broadsheet::ingest
