#include "ingest/rpc/boilerplate_list.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "ingest/rpc/sealed_place.h"

namespace broadsheet::ingest {
namespace {

constexpr int64_t kDefaultMinArticles = 3;
constexpr int64_t kLeastMinArticles = 2;
constexpr size_t kMaxSourceBytes = 1024;

// What must be the same on every page.
std::string Question(const LineQuery& query) {
  return std::string(absl::StrCat(query.source, "\n", query.only_applied, "\n", query.min_articles));
}

std::string MakeToken(std::string_view lineage, const LineQuery& query, const LineQuery::Place& place) {
  return SealPlace(lineage, Question(query), std::array{place.articles, place.source, place.id});
}

absl::Status ReadPageToken(std::string_view lineage, const std::string& token, LineQuery& query) {
  if (token.empty()) return absl::OkStatus();
  std::array<int64_t, 3> place{};
  if (OpenPlace(lineage, Question(query), token, place)) {
    query.after = LineQuery::Place{place[0], place[1], place[2]};
    return absl::OkStatus();
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
  if (absl::Status status = ReadPageToken(lineage, request.page_token(), *query); !status.ok()) return status;
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
