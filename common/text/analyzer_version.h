#pragma once

namespace broadsheet {

// The version of the rules that make text into terms (tokenizer.h, stemmer.h, FoldForMatch). It is stored with every
// shard: a change of what any text becomes needs a new number, and with it a rebuild of the index.
inline constexpr int kAnalyzerVersion = 3;

}  // namespace broadsheet
