#include "search/match/word_sweep.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "common/index/xapian_status.h"
#include "search/index/caller.h"
#include "search/match/docid_sets.h"

namespace broadsheet::search {
namespace {

constexpr size_t kBatch = 512;

bool Show(DocidSpan docids, const ShardView& view, std::span<MatchSink* const> sinks) {
  const std::vector<double> no_weights(std::min(docids.size(), kBatch), 0);
  for (MatchSink* sink : sinks) {
    if (!docids.empty()) sink->BeginShard(view);
  }
  for (; !docids.empty(); docids = docids.subspan(std::min(docids.size(), kBatch))) {
    const DocidSpan batch = docids.first(std::min(docids.size(), kBatch));
    bool full = true;
    for (MatchSink* sink : sinks) {
      sink->Take({batch, std::span(no_weights).first(batch.size())});
      full = full && sink->Full();
    }
    if (full) return false;
  }
  return true;
}

}  // namespace

bool HasWordsOnly(const QueryNode& node) {
  if (node.kind == NodeKind::kWord) return node.field == nullptr || node.field->id != FieldId::kBody;
  const bool joins = node.kind == NodeKind::kAll || node.kind == NodeKind::kAny || node.kind == NodeKind::kExpanded;
  return joins && std::all_of(node.children.begin(), node.children.end(), HasWordsOnly);
}

bool WordSweep::Run(const QueryNode& root, std::span<MatchSink* const> sinks) {
  std::vector<Docids> found;
  bool decoded = true;
  for (size_t shard = 0; shard < columns_.size(); ++shard) {
    auto articles = Of(root, shard);
    // The other shards are asked, too, so that all are decoded the next time.
    decoded = decoded && articles.has_value();
    if (decoded) found.push_back(WithoutSuperseded(*std::move(articles), reader_.shards()[shard].superseded));
  }
  if (!decoded) return false;
  const auto shards = static_cast<Xapian::docid>(columns_.size());
  for (Xapian::docid shard = 0; shard < shards; ++shard) {
    Look();
    if (!Show(found[shard], {columns_[shard].get(), shard, shards}, sinks)) break;
  }
  return true;
}

Docids WordSweep::WithoutSuperseded(Docids articles, const Docids& superseded) {
  if (superseded.empty()) return articles;
  Docids standing;
  std::set_difference(articles.begin(), articles.end(), superseded.begin(), superseded.end(),
                      std::back_inserter(standing));
  return standing;
}

std::optional<Docids> WordSweep::OfWord(const QueryNode& leaf, size_t shard) const {
  std::vector<std::string> terms;
  for (const LookupTerm& term : lookup_.Terms(leaf))
    terms.push_back(IndexTerm(term, leaf.field));
  const auto held = cache_.Get(reader_.shards()[shard].database, *columns_[shard], terms, [this] { Look(); });
  if (held == nullptr) return std::nullopt;
  return held->Docids();
}

std::optional<std::vector<Docids>> WordSweep::OfEach(const QueryNode& node, size_t shard) const {
  std::vector<Docids> each;
  bool decoded = true;
  for (const QueryNode& child : node.children) {
    auto articles = Of(child, shard);
    // Likewise the other words.
    decoded = decoded && articles.has_value();
    if (decoded) each.push_back(*std::move(articles));
  }
  if (!decoded) return std::nullopt;
  return each;
}

std::optional<Docids> WordSweep::Of(const QueryNode& node, size_t shard) const {
  if (node.kind == NodeKind::kWord) return OfWord(node, shard);
  auto each = OfEach(node, shard);
  if (!each.has_value()) return std::nullopt;
  Look();
  if (node.kind != NodeKind::kAll) return UnionOf({each->begin(), each->end()}, columns_[shard]->size());
  std::sort(each->begin(), each->end(), [](const Docids& a, const Docids& b) { return a.size() < b.size(); });
  Docids both = std::move(each->front());
  for (size_t i = 1; i < each->size(); ++i)
    both = Intersection(both, (*each)[i]);
  return both;
}

void WordSweep::Look() const {
  if (auto waits = CheckCaller(context_); !waits.ok()) throw StatusException{waits};
}

}  // namespace broadsheet::search
