#include "cli/charset.h"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/unistr.h>

#include <memory>
#include <regex>

#include "absl/strings/ascii.h"

namespace broadsheet::cli {
namespace {

constexpr size_t kDeclarationBytes = 4096;
constexpr size_t kSampleBytes = 256 * 1024;
constexpr int kMinConfidence = 20;  // of 100; below it statistics are guesswork

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;
using Detector = std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)>;

bool IsUtf8(std::string_view bytes) {
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open("UTF-8", &error), ucnv_close);
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  std::u16string scratch(bytes.size() + 1, 0);
  ucnv_toUChars(converter.get(), scratch.data(), static_cast<int32_t>(scratch.size()), bytes.data(),
                static_cast<int32_t>(bytes.size()), &error);
  return U_SUCCESS(error);
}

// The character set that a page names in <meta charset="..."> or in its Content-Type; empty when it names none.
std::string Declared(std::string_view page) {
  static const std::regex charset(R"(<meta[^>]*charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]+))", std::regex::icase);
  const std::string head(page.substr(0, kDeclarationBytes));
  std::smatch match;
  if (!std::regex_search(head, match, charset)) {
    return "";
  }
  std::string name = absl::AsciiStrToLower(match[1].str());
  // Browsers read these as Windows-1252, and so pages are written.
  return name == "iso-8859-1" || name == "latin1" || name == "us-ascii" ? "windows-1252" : name;
}

std::string Detected(std::string_view bytes, Markup markup) {
  UErrorCode error = U_ZERO_ERROR;
  Detector detector(ucsdet_open(&error), ucsdet_close);
  ucsdet_enableInputFilter(detector.get(), markup == Markup::kHtml);
  const auto sample = static_cast<int32_t>(std::min(bytes.size(), kSampleBytes));
  ucsdet_setText(detector.get(), bytes.data(), sample, &error);
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &error);
  if (U_FAILURE(error) || match == nullptr || ucsdet_getConfidence(match, &error) < kMinConfidence) {
    return "";
  }
  std::string name = ucsdet_getName(match, &error);
  return name == "ISO-8859-1" ? "windows-1252" : name;
}

// Empty when there is no such character set.
std::string Convert(std::string_view bytes, const std::string& charset) {
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open(charset.c_str(), &error), ucnv_close);
  if (U_FAILURE(error)) {
    return "";
  }
  const icu::UnicodeString text(bytes.data(), static_cast<int32_t>(bytes.size()), converter.get(), error);
  std::string utf8;
  return U_FAILURE(error) ? "" : text.toUTF8String(utf8);
}

std::string CharsetOf(std::string_view bytes, Markup markup) {
  const std::string declared = markup == Markup::kHtml ? Declared(bytes) : "";
  const bool shifts = bytes.find('\x1b') != std::string_view::npos;  // ISO-2022: escapes inside pure ASCII
  if (IsUtf8(bytes) && !(shifts && declared.starts_with("iso-2022"))) {
    return "UTF-8";
  }
  return declared.empty() ? Detected(bytes, markup) : declared;
}

}  // namespace

std::string ToUtf8(std::string_view bytes, Markup markup) {
  UErrorCode error = U_ZERO_ERROR;
  int32_t mark_bytes = 0;
  const char* mark = ucnv_detectUnicodeSignature(bytes.data(), static_cast<int32_t>(bytes.size()), &mark_bytes, &error);
  const std::string charset = mark != nullptr ? mark : CharsetOf(bytes, markup);
  if (mark != nullptr) {
    bytes.remove_prefix(mark_bytes);
  }
  if (bytes.empty()) {
    return "";
  }
  std::string utf8 = charset.empty() ? "" : Convert(bytes, charset);
  return utf8.empty() ? Convert(bytes, "windows-1252") : utf8;
}

}  // namespace broadsheet::cli
