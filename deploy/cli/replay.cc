#include "cli/replay.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "cli/json.h"
#include "cli/render.h"
#include "cli/text.h"
#include "common/rpc/grpc_status.h"

namespace broadsheet::cli {
namespace {

constexpr int kRuleCells = 28;
constexpr absl::Duration kProgressInterval = absl::Seconds(1);

const char* WordOf(v1::ReplayOutcome outcome) {
  switch (outcome) {
    case v1::REPLAY_OUTCOME_CHANGED:
      return "changed";
    case v1::REPLAY_OUTCOME_CONFIRMED:
      return "confirmed";
    case v1::REPLAY_OUTCOME_SUPERSEDED:
      return "superseded";
    case v1::REPLAY_OUTCOME_REJECTED:
      return "rejected";
    default:
      return "unchanged";
  }
}

// One of a pair of values, for people.
std::string Quoted(const std::string& value) {
  return value.empty() ? "nothing" : absl::StrCat("\"", Printable(value), "\"");
}

void PrintPair(const char* what, const std::string& before, const std::string& after, std::ostream& out) {
  if (before != after) out << "  " << Fit(what, 10) << before << " -> " << after << "\n";
}

// On a terminal a line that is written anew, elsewhere a line now and then.
class ReplayLine {
 public:
  ReplayLine(std::ostream& err, bool terminal) : err_(err), terminal_(terminal) {}

  void Update(const v1::ReplayProgress& progress, absl::Time now) {
    if (now - last_ < (terminal_ ? kProgressInterval / 5 : kProgressInterval * 5)) return;
    last_ = now;
    err_ << (terminal_ ? "\r" : "") << progress.done() << " of " << progress.total() << " looked at, "
         << progress.changed() << " changed" << (terminal_ ? "\x1b[K" : "\n") << std::flush;
    drawn_ = terminal_;
  }

  void Clear() {
    if (drawn_) err_ << "\r\x1b[K";
    drawn_ = false;
  }

