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
  std::vector<Articles> found;
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
    if (!Show(found[shard].docids, {columns_[shard].get(), shard, shards}, sinks)) break;
  }
  return true;
}

WordSweep::Articles WordSweep::WithoutSuperseded(Articles articles, const std::vector<Xapian::docid>& superseded) {
  if (superseded.empty()) return articles;
  Articles standing;
  std::set_difference(articles.docids.begin(), articles.docids.end(), superseded.begin(), superseded.end(),
                      std::back_inserter(standing.made));
  standing.docids = standing.made;
  return standing;
}

std::optional<WordSweep::Articles> WordSweep::OfWord(const QueryNode& leaf, size_t shard) const {
  std::vector<std::string> terms;
  for (const LookupTerm& term : lookup_.Terms(leaf))
    terms.push_back(IndexTerm(term, leaf.field));
  Articles articles;
  articles.held = cache_.Get(reader_.shards()[shard].database, *columns_[shard], terms, [this] { Look(); });
  if (articles.held == nullptr) return std::nullopt;
  articles.docids = articles.held->docids;
  return articles;
}

std::optional<std::vector<WordSweep::Articles>> WordSweep::OfEach(const QueryNode& node, size_t shard) const {
  std::vector<Articles> each;
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

std::optional<WordSweep::Articles> WordSweep::Of(const QueryNode& node, size_t shard) const {
  if (node.kind == NodeKind::kWord) return OfWord(node, shard);
  auto each = OfEach(node, shard);
  if (!each.has_value()) return std::nullopt;
  Look();
  Articles joined;
  if (node.kind != NodeKind::kAll) {
    std::vector<DocidSpan> parts;
    for (const Articles& part : *each)
      parts.push_back(part.docids);
    joined.made = UnionOf(parts, columns_[shard]->size());
  } else {
    std::sort(each->begin(), each->end(),
              [](const Articles& a, const Articles& b) { return a.docids.size() < b.docids.size(); });
    joined.made.assign(each->front().docids.begin(), each->front().docids.end());
    for (size_t i = 1; i < each->size(); ++i)
      joined.made = Intersection(joined.made, (*each)[i].docids);
  }
  joined.docids = joined.made;
  return joined;
}

void WordSweep::Look() const {
  if (auto waits = CheckCaller(context_); !waits.ok()) throw StatusException{waits};
}

}  // namespace broadsheet::search
