#include "ingest/normalise/canonical_url.h"

#include <algorithm>
#include <array>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "ingest/parse/url.h"

namespace broadsheet::ingest {
namespace {

// Parameters that say how a reader came, never what is read. In lower case.
constexpr std::array<std::string_view, 37> kTracking = {"fbclid",
                                                        "gclid",
                                                        "gclsrc",
                                                        "dclid",
                                                        "gbraid",
                                                        "wbraid",
                                                        "msclkid",
                                                        "yclid",
                                                        "ysclid",
                                                        "twclid",
                                                        "ttclid",
                                                        "igshid",
                                                        "igsh",
                                                        "li_fat_id",
                                                        "mc_cid",
                                                        "mc_eid",
                                                        "mkt_tok",
                                                        "_hsenc",
                                                        "_hsmi",
                                                        "hsctatracking",
                                                        "vero_id",
                                                        "vero_conv",
                                                        "oly_enc_id",
                                                        "oly_anon_id",
                                                        "s_cid",
                                                        "icid",
                                                        "ncid",
                                                        "cmpid",
                                                        "ito",
                                                        "wt.mc_id",
                                                        "wt.nav",
                                                        "_ga",
                                                        "_gl",
                                                        "ref_src",
                                                        "ref_url",
                                                        "smid",
                                                        "__twitter_impression"};
constexpr std::array<std::string_view, 8> kTrackingPrefixes = {"utm_", "at_medium", "at_campaign", "at_custom",
                                                               "pk_",  "mtm_",      "piwik_",      "hsa_"};

absl::string_view Absl(std::string_view text) {
  return {text.data(), text.size()};
}

bool IsUnreserved(char c) {
  return absl::ascii_isalnum(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

// Whether a character may stand in a path or query as it is.
bool IsAllowed(char c) {
  return IsUnreserved(c) || std::string_view("!$&'()*+,;=:@/?").find(c) != std::string_view::npos;
}

void AppendEncoded(char c, std::string& out) {
  constexpr char kHex[] = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  out.push_back('%');
  out.push_back(kHex[byte >> 4]);
  out.push_back(kHex[byte & 15]);
}

// Percent-encoding in its one form: decoded where it was not needed, added where it is.
std::string Recode(absl::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    const bool is_encoded =
        text[i] == '%' && i + 2 < text.size() && absl::ascii_isxdigit(text[i + 1]) && absl::ascii_isxdigit(text[i + 2]);
    const char c = is_encoded ? absl::HexStringToBytes(text.substr(i + 1, 2))[0] : text[i];
    if (is_encoded) i += 2;
    if (is_encoded ? IsUnreserved(c) : IsAllowed(c)) {
      out.push_back(c);
    } else {
      AppendEncoded(c, out);
    }
  }
  return out;
}

std::string CanonicalPath(std::string_view path) {
  std::vector<absl::string_view> kept;
  const std::string recoded = Recode(Absl(path));
  const std::vector<absl::string_view> segments = absl::StrSplit(recoded, '/');
  for (size_t i = 1; i < segments.size(); ++i) {
    const bool is_last = i + 1 == segments.size();
    if (segments[i] == ".." && !kept.empty()) kept.pop_back();
    if (segments[i] != "." && segments[i] != "..") {
      kept.push_back(segments[i]);
    } else if (is_last) {
      kept.push_back("");
    }
  }
  return absl::StrCat("/", absl::StrJoin(kept, "/"));
}

bool IsTracking(absl::string_view parameter) {
  const std::string name = absl::AsciiStrToLower(parameter.substr(0, parameter.find('=')));
  return std::find(kTracking.begin(), kTracking.end(), name) != kTracking.end() ||
         std::any_of(kTrackingPrefixes.begin(), kTrackingPrefixes.end(),
                     [&name](std::string_view prefix) { return name.starts_with(prefix); });
}

std::string CanonicalQuery(std::string_view query) {
  std::vector<std::string> kept;
  for (const absl::string_view parameter : absl::StrSplit(Absl(query), '&', absl::SkipEmpty())) {
    std::string recoded = Recode(parameter);
    if (!IsTracking(recoded)) kept.push_back(std::move(recoded));
  }
  // Values of one name may mean something by their order.
  std::stable_sort(kept.begin(), kept.end(), [](const std::string& a, const std::string& b) {
    return a.substr(0, a.find('=')) < b.substr(0, b.find('='));
  });
  return absl::StrJoin(kept, "&");
}

std::string_view CanonicalPort(std::string_view scheme, std::string_view port) {
  while (port.size() > 1 && port.starts_with('0'))
    port.remove_prefix(1);
  return port == (scheme == "https" ? "443" : "80") ? std::string_view() : port;
}

}  // namespace

std::optional<std::string> CanonicalUrl(std::string_view text) {
  const std::optional<Url> url = ParseUrl(text);
  if (!url.has_value()) return std::nullopt;
  const std::string scheme = absl::AsciiStrToLower(Absl(url->scheme));
  std::string host = absl::AsciiStrToLower(Absl(url->host));
  if (host.ends_with('.')) host.pop_back();
  const std::string_view port = CanonicalPort(scheme, url->port);
  const std::string query = CanonicalQuery(url->query);
  return absl::StrCat(scheme, "://", host, port.empty() ? "" : ":", Absl(port), CanonicalPath(url->path),
                      query.empty() ? "" : "?", query);
}

}  // namespace broadsheet::ingest
