// How alike real articles are, and which of them count as copies: pairs by exact similarity, the speed of signing, and
// how a reader judged the pairs near the threshold. Prints Markdown.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_map>

#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "benchmarks/corpus.h"
#include "common/base/hash.h"
#include "common/text/tokenizer.h"
#include "ingest/copies/copy_key.h"
#include "ingest/pipeline/pipeline.h"

namespace broadsheet::benchmarks {
namespace {

constexpr double kLeast = 0.2;  // exact similarity from which pairs are told

struct Options {
  size_t limit = 1'000'000;
  double from = 1, to = 0;  // pairs to print
  std::string verdicts;
  bool smoke = false;
};

struct Text {
  std::string id, source, title;
  ingest::CopyKey key;
  std::vector<uint64_t> shingles;  // sorted, each once
};

struct Pair {
  const Text* first;
  const Text* second;
  double exact = 0;
  bool meet = false;    // they have a band in common
  double estimate = 0;  // SimilarityOf

  bool is_copy() const { return meet && estimate >= ingest::kCopySimilarity; }
};

std::vector<uint64_t> ShinglesOf(std::string_view text) {
  std::vector<std::string> words;
  ForEachToken(text, [&](const Token& token) {
    if (!token.overlay) words.emplace_back(token.text);
  });
  std::vector<uint64_t> shingles;
  for (size_t end = ingest::kShingleWords; end <= words.size(); ++end) {
    std::string run;
    for (size_t i = end - ingest::kShingleWords; i < end; ++i)
      run += words[i] + " ";
    shingles.push_back(Hash64(run));
  }
  std::sort(shingles.begin(), shingles.end());
  shingles.erase(std::unique(shingles.begin(), shingles.end()), shingles.end());
  return shingles;
}

double ExactSimilarity(const Text& a, const Text& b) {
  std::vector<uint64_t> both;
  std::set_intersection(a.shingles.begin(), a.shingles.end(), b.shingles.begin(), b.shingles.end(),
                        std::back_inserter(both));
  const size_t all = a.shingles.size() + b.shingles.size() - both.size();
  return all == 0 ? 0 : static_cast<double>(both.size()) / static_cast<double>(all);
}

// What the service would compare: bodies that the pipeline has cleaned.
std::vector<Text> Sign(const std::vector<v1::RawArticle>& articles) {
  std::vector<Text> texts;
  std::chrono::duration<double> spent{0};
  size_t bytes = 0, is_signed = 0;
  for (const v1::RawArticle& raw : articles) {
    auto made = ingest::Prepare(raw, {}, absl::Now());
    auto* enriched = std::get_if<ingest::EnrichedArticle>(&made);
    if (enriched == nullptr) continue;
    const v1::Article& article = enriched->article;
    const auto begin = std::chrono::steady_clock::now();
    ingest::CopyKey key = ingest::MakeCopyKey(article, absl::UnixEpoch(), static_cast<int64_t>(texts.size()));
    spent += std::chrono::steady_clock::now() - begin;
    bytes += article.body().size();
    is_signed += key.signature.has_value() ? 1 : 0;
    texts.push_back({raw.id(), raw.source(), raw.title(), std::move(key), ShinglesOf(article.body())});
  }
  std::cout << absl::StrFormat("%d texts, %d with a signature; %.1f MB/s on one core.\n\n", texts.size(), is_signed,
                               static_cast<double>(bytes) / 1e6 / std::max(spent.count(), 1e-9));
  return texts;
}

bool Meet(const Text& a, const Text& b) {
  const std::vector<std::string> bands = ingest::BandsOf(a.key), others = ingest::BandsOf(b.key);
  return std::any_of(bands.begin(), bands.end(),
                     [&](const auto& band) { return std::find(others.begin(), others.end(), band) != others.end(); });
}

// Pairs from kLeast on. Looked for by pairs of bins, which two such texts have in common 94 times of 100.
std::vector<Pair> FindPairs(const std::vector<Text>& texts) {
  std::set<std::pair<size_t, size_t>> candidates;
  for (size_t bin = 0; bin + 1 < ingest::kSignatureBins; bin += 2) {
    std::unordered_map<int, std::vector<size_t>> alike;
    for (size_t i = 0; i < texts.size(); ++i) {
      if (!texts[i].key.signature.has_value()) continue;
      const ingest::Signature& signature = *texts[i].key.signature;
      std::vector<size_t>& others = alike[signature[bin] * 256 + signature[bin + 1]];
      for (const size_t other : others) {
        if (ingest::EstimateSimilarity(*texts[other].key.signature, signature) > kLeast / 2)
          candidates.insert({other, i});
      }
      others.push_back(i);
    }
  }
  std::vector<Pair> pairs;
  for (const auto& [i, j] : candidates) {
    const Pair pair{&texts[i], &texts[j], ExactSimilarity(texts[i], texts[j]), Meet(texts[i], texts[j]),
                    ingest::SimilarityOf(texts[i].key, texts[j].key)};
    if (pair.exact >= kLeast) pairs.push_back(pair);
  }
  return pairs;
}

void PrintTable(const std::vector<Pair>& pairs) {
  std::cout << "| exact similarity | pairs | with a band in common | taken for copies |\n|---|---|---|---|\n";
  for (int step = 19; step >= 4; --step) {
    size_t count = 0, meet = 0, copies = 0;
    for (const Pair& pair : pairs) {
      if (std::min(19, static_cast<int>(pair.exact * 20)) != step) continue;
      ++count;
      meet += pair.meet ? 1 : 0;
      copies += pair.is_copy() ? 1 : 0;
    }
    if (count > 0) {
      std::cout << absl::StrFormat("| %.2f-%.2f | %d | %d | %d |\n", step * 0.05, step * 0.05 + 0.05, count, meet,
                                   copies);
    }
  }
  std::cout << "\n";
}

void PrintPairs(std::vector<Pair> pairs, const Options& options) {
  std::sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) { return a.exact > b.exact; });
  for (const Pair& pair : pairs) {
    if (pair.exact < options.from || pair.exact >= options.to) continue;
    std::cout << absl::StrFormat("%s\t%s\t%.3f\t%.3f\t%s: %s | %s: %s\n", pair.first->id, pair.second->id, pair.exact,
                                 pair.estimate, pair.first->source, pair.first->title, pair.second->source,
                                 pair.second->title);
  }
}

