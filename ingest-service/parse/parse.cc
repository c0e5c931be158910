#include "ingest/parse/parse.h"

#include <utility>

#include "absl/strings/str_format.h"
#include "ingest/parse/html.h"
#include "ingest/parse/markdown.h"

namespace broadsheet::ingest {
namespace {

std::variant<ParsedArticle, Rejection> FromMarkup(v1::RawArticle raw, absl::StatusOr<MarkupText> read,
                                                  const char* field, size_t limit) {
  if (!read.ok()) {
    return Rejection{v1::REASON_CONTENT_TOO_LARGE, field,
                     absl::StrFormat("%s cannot be taken apart: %s; send the article's text instead", field,
                                     read.status().message())};
  }
  if (read->lacks_article) {
    return Rejection{v1::REASON_NO_ARTICLE, field,
                     "the page has no article: all its text is navigation, lists of links and the like; send the page "
                     "of an article, or the article's text"};
  }
  if (read->text.size() > limit) {
    return Rejection{
        v1::REASON_CONTENT_TOO_LARGE, field,
        absl::StrFormat("the text of %s has %d bytes, the limit is %d; send the article alone, not its whole "
                        "page, or split it",
                        field, read->text.size(), limit)};
  }
  return ParsedArticle{std::move(raw), std::move(read->text), std::move(read->markup)};
}

}  // namespace

std::variant<ParsedArticle, Rejection> Parse(v1::RawArticle raw, const ContentLimits& limits, absl::Time received) {
  if (auto rejection = Validate(raw, limits, received)) return *std::move(rejection);
  if (raw.has_html()) {
    absl::StatusOr<MarkupText> read = ReadHtml(raw.html());
    return FromMarkup(std::move(raw), std::move(read), "html", limits.text_bytes);
  }
  if (raw.has_markdown()) {
    absl::StatusOr<MarkupText> read = ReadMarkdown(raw.markdown());
    return FromMarkup(std::move(raw), std::move(read), "markdown", limits.text_bytes);
  }
  std::string text = raw.text();
  return ParsedArticle{std::move(raw), std::move(text), {}};
}

}  // namespace broadsheet::ingest
