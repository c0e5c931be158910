#include "search/discover/written_forms.h"

#include <algorithm>

#include "common/text/stemmer.h"
#include "common/text/tokenizer.h"

namespace broadsheet::search {
namespace {

using Counts = std::map<std::string, int, std::less<>>;

}  // namespace

WrittenForms::WrittenForms(const std::vector<std::string>& stems) {
  for (const std::string& stem : stems)
    forms_.try_emplace(stem);
}

void WrittenForms::Read(const v1::Article& article) {
  const Stemmer stem(article.language());
  absl::flat_hash_map<std::string, Forms*> known;  // by folded word; null: no word of these stems
  const auto read = [&](std::string_view text, Counts Forms::*counts) {
    ForEachToken(text, [&](const Token& token) {
      if (token.kind != TokenKind::kWord || token.overlay) return;
      auto [word, is_new] = known.try_emplace(std::string(token.text), nullptr);
      if (is_new) {
        auto found = forms_.find(stem(token.text));
        if (found != forms_.end()) word->second = &found->second;
      }
      if (word->second == nullptr) return;
      const std::string_view written = WithoutPossessive(text.substr(token.begin, token.end - token.begin));
      Counts& forms = word->second->*counts;
      auto form = forms.find(written);
      if (form == forms.end()) form = forms.emplace(std::string(written), 0).first;
      ++form->second;
    });
  };
  read(article.title(), &Forms::title);
  read(article.body(), &Forms::body);
}

bool WrittenForms::Knows(const std::string& stem) const {
  auto found = forms_.find(stem);
  return found != forms_.end() && !(found->second.body.empty() && found->second.title.empty());
}

std::string WrittenForms::MostFrequent(const std::string& stem) const {
  if (!Knows(stem)) return stem;
  const Forms& forms = forms_.find(stem)->second;
  const Counts& counts = forms.body.empty() ? forms.title : forms.body;
  return std::max_element(counts.begin(), counts.end(),
                          [](const auto& left, const auto& right) { return left.second < right.second; })
      ->first;
}

std::string_view WithoutPossessive(std::string_view word) {
  for (const std::string_view ending : {std::string_view("'s"), std::string_view("’s"), std::string_view("'S")}) {
    if (word.size() > ending.size() && word.ends_with(ending)) return word.substr(0, word.size() - ending.size());
  }
  return word;
}

}  // namespace broadsheet::search
