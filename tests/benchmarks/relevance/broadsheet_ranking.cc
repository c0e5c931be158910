#include "benchmarks/relevance/broadsheet_ranking.h"

#include <grpcpp/grpcpp.h>

#include <stdexcept>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "benchmarks/service_pair.h"
#include "common/rpc/clients.h"

namespace broadsheet::benchmarks {
namespace {

constexpr size_t kDepth = 1'000;
constexpr int kPage = 100;

// A question of the collections is plain text: what the query language would take as operators is taken off.
std::string PlainWords(std::string text) {
  for (char& c : text) {
    auto byte = static_cast<unsigned char>(c);
    bool part_of_word = absl::ascii_isalnum(byte) || byte >= 0x80 || c == '\'' || c == '.' || c == ',' || c == '-';
    if (!part_of_word) c = ' ';
  }
  std::string plain;
  for (char c : absl::StrCat(" ", text)) {
    bool sign = c == '-' && (plain.empty() || plain.back() == ' ');
    plain += sign ? ' ' : c;
  }
  return absl::AsciiStrToLower(plain);
}

Ranking Ask(SearchClient& search, v1::SearchRequest request) {
  Ranking ranking;
  do {
    v1::SearchResponse response;
    grpc::ClientContext context;
    if (auto status = search.Search(&context, request, &response); !status.ok()) {
      throw std::runtime_error(absl::StrCat("\"", request.query(), "\": ", status.error_message()));
    }
    for (const v1::SearchHit& hit : response.hits())
      ranking.push_back(hit.article().id());
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty() && ranking.size() < kDepth);
  return ranking;
}

}  // namespace

void IngestCollection(const Collection& collection, const std::filesystem::path& data) {
  Corpus corpus{.name = collection.name};
  for (const CollectionDocument& document : collection.documents) {
    v1::RawArticle article;
    article.set_id(document.id);
    article.set_text(document.text);
    corpus.articles.push_back(std::move(article));
  }
  ServicePair services(data);
  StreamTimes times = services.Stream(corpus);
  size_t texts = 0;
  for (const CollectionDocument& document : collection.documents)
    texts += absl::StripAsciiWhitespace(document.text).empty() ? 0 : 1;
  if (times.taken < texts) throw std::runtime_error(absl::StrCat(times.taken, " of ", texts, " documents were taken"));
}

std::map<std::string, Ranking> RankByBroadsheet(const Collection& collection, SearchClient& search,
                                                const v1::SearchRequest& base) {
  std::map<std::string, Ranking> rankings;
  for (const auto& [id, text] : collection.queries) {
    v1::SearchRequest request = base;
    request.set_query(PlainWords(text));
    request.mutable_query_options()->set_match_mode(v1::MATCH_MODE_ANY_WORD);
    request.set_order(v1::ORDER_RELEVANCE);
    request.set_view(v1::ARTICLE_VIEW_ID);
    request.mutable_highlight()->set_disabled(true);
    request.set_page_size(kPage);
    rankings[id] = Ask(search, std::move(request));
  }
  return rankings;
}

}  // namespace broadsheet::benchmarks
