#include "ingest/archive/archive.h"

#include <chrono>
#include <cmath>
#include <limits>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/compress.h"
#include "common/base/error.h"
#include "ingest/archive/connection_pool.h"
#include "ingest/archive/kept_dictionary.h"
#include "ingest/archive/row.h"
#include "ingest/archive/schema.h"
#include "ingest/archive/sql_standing.h"
#include "ingest/archive/sqlite.h"

namespace broadsheet::ingest {
namespace {

namespace fs = std::filesystem;

constexpr int kReaders = 4;
constexpr std::chrono::seconds kWriterPatience{30};
constexpr std::chrono::milliseconds kCheckpointPatience{100};

absl::Status MakeDirectory(const fs::path& directory) {
  std::error_code error;
  bool created = fs::create_directories(directory, error);
  if (error) {
    return ErrorWithReason(absl::StatusCode::kInternal, "FILE_SYSTEM",
                           absl::StrCat("creating ", directory.string(), ": ", error.message()));
  }
  return created ? SyncDirectory(fs::absolute(directory).parent_path()) : absl::OkStatus();
}

absl::Status Configure(Connection& connection, const ArchiveOptions& options) {
  std::string settings =
      absl::StrCat("PRAGMA synchronous=", options.synchronous ? "FULL" : "OFF", "; PRAGMA cache_size=-65536;");
  if (options.max_pages > 0) absl::StrAppend(&settings, "PRAGMA max_page_count=", options.max_pages, ";");
  return connection.Execute(settings.c_str());
}

absl::StatusOr<std::unique_ptr<Connection>> OpenWriter(const fs::path& file, const ArchiveOptions& options) {
  auto connection = Connection::Open(file, Connection::Mode::kCreate, kWriterPatience);
  if (!connection.ok()) return connection;
  if (absl::Status status = PrepareSchema(**connection); !status.ok()) return status;
  if (absl::Status status = Configure(**connection, options); !status.ok()) return status;
  // After a crash the log may hold commits that were written but never synced, and after a failed sync the kernel may
  // show pages that are not on disk. Both would be taken for durable; copying the log into the database makes them so.
  if (absl::Status status = (*connection)->RunCheckpoint(Connection::Checkpoint::kTruncate); !status.ok())
    return status;
  return connection;
}

// Sets what the event says of the first of its article. That row never changes, so it needs no common transaction.
absl::Status FindFirst(Connection& connection, Event& event) {
  Query query(connection, kFirstOf);
  query.BindText(event.article_id);
  if (!query.Step()) return query.status();
  event.first_sequence = query.Int(0);
  event.first_received = absl::FromUnixMicros(query.Int(1));
  return absl::OkStatus();
}

// The rows of a query up to the limits: copied first and decoded after, so that the transaction stays short.
absl::StatusOr<std::vector<Event>> ReadRows(Connection& connection, const Dictionaries& dictionaries, const char* sql,
                                            int64_t after, const ReadLimits& limits) {
  std::vector<Row> rows;
  {
    Query query(connection, sql);
    query.Bind(after);
    size_t bytes = 0;
    while (static_cast<int>(rows.size()) < limits.events && bytes < limits.bytes && query.Step()) {
      rows.push_back(ReadRow(query));
      bytes += ContentSize(rows.back().derived);
    }
    if (!query.status().ok()) return query.status();
  }
  std::vector<Event> events;
  events.reserve(rows.size());
  for (const Row& row : rows) {
    absl::StatusOr<Event> event = DecodeEvent(row, dictionaries);
    if (!event.ok()) return event.status();
    if (absl::Status found = FindFirst(connection, *event); !found.ok()) return found;
    events.push_back(*std::move(event));
  }
  return events;
}

// The one row of a query, if there is one.
absl::StatusOr<std::optional<Event>> ReadOne(Connection& connection, const Dictionaries& dictionaries, const char* sql,
                                             int64_t sequence) {
  auto events = ReadRows(connection, dictionaries, sql, sequence, {.events = 1});
  if (!events.ok()) return events.status();
  if (events->empty()) return std::nullopt;
  return std::move(events->front());
}

absl::Status NoSuchArticle(std::string_view id) {
  return ErrorWithReason(absl::StatusCode::kNotFound, "ARTICLE_NOT_FOUND",
                         absl::StrCat("the archive has no article \"", std::string(id), "\""));
}

absl::StatusOr<std::string> FindKnown(Connection& connection, const Dictionaries& dictionaries, std::string_view id) {
  SqlStanding standing(connection, dictionaries);
  absl::StatusOr<std::string> known = FindArticle(DeletionRecord::Key::kId, id, standing);
  if (known.ok() && known->empty()) return NoSuchArticle(id);
  return known;
}

int64_t SizeOf(const fs::path& file) {
  std::error_code error;
  auto size = fs::file_size(file, error);
  return error ? 0 : static_cast<int64_t>(size);
}

}  // namespace

Archive::Archive(fs::path directory, DirectoryLock lock) : directory_(std::move(directory)), lock_(std::move(lock)) {}

Archive::~Archive() = default;

absl::StatusOr<std::unique_ptr<Archive>> Archive::Open(const fs::path& directory, const ArchiveOptions& options) {
  if (absl::Status status = MakeDirectory(directory); !status.ok()) return status;
  absl::StatusOr<DirectoryLock> lock = DirectoryLock::Acquire(directory);
  if (!lock.ok()) return lock.status();
  std::unique_ptr<Archive> archive(new Archive(directory, *std::move(lock)));
  fs::path file = directory / "archive.db";
  absl::StatusOr<std::unique_ptr<Connection>> write = OpenWriter(file, options);
  if (!write.ok()) return write.status();
  archive->write_ = *std::move(write);
  auto kept = LoadDictionaries(*archive->write_, directory);
  if (!kept.ok()) return kept.status();
  for (const KeptDictionary& dictionary : *kept)
    archive->dictionaries_.Add(dictionary);
  if (absl::Status status = SyncDirectory(directory); !status.ok()) return status;
  auto checkpoint = Connection::Open(file, Connection::Mode::kReadWrite, kCheckpointPatience);
  if (!checkpoint.ok()) return checkpoint.status();
  archive->checkpoint_ = *std::move(checkpoint);
  if (absl::Status status = Configure(*archive->checkpoint_, options); !status.ok()) return status;
  absl::StatusOr<std::unique_ptr<ConnectionPool>> readers = ConnectionPool::Open(file, kReaders);
  if (!readers.ok()) return readers.status();
  archive->readers_ = *std::move(readers);
  absl::StatusOr<std::string> lineage = ReadLineage(*archive->write_);
  if (!lineage.ok()) return lineage.status();
  archive->lineage_ = *std::move(lineage);
  return archive;
}

absl::StatusOr<std::vector<Event>> Archive::ReadEvents(int64_t after_sequence, const ReadLimits& limits) {
  return ReadRows(*readers_->Borrow(), dictionaries_, kRowsAfter, after_sequence, limits);
}

absl::StatusOr<std::vector<Event>> Archive::ReadStanding(int64_t after_sequence, const ReadLimits& limits) {
  return ReadRows(*readers_->Borrow(), dictionaries_, kStandingAfter, after_sequence, limits);
}

absl::StatusOr<Event> Archive::ReadStandingOf(std::string_view id) {
  ConnectionPool::Lease connection = readers_->Borrow();
  absl::StatusOr<std::string> known = FindKnown(*connection, dictionaries_, id);
  if (!known.ok()) return known.status();
  Query query(*connection, kStandingOf);
  query.BindText(*known);
  if (query.Step()) return DecodeEvent(ReadRow(query), dictionaries_);
  return query.status().ok() ? NoSuchArticle(id) : query.status();
}

absl::StatusOr<int64_t> Archive::CountStanding(int64_t after_sequence, int64_t through_sequence) {
  ConnectionPool::Lease connection = readers_->Borrow();
  Query query(*connection, "SELECT count(*) FROM head WHERE sequence > ? AND sequence <= ? AND deleted = 0");
  query.Bind(after_sequence).Bind(through_sequence);
  if (query.Step()) return query.Int(0);
  return query.status();
}

absl::StatusOr<ReceivedArticle> Archive::GetRawBehind(const Event& event) {
  ConnectionPool::Lease connection = readers_->Borrow();
  Query query(*connection, kRawBehind);
  query.BindText(event.article_id).Bind(event.sequence);
  if (!query.Step()) {
    if (!query.status().ok()) return query.status();
    return ErrorWithReason(absl::StatusCode::kDataLoss, "ARCHIVE_CORRUPT",
                           absl::StrCat("the archive has lost what led to its event ", event.sequence));
  }
  const Row row = ReadRowWithRaw(query);
  absl::StatusOr<v1::RawArticle> raw = DecodeRaw(row, dictionaries_);
  if (!raw.ok()) return raw.status();
  return ReceivedArticle{*std::move(raw), absl::FromUnixMicros(row.received_us)};
}

absl::StatusOr<RawRevision> Archive::GetRaw(std::string_view id, std::optional<int32_t> revision) {
  ConnectionPool::Lease connection = readers_->Borrow();
  absl::StatusOr<std::string> known = FindKnown(*connection, dictionaries_, id);
  if (!known.ok()) return known.status();
  Query query(*connection, revision.has_value() ? kRowOfRevision : kNewestWithRaw);
  query.BindText(*known);
  if (revision.has_value()) query.Bind(*revision);
  if (!query.Step()) {
    if (!query.status().ok()) return query.status();
    return ErrorWithReason(absl::StatusCode::kNotFound, "REVISION_NOT_FOUND",
                           absl::StrCat("article \"", *known, "\" has no revision ", revision.value_or(0),
                                        " with content; ListRevisions names those it has"));
  }
  Row row = ReadRowWithRaw(query);
  RawRevision result;
  absl::StatusOr<v1::Revision> event = DecodeRevision(row, dictionaries_);
  if (!event.ok()) return event.status();
  absl::StatusOr<v1::RawArticle> raw = DecodeRaw(row, dictionaries_);
  if (!raw.ok()) return raw.status();
  return RawRevision{*std::move(raw), *std::move(event)};
}

absl::StatusOr<std::vector<v1::Revision>> Archive::ListRevisions(std::string_view id, int64_t before_sequence,
                                                                 int limit) {
  ConnectionPool::Lease connection = readers_->Borrow();
  absl::StatusOr<std::string> known = FindKnown(*connection, dictionaries_, id);
  if (!known.ok()) return known.status();
  Query query(*connection, kRowsOfArticle);
  query.BindText(*known).Bind(before_sequence > 0 ? before_sequence : std::numeric_limits<int64_t>::max()).Bind(limit);
  std::vector<v1::Revision> revisions;
  while (query.Step()) {
    absl::StatusOr<v1::Revision> revision = DecodeRevision(ReadRow(query), dictionaries_);
    if (!revision.ok()) return revision.status();
    revisions.push_back(*std::move(revision));
  }
  if (!query.status().ok()) return query.status();
  return revisions;
}

absl::StatusOr<std::optional<Event>> Archive::EventBefore(std::string_view id, int64_t sequence) {
  Row row;
  {
    ConnectionPool::Lease connection = readers_->Borrow();
    Query query(*connection, kRowsOfArticle);
    query.BindText(id).Bind(sequence).Bind(1);
    if (!query.Step()) {
      if (!query.status().ok()) return query.status();
      return std::nullopt;
    }
    row = ReadRow(query);
  }
  absl::StatusOr<Event> event = DecodeEvent(row, dictionaries_);
  if (!event.ok()) return event.status();
  return *std::move(event);
}

absl::StatusOr<std::vector<int64_t>> Archive::ListStanding(int64_t after_sequence, int64_t through_sequence,
                                                           int limit) {
  ConnectionPool::Lease connection = readers_->Borrow();
  Query query(*connection, "SELECT sequence FROM head WHERE sequence > ? AND sequence <= ? ORDER BY sequence LIMIT ?");
  query.Bind(after_sequence).Bind(through_sequence).Bind(limit);
  std::vector<int64_t> sequences;
  while (query.Step())
    sequences.push_back(query.Int(0));
  if (!query.status().ok()) return query.status();
  return sequences;
}

absl::StatusOr<int64_t> Archive::NewestOfSame(int64_t sequence, int64_t through_sequence) {
  ConnectionPool::Lease connection = readers_->Borrow();
  Query query(*connection,
              "SELECT sequence FROM event WHERE article_id = (SELECT article_id FROM event WHERE sequence = ?)"
              " AND sequence <= ? ORDER BY sequence DESC LIMIT 1");
  query.Bind(sequence).Bind(through_sequence);
  if (query.Step()) return query.Int(0);
  if (!query.status().ok()) return query.status();
  return int64_t{0};
}

absl::StatusOr<Event> Archive::ReadAt(int64_t sequence) {
  auto event = ReadOne(*readers_->Borrow(), dictionaries_, kRowAt, sequence);
  if (!event.ok()) return event.status();
  if (event->has_value()) return **std::move(event);
  return ErrorWithReason(absl::StatusCode::kNotFound, "EVENT_NOT_FOUND",
                         absl::StrCat("the archive has no event ", sequence));
}

absl::StatusOr<std::optional<Event>> Archive::BeforeOfSame(int64_t sequence) {
  return ReadOne(*readers_->Borrow(), dictionaries_, kRowBefore, sequence);
}

absl::StatusOr<ArchiveCounts> Archive::Counts() {
  ConnectionPool::Lease connection = readers_->Borrow();
  ArchiveCounts counts;
  Query query(*connection,
              "SELECT (SELECT value FROM tally WHERE name = 'articles'),"
              " (SELECT value FROM tally WHERE name = 'tombstones'), coalesce((SELECT max(sequence) FROM event), 0)");
  if (query.Step()) {
    counts.articles = query.Int(0);
    counts.tombstones = query.Int(1);
    counts.last_sequence = query.Int(2);
  }
  if (!query.status().ok()) return query.status();
  counts.bytes = SizeOf(directory_ / "archive.db") + SizeOf(directory_ / "archive.db-wal");
  return counts;
}

// A low-discrepancy sequence (steps of the golden ratio): however many are taken, they are from all over.
absl::StatusOr<std::vector<std::string>> Archive::Sample(size_t bytes) {
  const absl::StatusOr<ArchiveCounts> counts = Counts();
  if (!counts.ok()) return counts.status();
  constexpr double kStep = 0.6180339887498949;
  std::vector<std::string> samples;
  size_t sampled = 0;
  for (int64_t i = 1; i <= counts->last_sequence && sampled < bytes; ++i) {
    const double place = kStep * static_cast<double>(i);
    ConnectionPool::Lease connection = readers_->Borrow();
    Query query(*connection, kRowAt);
    query.Bind(1 + static_cast<int64_t>((place - std::floor(place)) * static_cast<double>(counts->last_sequence)));
    if (!query.Step()) {
      if (!query.status().ok()) return query.status();
      continue;
    }
    auto derived = ReadDerived(ReadRow(query), dictionaries_);
    if (!derived.ok() || derived->empty()) continue;
    sampled += derived->size();
    samples.push_back(*std::move(derived));
  }
  return samples;
}

absl::StatusOr<std::string> Archive::ResolveKey(DeletionRecord::Key kind, std::string_view key) {
  ConnectionPool::Lease connection = readers_->Borrow();
  SqlStanding standing(*connection, dictionaries_);
  return FindArticle(kind, key, standing);
}

// Decides as the writer would, in a transaction that only reads.
template <typename Decide>
absl::StatusOr<Decision> Archive::DecideOnly(Decide decide) {
  ConnectionPool::Lease connection = readers_->Borrow();
  if (absl::Status status = (*connection).Execute("BEGIN"); !status.ok()) return status;
  SqlStanding standing(*connection, dictionaries_);
  absl::StatusOr<Decision> decision = decide(standing);
  absl::Status ended = (*connection).Execute("COMMIT");
  if (decision.ok() && !ended.ok()) return ended;
  return decision;
}

absl::StatusOr<v1::IngestResult> Archive::Preview(const DerivationRecord& record, absl::Time now) {
  auto decision = DecideOnly([&](Standing& standing) { return DecideDerivation(record, now, standing); });
  if (!decision.ok()) return decision.status();
  decision->result.set_lineage(lineage_);
  return decision->result;
}

absl::StatusOr<v1::IngestResult> Archive::Preview(const ArticleRecord& record, absl::Time now) {
  auto decision = DecideOnly([&](Standing& standing) { return DecideArticle(record, now, standing); });
  if (!decision.ok()) return decision.status();
  v1::IngestResult result = std::move(decision->result);
  if (decision->writes && decision->before.has_value()) {
    result.set_sequence(decision->before->sequence);
    result.set_revision(decision->before->revision);
  } else if (decision->writes) {
    result.set_revision(0);
  }
  result.set_lineage(lineage_);
  return result;
}

}  // namespace broadsheet::ingest
