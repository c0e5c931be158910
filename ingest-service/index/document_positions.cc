#include "ingest/index/document_positions.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "common/index/xapian_status.h"
#include "common/schema/field.h"

namespace broadsheet::ingest {
namespace {

constexpr unsigned char kMore = 0x80;  // another byte of the number follows

void Append(Xapian::termpos number, std::string& bytes) {
  for (; number >= kMore; number >>= 7)
    bytes.push_back(static_cast<char>(number | kMore));
  bytes.push_back(static_cast<char>(number));
}

Xapian::termpos Take(std::string_view& bytes) {
  Xapian::termpos number = 0;
  for (int shift = 0;; shift += 7) {
    if (bytes.empty()) throw StatusException{absl::DataLossError("words of a document are not in their posting lists")};
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    number |= static_cast<Xapian::termpos>(byte & ~kMore) << shift;
    if (byte < kMore) return number;
  }
}

// Words and the beginnings of sentences do; stems and whole values do not (common/schema/field.h).
bool MayHavePositions(std::string_view term) {
  if (term == kSentenceTerm || term == kParagraphTerm) return true;
  return std::string_view("QUXZ").find(term.front()) == std::string_view::npos;
}

struct Term {
  std::string name;
  Xapian::termcount wdf = 0;
};

}  // namespace

DocumentPositions::DocumentPositions(const Xapian::Database& shard, std::vector<Xapian::docid> docids,
                                     const std::function<void()>& look)
    : docids_(std::move(docids)), packed_(docids_.size()) {
  if (docids_.empty()) return;
  for (auto place = shard.allterms_begin(); place != shard.allterms_end(); ++place) {
    look();
    const std::string term = *place;
    if (MayHavePositions(term)) ReadTerm(shard, term);
  }
}

void DocumentPositions::ReadTerm(const Xapian::Database& shard, const std::string& term) {
  auto posting = shard.postlist_begin(term);
  const auto end = shard.postlist_end(term);
  for (size_t i = 0; i < docids_.size() && posting != end; ++posting) {
    if (*posting < docids_[i]) posting.skip_to(docids_[i]);
    if (posting == end) return;
    i = static_cast<size_t>(
        std::lower_bound(docids_.begin() + static_cast<std::ptrdiff_t>(i), docids_.end(), *posting) - docids_.begin());
    if (i == docids_.size() || docids_[i] != *posting) continue;
    std::string distances;
    Xapian::termpos before = 0, count = 0;
    for (auto place = posting.positionlist_begin(); place != posting.positionlist_end(); ++place, ++count) {
      Append(*place - before, distances);
      before = *place;
    }
    Append(count, packed_[i]);
    packed_[i] += distances;
  }
}

void DocumentPositions::PutInto(Xapian::docid docid, Xapian::Document& document) const {
  const auto at = std::lower_bound(docids_.begin(), docids_.end(), docid) - docids_.begin();
  std::string_view packed = packed_[static_cast<size_t>(at)];
  std::vector<Term> terms;
  for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term)
    terms.push_back({*term, term.get_wdf()});
  document.clear_terms();
  for (const Term& term : terms) {
    document.add_term(term.name, term.wdf);
    if (!MayHavePositions(term.name)) continue;
    Xapian::termpos place = 0;
    for (Xapian::termpos count = Take(packed); count > 0; --count) {
      place += Take(packed);
      document.add_posting(term.name, place, 0);
    }
  }
}

}  // namespace broadsheet::ingest
