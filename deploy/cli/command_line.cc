#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <limits>
#include <map>

#include "cli/commands.h"
#include "cli/discover_commands.h"
#include "cli/replay.h"
#include "cli/streams.h"
#include "common/base/version.h"

namespace broadsheet::cli {
namespace {

constexpr char kExamples[] = R"(
Examples:
  broadsheet ingest tests/data/articles               everything in a folder
  broadsheet ingest feed.jsonl --rejected bad.jsonl   a feed; what was rejected, and why, goes to a file
  produce-articles | broadsheet ingest -              a pipe: one article a line as JSON
  broadsheet preview page.html                        what an article would become; nothing is written
  broadsheet replay --dry-run --changes               what newer rules of cleaning would change of what is stored
  broadsheet search flood jakarta
  broadsheet search '"exact phrase" -without author:smith' --since 2025-06-01 --newest
  broadsheet search 'floods published:2025-12-24..2025-12-31' --facet source --facet published_day:day
  broadsheet export --tag 'Orvane dam' --resume-file dam.place >>dam.jsonl
  broadsheet watch 'crack OR leak'                    what newly matches, changes or is withdrawn, as it happens
  broadsheet get ARTICLE-ID --json
  broadsheet similar ARTICLE-ID                       articles about the same
  broadsheet suggest 'supreme co'                     as somebody types
  broadsheet about hurricane --since 2025-06-01       what the articles that match are about
  broadsheet trends --since 2025-06-01 --until 2025-06-08
  broadsheet health ingest && echo up

Exit codes: 0 all well; 1 some articles were rejected, not found or not healthy; 2 wrong usage; 3 a service failed.
)";

constexpr char kIngestExamples[] = R"(
What the files may be. Known by what is in them, packed with gzip or not, from files, folders and pipes alike:
  feeds                RSS 0.9x to 2.0, RDF, Atom, JSON Feed: each item an article
  agency formats       NewsML-G2, NITF, ninjs, with their states: embargoed, withheld, corrected; cancelled deletes
  JSON-LD              articles of schema.org
  WARC                 the pages of a web archive, of any size
Known by the end of their name (or --format):
  .txt .md .html       one article each, of any character set; title, date and language are looked for in it
  .jsonl .ndjson .json RawArticle messages in proto JSON, for example
    {"title": "Ferry aground", "source": "Tidewire", "published": "3 Sep 2025 04:17 UTC", "text": "The ferry ..."}
  or StreamArticlesRequest messages, which can delete, too:
    {"correlationId": "1", "article": {"id": "a-1", "markdown": "# Ferry aground\n\nThe ferry ..."}}
    {"correlationId": "2", "deletion": {"id": "a-0"}}
A broken item costs that item only; --rejected says where it stands: wire.xml:41 (item 2), crawl.warc.gz@8192 (record 7).
XML may not declare entities, be nested deeper than 200 or have items over 8 MiB. What is no article is left out and counted.

  broadsheet ingest wire/                             a folder of feeds, dispatches and pages, mixed
  curl -s https://news.example/feed | broadsheet ingest -
  broadsheet ingest crawl.warc.gz --rejected bad.jsonl

The same file again is safe: articles that stand already are UNCHANGED and cost no write.
)";

constexpr char kSearchExamples[] = R"(
Queries: words, "phrases", -not, OR, (brackets), prefix*, and field:word for title, body, source, author, section, tag
and language. No query at all browses, newest first.

  broadsheet search 'crack OR leak' --tag 'Orvane dam' --any
  broadsheet search '"3+3" talks' --facet language --facet published_time:day --limit 3
  broadsheet search --source 'Brennick Post' --where attributes.desk=harbour --order oldest
)";

constexpr char kReplayExamples[] = R"(
The archive keeps every article as its writer sent it. A replay makes what readers see from that once more, by the rules
of cleaning that the service has now, and stores what differs. Identity, times and the raw article stay as they are, and
what a writer sends meanwhile wins. Live writes go first. To end it, end the command; to begin again is safe, since what
was done already is unchanged, and --start-after spares even looking at it.

  broadsheet replay --dry-run                          how many would change, and what each rule would do
  broadsheet replay --dry-run --changes --source 'Brennick Post' | less
  broadsheet replay --older-than 2 --rate 50           what version 1 of the rules made, at most 50 articles a second
  broadsheet replay --since 2025-06-01 --json | jq .token
)";

