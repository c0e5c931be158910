#pragma once

#include <optional>
#include <string>

#include "search/query/page_token.h"
#include "xapian.h"

namespace broadsheet::search {

// The sort keys of the orders by date: published_time, then sequence, undated articles last in both. Every article has
// a key of its own, so that a page can go on after the key of the last hit before it.
class PublishedOrder : public Xapian::KeyMaker {
 public:
  // What comes at or before `after` in this order is put behind everything else, under the key worst().
  PublishedOrder(bool newest_first, const std::optional<PagePosition>& after);

  std::string operator()(const Xapian::Document& document) const override;

  // For Enquire::set_sort_by_key.
  bool reverse() const { return newest_first_; }

  const std::string& worst() const { return worst_; }

  // Fills the part of a position that says where an article with this key stands.
  void ToPosition(const std::string& key, PagePosition& position) const;

 private:
  std::string KeyOf(bool dated, int64_t published_micros, int64_t sequence) const;

  const bool newest_first_;
  const std::string undated_;  // in the place of the time
  const std::string worst_;
  std::string after_;  // key; empty on the first page
};

}  // namespace broadsheet::search
