#pragma once

#include <memory>

#include "broadsheet/v1/search.pb.h"
#include "common/base/clock.h"
#include "common/rpc/stream_source.h"
#include "search/follow/watch_board.h"
#include "search/index/reader_pool.h"
#include "search/rpc/stream_requests.h"

// What the streams of the service send, turn by turn. A turn that commits have overtaken is taken again a little later.
namespace broadsheet::search {

// Time that one turn may take.
inline constexpr absl::Duration kLongestTurn = absl::Seconds(5);

// A reader that lets a message lie for longer is told what it has missed.
inline constexpr absl::Duration kSlowReader = absl::Seconds(5);

// All that is passed by reference must outlive the sources.
std::unique_ptr<StreamSource<v1::ExportArticlesResponse>> MakeExportSource(ExportPlan plan, ReaderPool& readers,
                                                                           const Clock& clock);

std::unique_ptr<StreamSource<v1::WatchArticlesResponse>> MakeWatchSource(WatchPlan plan, ReaderPool& readers,
                                                                         WatchBoard& board, const Clock& clock);

}  // namespace broadsheet::search