constexpr char kExportExamples[] = R"(
Every article that matches, in the order in which they were written, one JSON object a line. With --resume-file an export
that was cut off goes on where it was, and one that came to its end brings, when it is run again, what was written since.

  broadsheet export --resume-file all.place >>all.jsonl
  broadsheet export '"exact phrase"' --source 'Brennick Post' --card | jq -r .title
)";

constexpr char kWatchExamples[] = R"(
+ newly matches, ~ has a new version, - no longer matches. It goes on by itself when the service was away; with
--resume-file also when the command was ended and is run again, without a gap.

  broadsheet watch 'crack OR leak' --tag 'Orvane dam'
  broadsheet watch --source 'Brennick Post' --json --resume-file post.place | consume-events
)";

const std::map<std::string, Format>& Formats() {
  static const std::map<std::string, Format> formats = {
      {"auto", Format::kAuto},       {"text", Format::kText}, {"markdown", Format::kMarkdown}, {"html", Format::kHtml},
      {"jsonl", Format::kJsonLines}, {"json", Format::kJson}, {"xml", Format::kXml},           {"warc", Format::kWarc}};
  return formats;
}

// Everything that a command line can say.
struct CommandLine {
  Services services;
  double timeout_seconds = 30;
  double patience_seconds = 60;
  std::string colour = "auto";
  IngestOptions ingest;
  SearchOptions search;
  DiscoverOptions discover;
  GetOptions get;
  PreviewOptions preview;
  ReplayOptions replay;
  StreamOptions export_, watch{.patience_seconds = 3600};
  bool status_json = false;
  std::string health_of;
};

void AddGlobals(CLI::App& app, CommandLine& line) {
  app.add_option("--ingest", line.services.ingest.address, "Where ingest-service is: host:port or unix:/path")
      ->envname("BROADSHEET_INGEST")
      ->capture_default_str();
  app.add_option("--search", line.services.search.address, "Where search-service is: host:port or unix:/path")
      ->envname("BROADSHEET_SEARCH")
      ->capture_default_str();
  app.add_option("--timeout", line.timeout_seconds, "Seconds to wait for one answer")
      ->check(CLI::Range(0.001, 86400.0))
      ->capture_default_str();
  app.add_option("--color", line.colour, "Colours: auto, always or never; auto heeds NO_COLOR")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->capture_default_str();
  app.set_version_flag("--version", std::string(Version()));
  app.footer(kExamples);
  app.require_subcommand(1);
  app.fallthrough();
}

void AddIngest(CLI::App& app, CommandLine& line) {
  auto& command = *app.add_subcommand("ingest", "Send articles and say what became of them");
  command.add_option("FILE", line.ingest.paths, "Files, folders, or - for standard input")->required();
  command.add_option("--format", line.ingest.format, "auto, text, markdown, html, json, jsonl, xml or warc")
      ->transform(CLI::Transformer(Formats()))
      ->default_str("auto");
  command.add_option("--rejected", line.ingest.rejected_file,
                     "Write what was rejected to this file, a JSON object a line with the reason and the request");
  command.add_option("--results", line.ingest.results_file,
                     "Write every result to this file as it comes, a JSON object a line");
  command.add_flag("--visible", line.ingest.visible, "Wait until all of them can be found");
  command.add_option("--patience", line.patience_seconds, "Seconds to go on trying while the service is busy or gone")
      ->check(CLI::Range(0.0, 86400.0))
      ->capture_default_str();
  command.footer(kIngestExamples);
}

// Which articles: what search, export and watch have in common.
void AddQuestion(CLI::App& command, SearchOptions& search) {
  command.add_option("QUERY", search.words, "The query; after -- if it begins with a dash");
  command.add_option("--source", search.sources, "Only from this outlet (may be given again: any of them)");
  command.add_option("--section", search.sections, "Only from this section");
  command.add_option("--tag", search.tags, "Only with this tag");
  command.add_option("--author", search.authors, "Only by this author");
  command.add_option("--language", search.languages, "Only in this language, for example de");
  command.add_option("--where", search.where, "FIELD=VALUE: any other field, for example attributes.desk=harbour");
  command.add_option("--since", search.since, "Published on this day or time (UTC) or later");
  command.add_option("--until", search.until, "Published before this day or time (UTC)");
  command.add_flag("--any", search.any_word, "One of the words is enough");
  command.add_flag("--exact", search.exact_words, "Words exactly as written: no stemming");
  command.add_flag("--no-copies", search.no_copies, "Leave out copies of earlier articles");
}

