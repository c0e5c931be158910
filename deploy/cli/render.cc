#include "cli/render.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "cli/render_facet.h"
#include "cli/text.h"

namespace broadsheet::cli {
namespace {

constexpr char kBold[] = "\x1b[1m";
constexpr char kDim[] = "\x1b[2m";
constexpr char kMatch[] = "\x1b[1;33m";
constexpr char kReset[] = "\x1b[0m";

std::string OneLine(const std::string& text) {
  return absl::StrReplaceAll(Printable(text), {{"\n\n", " "}, {"\n", " "}});
}

// The text of a highlight with its spans marked. Spans that do not fit the text are passed over.
std::string Marked(const v1::Highlight& highlight, Colour colour) {
  const std::string& text = highlight.text();
  std::string marked;
  int32_t done = 0;
  for (const v1::Span& span : highlight.spans()) {
    if (span.begin() < done || span.end() <= span.begin() || span.end() > static_cast<int32_t>(text.size())) {
      continue;
    }
    absl::StrAppend(&marked, OneLine(text.substr(done, span.begin() - done)), colour == Colour::kAnsi ? kMatch : "[",
                    OneLine(text.substr(span.begin(), span.end() - span.begin())),
                    colour == Colour::kAnsi ? kReset : "]");
    done = span.end();
  }
  absl::StrAppend(&marked, OneLine(text.substr(done)));
  return absl::StrCat(highlight.cut_before() ? "… " : "", marked, highlight.cut_after() ? " …" : "");
}

// When it was published: without a time of day where nobody said one.
std::string Published(const v1::Article& article) {
  std::string time = RenderTime(article.published_time());
  const bool day_only = article.published_precision() == v1::TIME_PRECISION_DAY;
  return day_only ? time.substr(0, time.find(' ')) : time;
}

// Of what it is a copy, and how close a copy when the texts differ. A preview knows the same text only.
std::string CopyOf(const v1::Article& article) {
  if (article.copy_of().empty()) {
    return OneLine(article.duplicate_of());
  }
  const std::string original = OneLine(article.copy_of());
  return article.copy_similarity() < 1
             ? absl::StrFormat("%s (%.0f %% alike)", original, 100 * article.copy_similarity())
             : original;
}

// Source, date and what else a card says, on one line.
std::string CardLine(const v1::Article& article) {
  std::vector<std::string> parts;
  for (const std::string& part : {article.source(), Published(article), article.section(), article.language(),
                                  absl::StrJoin(article.authors(), ", ")}) {
    if (!part.empty()) {
      parts.push_back(OneLine(part));
    }
  }
  if (const std::string copy = CopyOf(article); !copy.empty()) {
    parts.push_back(absl::StrCat("copy of ", copy));
  }
  return absl::StrJoin(parts, " · ");
}

void AppendExplanation(const v1::Explanation& explanation, std::string& out) {
  for (const v1::TermWeight& term : explanation.terms()) {
    absl::StrAppendFormat(&out, "      %6.3f  %s%s in %s: %d here, in %d articles\n", term.weight(),
                          OneLine(term.term()), term.stemmed() ? " (stem)" : "", term.field(),
                          term.within_document_frequency(), term.document_frequency());
  }
  for (const v1::ScoreBoost& boost : explanation.boosts()) {
    absl::StrAppendFormat(&out, "      %6.3f  %s\n", boost.weight(), OneLine(boost.reason()));
  }
}

void AppendHit(int number, const v1::SearchHit& hit, Colour colour, std::string& out) {
  const v1::Article& article = hit.article();
  std::string title = Bold(OneLine(article.title()), colour);
  std::vector<std::string> snippets;
  for (const v1::Highlight& highlight : hit.highlights()) {
    if (highlight.field() != "title") {
      snippets.push_back(Marked(highlight, colour));
    } else if (highlight.spans_size() > 0) {
      title = Marked(highlight, colour);
    }
  }
  absl::StrAppendFormat(&out, "%3d. %s\n     %s\n", number, title, Dim(CardLine(article), colour));
  for (const std::string& snippet : snippets) {
    absl::StrAppend(&out, "     ", snippet, "\n");
  }
  absl::StrAppend(&out, "     ", Dim(OneLine(article.id()), colour), "\n");
  AppendExplanation(hit.explanation(), out);
}

std::string RenderTotal(const v1::Total& total) {
  const char* prefix = total.relation() == v1::TOTAL_RELATION_LOWER_BOUND ? "at least "
                       : total.relation() == v1::TOTAL_RELATION_ESTIMATE  ? "about "
                                                                          : "";
  return absl::StrCat(prefix, total.value(), total.value() == 1 ? " article" : " articles");
}

void AppendGroup(int number, const v1::HitGroup& group, Colour colour, std::string& out) {
  const std::string value = group.value().empty() ? "(none)" : OneLine(group.value());
  absl::StrAppendFormat(&out, "%s%s: %d %s\n", number > 1 ? "\n" : "", Bold(value, colour), group.size(),
                        group.size() == 1 ? "article" : "articles");
  int hit = 0;
  for (const v1::SearchHit& first : group.hits()) {
    AppendHit(++hit, first, colour, out);
  }
}

void AppendField(const char* name, const std::string& value, std::string& out) {
  if (!value.empty()) {
    absl::StrAppendFormat(&out, "%-10s %s\n", name, OneLine(value));
  }
}

}  // namespace

std::string Bold(const std::string& text, Colour colour) {
  return colour == Colour::kAnsi ? absl::StrCat(kBold, text, kReset) : text;
}

std::string Dim(const std::string& text, Colour colour) {
  return colour == Colour::kAnsi ? absl::StrCat(kDim, text, kReset) : text;
}

std::string RenderTime(const google::protobuf::Timestamp& time) {
  if (time.seconds() == 0 && time.nanos() == 0) {
    return "undated";
  }
  return absl::FormatTime("%Y-%m-%d %H:%M UTC", absl::FromUnixSeconds(time.seconds()), absl::UTCTimeZone());
}

std::string RenderHits(const google::protobuf::RepeatedPtrField<v1::SearchHit>& hits, Colour colour) {
  std::string out;
  int number = 0;
  for (const v1::SearchHit& hit : hits) {
    AppendHit(++number, hit, colour, out);
  }
  return out;
}

std::string RenderSearch(const v1::SearchResponse& response, absl::Duration round_trip, Colour colour) {
  std::string out;
  for (const v1::QueryNote& note : response.query().notes()) {
    absl::StrAppend(&out, "note: ", OneLine(note.message()), "\n");
  }
  if (response.query().notes_size() > 0) {
    absl::StrAppend(&out, "understood as: ", OneLine(response.query().text()), "\n");
  }
  if (!response.query().suggestion().empty()) {
    absl::StrAppend(&out, "did you mean: ", OneLine(response.query().suggestion()), "\n");
  }
  absl::StrAppend(&out, RenderHits(response.hits(), colour));
  int group_number = 0;
  for (const v1::HitGroup& group : response.groups()) {
    AppendGroup(++group_number, group, colour, out);
  }
  for (const v1::FacetResult& facet : response.facets()) {
    absl::StrAppend(&out, "\n", RenderFacet(facet, colour));
  }
  const absl::Duration inside =
      absl::Seconds(response.elapsed().seconds()) + absl::Nanoseconds(response.elapsed().nanos());
  const std::string groups =
      response.total_groups() > 0 ? absl::StrCat(" in ", response.total_groups(), " groups") : "";
  absl::StrAppendFormat(&out, "%s%s%s, %.1f ms (%.1f ms in the service)\n", out.empty() ? "" : "\n",
                        RenderTotal(response.total()), groups, absl::ToDoubleMilliseconds(round_trip),
                        absl::ToDoubleMilliseconds(inside));
  if (!response.next_page_token().empty()) {
    absl::StrAppend(&out, "more with --page-token ", response.next_page_token(), "\n");
  }
  return out;
}

std::string RenderArticle(const v1::Article& article, Colour colour) {
  std::string out = absl::StrCat(Bold(OneLine(article.title()), colour), "\n\n");
  AppendField("id", article.id(), out);
  AppendField("url", article.url(), out);
  AppendField("source", article.source(), out);
  AppendField("authors", absl::StrJoin(article.authors(), ", "), out);
  AppendField("section", article.section(), out);
  AppendField("tags", absl::StrJoin(article.tags(), ", "), out);
  AppendField("language", article.language(), out);
  AppendField("published", Published(article), out);
  AppendField("embargo", article.has_embargo_time() ? RenderTime(article.embargo_time()) : "", out);
  AppendField("state", article.withheld() ? "withheld" : article.corrected() ? "correction" : "", out);
  AppendField("copy of", CopyOf(article), out);
  AppendField("revision", absl::StrCat(article.revision(), ", sequence ", article.sequence()), out);
  for (const auto& [key, value] : article.attributes()) {
    AppendField("attribute", absl::StrCat(key, " = ", value), out);
  }
  for (const v1::FieldOrigin& origin : article.origins()) {
    const std::string how = v1::Origin_Name(origin.origin());
    AppendField("origin",
                absl::StrCat(origin.field(), ": ", absl::AsciiStrToLower(absl::StripPrefix(how, "ORIGIN_")),
                             origin.evidence().empty() ? "" : ", ", origin.evidence()),
                out);
  }
  return absl::StrCat(out, "\n", Printable(article.body()), article.body().empty() ? "" : "\n");
}

}  // namespace broadsheet::cli
