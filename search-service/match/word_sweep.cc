#include "search/match/word_sweep.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "search/index/caller.h"
#include "search/match/docid_sets.h"

namespace broadsheet::search {
namespace {

// Words of the body have no terms of their own.
bool IsAnywhere(const QueryNode& leaf) {
  return leaf.field == nullptr || leaf.field->id != FieldId::kBody;
}

// Whether it is parts joined by AND, OR or as stand-ins, and holds for each.
bool Joins(const QueryNode& node, bool (*holds)(const QueryNode&)) {
  const bool joins = node.kind == NodeKind::kAll || node.kind == NodeKind::kAny || node.kind == NodeKind::kExpanded;
  return joins && std::all_of(node.children.begin(), node.children.end(), holds);
}

bool Show(DocidSpan docids, const ShardView& view, std::span<MatchSink* const> sinks) {
  const std::vector<double> no_weights(std::min(docids.size(), kMostInBatch), 0);
  for (MatchSink* sink : sinks) {
    if (!docids.empty()) sink->BeginShard(view);
  }
  for (; !docids.empty(); docids = docids.subspan(std::min(docids.size(), kMostInBatch))) {
    const DocidSpan batch = docids.first(std::min(docids.size(), kMostInBatch));
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
  return node.kind == NodeKind::kWord ? IsAnywhere(node) : Joins(node, HasWordsOnly);
}

bool IsDecodable(const QueryNode& node) {
  if (node.kind == NodeKind::kPhrase) return IsAnywhere(node) && node.distance == 0;
  return node.kind == NodeKind::kWord ? IsAnywhere(node) : Joins(node, IsDecodable);
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
    ThrowUnlessWaiting(context_);
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

std::optional<Docids> WordSweep::OfLeaf(const QueryNode& leaf, size_t shard) const {
  const std::vector<std::string> terms = lookup_.IndexTerms(leaf);
  const Xapian::Database& database = reader_.shards()[shard].database;
  const bool phrase = leaf.kind == NodeKind::kPhrase && terms.size() > 1;
  const auto held = phrase ? cache_.GetPhrase(database, *columns_[shard], terms, context_)
                           : cache_.Get(database, *columns_[shard], terms, context_);
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
  if (node.kind == NodeKind::kWord || node.kind == NodeKind::kPhrase) return OfLeaf(node, shard);
  auto each = OfEach(node, shard);
  if (!each.has_value()) return std::nullopt;
  ThrowUnlessWaiting(context_);
  if (node.kind != NodeKind::kAll) return UnionOf({each->begin(), each->end()}, columns_[shard]->size());
  std::sort(each->begin(), each->end(), [](const Docids& a, const Docids& b) { return a.size() < b.size(); });
  Docids both = std::move(each->front());
  for (size_t i = 1; i < each->size(); ++i)
    both = Intersection(both, (*each)[i]);
  return both;
}

}  // namespace broadsheet::search
