#pragma once

// The headers that cost the libraries most of their time to compile, read once for all of them. Nothing includes this
// file; the build hands it to every library. Sources still include what they use; CMAKE_DISABLE_PRECOMPILE_HEADERS
// builds them without.

#include <xapian.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "broadsheet/v1/ingest.pb.h"
#include "broadsheet/v1/search.pb.h"
