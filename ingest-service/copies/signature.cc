#include "ingest/copies/signature.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "common/base/hash.h"
#include "common/text/tokenizer.h"

namespace broadsheet::ingest {
namespace {

constexpr uint64_t kEmpty = std::numeric_limits<uint64_t>::max();

// SplitMix64 (Steele, Lea, Flood 2014): the finaliser and the constant between two of its states.
constexpr uint64_t kGolden = 0x9e3779b97f4a7c15;
uint64_t Mix(uint64_t bits) {
  bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
  bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
  return bits ^ (bits >> 31);
}

std::vector<uint64_t> HashWords(std::string_view text) {
  std::vector<uint64_t> words;
  words.reserve(text.size() / 5);
  ForEachToken(text, [&](const Token& token) {
    if (!token.overlay) words.push_back(Hash64(token.text));
  });
  return words;
}

std::vector<uint64_t> HashShingles(const std::vector<uint64_t>& words) {
  std::vector<uint64_t> shingles;
  shingles.reserve(words.size());
  for (size_t end = kShingleWords; end <= words.size(); ++end) {
    uint64_t hash = 0;
    for (size_t i = end - kShingleWords; i < end; ++i)
      hash = hash * kGolden + words[i];
    shingles.push_back(Mix(hash));
  }
  return shingles;
}

// Bins filled with the least value of their first round that has any. In the first kSignatureBins rounds each run goes
// into a bin by chance; after them, round by round, all go into one, so that no bin stays empty.
std::array<uint64_t, kSignatureBins> FillBins(const std::vector<uint64_t>& shingles) {
  std::array<uint64_t, kSignatureBins> bins;
  bins.fill(kEmpty);
  size_t empty = kSignatureBins;
  for (uint64_t round = 0; round < 2 * kSignatureBins && empty > 0; ++round) {
    for (uint64_t shingle : shingles) {
      const uint64_t hash = round == 0 ? shingle : Mix(shingle + round * kGolden);
      const size_t bin = round < kSignatureBins ? hash % kSignatureBins : round - kSignatureBins;
      const uint64_t value = round << 56 | hash >> 8;
      empty -= bins[bin] == kEmpty ? 1 : 0;
      bins[bin] = std::min(bins[bin], value);
    }
  }
  return bins;
}

}  // namespace

std::optional<Signature> SignText(std::string_view text) {
  const std::vector<uint64_t> words = HashWords(text);
  if (words.size() < kMinSignedWords) return std::nullopt;
  const auto bins = FillBins(HashShingles(words));
  Signature signature;
  // The middle of the value: its upper bits are small because it is the least, and its round is no chance.
  for (size_t i = 0; i < kSignatureBins; ++i)
    signature[i] = static_cast<uint8_t>(bins[i]);
  return signature;
}

double EstimateSimilarity(const Signature& a, const Signature& b) {
  size_t equal = 0;
  for (size_t i = 0; i < kSignatureBins; ++i)
    equal += a[i] == b[i] ? 1 : 0;
  constexpr double kChance = 1.0 / 256;
  const double agreeing = static_cast<double>(equal) / kSignatureBins;
  return std::max(0.0, (agreeing - kChance) / (1 - kChance));
}

}  // namespace broadsheet::ingest
