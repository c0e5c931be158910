#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "broadsheet/v1/search.pb.h"
#include "xapian.h"

// Copies of earlier articles (Article.copy_of) at search time.
namespace broadsheet::search {

// Whether a request leaves copies out; `unspecified` is what it means when it does not say. INVALID_ARGUMENT (COPIES)
// naming `path` for what is no mode.
absl::StatusOr<bool> HidesCopies(v1::CopyMode mode, std::string_view path, v1::CopyMode unspecified);

// `matching` without copies. Xapian's exceptions pass through.
Xapian::Query WithoutCopies(const Xapian::Query& matching);

}  // namespace broadsheet::search
