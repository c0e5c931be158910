#include "cli/render_discovery.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "cli/text.h"

namespace broadsheet::cli {
namespace {

constexpr int kTermCells = 32;

std::string Word(const std::string& text) {
  return Fit(Printable(text), kTermCells);
}

}  // namespace

std::string RenderSimilar(const v1::SimilarArticlesResponse& response, Colour colour) {
  std::string out = RenderHits(response.hits(), colour);
  absl::StrAppend(&out, response.hits().empty() ? "nothing similar\n" : "\n", "by");
  for (const v1::SignificantTerm& term : response.terms())
    absl::StrAppend(&out, " ", Printable(term.text()));
  return absl::StrCat(out, "\n");
}

std::string RenderSuggestions(const v1::SuggestResponse& response, Colour colour) {
  std::string out;
  for (const v1::Suggestion& suggestion : response.suggestions()) {
    const std::string name = v1::SuggestionKind_Name(suggestion.kind());
    const std::string kind = absl::AsciiStrToLower(absl::StripPrefix(name, "SUGGESTION_KIND_"));
    const std::string note = !suggestion.id().empty()    ? suggestion.id()
                             : suggestion.articles() > 0 ? absl::StrCat(suggestion.articles())
                                                         : "";
    absl::StrAppendFormat(&out, "%-8s %s%s\n", kind, Printable(suggestion.text()),
                          note.empty() ? "" : absl::StrCat("  ", Dim(Printable(note), colour)));
  }
  return out.empty() ? "nothing begins so\n" : out;
}

std::string RenderSignificantTerms(const v1::SignificantTermsResponse& response) {
  std::string out;
  for (const v1::SignificantTerm& term : response.terms()) {
    absl::StrAppendFormat(&out, "%9.1f  %s in %d of these, %d of all\n", term.score(), Word(term.text()),
                          term.foreground(), term.background());
  }
  return absl::StrCat(out, out.empty() ? "" : "\n", response.sampled(), " of ", response.total().value(),
                      " articles looked at\n");
}

std::string RenderTrends(const v1::TrendsResponse& response) {
  std::string out;
  for (const v1::Trend& trend : response.trends()) {
    absl::StrAppendFormat(&out, "%9.1f  %s in %d, before %d\n", trend.score(), Word(trend.text()),
                          trend.window_articles(), trend.baseline_articles());
  }
  return absl::StrCat(out, out.empty() ? "" : "\n", response.window_articles(), " articles, ",
                      response.baseline_articles(), " to compare with\n");
}

}  // namespace broadsheet::cli