void AddSearch(CLI::App& app, CommandLine& line) {
  auto& command = *app.add_subcommand("search", "Find articles");
  SearchOptions& search = line.search;
  AddQuestion(command, search);
  command.add_option("--order", search.order, "relevance, newest or oldest");
  command.add_flag("--newest{newest}", search.order, "Short for --order newest");
  command.add_option("--facet", search.facets,
                     "Count by FIELD, FIELD:N (most values) or TIME:day|week|month|year|hour");
  command.add_option(
      "--group", search.group,
      "Groups instead of hits: copies, source, section, published_time (by day), ...; FIELD:N shows N hits of each");
  command.add_option("--per-source", search.per_source, "At most so many hits of one source on a page")
      ->check(CLI::Range(1, 100));
  command.add_option("-n,--limit", search.limit, "Hits a page")->check(CLI::Range(0, 100))->capture_default_str();
  command.add_option("--page-token", search.page_token, "Go on after the page before");
  command.add_flag("--strict", search.strict, "Only what was written: no stems, other spellings, synonyms or guesses");
  command.add_option("--recency", search.recency, "Prefer recent articles, by a half-life: 30d, 12h, 90m");
  command.add_flag("--expand", search.expand, "Rank by terms of the best articles, too");
  command.add_flag("--exact-total", search.exact_total, "Count every match");
  command.add_flag("--explain", search.explain, "Say how each score came about");
  command.add_flag("--full", search.full, "Whole articles (with --json)");
  command.add_option("--min-sequence", search.min_sequence, "Wait until this sequence can be found");
  command.add_flag("--json", search.json, "Print the SearchResponse as proto JSON");
  command.footer(kSearchExamples);
}

void AddStreams(CLI::App& app, CommandLine& line) {
  auto& exported = *app.add_subcommand("export", "Write every article that matches, as JSON lines");
  AddQuestion(exported, line.export_.search);
  exported.add_flag("--card", line.export_.card, "Without bodies");
  exported.footer(kExportExamples);
  auto& watch = *app.add_subcommand("watch", "Print what newly matches, changes or is withdrawn, as it happens");
  AddQuestion(watch, line.watch.search);
  watch.add_flag("--json", line.watch.json, "Print each event as proto JSON, one a line");
  watch.footer(kWatchExamples);
  for (auto& [command, options] : {std::pair(&exported, &line.export_), std::pair(&watch, &line.watch)}) {
    command->add_option("--resume-file", options->resume_file, "Keep the place in this file, and go on from it");
    command->add_option("--patience", options->patience_seconds, "Seconds to go on trying while the service is away")
        ->check(CLI::Range(0.0, 864000.0))
        ->capture_default_str();
  }
}

void AddReplay(CLI::App& app, CommandLine& line) {
  auto& command = *app.add_subcommand("replay", "Make stored articles again by the rules in force now");
  ReplayOptions& replay = line.replay;
  const auto natural = CLI::Range(int64_t{0}, std::numeric_limits<int64_t>::max()).description("");
  command.add_flag("--dry-run", replay.dry_run, "Say what would change; nothing is written");
  command.add_flag("--changes", replay.changes, "Print each article that changes: title, date, lines in and out");
  command.add_option("--id", replay.ids, "Only this article (may be given again)");
  command.add_option("--source", replay.sources, "Only from this outlet (may be given again)");
  command.add_option("--since", replay.since, "Published on this day or time (UTC) or later");
  command.add_option("--until", replay.until, "Published before this day or time (UTC)");
  command.add_option("--ingested-since", replay.ingested_since, "Received on this day or time (UTC) or later");
  command.add_option("--ingested-until", replay.ingested_until, "Received before this day or time (UTC)");
  command.add_option("--from-sequence", replay.from_sequence, "Standing since this sequence or later")->check(natural);
  command.add_option("--to-sequence", replay.to_sequence, "Standing since this sequence or earlier")->check(natural);
  command.add_option("--older-than", replay.older_than, "Made by an older version of the rules than this")
      ->check(natural);
  command.add_option("--rate", replay.rate, "Most articles a second")->check(natural);
  command.add_option("--start-after", replay.start_after, "Go on after the token of a replay with the same filter");
  command.add_flag("--json", replay.json, "Print each message as proto JSON, one a line, with its token");
  command.footer(kReplayExamples);
}

