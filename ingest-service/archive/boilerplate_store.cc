#include "ingest/archive/boilerplate_store.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "common/base/logging.h"
#include "ingest/archive/boilerplate_schema.h"
#include "ingest/archive/sqlite.h"

namespace broadsheet::ingest {
namespace {

constexpr std::chrono::seconds kPatience{30};
constexpr int64_t kCheckpointPages = 4'096;  // of write-ahead log

constexpr char kAddSource[] =
    "INSERT INTO source(key, articles, seen) VALUES(?1, 1, 1)"
    " ON CONFLICT(key) DO UPDATE SET articles = articles + 1, seen = seen + 1 RETURNING id, seen, articles";
constexpr char kFindSource[] = "SELECT id, seen, articles FROM source WHERE key = ?";
constexpr char kDropArticle[] = "UPDATE source SET articles = max(articles - 1, 0) WHERE id = ?";
constexpr char kAddLine[] =
    "INSERT INTO line(source, id, articles, first_sequence, sequences, first_seen, span, since, until, text)"
    " VALUES(?1, ?2, 1, ?3, 0, ?4, 0, 0, 0, '') ON CONFLICT(source, id) DO UPDATE SET articles = articles + 1,"
    " sequences = ?3 - first_sequence, span = max(span, ?4 - first_seen), text = CASE WHEN text = '' THEN ?5 ELSE text "
    "END"
    " RETURNING id, articles, span, since, until, text";
constexpr char kDropLine[] =
    "UPDATE line SET articles = max(articles - 1, 0) WHERE source = ?1 AND id = ?2"
    " RETURNING id, articles, span, since, until, text";
constexpr char kForce[] = "UPDATE line SET since = ?3, until = ?4 WHERE source = ?1 AND id = ?2";
constexpr char kSetNumber[] = "UPDATE state SET number = ?2 WHERE name = ?1";
constexpr char kSetText[] = "UPDATE state SET text = ?2 WHERE name = ?1";
constexpr char kGetNumber[] = "SELECT number FROM state WHERE name = ?";
constexpr char kGetText[] = "SELECT text FROM state WHERE name = ?";
constexpr char kWithText[] =
    "SELECT id, articles, span, since, until, line.text, source FROM line WHERE line.text <> ''";
constexpr char kInForce[] =
    "SELECT source.key, line.id FROM line INDEXED BY line_in_force JOIN source ON source.id = line.source"
    " WHERE line.since > 0 AND line.until = 0";
constexpr char kList[] =
    "SELECT line.id, line.articles, span, since, until, line.text, line.source, first_sequence,"
    " first_sequence + sequences, source.key, source.articles FROM line INDEXED BY line_by_articles"
    " JOIN source ON source.id = line.source WHERE line.text <> '' AND (line.articles, line.source, line.id) < (?1, "
    "?2, ?3)"
    " AND line.articles >= ?4 AND (?5 = '' OR source.key = ?5) AND (?6 = 0 OR (since > 0 AND until = 0))"
    " ORDER BY line.articles DESC, line.source DESC, line.id DESC LIMIT ?7";
// Singles of which half have their only article before this place.
constexpr char kMiddleSingle[] =
    "SELECT first_sequence + sequences FROM line WHERE articles <= 1 AND since = 0 ORDER BY 1 LIMIT 1 OFFSET"
    " (SELECT count(*) / 2 FROM line WHERE articles <= 1 AND since = 0)";
constexpr char kForget[] = "DELETE FROM line WHERE articles <= 1 AND since = 0 AND first_sequence + sequences <= ?";
constexpr char kCountLines[] = "SELECT count(*) FROM line";

int64_t Signed(uint64_t id) {
  return static_cast<int64_t>(id);
}

// The columns that all queries of lines begin with.
LineEvidence ReadEvidence(const Query& query) {
  LineEvidence evidence;
  evidence.id = static_cast<uint64_t>(query.Int(0));
  evidence.articles = query.Int(1);
  evidence.span = query.Int(2) + 1;
  evidence.since_version = query.Int(3);
  evidence.until_version = query.Int(4);
  evidence.text = query.Bytes(5);
  return evidence;
}

absl::Status SetNumber(Connection& connection, std::string_view name, int64_t number) {
  Query query(connection, kSetNumber);
  query.BindText(name).Bind(number);
  return query.Run();
}

absl::Status SetText(Connection& connection, std::string_view name, std::string_view text) {
  Query query(connection, kSetText);
  query.BindText(name).BindText(text);
  return query.Run();
}

absl::StatusOr<int64_t> GetNumber(Connection& connection, std::string_view name) {
  Query query(connection, kGetNumber);
  query.BindText(name);
  if (query.Step()) return query.Int(0);
  if (!query.status().ok()) return query.status();
  return 0;
}

absl::StatusOr<std::string> GetText(Connection& connection, std::string_view name) {
  Query query(connection, kGetText);
  query.BindText(name);
  if (query.Step()) return std::string(query.Bytes(0));
  if (!query.status().ok()) return query.status();
  return std::string();
}

}  // namespace

// One transaction: what it counts, and the verdicts it comes to.
class BoilerplateStore::Batch {
 public:
  Batch(Connection& connection, const Judge& judge, int64_t version)
      : connection_(connection), judge_(judge), version_(version) {}

