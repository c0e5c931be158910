#include "search/match/occurrences.h"

#include <optional>

#include "search/match/posting_reader.h"

namespace broadsheet::search {
namespace {

// The list of a term in one shard, read in ascending order.
class TermList {
 public:
  TermList(const std::string& term, const Xapian::Database& shard, PostingsCache::Postings decoded)
      : decoded_(std::move(decoded)) {
    if (decoded_ != nullptr) {
      reader_.emplace(*decoded_);
      return;
    }
    posting_ = shard.postlist_begin(term);
    end_ = shard.postlist_end(term);
  }

  // How often the document has it.
  Xapian::termcount In(Xapian::docid docid) {
    if (decoded_ != nullptr) {
      reader_->SkipTo(docid);
      return !reader_->AtEnd() && reader_->docid() == docid ? reader_->count() : 0;
    }
    if (posting_ == end_) return 0;
    posting_.skip_to(docid);
    return posting_ != end_ && *posting_ == docid ? posting_.get_wdf() : 0;
  }

 private:
  const PostingsCache::Postings decoded_;
  std::optional<PostingReader> reader_;  // of decoded_
  Xapian::PostingIterator posting_;
  Xapian::PostingIterator end_;
};

}  // namespace

std::vector<Xapian::termcount> OccurrencesOf(const std::string& term, std::span<const Xapian::docid> docids,
                                             const Reader& reader, const ColumnSet& columns, PostingsCache* postings) {
  std::vector<Xapian::termcount> counts(docids.size(), 0);
  if (reader.frequencies().Of(term) == 0) return counts;
  std::vector<std::optional<TermList>> lists(reader.shards().size());
  for (size_t i = 0; i < docids.size(); ++i) {
    const ShardDocid document = reader.InShard(docids[i]);
    std::optional<TermList>& list = lists[document.shard];
    if (!list.has_value()) {
      const Xapian::Database& shard = reader.shards()[document.shard].database;
      const bool decoded = postings != nullptr && !columns.empty();
      list.emplace(term, shard, decoded ? postings->Get(shard, *columns[document.shard], {term}, {}) : nullptr);
    }
    counts[i] = list->In(document.docid);
  }
  return counts;
}

}  // namespace broadsheet::search
