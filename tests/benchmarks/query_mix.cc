#include "benchmarks/query_mix.h"

#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace broadsheet::benchmarks {
namespace {

// Column numbers of news-mix.tsv: id, class, operator, words, outlet, from, until, order.
enum Column { kClass = 1, kOperator = 2, kWords = 3, kOutlet = 4, kFrom = 5, kUntil = 6, kOrder = 7, kColumns = 8 };

// "20160801" is a day; day 0 stands for the end of the month before it.
absl::Time Day(const std::string& text, absl::Time absent) {
  if (text == "0" || text.size() != 8) return absent;
  absl::CivilDay day(std::stoi(text.substr(0, 4)), std::stoi(text.substr(4, 2)),
                     std::max(1, std::stoi(text.substr(6))));
  return absl::FromCivil(day, absl::UTCTimeZone());
}

MixQuery FromLine(const std::vector<std::string>& columns) {
  MixQuery query;
  query.query_class = columns[kClass];
  if (columns[kOperator] == "OR") query.op = Operator::kAny;
  if (columns[kOperator] == "PHRASE") query.op = Operator::kPhrase;
  query.words = absl::StrSplit(columns[kWords], ' ', absl::SkipEmpty());
  query.outlet = columns[kOutlet];
  query.from = Day(columns[kFrom], absl::InfinitePast());
  query.until = Day(columns[kUntil], absl::InfiniteFuture());
  query.newest_first = columns[kOrder] == "date";
  return query;
}

void SetTime(google::protobuf::Timestamp* timestamp, absl::Time time) {
  timestamp->set_seconds(absl::ToUnixSeconds(time));
}

void AddFilters(const MixQuery& query, v1::SearchRequest& request) {
  if (!query.outlet.empty()) {
    auto* values = request.mutable_filter()->mutable_in_values();
    values->set_field("source");
    values->add_values(query.outlet);
  }
  if (query.from != absl::InfinitePast()) {
    auto* range = request.mutable_filter()->mutable_time_range();
    SetTime(range->mutable_start(), query.from);
    SetTime(range->mutable_end(), query.until);
  }
}

}  // namespace

absl::StatusOr<std::vector<MixQuery>> LoadMix() {
  auto path = DataDirectory() / "queries" / "news-mix.tsv";
  std::ifstream in(path);
  if (!in) return absl::NotFoundError(absl::StrCat(path.string(), " is missing"));
  std::vector<MixQuery> mix;
  for (std::string line; std::getline(in, line);) {
    std::vector<std::string> columns = absl::StrSplit(line, '\t');
    if (columns.size() != kColumns) return absl::DataLossError(absl::StrCat("a line of another form: ", line));
    mix.push_back(FromLine(columns));
  }
  return mix;
}

std::vector<MixQuery> MakeUpMix(const Corpus& corpus) {
  std::vector<MixQuery> mix;
  for (size_t i = 0; i < corpus.articles.size() && mix.size() < 70; i += 3) {
    const auto& article = corpus.articles[i];
    std::vector<std::string> words = absl::StrSplit(article.title(), ' ');
    std::vector<std::string> two(words.begin(), words.begin() + 2);
    absl::Time published = absl::FromUnixSeconds(article.published_time().seconds());
    mix.push_back({.query_class = "1term", .words = {words[0]}});
    mix.push_back({.query_class = "and", .words = two});
    mix.push_back({.query_class = "or", .op = Operator::kAny, .words = words});
    mix.push_back({.query_class = "phrase", .op = Operator::kPhrase, .words = two});
    mix.push_back({.query_class = "and+outlet", .words = two, .outlet = article.source()});
    mix.push_back({.query_class = "and+date",
                   .words = two,
                   .from = published - absl::Hours(24 * 100),
                   .until = published + absl::Hours(24 * 100)});
    mix.push_back({.query_class = "sortdate", .words = two, .newest_first = true});
  }
  return mix;
}

v1::SearchRequest RequestFor(const MixQuery& query, Extras extras) {
  v1::SearchRequest request;
  std::string words = absl::StrJoin(query.words, " ");
  request.set_query(query.op == Operator::kPhrase ? absl::StrCat("\"", words, "\"") : words);
  if (query.op == Operator::kAny) request.mutable_query_options()->set_match_mode(v1::MATCH_MODE_ANY_WORD);
  AddFilters(query, request);
  if (query.newest_first) request.set_order(v1::ORDER_NEWEST);
  request.set_page_size(10);
  request.mutable_highlight()->set_disabled(extras != Extras::kSnippets);
  if (extras == Extras::kFacets) {
    request.add_facets()->set_field("source");
    request.add_facets()->set_field("section");
    auto* months = request.add_facets();
    months->set_field("published_time");
    months->mutable_date_histogram()->set_interval(v1::DATE_INTERVAL_MONTH);
  }
  return request;
}

}  // namespace broadsheet::benchmarks
