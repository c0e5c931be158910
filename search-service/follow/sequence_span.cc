#include "search/follow/sequence_span.h"

#include <algorithm>
#include <limits>

#include "common/schema/encoding.h"
#include "common/schema/field.h"
#include "common/schema/term.h"
#include "search/match/hidden.h"

namespace broadsheet::search {
namespace {

constexpr size_t kMaxBlocks = 256;  // of a span

Xapian::Query AnyBlock(const SequenceSpan& span) {
  return {Xapian::Query::OP_OR, span.blocks.begin(), span.blocks.end()};
}

std::vector<SequencedDocument> Find(const Xapian::Database& database, const Xapian::Query& query,
                                    const SequenceSpan& span) {
  std::vector<SequencedDocument> found;
  if (span.blocks.empty()) return found;
  const auto slot = static_cast<Xapian::valueno>(GetField(FieldId::kSequence).slot);
  Xapian::Enquire enquire(database);
  enquire.set_query(query);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.set_docid_order(Xapian::Enquire::ASCENDING);
  const Xapian::MSet set = enquire.get_mset(0, span.documents);
  auto value = database.valuestream_begin(slot);
  for (Xapian::doccount i = 0; i < set.size(); ++i) {
    value.skip_to(*set[i]);
    const int64_t sequence = DecodeNumber(*value);
    if (sequence > span.after && sequence <= span.through) found.push_back({sequence, *set[i]});
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.sequence < b.sequence; });
  return found;
}

}  // namespace

SequenceSpan NextSpan(const Xapian::Database& database, int64_t after, int64_t last, Xapian::doccount wanted) {
  SequenceSpan span{.blocks = {}, .documents = 0, .after = after, .through = std::max(after, last)};
  const std::string prefix(kBlockPrefix);
  auto block = database.allterms_begin(prefix);
  block.skip_to(BlockTerm(after + 1));
  for (; block != database.allterms_end(prefix); ++block) {
    if (span.documents >= wanted || span.blocks.size() >= kMaxBlocks) {
      span.through = std::min(last, LastOfBlock(span.blocks.back()));
      return span;
    }
    span.blocks.push_back(*block);
    span.documents += block.get_termfreq();
  }
  return span;
}

std::vector<SequencedDocument> MatchesIn(const Xapian::Database& database, const Xapian::Query& matching,
                                         const SequenceSpan& span) {
  return Find(database, {Xapian::Query::OP_FILTER, matching, AnyBlock(span)}, span);
}

std::vector<SequencedDocument> DocumentsIn(const Reader& reader, const SequenceSpan& span) {
  return Find(reader.database(), WithoutSuperseded(AnyBlock(span), reader), span);
}

}  // namespace broadsheet::search
