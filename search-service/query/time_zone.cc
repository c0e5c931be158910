#include "search/query/time_zone.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace broadsheet::search {
namespace {

constexpr size_t kMaxNameBytes = 64;
constexpr char kDefaultZoneDirectory[] = "/usr/share/zoneinfo";

// No path out of the directory of zones.
bool IsZoneName(const std::string& name) {
  auto fits = [](unsigned char c) { return absl::ascii_isalnum(c) || c == '_' || c == '-' || c == '+' || c == '/'; };
  return name.size() <= kMaxNameBytes && absl::ascii_isupper(static_cast<unsigned char>(name[0])) &&
         std::all_of(name.begin(), name.end(), fits);
}

// absl remembers every name it was ever asked for, the unknown ones too: so it is asked for known ones only.
bool IsInstalled(const std::string& name) {
  const char* directory = std::getenv("TZDIR");
  std::error_code error;
  return std::filesystem::is_regular_file(
      std::filesystem::path(directory != nullptr ? directory : kDefaultZoneDirectory) / name, error);
}

}  // namespace

absl::StatusOr<absl::TimeZone> ParseTimeZone(const std::string& name, const std::string& path) {
  if (name.empty() || name == "UTC") return absl::UTCTimeZone();
  absl::TimeZone zone;
  if (IsZoneName(name) && IsInstalled(name) && absl::LoadTimeZone(name, &zone)) return zone;
  return InvalidField("TIME_ZONE", path, "is no known IANA time zone: give one like \"Asia/Tokyo\", or none for UTC");
}

}  // namespace broadsheet::search
