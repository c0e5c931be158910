#include "fuzz/shapes.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace broadsheet::fuzz {
namespace {

constexpr size_t kMostPieces = 4;

std::string Repeated(const std::string& piece, size_t bytes) {
  std::string text;
  text.reserve(bytes);
  while (!piece.empty() && text.size() + piece.size() <= bytes)
    text += piece;
  return text;
}

}  // namespace

std::string Shape::Build(size_t bytes) const {
  switch (kind) {
    case Kind::kNested: {
      const size_t times = bytes / (pieces.front().size() + pieces.back().size());
      return Repeated(pieces.front(), times * pieces.front().size()) +
             Repeated(pieces.back(), times * pieces.back().size());
    }
    case Kind::kEnclosed: {
      const size_t ends = pieces.front().size() + pieces.back().size();
      if (ends > bytes) return "";
      return pieces.front() + Repeated(pieces[pieces.size() / 2], bytes - ends) + pieces.back();
    }
    case Kind::kCounted: {
      std::string text;
      for (size_t number = 0;; ++number) {
        std::string turn;
        for (const std::string& piece : pieces)
          absl::StrAppend(&turn, piece, number);
        if (text.size() + turn.size() > bytes) return text;
        text += turn;
      }
    }
    default: {
      std::string turn;
      for (const std::string& piece : pieces)
        turn += piece;
      return Repeated(turn, bytes);
    }
  }
}

std::string Shape::Describe() const {
  static constexpr const char* kNames[] = {"repeated", "nested", "enclosed", "counted"};
  std::string text = kNames[static_cast<size_t>(kind)];
  for (const std::string& piece : pieces)
    absl::StrAppend(&text, " \"", absl::CEscape(piece), "\"");
  return text;
}

std::vector<Shape> MakeShapes(const std::vector<std::string>& tokens, size_t count, uint64_t seed) {
  std::vector<std::string> all = tokens;
  for (auto& token : AwkwardTokens())
    all.push_back(std::move(token));
  std::vector<Shape> shapes;
  for (const std::string& token : all)
    shapes.push_back({Shape::Kind::kRepeat, {token}});
  std::mt19937_64 random(seed);
  for (size_t i = 0; i < count; ++i) {
    Shape shape{static_cast<Shape::Kind>(random() % 4), {}};
    for (size_t pieces = 1 + random() % kMostPieces; pieces > 0; --pieces) {
      // The target's own pieces as often as all others together.
      const auto& from = !tokens.empty() && random() % 2 == 0 ? tokens : all;
      shape.pieces.push_back(from[random() % from.size()]);
    }
    shapes.push_back(std::move(shape));
  }
  return shapes;
}

}  // namespace broadsheet::fuzz
