#include "cli/formats/charset.h"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/unistr.h>

#include <map>
#include <memory>
#include <regex>

#include "absl/strings/ascii.h"

namespace broadsheet::cli {
namespace {

constexpr size_t kDeclarationBytes = 4096;
constexpr size_t kSampleBytes = 256 * 1024;
constexpr int32_t kRightForOneWrong = 4;  // characters beyond ASCII that make UTF-8 likely beside a wrong one
constexpr int kMinConfidence = 20;        // of 100; below it statistics are guesswork

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

// What browsers read under a name, and so pages are written: mostly a larger set than the name says.
std::string AsWritten(std::string_view charset) {
  static const std::map<std::string, std::string> larger = {
      {"iso-8859-1", "windows-1252"},
      {"iso8859-1", "windows-1252"},
      {"latin1", "windows-1252"},
      {"latin-1", "windows-1252"},
      {"us-ascii", "windows-1252"},
      {"ascii", "windows-1252"},
      {"iso-8859-9", "windows-1254"},
      {"latin5", "windows-1254"},
      {"iso-8859-11", "windows-874"},
      {"tis-620", "windows-874"},
      {"shift_jis", "windows-31j"},
      {"shift-jis", "windows-31j"},
      {"sjis", "windows-31j"},
      {"x-sjis", "windows-31j"},
      {"gb2312", "gb18030"},
      {"gb_2312-80", "gb18030"},
      {"gbk", "gb18030"},
      {"x-gbk", "gb18030"},
      {"euc-kr", "windows-949"},
      {"ks_c_5601-1987", "windows-949"},
      {"ksc5601", "windows-949"},
      {"iso-8859-8-i", "iso-8859-8"},
      {"x-x-big5", "big5"},
      {"utf8", "utf-8"},
      {"unicode-1-1-utf-8", "utf-8"},
  };
  std::string name = absl::AsciiStrToLower(std::string(charset));
  const auto found = larger.find(name);
  return found == larger.end() ? name : found->second;
}

// The character set that a page names in <meta charset="..."> or in its Content-Type, or a document in its XML
// declaration; empty when it names none.
std::string Declared(std::string_view page, Markup markup) {
  static const std::regex in_html(R"(<meta[^>]*charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]+))", std::regex::icase);
  static const std::regex in_xml(R"(^\s*<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z0-9_:.-]+))");
  const std::string head(page.substr(0, kDeclarationBytes));
  std::smatch match;
  const bool found = (markup == Markup::kHtml && std::regex_search(head, match, in_html)) ||
                     (markup != Markup::kNone && std::regex_search(head, match, in_xml));
  std::string name = found ? AsWritten(match[1].str()) : "";
  // Whoever writes that in ASCII does not write UTF-16.
  return name.starts_with("utf-16") || name.starts_with("utf-32") ? "utf-8" : name;
}

std::string Detected(std::string_view bytes, Markup markup) {
  UErrorCode error = U_ZERO_ERROR;
  Detector detector(ucsdet_open(&error), ucsdet_close);
  ucsdet_enableInputFilter(detector.get(), markup != Markup::kNone);
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

bool Exists(const std::string& charset) {
  UErrorCode error = U_ZERO_ERROR;
  const Converter converter(ucnv_open(charset.c_str(), &error), ucnv_close);
  return U_SUCCESS(error) != 0;
}

// Whether it is UTF-8 but for a few bytes that were cut off or copied in.
bool IsNearlyUtf8(std::string_view bytes) {
  UErrorCode error = U_ZERO_ERROR;
  const Converter converter(ucnv_open("UTF-8", &error), ucnv_close);
  const icu::UnicodeString text(bytes.data(), static_cast<int32_t>(bytes.size()), converter.get(), error);
  int32_t wrong = 0;
  int32_t right = 0;
  for (int32_t i = 0; i < text.length(); ++i) {
    wrong += text[i] == 0xFFFD ? 1 : 0;
    right += text[i] > 0x7F && text[i] != 0xFFFD ? 1 : 0;
  }
  return kRightForOneWrong * wrong <= right;
}

std::string CharsetOf(std::string_view bytes, Markup markup, std::string_view charset) {
  std::string named = AsWritten(charset);
  if (named.empty() || !Exists(named)) {
    named = Declared(bytes, markup);
  }
  const bool shifts = bytes.find('\x1b') != std::string_view::npos;  // ISO-2022: escapes inside pure ASCII
  if (IsUtf8(bytes) && !(shifts && named.starts_with("iso-2022"))) {
    return "UTF-8";
  }
  const bool wrong = named.empty() || !Exists(named) || (named == "utf-8" && !IsNearlyUtf8(bytes));
  return wrong ? Detected(bytes, markup) : named;
}

}  // namespace

std::string ToUtf8(std::string_view bytes, Markup markup, std::string_view charset) {
  UErrorCode error = U_ZERO_ERROR;
  int32_t mark_bytes = 0;
  const char* mark = ucnv_detectUnicodeSignature(bytes.data(), static_cast<int32_t>(bytes.size()), &mark_bytes, &error);
  const std::string name = mark != nullptr ? mark : CharsetOf(bytes, markup, charset);
  if (mark != nullptr) {
    bytes.remove_prefix(mark_bytes);
  }
  if (bytes.empty()) {
    return "";
  }
  std::string utf8 = name.empty() ? "" : Convert(bytes, name);
  return utf8.empty() ? Convert(bytes, "windows-1252") : utf8;
}

}  // namespace broadsheet::cli