 private:
  std::ostream& err_;
  const bool terminal_;
  absl::Time last_ = absl::Now();
  bool drawn_ = false;
};

}  // namespace

absl::StatusOr<v1::ReplayArticlesRequest> MakeReplayRequest(const ReplayOptions& options) {
  v1::ReplayArticlesRequest request;
  v1::ReplayFilter& filter = *request.mutable_filter();
  filter.mutable_ids()->Assign(options.ids.begin(), options.ids.end());
  filter.mutable_sources()->Assign(options.sources.begin(), options.sources.end());
  filter.set_min_sequence(options.from_sequence);
  filter.set_max_sequence(options.to_sequence);
  filter.set_normaliser_version_below(options.older_than);
  struct Time {
    const char* flag;
    const std::string& text;
    google::protobuf::Timestamp* (v1::ReplayFilter::*field)();
  };
  for (const Time& time : {Time{"--since", options.since, &v1::ReplayFilter::mutable_published_start},
                           Time{"--until", options.until, &v1::ReplayFilter::mutable_published_end},
                           Time{"--ingested-since", options.ingested_since, &v1::ReplayFilter::mutable_ingested_start},
                           Time{"--ingested-until", options.ingested_until, &v1::ReplayFilter::mutable_ingested_end}}) {
    if (time.text.empty()) continue;
    if (absl::Status set = SetTime(time.flag, time.text, *(filter.*time.field)()); !set.ok()) return set;
  }
  request.set_dry_run(options.dry_run);
  request.set_start_after(options.start_after);
  request.set_articles_per_second(options.rate);
  return request;
}

void PrintChange(const v1::ReplayedArticle& change, std::ostream& out) {
  out << Printable(change.article_id()) << ": " << WordOf(change.outcome());
  if (!change.changed_fields().empty()) out << " in " << absl::StrJoin(change.changed_fields(), ", ");
  if (!change.message().empty()) out << ", " << Printable(change.message());
  out << "\n";
  if (change.outcome() != v1::REPLAY_OUTCOME_CHANGED) return;
  PrintPair("title", Quoted(change.title_before()), Quoted(change.title_after()), out);
  PrintPair("published", RenderTime(change.published_time_before()), RenderTime(change.published_time_after()), out);
  PrintPair("language", Quoted(change.language_before()), Quoted(change.language_after()), out);
  PrintPair("copy of", Quoted(change.duplicate_of_before()), Quoted(change.duplicate_of_after()), out);
  if (change.lines_removed() + change.lines_added() > 0) {
    out << "  body      " << change.body_bytes_before() << " -> " << change.body_bytes_after() << " bytes, "
        << change.lines_removed() << " lines out, " << change.lines_added() << " in\n";
  }
  for (const std::string& line : change.removed())
    out << "    - " << Printable(line) << "\n";
  for (const std::string& line : change.added())
    out << "    + " << Printable(line) << "\n";
}

void PrintReplaySummary(const v1::ReplayArticlesResponse& last, bool dry_run, std::ostream& out) {
  const v1::ReplayProgress& progress = last.progress();
  out << progress.done() << " articles looked at" << (dry_run ? ", nothing written" : "") << ": " << progress.changed()
      << (dry_run ? " would change, " : " changed, ") << progress.confirmed() << " confirmed by newer rules, "
      << progress.unchanged() << " unchanged";
  if (progress.superseded() > 0) out << ", " << progress.superseded() << " written by others meanwhile";
  if (progress.rejected() > 0) out << ", " << progress.rejected() << " would be rejected and were left alone";
  out << "\n";
  std::vector<v1::RuleCount> rules(last.rules().begin(), last.rules().end());
  std::stable_sort(rules.begin(), rules.end(), [](const auto& a, const auto& b) { return a.edits() > b.edits(); });
  if (!rules.empty()) out << "What the rules did in the articles that " << (dry_run ? "would change:\n" : "changed:\n");
  for (const v1::RuleCount& rule : rules) {
    out << "  " << Fit(Printable(rule.rule()), kRuleCells) << " " << rule.edits() << " edits in " << rule.articles()
        << " articles, " << rule.bytes_cut() << " bytes out\n";
  }
}

ExitCode RunReplay(const ReplayOptions& options, const Services& services, const Terminal& terminal) {
  auto request = MakeReplayRequest(options);
  if (!request.ok()) {
    terminal.err << "broadsheet: " << std::string(request.status().message()) << "\n";
    return kWrongUsage;
  }
  const auto client = ConnectToIngest(services.ingest);
  grpc::ClientContext context;  // no deadline: it takes as long as the archive is large
  const auto stream = client->ReplayArticles(&context, *request);
  ReplayLine line(terminal.err, terminal.err_is_terminal);
  v1::ReplayArticlesResponse message, last;
  while (stream->Read(&message)) {
    line.Clear();
    if (options.json) terminal.out << ToJson(message, JsonStyle::kOneLine) << "\n" << std::flush;
    for (const v1::ReplayedArticle& change : message.articles()) {
      if (options.changes && !options.json) PrintChange(change, terminal.out);
    }
    line.Update(message.progress(), absl::Now());
    last.Swap(&message);
  }
  line.Clear();
  const grpc::Status status = stream->Finish();
  if (!options.json && last.has_progress()) PrintReplaySummary(last, options.dry_run, terminal.out);
  if (!status.ok()) {
    terminal.err << Describe(FromGrpcStatus(status), services.ingest);
    if (!last.token().empty())
      terminal.err << "  go on with --start-after " << last.token() << " and the same filter\n";
    return status.error_code() == grpc::StatusCode::NOT_FOUND ? kSomeFailed : kServiceFailed;
  }
  return last.progress().rejected() > 0 ? kSomeFailed : kAllWell;
}

}  // namespace broadsheet::cli
