#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace broadsheet::ingest {

// The one form of an http or https URL under which an article is known: scheme and host in lower case, no user name, no
// default port, no dot segments, percent-encoding only where it is needed and in upper case, no fragment, no tracking
// parameters (utm_*, fbclid, gclid and the like), the rest of the query sorted by name. International host names stay
// as written; http and https, "www." and trailing slashes stay apart. Empty when `url` is no such URL. Idempotent.
// Thread-safe.
std::optional<std::string> CanonicalUrl(std::string_view url);

}  // namespace broadsheet::ingest
