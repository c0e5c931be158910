#include "ingest/rpc/boilerplate_list.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/error.h"
#include "common/base/hash.h"

namespace broadsheet::ingest {
namespace {

constexpr int64_t kDefaultMinArticles = 3;
constexpr int64_t kLeastMinArticles = 2;
constexpr size_t kMaxSourceBytes = 1024;

// Ties a place to the lineage and to what was asked for.
std::string Seal(std::string_view lineage, const LineQuery& query, absl::string_view place) {
  const std::string sealed = absl::StrCat(std::string(lineage), "\n", query.source, "\n", query.only_applied, "\n",
                                          query.min_articles, "\n", place);
  return std::string(absl::StrCat(absl::Hex(Hash64(sealed), absl::kZeroPad16)));
}

std::string MakeToken(std::string_view lineage, const LineQuery& query, const LineQuery::Place& place) {
  const std::string text = absl::StrCat(place.articles, ":", place.row);
  return absl::WebSafeBase64Escape(absl::StrCat(Seal(lineage, query, text), ":", text));
}

absl::Status ReadToken(std::string_view lineage, const std::string& token, LineQuery& query) {
  if (token.empty()) return absl::OkStatus();
  std::string plain;
  LineQuery::Place place;
  if (absl::WebSafeBase64Unescape(token, &plain)) {
    const std::vector<std::string> parts = absl::StrSplit(plain, ':');
    if (parts.size() == 3 && absl::SimpleAtoi(parts[1], &place.articles) && absl::SimpleAtoi(parts[2], &place.row) &&
        parts[0] == Seal(lineage, query, absl::StrCat(parts[1], ":", parts[2]))) {
      query.after = place;
      return absl::OkStatus();
    }
  }
  return InvalidField(
      "PAGE_TOKEN", "page_token",
      "is no token of a page of this list, or the archive is another one since: begin again without it");
}

absl::StatusOr<LineQuery> ToQuery(const v1::ListBoilerplateRequest& request) {
  if (request.page_size() < 0) return InvalidField("PAGE_SIZE", "page_size", "must not be negative");
  if (request.min_articles() != 0 && request.min_articles() < kLeastMinArticles) {
    return InvalidField("MIN_ARTICLES", "min_articles", "must be 2 or more, or absent for 3");
  }
  if (request.source().size() > kMaxSourceBytes) {
    return InvalidField("SOURCE_TOO_LONG", "source", absl::StrCat("must have at most ", kMaxSourceBytes, " bytes"));
  }
  LineQuery query;
  query.source = SourceKey(request.source(), "");
  query.only_applied = request.only_applied();
  query.min_articles = request.min_articles() == 0 ? kDefaultMinArticles : request.min_articles();
  query.limit = request.page_size() == 0 ? kDefaultLinesPerPage : std::min(request.page_size(), kMaxLinesPerPage);
  return query;
}

void AddLine(LineEvidence evidence, v1::ListBoilerplateResponse& response) {
  v1::BoilerplateLine& line = *response.add_lines();
  line.set_id(evidence.id);
  line.set_line(std::move(evidence.text));
  line.set_source(std::move(evidence.source));
  line.set_articles(evidence.articles);
  line.set_span(evidence.span);
  line.set_source_articles(evidence.source_articles);
  line.set_first_sequence(evidence.first_sequence);
  line.set_last_sequence(evidence.last_sequence);
  line.set_applied(evidence.in_force());
  line.set_since_version(evidence.since_version);
  line.set_until_version(evidence.until_version);
}

}  // namespace

absl::StatusOr<v1::ListBoilerplateResponse> ListBoilerplate(Learner& learner, std::string_view lineage,
                                                            const v1::ListBoilerplateRequest& request) {
  auto query = ToQuery(request);
  if (!query.ok()) return query.status();
  if (absl::Status status = ReadToken(lineage, request.page_token(), *query); !status.ok()) return status;
  auto page = learner.List(*query);
  if (!page.ok()) return page.status();
  v1::ListBoilerplateResponse response;
  for (LineEvidence& line : page->lines)
    AddLine(std::move(line), response);
  if (page->next.has_value()) response.set_next_page_token(MakeToken(lineage, *query, *page->next));
  response.set_version(learner.lines()->version());
  response.set_lineage(std::string(lineage));
  return response;
}

}  // namespace broadsheet::ingest
