#include <zlib.h>

#include "gmock/gmock.h"
#include "readings.h"

namespace broadsheet::cli {
namespace {

using testing::HasSubstr;

std::string Packed(const std::string& bytes, int window = 31) {
  z_stream stream{};
  deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, bytes.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string Record(const std::string& type, const std::string& block, const std::string& more = "",
                   const std::string& content_type = "application/http; msgtype=response") {
  return "WARC/1.0\r\nWARC-Type: " + type +
         "\r\nWARC-Target-URI: https://dam.example/1\r\nWARC-Date: 2025-06-21T10:00:00Z\r\n" +
         "Content-Type: " + content_type + "\r\n" + more + "Content-Length: " + std::to_string(block.size()) +
         "\r\n\r\n" + block + "\r\n\r\n";
}

std::string Page(const std::string& body, const std::string& headers = "Content-Type: text/html; charset=utf-8\r\n",
                 const std::string& status = "200 OK") {
  return Record("response", "HTTP/1.1 " + status + "\r\n" + headers + "\r\n" + body);
}

TEST(Warc, ReadsAPageWithItsAddressAndTimeOfFetching) {
  const auto items = ReadAll(Record("warcinfo", "software: x") + Record("request", "GET / HTTP/1.1\r\n\r\n") +
                             Page("<p>A crack</p>") + Record("metadata", "via: x"));
  ASSERT_EQ(items.size(), 1u);
  const auto& article = items[0].request.article();
  EXPECT_EQ(article.html(), "<p>A crack</p>");
  EXPECT_EQ(article.url(), "https://dam.example/1");
  EXPECT_EQ(article.fetched_time().seconds(), 1750500000);
  EXPECT_THAT(items[0].origin, HasSubstr("(record 3)"));
}

TEST(Warc, ReadsAFileOfManyGzipMembersAndGivesPlacesInIt) {
  const std::string first = Packed(Record("warcinfo", "software: x"));
  const std::string second = Packed(Page("<p>one</p>"));
  const auto items = ReadAll(first + second + Packed(Page("<p>two</p>")));
  ASSERT_EQ(items.size(), 2u);
  EXPECT_THAT(items[0].origin, HasSubstr("@" + std::to_string(first.size()) + " (record 2)"));
  EXPECT_THAT(items[1].origin, HasSubstr("@" + std::to_string(first.size() + second.size()) + " "));
  EXPECT_EQ(items[1].request.article().html(), "<p>two</p>");
}

TEST(Warc, ReadsAFileThatIsOneGzipMember) {
  EXPECT_EQ(ReadAll(Packed(Page("<p>one</p>") + Page("<p>two</p>"))).size(), 2u);
}

TEST(Warc, TakesChunksAndCompressionOff) {
  const std::string packed = Packed("<p>A crack</p>");
  const std::string half = packed.substr(0, 10);
  const std::string rest = packed.substr(10);
  char size[16];
  snprintf(size, sizeof size, "%zx", rest.size());
  const std::string chunks = "a;x=y\r\n" + half + "\r\n" + size + "\r\n" + rest + "\r\n0\r\n\r\n";
  const std::string type = "Content-Type: text/html\r\n";
  const auto items = ReadAll(Page(chunks, type + "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n") +
                             Page(Packed("<p>zlib</p>", 15), type + "Content-Encoding: deflate\r\n") +
                             Page(Packed("<p>raw</p>", -15), type + "Content-Encoding: deflate\r\n") +
                             Page("<p>plain</p>", type + "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"));
  ASSERT_EQ(items.size(), 4u);
  EXPECT_EQ(items[0].request.article().html(), "<p>A crack</p>");
  EXPECT_EQ(items[1].request.article().html(), "<p>zlib</p>");
  EXPECT_EQ(items[2].request.article().html(), "<p>raw</p>");
  EXPECT_EQ(items[3].request.article().html(), "<p>plain</p>");
}

TEST(Warc, BelievesTheCharacterSetOfTheHeader) {
  const auto items = ReadAll(Page("<p>\x8b\xf3\x94\x54</p>", "Content-Type: text/html; charset=\"Shift_JIS\"\r\n"));
  ASSERT_EQ(items.size(), 1u);
  EXPECT_EQ(items[0].request.article().html(), "<p>空乃</p>");
}

TEST(Warc, HeadersInAnotherCharacterSetBecomeUtf8) {
  std::string file = Page("<p>A crack</p>");
  file.replace(file.find("dam.example/1"), 13, "dam.example/f\xE4hre");
  const auto items = ReadAll(file);
  ASSERT_EQ(items.size(), 1u);
  ASSERT_TRUE(items[0].status.ok()) << items[0].status;
  EXPECT_EQ(items[0].request.article().url(), "https://dam.example/fähre");
}

TEST(Warc, LeavesOutWhatIsNoPage) {
  std::istringstream in(Page("x", "Content-Type: image/png\r\n") +
                        Page("x", "Content-Type: text/html\r\n", "404 Not Found") + Record("revisit", "") +
                        Page("<p>page</p>"));
  auto source = ArticleSource::Open({"-"}, Format::kAuto, in);
  ASSERT_TRUE(source.ok());
  int items = 0;
  while (source->Next()) {
    ++items;
  }
  EXPECT_EQ(items, 1);
  EXPECT_EQ(source->left_out_items(), 3);
}

TEST(Warc, ReadsResourcesAndConversions) {
  const auto items =
      ReadAll(Record("resource", "<p>r</p>", "", "text/html") + Record("conversion", "Only text", "", "text/plain"));
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(items[0].request.article().html(), "<p>r</p>");
  EXPECT_EQ(items[1].request.article().text(), "Only text");
}

TEST(Warc, ABrokenRecordCostsOnlyItself) {
  const std::string good = Page("<p>good</p>");
  const auto items = ReadAll(good + "garbage that is no record\r\n" + good + "WARC/1.0\r\nWARC-Type: response\r\n\r\n" +
                             good + Record("response", "not HTTP at all") +
                             Page("x", "Content-Type: text/html\r\nContent-Encoding: br\r\n") + good);
  ASSERT_EQ(items.size(), 8u);
  EXPECT_THAT(items[1].origin, HasSubstr("@" + std::to_string(good.size()) + " (record 2)"));
  EXPECT_THAT(Message(items[1]), HasSubstr("no WARC record begins here"));
  EXPECT_THAT(Message(items[3]), HasSubstr("Content-Length"));
  EXPECT_THAT(Message(items[5]), HasSubstr("status line"));
  EXPECT_THAT(Message(items[6]), HasSubstr("\"br\""));
  for (const int i : {0, 2, 4, 7}) {
    EXPECT_EQ(items[i].request.article().html(), "<p>good</p>") << i;
  }
}

TEST(Warc, GoesOnAfterDamageWithTheNextMember) {
  std::string damaged = Packed(Page("<p>" + std::string(3000, 'q') + "lost</p>"));
  const std::string good = Packed(Page("<p>good</p>"));
  damaged[damaged.size() / 2] ^= 0x55;
  const auto items = ReadAll(good + damaged + good);
  ASSERT_EQ(items.size(), 3u);
  EXPECT_THAT(Message(items[1]), HasSubstr("damaged gzip"));
  EXPECT_EQ(items[2].request.article().html(), "<p>good</p>");
  const auto cut = ReadAll(good + good.substr(0, good.size() / 2));
  ASSERT_EQ(cut.size(), 2u);
  EXPECT_THAT(Message(cut[1]), HasSubstr("ends in the middle"));
}

TEST(Warc, RefusesRecordsAndBodiesOverTheirLimit) {
  const auto items =
      ReadAll(Page(std::string(17 << 20, 'x')) +
              Page(Packed(std::string(17 << 20, 'x')), "Content-Type: text/html\r\nContent-Encoding: gzip\r\n") +
              Page("<p>good</p>"));
  ASSERT_EQ(items.size(), 3u);
  EXPECT_THAT(Message(items[0]), HasSubstr("limit is 16777216"));
  EXPECT_THAT(Message(items[1]), HasSubstr("16777216"));
  EXPECT_TRUE(items[2].status.ok());
}

TEST(Gzip, AnyFormatMayBePacked) {
  EXPECT_EQ(ReadAll(Packed("{\"text\": \"one\"}\n{\"text\": \"two\"}\n")).size(), 2u);
  EXPECT_EQ(ReadAll(Packed("<rss><channel><item><description>x</description></item></channel></rss>")).size(), 1u);
  const std::string packed = Packed("{\"text\": \"one\"}\n");
  const auto items = ReadAll(packed.substr(0, packed.size() - 4));
  ASSERT_EQ(items.size(), 2u);
  EXPECT_THAT(Message(items[1]), HasSubstr("middle of a member"));
}

}  // namespace
}  // namespace broadsheet::cli
