#include "search/discover/typed_words.h"

#include "common/text/tokenizer.h"
#include "search/discover/lexicon.h"

namespace broadsheet::search {

TypedWords ReadTyped(std::string_view text) {
  TypedWords typed;
  std::vector<OwnedToken> tokens = Tokenize(text);
  typed.before = std::string(text);
  typed.key = WordStartTable::KeyOf(text);
  const bool open = !tokens.empty() && tokens.back().kind == TokenKind::kWord && tokens.back().end == text.size();
  if (open) {
    typed.last = tokens.back().text;
    typed.before = std::string(text.substr(0, tokens.back().begin));
    typed.key.pop_back();  // the blank after a whole word
    tokens.pop_back();
  }
  for (OwnedToken& token : tokens) {
    // A character that is in a pair says nothing more.
    if (token.kind == TokenKind::kNgram && !token.overlay && tokens.size() > 1) continue;
    if (token.kind == TokenKind::kWord && token.overlay) continue;
    typed.whole.push_back(std::move(token.text));
  }
  return typed;
}

}  // namespace broadsheet::search
