#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

// Tokens that say where a list or a stream goes on: opaque, and good only for the lineage and the question that they
// were made for. The seal guards against mistakes, not against forgers: who holds a token may see what it leads to.
namespace broadsheet::ingest {

// `question` is all that must be the same when the token comes back. The numbers must not be negative.
std::string SealPlace(std::string_view lineage, std::string_view question, std::span<const int64_t> place);

// False, with an unspecified `place`, for a token of another lineage, question or number of numbers.
bool OpenPlace(std::string_view lineage, std::string_view question, std::string_view token, std::span<int64_t> place);

}  // namespace broadsheet::ingest
