#pragma once

#include <string_view>

namespace broadsheet {

// The version of this build, "MAJOR.MINOR.PATCH".
std::string_view Version();

}  // namespace broadsheet
