#pragma once

#include <array>
#include <random>
#include <string>
#include <string_view>

namespace broadsheet::support {

// Queries as a careless or hostile person might type them: pieces of the query language in any order. The same seed
// gives the same queries.
class RandomQuery {
 public:
  explicit RandomQuery(uint32_t seed) : random_(seed) {}

  std::string Next(int max_pieces) {
    static constexpr std::array<std::string_view, 75> kPieces = {
        " ",
        " ",
        " ",
        " ",
        " ",
        "(",
        ")",
        "(",
        ")",
        "\"",
        "\"",
        "-",
        "+",
        "*",
        "|",
        ":",
        ".",
        "'",
        "&",
        "%",
        "OR",
        " OR ",
        " AND ",
        "NOT ",
        "title:",
        "published:2025",
        "published:..",
        "-published:2025-01-02..2025-12",
        "body:",
        "tag:",
        "source:",
        "author:",
        "(",
        ")",
        "“",
        "”",
        "„",
        "«",
        "the",
        "WHO",
        "flood",
        "floods",
        "jakarta",
        "think-tank",
        "2 + 2",
        "2+2",
        "3.5",
        "3.5%",
        "percent",
        " per cent",
        "U.S.",
        "AT&T",
        "l'Iran",
        "東京",
        "証券",
        "水",
        "ภาษาไทย",
        "é",
        "\u0301",
        "ｶﾞ",
        "\u3000",
        "\u00a0",
        "1,000",
        "http://",
        "re:",
        "fire*",
        "fl*",
        "in",
        "ß",
        " NEAR ",
        " NEAR/3 ",
        " SENTENCE ",
        " PARAGRAPH ",
        "~2",
        "fl?od",
    };
    std::string query;
    for (int left = Below(max_pieces + 1); left > 0; --left)
      query += kPieces[Below(kPieces.size())];
    return query;
  }

  // Any bytes at all.
  std::string NextBytes(int max_bytes) {
    std::string bytes(Below(max_bytes + 1), '\0');
    for (char& byte : bytes)
      byte = static_cast<char>(Below(256));
    return bytes;
  }

  size_t Below(size_t bound) { return std::uniform_int_distribution<size_t>(0, bound - 1)(random_); }

 private:
  std::mt19937 random_;
};

}  // namespace broadsheet::support