  absl::Status Count(const LineChange& change) {
    if (change.before.has_value()) {
      if (absl::Status status = Drop(change); !status.ok()) return status;
    }
    return change.after.has_value() ? Add(change) : absl::OkStatus();
  }

  // Puts a line in or out of force if the evidence says so. It must not be under a query.
  absl::Status Decide(int64_t source, const LineEvidence& evidence) {
    const bool cut = !evidence.text.empty() && judge_(evidence);
    if (cut == evidence.in_force()) return absl::OkStatus();
    changed_ = true;
    // One that comes back keeps the version from which on it was first cut.
    const int64_t since = evidence.since_version > 0 ? evidence.since_version : version_;
    Query query(connection_, kForce);
    query.Bind(source).Bind(Signed(evidence.id)).Bind(since).Bind(cut ? 0 : version_);
    return query.Run();
  }

  bool changed() const { return changed_; }
  int64_t added_lines() const { return added_lines_; }

 private:
  struct Source {
    int64_t id = 0;
    int64_t seen = 0;
  };

  static bool SameSource(const LineChange& change) {
    return change.before.has_value() && change.after.has_value() && change.before->source == change.after->source;
  }

  static absl::flat_hash_set<uint64_t> Ids(const std::optional<ArticleLines>& lines) {
    absl::flat_hash_set<uint64_t> ids;
    if (!lines.has_value()) return ids;
    for (const CountedLine& line : lines->lines)
      ids.insert(line.id);
    return ids;
  }

  absl::StatusOr<Source> FindSource(const char* sql, std::string_view key) {
    Query query(connection_, sql);
    query.BindText(key);
    Source source;
    while (query.Step())
      source = {query.Int(0), query.Int(1)};
    if (!query.status().ok()) return query.status();
    return source;
  }

