#include "ingest/clean/characters.h"

#include <unicode/bytestream.h>
#include <unicode/edits.h>
#include <unicode/normalizer2.h>

#include <algorithm>

#include "common/text/unicode.h"
#include "ingest/clean/code_point.h"
#include "ingest/parse/entity.h"

namespace broadsheet::ingest {
namespace {

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<signed char>(c) >= 0; });
}

bool IsControl(UChar32 code) {
  if (code < 0x20) return code != '\t' && code != '\n';
  if (code < 0xFDD0) return code >= 0x7F && code < 0xA0;
  return code == 0xFFFC || code <= 0xFDEF || (code & 0xFFFE) == 0xFFFE;
}

bool IsNeverSeen(UChar32 code) {
  switch (code) {
    case 0x00AD:
    case 0x180E:
    case 0x200B:
    case 0xFEFF:
      return true;
    default:
      break;
  }
  return (code >= 0x202A && code <= 0x202E) || (code >= 0x2060 && code <= 0x2064) ||
         (code >= 0x206A && code <= 0x206F) || (code >= 0xFFF9 && code <= 0xFFFB);
}

// Means something between letters of some scripts and between emoji.
bool IsJoiner(UChar32 code) {
  return (code >= 0x200C && code <= 0x200F) || (code >= 0x2066 && code <= 0x2069) ||
         (code >= 0xE0000 && code <= 0xE007F);
}

// The first byte of a line end other than LF.
bool MayBeNewline(char c) {
  return (c >= '\v' && c <= '\r') || c == '\xC2' || c == '\xE2';
}

bool IsAsciiOrEnd(std::string_view text, size_t at) {
  return at >= text.size() || static_cast<signed char>(text[at]) >= 0;
}

}  // namespace

std::vector<Change> FindIllFormed(std::string_view text) {
  std::vector<Change> changes;
  if (IsValidUtf8(text)) return changes;
  for (size_t at = 0; at < text.size();) {
    const size_t begin = at;
    if (NextCode(text, at) < 0) changes.push_back({begin, at, "\xEF\xBF\xBD"});
  }
  return changes;
}

std::vector<Change> FindEntities(std::string_view text) {
  std::vector<Change> changes;
  for (size_t at = text.find('&'); at != std::string_view::npos; at = text.find('&', at)) {
    if (auto entity = ReadEntity(text.substr(at))) {
      changes.push_back({at, at + entity->length, std::move(entity->text)});
      at += entity->length;
    } else {
      ++at;
    }
  }
  return changes;
}

std::vector<Change> FindForeignNewlines(std::string_view text) {
  std::vector<Change> changes;
  for (size_t at = 0; at < text.size();) {
    if (!MayBeNewline(text[at])) {
      ++at;
      continue;
    }
    const std::string_view rest = text.substr(at, 3);
    size_t length = 0;
    if (rest.starts_with("\r\n") || rest.starts_with("\xC2\x85")) length = 2;
    if (rest.starts_with("\xE2\x80\xA8") || rest.starts_with("\xE2\x80\xA9")) length = 3;
    if (length == 0 && static_cast<signed char>(rest[0]) >= 0) length = 1;
    if (length > 0) changes.push_back({at, at + length, "\n"});
    at += std::max<size_t>(length, 1);
  }
  return changes;
}

std::vector<Change> FindControls(std::string_view text) {
  std::vector<Change> changes;
  for (size_t at = 0; at < text.size();) {
    if (text[at] >= 0x20 && text[at] < 0x7F) {
      ++at;
      continue;
    }
    const size_t begin = at;
    if (IsControl(NextCode(text, at))) changes.push_back({begin, at, ""});
  }
  return changes;
}

std::vector<Change> FindZeroWidths(std::string_view text) {
  std::vector<Change> changes;
  if (IsAscii(text)) return changes;
  for (size_t at = 0; at < text.size();) {
    if (static_cast<signed char>(text[at]) >= 0) {
      ++at;
      continue;
    }
    const size_t begin = at;
    const UChar32 code = NextCode(text, at);
    const bool lost = IsJoiner(code) && (begin == 0 || IsAsciiOrEnd(text, begin - 1) || IsAsciiOrEnd(text, at));
    if (IsNeverSeen(code) || lost) changes.push_back({begin, at, ""});
  }
  return changes;
}

std::vector<Change> FindUnnormalised(std::string_view text) {
  std::vector<Change> changes;
  if (IsAscii(text)) return changes;
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  const icu::StringPiece piece(text.data(), static_cast<int32_t>(text.size()));
  if (U_FAILURE(status) || nfc->isNormalizedUTF8(piece, status) || U_FAILURE(status)) return changes;

  std::string normal;
  icu::StringByteSink<std::string> sink(&normal);
  icu::Edits edits;
  nfc->normalizeUTF8(0, piece, sink, &edits, status);
  if (U_FAILURE(status)) return changes;
  for (icu::Edits::Iterator edit = edits.getFineChangesIterator(); edit.next(status);) {
    const auto begin = static_cast<size_t>(edit.sourceIndex());
    changes.push_back({begin, begin + edit.oldLength(), normal.substr(edit.destinationIndex(), edit.newLength())});
  }
  return changes;
}

}  // namespace broadsheet::ingest
