#include "fuzz/mutator.h"

#include <algorithm>
#include <utility>

namespace broadsheet::fuzz {
namespace {

constexpr size_t kMostChanges = 8;
constexpr size_t kMostRepeats = 200;
constexpr size_t kUsualSizes[] = {48, 120, 400, 1200};

}  // namespace

std::vector<std::string> AwkwardTokens() {
  return {"a",
          "A",
          "Aa ",
          "0",
          "1,",
          "9.",
          " ",
          "\n",
          "\n\n",
          "\t",
          "\r\n",
          ".",
          ",",
          ", ",
          ". ",
          "...",
          "\"",
          "'",
          "“",
          "”",
          "„",
          "«",
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          "<",
          ">",
          "&",
          "&amp;",
          "&#",
          "%",
          "$",
          "€",
          "/",
          "\\",
          "|",
          "-",
          "- ",
          "–",
          "—",
          "*",
          "_",
          "`",
          "#",
          ":",
          ";",
          "=",
          "é",
          "\u0301",
          "\u200d",
          "漢",
          "。",
          "、",
          "ا",
          "क्",
          "👩‍🚒",
          "\u00a0",
          "\u3000",
          "\u2028",
          "\ufeff",
          "\xff",
          "\xf0\x9f",
          "\xc0\xaf",
          "\xed\xa0\x80",
          "\x1f",
          std::string(1, '\0'),
          "ab,cd.ef "};
}

Mutator::Mutator(uint64_t seed, const std::vector<std::string>& inputs, std::vector<std::string> tokens)
    : random_(seed), inputs_(inputs), tokens_(std::move(tokens)) {
  for (auto& token : AwkwardTokens())
    tokens_.push_back(std::move(token));
}

std::string Mutator::Next(size_t most_bytes) {
  const size_t most = Below(64) == 0 ? most_bytes : std::min(most_bytes, kUsualSizes[Below(std::size(kUsualSizes))]);
  std::string input = Window(most);
  for (size_t left = 1 + Below(kMostChanges); left > 0; --left)
    Change(input);
  if (input.size() > most_bytes) input.resize(most_bytes);
  return input;
}

// A piece of an input that was given; long ones begin anywhere.
std::string Mutator::Window(size_t most_bytes) {
  const std::string& input = inputs_[Below(inputs_.size())];
  if (input.size() <= most_bytes) return input;
  return input.substr(Below(2) == 0 ? 0 : Below(input.size() - most_bytes), most_bytes);
}

void Mutator::Change(std::string& input) {
  const size_t choice = Below(10);
  if (input.empty() || choice < 4) return InsertPiece(input);
  if (choice < 7) return ChangeBytes(input);
  ChangeRange(input);
}

void Mutator::ChangeBytes(std::string& input) {
  const size_t at = Below(input.size());
  switch (Below(4)) {
    case 0:
      input[at] = static_cast<char>(Below(256));
      return;
    case 1:
      input[at] = static_cast<char>(input[at] ^ (1 << Below(8)));
      return;
    case 2: {
      const size_t digit = input.find_first_of("0123456789", at);
      if (digit != std::string::npos) input[digit] = static_cast<char>('0' + Below(10));
      return;
    }
    default:
      input.erase(at, 1 + Below(4));
  }
}

void Mutator::InsertPiece(std::string& input) {
  std::string piece;
  const size_t choice = Below(8);
  if (choice == 0) {
    const std::string& first = Token();
    const std::string& second = Token();
    for (size_t left = Below(kMostRepeats); left > 0; --left)
      piece += left % 2 == 0 ? first : second;
  } else if (choice == 1) {
    piece = Window(1 + Below(200));
  } else {
    piece = Token();
  }
  const size_t at = Below(input.size() + 1);
  if (Below(3) == 0) return void(input.replace(at, Below(piece.size() + 1), piece));
  input.insert(at, piece);
}

void Mutator::ChangeRange(std::string& input) {
  const size_t begin = Below(input.size());
  const size_t length = 1 + Below(std::min<size_t>(input.size() - begin, 1 + Below(300)));
  const std::string range = input.substr(begin, length);
  switch (Below(4)) {
    case 0:
      input.erase(begin, length);
      return;
    case 1:
      for (size_t left = 1 + Below(8); left > 0; --left)
        input.insert(begin, range);
      return;
    case 2:
      input.erase(begin, length);
      input.insert(Below(input.size() + 1), range);
      return;
    default:
      input.resize(begin);
  }
}

}  // namespace broadsheet::fuzz
