#include "ingest/clean/mojibake.h"

#include <array>
#include <cstdint>
#include <string>

#include "ingest/clean/code_point.h"

namespace broadsheet::ingest {
namespace {

constexpr CleaningRule kRules[] = {
    {"mojibake", "UTF-8 that was read as Windows-1252 is put back into the characters it was."}};

constexpr int kMostLayers = 3;  // text is damaged again by each system that misreads it

// Windows-1252 from 0x80 to 0x9F; 0 where it has none, and where the C1 control itself stands in such damage.
constexpr std::array<uint16_t, 32> kWindows1252 = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                   0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                                   0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                   0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

// The byte of 0x80 or more that Windows-1252 shows as `code`; -1 when none.
int ByteOf(UChar32 code) {
  if (code >= 0x80 && code <= 0xFF) return code;
  for (size_t i = 0; i < kWindows1252.size(); ++i) {
    if (kWindows1252[i] == code && code != 0) return static_cast<int>(0x80 + i);
  }
  return -1;
}

// A character written as two to four others.
struct Damage {
  size_t length = 0;  // bytes in the text
  std::string character;
};

size_t LengthByLead(int lead) {
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

Damage ReadDamage(std::string_view text, size_t begin) {
  size_t at = begin;
  const int lead = ByteOf(NextCode(text, at));
  const size_t length = LengthByLead(lead);
  if (length == 0) return {};
  std::string bytes(1, static_cast<char>(lead));
  while (bytes.size() < length && at < text.size()) {
    const int byte = ByteOf(NextCode(text, at));
    if (byte < 0x80 || byte > 0xBF) return {};
    bytes += static_cast<char>(byte);
  }
  size_t read = 0;
  const bool is_whole = bytes.size() == length && NextCode(bytes, read) >= 0xA0 && read == length;
  return is_whole ? Damage{at - begin, std::move(bytes)} : Damage{};
}

std::vector<Change> FindOneLayer(std::string_view text) {
  std::vector<Change> changes;
  // Damage begins with a letter of U+00C2 to U+00F4.
  bool is_certain = false;
  for (size_t at = text.find('\xC3'); at != std::string_view::npos; at = text.find('\xC3', at)) {
    Damage damage = ReadDamage(text, at);
    if (damage.length == 0) {
      ++at;
      continue;
    }
    // Ã and Â stand before a symbol in no language; three characters in a row are no accident either.
    const bool is_plain = damage.character[0] == '\xC3' || damage.character[0] == '\xC2';
    is_certain = is_certain || is_plain || damage.character.size() > 2;
    changes.push_back({at, at + damage.length, std::move(damage.character)});
    at += damage.length;
  }
  if (!is_certain) changes.clear();
  return changes;
}

}  // namespace

std::span<const CleaningRule> MojibakeRules() {
  return kRules;
}

std::vector<Change> FindMojibake(std::string_view text) {
  std::vector<Change> changes = FindOneLayer(text);
  if (changes.empty()) return changes;
  EditedText mended{std::string(text)};
  for (int layer = 0; layer < kMostLayers && !changes.empty(); ++layer) {
    mended.Apply(kRules[0].id, changes);
    changes = FindOneLayer(mended.text());
  }
  changes.clear();
  for (const TextEdit& edit : mended.edits())
    changes.push_back({edit.begin, edit.end, edit.replacement, edit.rule});
  return changes;
}

}  // namespace broadsheet::ingest