  absl::Status Drop(const LineChange& change) {
    const auto source = FindSource(kFindSource, change.before->source);
    if (!source.ok()) return source.status();
    const bool same = SameSource(change);
    if (!same) {
      Query query(connection_, kDropArticle);
      query.Bind(source->id);
      if (absl::Status status = query.Run(); !status.ok()) return status;
    }
    const auto kept = same ? Ids(change.after) : absl::flat_hash_set<uint64_t>();
    for (const CountedLine& line : change.before->lines) {
      if (kept.contains(line.id)) continue;
      if (absl::Status status = Touch(kDropLine, *source, line, change.sequence); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

  absl::Status Add(const LineChange& change) {
    const bool same = SameSource(change);
    const auto source = FindSource(same ? kFindSource : kAddSource, change.after->source);
    if (!source.ok()) return source.status();
    const auto known = same ? Ids(change.before) : absl::flat_hash_set<uint64_t>();
    for (const CountedLine& line : change.after->lines) {
      if (known.contains(line.id)) continue;
      if (absl::Status status = Touch(kAddLine, *source, line, change.sequence); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

  absl::Status Touch(const char* sql, const Source& source, const CountedLine& line, int64_t sequence) {
    LineEvidence evidence;
    bool found = false;
    {
      Query query(connection_, sql);
      query.Bind(source.id).Bind(Signed(line.id));
      if (sql == kAddLine) query.Bind(sequence).Bind(source.seen).BindText(line.text);
      while (query.Step()) {
        found = true;
        evidence = ReadEvidence(query);
      }
      if (!query.status().ok()) return query.status();
    }
    if (!found) return absl::OkStatus();  // it was forgotten meanwhile
    const bool is_new = sql == kAddLine && evidence.articles == 1 && evidence.text.empty();
    added_lines_ += is_new ? 1 : 0;
    return Decide(source.id, evidence);
  }

  Connection& connection_;
  const Judge& judge_;
  const int64_t version_;
  int64_t added_lines_ = 0;
  bool changed_ = false;
};

BoilerplateStore::~BoilerplateStore() = default;

absl::StatusOr<std::unique_ptr<BoilerplateStore>> BoilerplateStore::Open(const std::filesystem::path& directory,
                                                                         std::string_view lineage,
                                                                         int64_t archive_sequence) {
  const std::filesystem::path file = directory / "boilerplate.db";
  std::unique_ptr<BoilerplateStore> store(new BoilerplateStore);
  auto connection = Connection::Open(file, Connection::Mode::kCreate, kPatience);
  if (!connection.ok()) return connection.status();
  store->connection_ = *std::move(connection);
  if (absl::Status status = PrepareBoilerplateSchema(*store->connection_); !status.ok()) return status;
  // A lost tail is counted again; what must not be lost is synced by a checkpoint.
  absl::Status status = store->connection_->Execute("PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16384;");
  if (status.ok()) status = store->Load();
  if (status.ok()) status = store->Adopt(lineage, archive_sequence);
  if (!status.ok()) return status;
  auto reader = Connection::Open(file, Connection::Mode::kReadOnly, kPatience);
  if (!reader.ok()) return reader.status();
  store->reader_ = *std::move(reader);
  return store;
}

absl::Status BoilerplateStore::Load() {
  for (auto [name, number] :
       {std::pair{"sequence", &counts_.sequence}, {"version", &counts_.version}, {"lines", &counts_.lines}}) {
    const auto value = GetNumber(*connection_, name);
    if (!value.ok()) return value.status();
    *number = *value;
  }
  return absl::OkStatus();
}

absl::Status BoilerplateStore::Adopt(std::string_view lineage, int64_t archive_sequence) {
  const auto known = GetText(*connection_, "lineage");
  if (!known.ok()) return known.status();
  if (*known == lineage && counts_.sequence <= archive_sequence) return absl::OkStatus();
  if (!known->empty()) LogWarning("the learned boilerplate is of another archive; it is learned anew");
  counts_ = {};
  if (absl::Status status = ClearBoilerplate(*connection_); !status.ok()) return status;
  return SetText(*connection_, "lineage", lineage);
}

absl::StatusOr<bool> BoilerplateStore::Learn(std::span<const LineChange> batch, int64_t through, const Judge& judge,
                                             int64_t max_lines) {
  BoilerplateCounts next = counts();
  const int64_t version = std::max(through, next.version + 1);
  Batch work(*connection_, judge, version);
  absl::Status status = Query(*connection_, "BEGIN IMMEDIATE").Run();
  for (auto change = batch.begin(); status.ok() && change != batch.end(); ++change)
    status = work.Count(*change);
  next.sequence = through;
  next.lines += work.added_lines();
  if (work.changed()) next.version = version;
  if (status.ok()) status = Prune(max_lines, next);
  if (status.ok()) status = Commit(next, work.changed());
  if (status.ok()) return work.changed();
  Query(*connection_, "ROLLBACK").Run().IgnoreError();
  return status;
}

absl::StatusOr<bool> BoilerplateStore::JudgeAll(std::string_view settings, const Judge& judge) {
  const auto known = GetText(*connection_, "settings");
  if (!known.ok()) return known.status();
  if (*known == settings) return false;
  std::vector<std::pair<int64_t, LineEvidence>> lines;  // with the number of their source
  {
    Query query(*connection_, kWithText);
    while (query.Step())
      lines.emplace_back(query.Int(6), ReadEvidence(query));
    if (!query.status().ok()) return query.status();
  }
  BoilerplateCounts next = counts();
  Batch work(*connection_, judge, next.version + 1);
  absl::Status status = Query(*connection_, "BEGIN IMMEDIATE").Run();
  for (auto line = lines.begin(); status.ok() && line != lines.end(); ++line)
    status = work.Decide(line->first, line->second);
  if (work.changed()) ++next.version;
  if (status.ok()) status = SetText(*connection_, "settings", settings);
  if (status.ok()) status = Commit(next, work.changed());
  if (status.ok()) return work.changed();
  Query(*connection_, "ROLLBACK").Run().IgnoreError();
  return status;
}

absl::Status BoilerplateStore::Commit(BoilerplateCounts next, bool changed) {
  for (auto [name, number] : {std::pair{"sequence", next.sequence}, {"version", next.version}, {"lines", next.lines}}) {
    if (absl::Status status = SetNumber(*connection_, name, number); !status.ok()) return status;
  }
  if (absl::Status status = Query(*connection_, "COMMIT").Run(); !status.ok()) return status;
  {
    std::lock_guard lock(mutex_);
    counts_ = next;
  }
  if (!changed && connection_->log_pages() < kCheckpointPages) return absl::OkStatus();
  // It syncs the log first. A reader in its way is no error: what it waits for has been synced by then.
  absl::Status status = connection_->RunCheckpoint(Connection::Checkpoint::kPassive);
  return status.code() == absl::StatusCode::kUnavailable ? absl::OkStatus() : status;
}

absl::Status BoilerplateStore::Prune(int64_t max_lines, BoilerplateCounts& next) {
  if (next.lines <= max_lines) return absl::OkStatus();
  const auto middle = connection_->QueryInt(kMiddleSingle);
  if (middle.status().code() == absl::StatusCode::kNotFound) return absl::OkStatus();
  if (!middle.ok()) return middle.status();
  Query forget(*connection_, kForget);
  forget.Bind(*middle);
  if (absl::Status status = forget.Run(); !status.ok()) return status;
  const auto lines = connection_->QueryInt(kCountLines);
  if (!lines.ok()) return lines.status();
  next.lines = *lines;
  return absl::OkStatus();
}

absl::Status BoilerplateStore::ForEachInForce(const std::function<void(std::string_view, uint64_t)>& visit) {
  Query query(*connection_, kInForce);
  while (query.Step())
    visit(query.Bytes(0), static_cast<uint64_t>(query.Int(1)));
  return query.status();
}

absl::StatusOr<LinePage> BoilerplateStore::List(const LineQuery& wanted) {
  constexpr int64_t kFirst = std::numeric_limits<int64_t>::max();
  const LineQuery::Place after = wanted.after.value_or(LineQuery::Place{kFirst, kFirst, kFirst});
  LinePage page;
  std::lock_guard lock(mutex_);
  Query query(*reader_, kList);
  query.Bind(after.articles).Bind(after.source).Bind(after.id).Bind(wanted.min_articles).BindText(wanted.source);
  query.Bind(wanted.only_applied ? 1 : 0).Bind(wanted.limit + 1);
  LineQuery::Place last;
  while (query.Step()) {
    if (static_cast<int>(page.lines.size()) == wanted.limit) {
      page.next = last;
      break;
    }
    last = {query.Int(1), query.Int(6), query.Int(0)};
    LineEvidence& evidence = page.lines.emplace_back(ReadEvidence(query));
    evidence.first_sequence = query.Int(7);
    evidence.last_sequence = query.Int(8);
    evidence.source = query.Bytes(9);
    evidence.source_articles = query.Int(10);
  }
  if (!query.status().ok()) return query.status();
  return page;
}

absl::Status BoilerplateStore::EmptyLog() {
  const absl::Status status = connection_->RunCheckpoint(Connection::Checkpoint::kTruncate);
  return absl::IsUnavailable(status) ? absl::OkStatus() : status;
}

BoilerplateCounts BoilerplateStore::counts() const {
  std::lock_guard lock(mutex_);
  return counts_;
}

}  // namespace broadsheet::ingest
