#include "cli/discover_commands.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/json.h"
#include "cli/render_discovery.h"

namespace broadsheet::cli {
namespace {

void AddFilters(CLI::App& command, SearchOptions& search) {
  command.add_option("--source", search.sources, "Only from this outlet (may be given again: any of them)");
  command.add_option("--section", search.sections, "Only from this section");
  command.add_option("--tag", search.tags, "Only with this tag");
  command.add_option("--author", search.authors, "Only by this author");
  command.add_option("--language", search.languages, "Only in this language, for example de");
  command.add_option("--where", search.where, "FIELD=VALUE: any other field");
}

void AddLimitAndJson(CLI::App& command, SearchOptions& search, const std::string& what) {
  command.add_option("-n,--limit", search.limit, what)->check(CLI::Range(0, 100));
  command.add_flag("--json", search.json, "Print the answer as proto JSON");
}

void AddTimeFlags(CLI::App& command, SearchOptions& search) {
  command.add_option("--since", search.since, "Published on this day or time (UTC) or later");
  command.add_option("--until", search.until, "Published before this day or time (UTC)");
}

void AddSimilar(CLI::App& app, DiscoverOptions& options) {
  auto& command = *app.add_subcommand("similar", "Find articles about the same as an article or a text");
  command.add_option("ID", options.search.words, "The article's id")->expected(0, 1);
  command.add_option("--text", options.text, "A text instead of an article");
  command.add_flag("--copies", options.with_copies, "Copies of earlier articles, too");
  AddFilters(command, options.search);
  AddTimeFlags(command, options.search);
  AddLimitAndJson(command, options.search, "Articles");
}

void AddSuggest(CLI::App& app, DiscoverOptions& options) {
  auto& command = *app.add_subcommand("suggest", "Complete what somebody types");
  command.add_option("TEXT", options.search.words, "What was typed so far")->required();
  command.add_option("--kind", options.kinds, "query, name, source or title; all when left out")
      ->check(CLI::IsMember({"query", "name", "source", "title"}));
  AddLimitAndJson(command, options.search, "Suggestions of each kind, at most 20");
}

void AddAbout(CLI::App& app, DiscoverOptions& options) {
  auto& command = *app.add_subcommand("about", "Say what the articles that match are about");
  command.add_option("QUERY", options.search.words, "The query, as for search");
  AddFilters(command, options.search);
  AddTimeFlags(command, options.search);
  command.add_flag("--any", options.search.any_word, "One of the words is enough");
  AddLimitAndJson(command, options.search, "Terms");
}

void AddTrends(CLI::App& app, DiscoverOptions& options) {
  auto& command = *app.add_subcommand("trends", "Say which terms rise in a window of time");
  command.add_option("--since", options.search.since, "The window begins on this day or time (UTC)")->required();
  command.add_option("--until", options.search.until, "The window ends before this day or time (UTC)")->required();
  command.add_option("--baseline-since", options.baseline_since,
                     "What to compare with; four windows before it, if not given");
  command.add_option("--baseline-until", options.baseline_until, "Where that ends");
  command.add_flag("--hide-copies", options.hide_copies, "Copies of earlier articles do not count");
  AddFilters(command, options.search);
  AddLimitAndJson(command, options.search, "Terms");
}

// The filter that the options make, without their words.
absl::StatusOr<v1::SearchRequest> MakeFilter(SearchOptions options) {
  options.words.clear();
  return MakeSearchRequest(options);
}

absl::StatusOr<v1::SimilarArticlesRequest> MakeSimilar(const DiscoverOptions& options) {
  v1::SimilarArticlesRequest request;
  if (options.search.words.empty() == options.text.empty()) {
    return absl::InvalidArgumentError("similar takes the id of an article, or --text");
  }
  options.text.empty() ? request.set_id(options.search.words.front()) : request.set_text(options.text);
  auto filter = MakeFilter(options.search);
  if (!filter.ok()) return filter.status();
  if (filter->has_filter()) *request.mutable_filter() = filter->filter();
  if (options.with_copies) request.set_copies(v1::COPY_MODE_SHOW);
  request.set_page_size(options.search.limit);
  return request;
}

absl::StatusOr<v1::SuggestRequest> MakeSuggest(const DiscoverOptions& options) {
  v1::SuggestRequest request;
  request.set_text(absl::StrJoin(options.search.words, " "));
  for (const std::string& kind : options.kinds) {
    v1::SuggestionKind value = v1::SUGGESTION_KIND_UNSPECIFIED;
    v1::SuggestionKind_Parse(absl::StrCat("SUGGESTION_KIND_", absl::AsciiStrToUpper(kind)), &value);
    request.add_kinds(value);
  }
  request.set_limit(options.search.limit);
  return request;
}

absl::StatusOr<v1::SignificantTermsRequest> MakeAbout(const DiscoverOptions& options) {
  auto search = MakeSearchRequest(options.search);
  if (!search.ok()) return search.status();
  v1::SignificantTermsRequest request;
  request.set_query(search->query());
  if (search->has_query_options()) *request.mutable_query_options() = search->query_options();
  if (search->has_filter()) *request.mutable_filter() = search->filter();
  request.set_limit(options.search.limit);
  return request;
}

absl::StatusOr<v1::TrendsRequest> MakeTrends(const DiscoverOptions& options) {
  v1::TrendsRequest request;
  SearchOptions others = options.search;
  others.since.clear();
  others.until.clear();
  auto filter = MakeFilter(others);
  if (!filter.ok()) return filter.status();
  if (filter->has_filter()) *request.mutable_filter() = filter->filter();
  absl::Status set = SetTime("--since", options.search.since, *request.mutable_window()->mutable_start());
  if (set.ok()) set = SetTime("--until", options.search.until, *request.mutable_window()->mutable_end());
  if (set.ok() && !options.baseline_since.empty()) {
    set = SetTime("--baseline-since", options.baseline_since, *request.mutable_baseline()->mutable_start());
  }
  if (set.ok() && !options.baseline_until.empty()) {
    set = SetTime("--baseline-until", options.baseline_until, *request.mutable_baseline()->mutable_end());
  }
  if (!set.ok()) return set;
  if (options.hide_copies) request.set_copies(v1::COPY_MODE_HIDE);
  request.set_limit(options.search.limit);
  return request;
}

// Asks once and prints the answer.
class Asker {
 public:
  Asker(const Services& services, bool json, const Terminal& terminal)
      : services_(services), json_(json), terminal_(terminal) {}

