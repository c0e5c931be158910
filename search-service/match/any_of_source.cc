#include "search/match/any_of_source.h"

#include <algorithm>
#include <utility>

#include "search/index/caller.h"

namespace broadsheet::search {
namespace {

constexpr uint32_t kMovesPerLook = 256;

}  // namespace

AnyOfSource::AnyOfSource(std::vector<std::string> terms, const Bm25Formula& bm25, ColumnSet columns,
                         CallContext context, PostingsCache& cache)
    : terms_(std::move(terms)),
      bm25_(bm25),
      columns_(std::move(columns)),
      context_(std::move(context)),
      cache_(cache) {}

Xapian::PostingSource* AnyOfSource::clone() const {
  return new AnyOfSource(terms_, bm25_, columns_, context_, cache_);
}

void AnyOfSource::init(const Xapian::Database& database) {
  const ShardColumns& columns = *columns_[PlaceOf(columns_, database)];
  lengths_ = &columns.lengths;
  started_ = at_end_ = false;
  current_ = 0;
  decoded_ = cache_.Get(database, columns, terms_, context_);
  if (decoded_ != nullptr) {
    reader_.emplace(*decoded_);
    statistics_ = decoded_->statistics;
  } else {
    OpenLists(database);
  }
  const Xapian::termcount most = statistics_.most;
  // An article is at least as long as it has occurrences of the terms.
  set_maxweight(most == 0 ? 0 : bm25_.Of(most, std::max(most, database.get_doclength_lower_bound())));
}

void AnyOfSource::OpenLists(const Xapian::Database& database) {
  statistics_ = StatisticsOf(database, terms_);
  lists_.clear();
  for (const std::string& term : terms_) {
    List list{database.postlist_begin(term), database.postlist_end(term)};
    if (!list.AtEnd()) lists_.push_back(std::move(list));
  }
}

void AnyOfSource::next(double min_weight) {
  if (decoded_ != nullptr) {
    if (started_) reader_->Next();
    started_ = true;
    return SettleDecoded(min_weight);
  }
  for (List& list : lists_) {
    if (started_ && !list.AtEnd() && list.docid() == current_) ++list.place;
  }
  started_ = true;
  FindCurrent();
}

void AnyOfSource::skip_to(Xapian::docid docid, double min_weight) {
  if (started_ && docid <= current_) return;
  started_ = true;
  if (decoded_ != nullptr) {
    reader_->SkipTo(docid);
    return SettleDecoded(min_weight);
  }
  for (List& list : lists_) {
    if (!list.AtEnd() && list.docid() < docid) list.place.skip_to(docid);
  }
  FindCurrent();
}

double AnyOfSource::get_weight() const {
  if (decoded_ != nullptr) return weight_;
  Xapian::termcount occurrences = 0;
  for (const List& list : lists_) {
    if (!list.AtEnd() && list.docid() == current_) occurrences += list.place.get_wdf();
  }
  return bm25_.Of(occurrences, (*lengths_)[current_]);
}

void AnyOfSource::FindCurrent() {
  if (++moves_ % kMovesPerLook == 0) ThrowUnlessWaiting(context_);
  at_end_ = true;
  for (const List& list : lists_) {
    if (list.AtEnd()) continue;
    current_ = at_end_ ? list.docid() : std::min(current_, list.docid());
    at_end_ = false;
  }
}

// The first place from here on that weighs enough.
void AnyOfSource::SettleDecoded(double min_weight) {
  if (++moves_ % kMovesPerLook == 0) ThrowUnlessWaiting(context_);
  const double least = min_weight * kSumRounding;   // a difference of sums
  const DecodedPostings::Block* bounded = nullptr;  // the block whose bound is enough
  while (!reader_->AtEnd()) {
    const DecodedPostings::Block& block = reader_->block();
    if (least > 0 && &block != bounded) {
      if (bm25_.Of(block.most_count, block.least_length) < least) {
        reader_->NextBlock();
        continue;
      }
      bounded = &block;
    }
    weight_ = bm25_.Of(reader_->count(), (*lengths_)[reader_->docid()]);
    if (weight_ >= least) break;
    reader_->Next();
  }
  at_end_ = reader_->AtEnd();
  if (!at_end_) current_ = reader_->docid();
}

}  // namespace broadsheet::search
