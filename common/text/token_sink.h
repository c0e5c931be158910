#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "common/text/tokenizer.h"

// Internal to common/text.
namespace broadsheet {

// Gives tokens their positions and hands them on. Not thread-safe.
class TokenSink {
 public:
  explicit TokenSink(const std::function<void(const Token&)>& visit) : visit_(visit) {}

  // A token at the next position. One without text, or with too much, only takes the position.
  void Add(std::string_view text, size_t begin, size_t end, TokenKind kind) {
    ++next_position_;
    Visit(text, begin, end, kind, false);
  }

  // A second reading at the position of the token before it.
  void AddOverlay(std::string_view text, size_t begin, size_t end, TokenKind kind) {
    Visit(text, begin, end, kind, true);
  }

 private:
  void Visit(std::string_view text, size_t begin, size_t end, TokenKind kind, bool overlay) {
    if (text.empty() || text.size() > kMaxTokenBytes) return;
    visit_(Token{text, static_cast<uint32_t>(begin), static_cast<uint32_t>(end), next_position_ - 1, kind, overlay});
  }

  const std::function<void(const Token&)>& visit_;
  uint32_t next_position_ = 0;
};

}  // namespace broadsheet
