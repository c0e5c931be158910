#include "ingest/normalise/canonical_url.h"

#include <gtest/gtest.h>

namespace broadsheet::ingest {
namespace {

TEST(CanonicalUrlTest, BringsEveryUrlToItsOneForm) {
  struct Case {
    const char* given;
    const char* canonical;
  };
  for (const Case& c : {
           Case{"https://alder.example/a", "https://alder.example/a"},
           {"  HTTPS://Alder.EXAMPLE:443/A#top ", "https://alder.example/A"},
           {"http://alder.example:80", "http://alder.example/"},
           {"http://alder.example:8080/", "http://alder.example:8080/"},
           {"http://alder.example:/", "http://alder.example/"},
           {"https://alder.example./a", "https://alder.example/a"},
           {"https://user:secret@alder.example/a", "https://alder.example/a"},
           {"https://alder.example/a?utm_source=x&UTM_Medium=y&fbclid=1&id=7", "https://alder.example/a?id=7"},
           {"https://alder.example/a?gclid=1&mc_cid=2", "https://alder.example/a"},
           {"https://alder.example/a?b=2&a=1&b=1", "https://alder.example/a?a=1&b=2&b=1"},
           {"https://alder.example/a?&&x", "https://alder.example/a?x"},
           {"https://alder.example?q=1", "https://alder.example/?q=1"},
           {"https://alder.example/a/./b/../c", "https://alder.example/a/c"},
           {"https://alder.example/../a/..", "https://alder.example/"},
           {"https://alder.example/%7euser/caf%c3%a9", "https://alder.example/~user/caf%C3%A9"},
           {"https://alder.example/café au lait", "https://alder.example/caf%C3%A9%20au%20lait"},
           {"https://alder.example/100%", "https://alder.example/100%25"},
           {"https://bücher.example/a", "https://bücher.example/a"},
           {"http://[2001:DB8::1]:80/a", "http://[2001:db8::1]/a"},
           {"https://alder.example/?#!/a", "https://alder.example/"},
       }) {
    const auto canonical = CanonicalUrl(c.given);
    ASSERT_TRUE(canonical.has_value()) << c.given;
    EXPECT_EQ(*canonical, c.canonical) << c.given;
    EXPECT_EQ(CanonicalUrl(*canonical), canonical) << "must be idempotent: " << c.given;
  }
}

TEST(CanonicalUrlTest, RefusesWhatIsNoWebUrl) {
  for (const char* url :
       {"", "alder.example", "//alder.example/a", "ftp://alder.example/", "https:///a", "https://",
        "mailto:a@alder.example", "http://al der.example/", "http://alder.example:x/", "http://alder.example:70000/",
        "http://a\nb.example/", "javascript:alert(1)", "http:/a", "http://[::1/", "http://[a b#c]/", "http://./",
        "http://../", "http://alder.example../", "http://.alder.example/"}) {
    EXPECT_FALSE(CanonicalUrl(url).has_value()) << url;
  }
}

}  // namespace
}  // namespace broadsheet::ingest
