#include "ingest/config.h"

#include <CLI/CLI.hpp>

namespace broadsheet::ingest {
namespace {

constexpr char kExamples[] = R"(
Examples:
  ingest-service --data-dir /var/lib/broadsheet
      Serve on 127.0.0.1:7401; search-service reads /var/lib/broadsheet/index.
  BROADSHEET_DATA_DIR=/var/lib/broadsheet ingest-service --listen unix:/run/broadsheet/ingest.sock --log-format json
      The same over a socket file, set partly by the environment. A flag wins over its variable.
  ingest-service rebuild --data-dir /var/lib/broadsheet
      Build the index anew from the archive, beside the old one, then switch to it. Stop the service first.
)";

constexpr size_t kMaxContentBytes = 3'500'000;  // with the rest of a request it must stay under 4 MiB

void AddLearningFlags(CLI::App& app, LearnerOptions& learning) {
  app.add_option("--learn-boilerplate", learning.enabled,
                 "Learn which lines the articles of a source share, and cut them from those that come: true or false")
      ->envname("BROADSHEET_LEARN_BOILERPLATE")
      ->type_name("BOOLEAN");
  app.add_option("--boilerplate-articles", learning.threshold.articles,
                 "Articles of a source that must share a line before it is cut; twice as many for running text")
      ->envname("BROADSHEET_BOILERPLATE_ARTICLES")
      ->check(CLI::Range(int64_t{3}, int64_t{1'000'000}).description(""))
      ->type_name("NUMBER");
  app.add_option(
         "--boilerplate-percent", learning.threshold.percent,
         "Percentage of the articles since the first with a line that must have it; twice as much for running text")
      ->envname("BROADSHEET_BOILERPLATE_PERCENT")
      ->check(CLI::Range(int64_t{1}, int64_t{50}).description(""))
      ->type_name("NUMBER");
  app.add_option("--boilerplate-lines", learning.max_lines,
                 "Lines to count at most; beyond, those of one article only are forgotten, the oldest first")
      ->envname("BROADSHEET_BOILERPLATE_LINES")
      ->check(CLI::Range(int64_t{1'000}, int64_t{1'000'000'000}).description(""))
      ->type_name("NUMBER");
  app.add_option("--learning-percent", learning.busy_percent, "Percentage of one core that learning takes at most")
      ->envname("BROADSHEET_LEARNING_PERCENT")
      ->check(CLI::Range(1, 100).description(""))
      ->type_name("NUMBER");
}

void AddShardFlags(CLI::App& app, IngestConfig& config) {
  app.add_option(
         "--hot-shard-articles", config.hot_shard_articles,
         "The part of the index that takes writes is closed, and sealed behind them, when it has so many articles")
      ->envname("BROADSHEET_HOT_SHARD_ARTICLES")
      ->check(CLI::Range(int64_t{1}, int64_t{100'000'000}).description(""))
      ->type_name("NUMBER");
  app.add_option("--hot-shard-mib", config.hot_shard_mib, "The same when it takes so many MiB on the disk")
      ->envname("BROADSHEET_HOT_SHARD_MIB")
      ->check(CLI::Range(int64_t{1}, int64_t{1} << 30).description(""))
      ->type_name("NUMBER");
  app.add_option("--seal-quiet-seconds", config.seal_quiet_seconds,
                 "The same when it has an eighth of either and no article came for so long")
      ->envname("BROADSHEET_SEAL_QUIET_SECONDS")
      ->check(CLI::Range(int64_t{1}, int64_t{1'000'000'000}).description(""))
      ->type_name("NUMBER");
}

void AddRetentionFlag(CLI::App& app, IngestConfig& config) {
  app.add_option("--retention-days", config.retention_days,
                 "Articles published so many days ago (without a date: that came in then) leave the index within the "
                 "hour, and are refused; the archive keeps what it has. 0: none is too old")
      ->envname("BROADSHEET_RETENTION_DAYS")
      ->check(CLI::Range(int64_t{0}, int64_t{1'000'000}).description(""))
      ->type_name("NUMBER");
}

void AddVerifyFlags(CLI::App& app, IngestConfig& config) {
  app.add_option("--verify-seconds", config.verify_seconds,
                 "Each sealed part of the index is verified against its checksums at the start and again after so long")
      ->envname("BROADSHEET_VERIFY_SECONDS")
      ->check(CLI::Range(int64_t{1}, int64_t{1'000'000'000}).description(""))
      ->type_name("NUMBER");
  app.add_option("--verify-mib-per-second", config.verify_mib_per_second,
                 "How much that reads at most, in MiB a second")
      ->envname("BROADSHEET_VERIFY_MIB_PER_SECOND")
      ->check(CLI::Range(int64_t{1}, int64_t{100'000}).description(""))
      ->type_name("NUMBER");
}

}  // namespace

void AddIngestFlags(CLI::App& app, IngestConfig& config) {
  AddServiceFlags(app, config.service);
  app.add_option("--data-dir", config.data_directory, "Where archive and index live; made when missing")
      ->envname("BROADSHEET_DATA_DIR")
      ->type_name("DIRECTORY");
  app.add_option("--disk-reserve-mib", config.disk_reserve_mib,
                 "Writing stops with RESOURCE_EXHAUSTED while less is free on the disk, in MiB; 0: never")
      ->envname("BROADSHEET_DISK_RESERVE_MIB")
      ->check(CLI::Range(int64_t{0}, int64_t{1} << 30).description(""))
      ->type_name("NUMBER");
  app.add_option("--max-text-bytes", config.content.text_bytes, "Largest text of an article, HTML taken as its text")
      ->envname("BROADSHEET_MAX_TEXT_BYTES")
      ->check(CLI::Range(size_t{1}, kMaxContentBytes).description(""))
      ->type_name("NUMBER");
  app.add_option("--max-html-bytes", config.content.html_bytes, "Largest HTML of an article")
      ->envname("BROADSHEET_MAX_HTML_BYTES")
      ->check(CLI::Range(size_t{1}, kMaxContentBytes).description(""))
      ->type_name("NUMBER");
  AddLearningFlags(app, config.learning);
  AddShardFlags(app, config);
  AddRetentionFlag(app, config);
  AddVerifyFlags(app, config);
  app.add_subcommand("rebuild", "Build the index anew from the archive, then switch to it; the service must not run")
      ->fallthrough()
      ->callback([&config] { config.command = IngestConfig::Command::kRebuild; });
  app.require_subcommand(0, 1);
  app.footer(kExamples);
}

}  // namespace broadsheet::ingest