  template <typename Request, typename Response, typename Render>
  ExitCode Ask(const absl::StatusOr<Request>& request,
               grpc::Status (SearchClient::*method)(grpc::ClientContext*, const Request&, Response*),
               Render render) const {
    if (!request.ok()) {
      terminal_.err << "broadsheet: " << std::string(request.status().message()) << "\n";
      return kWrongUsage;
    }
    const auto client = ConnectToSearch(services_.search);
    grpc::ClientContext context;
    SetDeadline(context, services_.timeout);
    Response response;
    const grpc::Status status = (client.get()->*method)(&context, *request, &response);
    if (!status.ok()) return Fail(status, services_.search, terminal_);
    if (json_) return PrintJson(response, terminal_);
    terminal_.out << render(response);
    return kAllWell;
  }

 private:
  const Services& services_;
  const bool json_;
  const Terminal& terminal_;
};

}  // namespace

void AddDiscoverCommands(CLI::App& app, DiscoverOptions& options) {
  options.search.limit = 0;  // the service's choice
  AddSimilar(app, options);
  AddSuggest(app, options);
  AddAbout(app, options);
  AddTrends(app, options);
}

bool WantsDiscovery(const CLI::App& app) {
  return app.got_subcommand("similar") || app.got_subcommand("suggest") || app.got_subcommand("about") ||
         app.got_subcommand("trends");
}

ExitCode RunDiscovery(const CLI::App& app, const DiscoverOptions& options, const Services& services, Colour colour,
                      const Terminal& terminal) {
  const Asker asker(services, options.search.json, terminal);
  if (app.got_subcommand("similar")) {
    return asker.Ask(MakeSimilar(options), &SearchClient::SimilarArticles,
                     [&](const auto& response) { return RenderSimilar(response, colour); });
  }
  if (app.got_subcommand("suggest")) {
    return asker.Ask(MakeSuggest(options), &SearchClient::Suggest,
                     [&](const auto& response) { return RenderSuggestions(response, colour); });
  }
  if (app.got_subcommand("about")) {
    return asker.Ask(MakeAbout(options), &SearchClient::SignificantTerms, RenderSignificantTerms);
  }
  return asker.Ask(MakeTrends(options), &SearchClient::Trends, RenderTrends);
}

}  // namespace broadsheet::cli
