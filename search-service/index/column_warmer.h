#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "search/index/reader_pool.h"

namespace broadsheet::search {

// Follows the commits of an index from a thread of its own and has the columns of each snapshot built, so that calls
// find them ready. A call that comes first builds them itself or waits: answers are never of older columns.
class ColumnWarmer {
 public:
  // `pool` must outlive it.
  explicit ColumnWarmer(ReaderPool& pool);
  ~ColumnWarmer();
  ColumnWarmer(const ColumnWarmer&) = delete;
  ColumnWarmer& operator=(const ColumnWarmer&) = delete;

 private:
  void Follow();

  ReaderPool& pool_;
  const CallContext context_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace broadsheet::search
