#include "common/base/version.h"

namespace broadsheet {

std::string_view Version() {
  return BROADSHEET_VERSION;
}

}  // namespace broadsheet