void AddOthers(CLI::App& app, CommandLine& line) {
  auto& get = *app.add_subcommand("get", "Print one article");
  get.add_option("ID", line.get.id, "The article's id")->required();
  get.add_flag("--raw", line.get.raw, "As its writer sent it, from the archive, as JSON");
  get.add_flag("--revisions", line.get.revisions, "What happened to it, newest first");
  get.add_flag("--json", line.get.json, "Print it as proto JSON");

  auto& preview = *app.add_subcommand("preview", "Say what articles would become; nothing is written");
  preview.add_option("FILE", line.preview.path, "A file, or - for standard input")->required();
  preview.add_option("--format", line.preview.format, "auto, text, markdown, html, json, jsonl, xml or warc")
      ->transform(CLI::Transformer(Formats()))
      ->default_str("auto");
  preview.add_flag("--json", line.preview.json, "Print the PreviewArticleResponse as proto JSON");

  auto& status = *app.add_subcommand("status", "Say how both services stand");
  status.add_flag("--json", line.status_json, "Print both answers as proto JSON");

  auto& health = *app.add_subcommand("health", "Ask whether services can do their work; the exit code says it, too");
  health.add_option("SERVICE", line.health_of, "ingest or search; both when left out")
      ->check(CLI::IsMember({"ingest", "search"}));
}

Colour ColourFor(const std::string& choice, const Terminal& terminal) {
  const bool wanted =
      choice == "auto" ? terminal.out_is_terminal && std::getenv("NO_COLOR") == nullptr : choice == "always";
  return wanted ? Colour::kAnsi : Colour::kNone;
}

ExitCode Dispatch(const CLI::App& app, const CommandLine& line, const Terminal& terminal) {
  const Services& services = line.services;
  const Colour colour = ColourFor(line.colour, terminal);
  if (app.got_subcommand("ingest")) {
    const auto client = ConnectToIngest(services.ingest);
    return RunIngest(line.ingest, services.ingest, *client, terminal);
  }
  if (app.got_subcommand("search")) {
    return RunSearch(line.search, services, colour, terminal);
  }
  if (app.got_subcommand("export")) {
    return RunExport(line.export_, services, terminal);
  }
  if (app.got_subcommand("watch")) {
    return RunWatch(line.watch, services, colour, terminal);
  }
  if (WantsDiscovery(app)) {
    return RunDiscovery(app, line.discover, services, colour, terminal);
  }
  if (app.got_subcommand("get")) {
    return RunGet(line.get, services, colour, terminal);
  }
  if (app.got_subcommand("preview")) {
    return RunPreview(line.preview, services, colour, terminal);
  }
  if (app.got_subcommand("replay")) {
    return RunReplay(line.replay, services, terminal);
  }
  if (app.got_subcommand("status")) {
    return RunStatus(line.status_json, services, terminal);
  }
  return RunHealth(line.health_of, services, terminal);
}

}  // namespace

ExitCode RunCommandLine(int argc, const char* const* argv, const Terminal& terminal) {
  CommandLine line;
  CLI::App app("Broadsheet: messy news articles in, good answers out. Talks to both services over gRPC.", "broadsheet");
  AddGlobals(app, line);
  AddIngest(app, line);
  AddSearch(app, line);
  AddStreams(app, line);
  AddDiscoverCommands(app, line.discover);
  AddReplay(app, line);
  AddOthers(app, line);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error, terminal.out, terminal.err) == 0 ? kAllWell : kWrongUsage;
  }
  line.services.timeout = absl::Seconds(line.timeout_seconds);
  line.ingest.patience = absl::Seconds(line.patience_seconds);
  return Dispatch(app, line, terminal);
}

}  // namespace broadsheet::cli
