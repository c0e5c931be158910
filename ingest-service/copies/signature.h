#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace broadsheet::ingest {

// What is compared of a text: its runs of kShingleWords words (as the index knows words: case, accents and punctuation
// are no difference), as a set. Two texts are as similar as the share of all their runs that both have (Jaccard).
inline constexpr size_t kShingleWords = 3;

// A text with fewer words has no signature: a few shared words would look like much. Only its exact copies are found.
inline constexpr size_t kMinSignedWords = 80;

inline constexpr size_t kSignatureBins = 128;

// A sketch of that set: each byte is that of the least hash in its bin, so two texts agree in a bin as often as they
// are similar, and by chance once in 256 otherwise. Stored in the index: a change needs a new kSchemaVersion.
using Signature = std::array<uint8_t, kSignatureBins>;

// Fast Similarity Sketching (Dahlgaard, Knudsen, Thorup, FOCS 2017), one byte of each value kept (b-bit minwise
// hashing, Li and König, WWW 2010). One hash a word run for all but short texts. Pure, thread-safe.
std::optional<Signature> SignText(std::string_view text);

// The estimated similarity of the texts, 0 to 1, chance agreements taken off. Its standard error is at most 0.045.
double EstimateSimilarity(const Signature& a, const Signature& b);

}  // namespace broadsheet::ingest
