#include "search/discover/common_words.h"

#include "absl/container/flat_hash_set.h"
#include "search/query/stop_words.h"

namespace broadsheet::search {
namespace {

constexpr std::string_view kCommonWords =
    "aber about above after again against ago ain al algo all alle almost along already als also although always "
    "am among amp another ante any anyone anything apr april around au aug august aunque aussi autre aux away "
    "back because before behind bei being below between bis both cada came can cannot ce cela ceux chez come "
    "comme con contra could couldn cuando da damit de dec december dem den denn depuis der desde deux did didn "
    "die dies diese dieser doch doesn don donde done dont down durante durch during each either el ella elle "
    "elles ellos else en encore enough entre er era es esa ese eso esta este esto etre eu even ever every "
    "everyone everything fait feb february few first five four fri friday fue gegen get gets getting give given "
    "go goes going gone good got ha had hadn han has hasn hasta hat hatte haven having hay he hence her here hers "
    "herself him himself his however i ich if ihr ihre il ils immer inc indeed instead isn itself ja jan january "
    "je jetzt jul july jun june just kann keep kein keine kind know known la las last later le least less let "
    "leur leurs like likely ll lo look lors los lui made mais make makes making man many mar march mas may maybe "
    "me mean mehr meme mi mich might mine mit moins mon monday more most mostly mr mrs ms much must muy my myself "
    "ne near need never next ni nicht nine no nobody noch none nor nos not nothing notre nous nov november now "
    "nun nur o ob oct october oder often oh ohne ok on once one ones only ont other others otra otro ou our ours "
    "ourselves out over own par pas per perhaps pero peu plus porque pour put quien quite rather re really said "
    "same sans sat saturday saw say saying says schon se second see seem seen sehr sein seine sep sept september "
    "ser ses several she should shouldn si sie sin since six so sobre soll solo some someone something son soon "
    "sous still such sun sunday sur take taken takes tambien te tell ten than thanks them themselves then there "
    "thereby they thing things think third those though three through thu thursday thus today todo todos together "
    "told tomorrow too took tous tout toute toward towards tras tres try trying tu tue tuesday two uber um un una "
    "under unos uns unter until up upon us use used using ve vers very via vom von vor vous want wants war waren "
    "wasn way we wed wednesday well wenn went wer werden weren while whom whose wie wieder will wir wird within "
    "without wo won would wouldn wurde wurden ya yes yesterday yet yo you your yours yourself zu";

absl::flat_hash_set<std::string_view> Split(std::string_view list) {
  absl::flat_hash_set<std::string_view> words;
  for (size_t end = list.find(' '); !list.empty(); end = list.find(' ')) {
    words.insert(list.substr(0, end));
    list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
  }
  return words;
}

}  // namespace

bool IsCommonWord(std::string_view word) {
  static const absl::flat_hash_set<std::string_view> words = Split(kCommonWords);
  return words.contains(word) || IsStopWord(word);
}

}  // namespace broadsheet::search
