// Whatever bytes come as a web archive, plain or in gzip members: pages or reasons.
#include <zlib.h>

#include "absl/strings/str_cat.h"
#include "fuzz/read_items.h"
#include "fuzz/target.h"

namespace broadsheet::fuzz {
namespace {

std::string Record(std::string_view type, std::string_view more, std::string_view block) {
  return absl::StrCat("WARC/1.0\r\nWARC-Type: ", std::string(type),
                      "\r\nWARC-Date: 2025-06-21T10:30:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n", std::string(more),
                      "Content-Length: ", block.size(), "\r\n\r\n", std::string(block), "\r\n\r\n");
}

std::string Response(std::string_view headers, std::string_view body) {
  return Record("response",
                "WARC-Target-URI: https://alder.example/ferry\r\nContent-Type: application/http; msgtype=response\r\n",
                absl::StrCat("HTTP/1.1 200 OK\r\n", std::string(headers), "\r\n", std::string(body)));
}

std::string Member(const std::string& bytes) {
  z_stream deflater{};
  deflateInit2(&deflater, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&deflater, bytes.size()) + 64, '\0');
  deflater.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  deflater.avail_in = static_cast<uInt>(bytes.size());
  deflater.next_out = reinterpret_cast<Bytef*>(out.data());
  deflater.avail_out = static_cast<uInt>(out.size());
  deflate(&deflater, Z_FINISH);
  out.resize(deflater.total_out);
  deflateEnd(&deflater);
  return out;
}

Target MakeTarget() {
  Target target{"warc", {}, {}, [](std::string_view input) { ReadItems(input, cli::Format::kWarc); }};
  const std::string page = "<html><title>Ferry</title><h1>Ferry</h1><p>The ferry sails.</p></html>";
  const std::string info = Record("warcinfo", "Content-Type: application/warc-fields\r\n", "software: ours\r\n");
  const std::string plain = Response("Content-Type: text/html; charset=utf-8\r\n", page);
  const std::string chunked = Response("Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n",
                                       "5\r\n<p>Th\r\nb\r\ne ferry.</p\r\n0\r\n\r\n");
  const std::string packed = Response("Content-Type: text/html\r\nContent-Encoding: gzip\r\n", Member(page));
  const std::string resource =
      Record("resource", "WARC-Target-URI: https://alder.example/2\r\nContent-Type: text/html\r\n", page);
  target.seeds = {info + plain,
                  plain + chunked + resource,
                  packed,
                  Member(info) + Member(plain) + Member(packed),
                  Record("revisit", "", ""),
                  Response("Content-Type: image/png\r\n", "\x89PNG")};
  for (const char* token : {"WARC/1.0\r\n",
                            "WARC/1.1\r\n",
                            "\r\n\r\n",
                            "\r\n",
                            "WARC-Type: response\r\n",
                            "Content-Length: 9\r\n",
                            "Content-Length: 99999999999\r\n",
                            "Content-Length: -1\r\n",
                            "Content-Type: text/html\r\n",
                            "Content-Type: application/http; msgtype=response\r\n",
                            "HTTP/1.1 200 OK\r\n",
                            "Transfer-Encoding: chunked\r\n",
                            "Content-Encoding: gzip\r\n",
                            "Content-Encoding: deflate\r\n",
                            "ffffffff\r\n",
                            "0\r\n\r\n",
                            "1\r\na\r\n",
                            "WARC-Target-URI: <https://a.example/>\r\n",
                            "\x1f\x8b\x08",
                            "WARC-Segment-Number: 2\r\n",
                            "a: b\r\n",
                            " folded\r\n"})
    target.tokens.emplace_back(token);
  const std::string member = Member("WARC/1.0\r\n");
  target.tokens.push_back(member);
  target.tokens.push_back(Member(""));
  return target;
}

}  // namespace

const Target& TheTarget() {
  static const Target* const target = new Target(MakeTarget());
  return *target;
}

}  // namespace broadsheet::fuzz
