// Whatever bytes come as a URL: the one form of it is its own one form, and has nothing in it that a URL may not have.
#include "absl/strings/ascii.h"
#include "fuzz/target.h"
#include "ingest/normalise/canonical_url.h"
#include "ingest/parse/url.h"

namespace broadsheet::ingest {
namespace {

using fuzz::Require;

void TryUrl(std::string_view input) {
  if (auto url = ParseUrl(input)) {
    Require(!url->host.empty(), "a URL has a host");
    Require(url->path.empty() || url->path.front() == '/', "a path begins with a slash");
    for (std::string_view part : {url->scheme, url->host, url->port, url->path, url->query}) {
      Require(part.empty() || (part.data() >= input.data() && part.data() + part.size() <= input.data() + input.size()),
              "parts point into the input");
    }
  }
  const auto canonical = CanonicalUrl(input);
  if (!canonical) return;
  for (unsigned char c : *canonical)
    Require(c > 0x20 && c != 0x7f && c != '#', "no blanks, controls or fragment");
  Require(CanonicalUrl(*canonical) == canonical, "the one form of the one form is itself");
}

fuzz::Target MakeTarget() {
  fuzz::Target target{"url", {}, {}, TryUrl};
  target.seeds = {"https://alder.example/a/b/../c?utm_source=x&b=2&a=1#top",
                  "HTTP://User:Word@Oster.Example:80/%7eferry/./%2F%zz?q=a+b&&=&x",
                  "https://[2001:db8::1]:443/?fbclid=1",
                  "https://\xC3\xB6ster.example/\xE5\x9C\xB0\xE9\x9C\x87?\xE5\xBA\x83=1",
                  "  https://alder.example  ",
                  "ftp://alder.example/",
                  "//alder.example/x",
                  "https://alder.example:65536/"};
  for (const char* token : {"http://", "https://", "/../", "/./",   "..",   "//",  "?", "&",    "=",      "#",
                            "@",       ":",        ":80",  ":443",  "%2e",  "%2F", "%", "%41",  "%c3%b6", "utm_source=",
                            "gclid=",  "[",        "]",    "[::1]", "a=1&", "+",   ";", "xn--", "www."})
    target.tokens.emplace_back(token);
  return target;
}

}  // namespace
}  // namespace broadsheet::ingest

const broadsheet::fuzz::Target& broadsheet::fuzz::TheTarget() {
  static const Target* const target = new Target(ingest::MakeTarget());
  return *target;
}
