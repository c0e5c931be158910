#include "benchmarks/size_run.h"

#include <ostream>

#include "absl/strings/str_format.h"

namespace broadsheet::benchmarks {
namespace {

constexpr double kMegabyte = 1e6;
constexpr double kMillion = 1e6;

void PrintMemory(const char* name, const support::Memory& memory, std::ostream& out) {
  out << absl::StrFormat("| %s | %.0f | %.0f | %.0f |\n", name, static_cast<double>(memory.resident_bytes) / kMegabyte,
                         static_cast<double>(memory.anonymous_bytes) / kMegabyte,
                         static_cast<double>(memory.peak_bytes) / kMegabyte);
}

}  // namespace

void MeasureSize(const Corpus& corpus, uint64_t flood_bytes, ServicePair& services,
                 const std::filesystem::path& raw_index, Report& report) {
  auto ratio = [&](const std::filesystem::path& directory) {
    return static_cast<double>(support::BytesOnDisk(directory)) / static_cast<double>(corpus.text_bytes);
  };
  const double archive = ratio(services.data() / "archive");
  const double index = ratio(services.data() / "index");
  const support::Memory search = services.search().process().MemoryUse();
  report.details() << "\n### Size after " << corpus.articles.size() << " " << corpus.name << "\n\n"
                   << "| bytes on disk per byte of text | archive | index | raw Xapian |\n|---|---|---|---|\n"
                   << absl::StrFormat("| | %.2f | %.2f | %.2f |\n\n", archive, index, ratio(raw_index))
                   << "| memory, MB | resident | heap | peak, file pages included |\n|---|---|---|---|\n";
  PrintMemory("ingest-service", services.ingest().process().MemoryUse(), report.details());
  PrintMemory("search-service", search, report.details());
  report.details() << absl::StrFormat("\nThe most heap of ingest-service while the corpus came in: %.0f MB\n",
                                      static_cast<double>(flood_bytes) / kMegabyte);
  report.Measured(Goal::kDisk, {archive + index});
  report.Measured(Goal::kIngestMemory, {static_cast<double>(flood_bytes) / kMegabyte});
  report.Measured(Goal::kSearchMemory, {static_cast<double>(search.anonymous_bytes) / kMegabyte * kMillion /
                                        static_cast<double>(corpus.articles.size())});
}

}  // namespace broadsheet::benchmarks
