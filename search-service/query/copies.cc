#include "search/query/copies.h"

#include <string>

#include "common/base/error.h"
#include "common/schema/field.h"
#include "common/schema/term.h"

namespace broadsheet::search {

absl::StatusOr<bool> HidesCopies(v1::CopyMode mode, std::string_view path, v1::CopyMode unspecified) {
  if (mode == v1::COPY_MODE_UNSPECIFIED) mode = unspecified;
  if (mode == v1::COPY_MODE_HIDE) return true;
  if (mode == v1::COPY_MODE_SHOW) return false;
  return InvalidField("COPIES", path, "is no way to treat copies: give COPY_MODE_SHOW or COPY_MODE_HIDE");
}

Xapian::Query WithoutCopies(const Xapian::Query& matching) {
  return {Xapian::Query::OP_AND_NOT, matching, Xapian::Query(PresenceTerm(GetField(FieldId::kCopyOf).name))};
}

}  // namespace broadsheet::search