// Lines "id, id, copy or different". What the service says of the pairs that a reader judged.
int PrintVerdicts(const std::vector<Pair>& pairs, const std::string& file) {
  std::map<std::pair<std::string, std::string>, std::string> verdicts;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const std::vector<std::string> parts = absl::StrSplit(line, '\t');
    if (parts.size() == 3) verdicts[{parts[0], parts[1]}] = parts[2];
  }
  std::map<std::pair<bool, std::string>, size_t> counts;
  for (const Pair& pair : pairs) {
    const auto verdict = verdicts.find({pair.first->id, pair.second->id});
    if (verdict != verdicts.end()) ++counts[{pair.is_copy(), verdict->second}];
  }
  std::cout << "| judged | taken for copies | not |\n|---|---|---|\n";
  for (const char* judged : {"copy", "different"})
    std::cout << absl::StrFormat("| %s | %d | %d |\n", judged, counts[{true, judged}], counts[{false, judged}]);
  std::cout << "\n";
  return verdicts.empty() ? 1 : 0;
}

std::vector<v1::RawArticle> Load(const char* folder, const char* file) {
  std::vector<v1::RawArticle> articles;
  const auto text = ReadZstd(DataDirectory() / folder / file);
  if (!text.ok()) return articles;
  for (const std::string& line : std::vector<std::string>(absl::StrSplit(*text, '\n', absl::SkipEmpty()))) {
    const auto json = nlohmann::json::parse(line);
    v1::RawArticle& article = articles.emplace_back();
    article.set_id(json.value("id", ""));
    article.set_source(json.value("source", ""));
    article.set_title(json.value("title", ""));
    article.set_text(json.value("body", ""));
  }
  return articles;
}

// Articles of made-up words, and each once more with another end.
int RunSmoke() {
  constexpr size_t kArticles = 20;
  std::vector<v1::RawArticle> articles = MakeUpArticles(kArticles).articles;
  for (size_t i = 0; i < kArticles; ++i) {
    v1::RawArticle copy = articles[i];
    copy.set_id(copy.id() + "-copy");
    copy.set_text(copy.text() + " Another paper adds that nobody was hurt.");
    articles.push_back(copy);
  }
  const std::vector<Text> texts = Sign(articles);
  const std::vector<Pair> pairs = FindPairs(texts);
  PrintTable(pairs);
  const auto found = std::count_if(pairs.begin(), pairs.end(), [](const Pair& pair) { return pair.is_copy(); });
  return found == kArticles ? 0 : 1;
}

int Run(const Options& options) {
  if (options.smoke) return RunSmoke();
  const auto corpus = LoadArticles(options.limit);
  if (!corpus.ok()) {
    std::cout << "skipped: " << corpus.status().message() << "\n";
    return 0;
  }
  const std::pair<const char*, std::vector<v1::RawArticle>> sets[] = {
      {"news/allsides", corpus->articles},
      {"news/reuters21578: dispatches of one agency, many of them corrected or cut and sent again",
       Load("news", "reuters21578.jsonl.zst")},
      {"stories/basil: the same event by three outlets", Load("stories", "basil.jsonl.zst")}};
  int failed = 0;
  for (const auto& [name, articles] : sets) {
    std::cout << "## " << name << "\n\n";
    const std::vector<Text> texts = Sign(articles);
    const std::vector<Pair> pairs = FindPairs(texts);
    PrintTable(pairs);
    PrintPairs(pairs, options);
    if (!options.verdicts.empty()) failed |= PrintVerdicts(pairs, options.verdicts);
  }
  return failed;
}

}  // namespace
}  // namespace broadsheet::benchmarks

int main(int argc, char** argv) {
  broadsheet::benchmarks::Options options;
  CLI::App app("How alike articles are, and which count as copies");
  app.add_option("--limit", options.limit, "articles of news/allsides");
  app.add_option("--from", options.from, "print the pairs with this exact similarity or more");
  app.add_option("--to", options.to, "and less than this");
  app.add_option("--verdicts", options.verdicts, "file of judged pairs: id, id, copy or different");
  app.add_flag("--smoke", options.smoke, "a tiny run over made-up articles");
  CLI11_PARSE(app, argc, argv);
  return broadsheet::benchmarks::Run(options);
}
