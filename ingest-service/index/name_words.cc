#include "ingest/index/name_words.h"

#include "absl/container/flat_hash_set.h"

namespace broadsheet::ingest {
namespace {

constexpr std::string_view kNoNames =
    "a aber about above according across acting actually additionally advertisement after afterward again against "
    "ago all almost along already also although always am amid among an analysis and another any anyone anything "
    "are around as aside ask asked at auf avec away back be because been before behind being below beneath beside "
    "besides between beyond both breaking but by can cannot certainly ces cette clearly click como con consider "
    "copyright could critics cuando currently dans das der des despite did die do does donde done down during "
    "each earlier early ein eine either el else ending especially esta este esto et even eventually ever every "
    "everyone everything except exclusive experts few finally first following for former formerly fortunately "
    "frankly fri friday from further furthermore für get getting given gli go going good had half has have having "
    "he her here hers herself him himself his how however i if il im image in indeed initially inside instead "
    "into is it its itself just las last lastly late later le least les less let like likewise live lo look "
    "looking los ma made mais make making many maybe me meanwhile mine mit mon monday more moreover most mostly "
    "much my myself nach near nearly neither nel nella never nevertheless next no nobody non none nonetheless nor "
    "not notably nothing now nowhere obviously of off officials often oh okay on once one only onto opinion or "
    "other others otherwise our ours ourselves out over overall own para part per perhaps pero photo please plus "
    "por pour previously put rather read really recently regardless related said same sat saturday say saying "
    "says second see several she shortly should similarly since so some somebody someone something sometimes soon "
    "speaking still subscribe such sun sunday sur sure take than thank thanks that the their theirs them "
    "themselves then there therefore these they thing things third this those though three through throughout thu "
    "thursday thus to today together tomorrow too toward towards tue tuesday two ultimately un una unas und under "
    "une unfortunately unless unlike uno unos until up update updated upon us use used using usually very via "
    "video von voters want was watch we wed wednesday well were what whatever when whenever where whereas "
    "wherever whether which while who whoever whom whose why will with within without would yes yesterday yet you "
    "your yours yourself";

constexpr std::string_view kTitles =
    "adm admiral ambassador ambassadors analyst archbishop attorney attorneys author baron baroness bishop brig "
    "brother capt captain cardinal ceo cfo chair chairman chairperson chairwoman chancellor chief chief-of-staff "
    "cmdr co-chair co-founder coach col colonel commander commissioner comptroller congressman congresswoman "
    "constable coo correspondent councillor councilman councilwoman count countess cpl dame delegate deputy "
    "detective director don doña dr duchess economist emperor ex-president executive father first-lady foreign- "
    "minister founder frau gen general gov governor herr host incoming inspector interim judge justice king lady "
    "lawyer leader lieutenant lord lt madam madame maj major mayor minister miss mme monsieur mr mrs ms ofc "
    "officer outgoing pastor pope pres president president-elect presidents press prime prince princess principal "
    "prof professor prosecutor queen rabbi rep reporter representative reps rev reverend secretaries secretary "
    "sen senator senators sens sergeant señor señora sgt sheikh sheriff signor sir sister speaker spokesman "
    "spokesperson spokeswoman sultan superintendent supt treasurer undersecretary vice vice-president viscount "
    "whip";

constexpr std::string_view kNotAlone =
    "ad afghan afghans african africans am american americans apr april arab arabs article asian asians aug "
    "august australian australians avenue bc bible brazilian british canadian canadians catholic catholics "
    "chapter chinese christian christians co conservative conservatives corp cuban cubans dec december democrat "
    "democratic democrats dna dutch east eastern edt egyptian english est et european europeans facebook feb "
    "february figure french german germans gmt god google greek hispanic hispanics house id inc indian indians "
    "internet iranian iranians iraqi iraqis irish islamic israeli israelis italian italians jan january japanese "
    "jewish jews jul july jun june korean koreans latino latinos liberal liberals libyan llc ltd mar march may "
    "mexican mexicans muslim muslims north northern nov november oct october ok pakistani palestinian "
    "palestinians pm polish pst read-more republican republicans road russian russians saudi saudis scottish "
    "section sep sept september south southern spanish state states street swedish swiss syrian syrians table "
    "turkish turks tv tweet twitter ukrainian ukrainians venezuelan west western yemeni";

constexpr std::string_view kParticles = "abu al ben bin bint da de del della di dos du el ibn la le ould van von zu";

constexpr std::string_view kSecondParticles = "de den der la las lo los ten ter zur";

constexpr std::string_view kHeads =
    "academy administration agency alliance archdiocese army articles assembly assistant association bank bay "
    "bill board bureau cape center centre chamber chiefs church city club coalition coast college commission "
    "committee confederation conference congress council court daughters department diocese district doctors dome "
    "duchy embassy faculty federation foundation fund general group guild gulf head house inspector institute "
    "institutes institution international isle joint kingdom knights league library line ministry mount museum "
    "national office order organisation organization parliament party people plains port province republic rights "
    "river school schools sea secretariat senate society sons state states statue strait straits supreme synod "
    "temple tower union united university valley village voice";

constexpr std::string_view kAbbreviated =
    "adm brig capt cmdr col cpl dr fr ft gen gov hon jr lt maj messrs mr mrs ms mt ofc pres prof rep reps rev sen "
    "sens sgt sr st ste supt";

using Words = absl::flat_hash_set<std::string_view>;

Words Split(std::string_view list) {
  Words words;
  for (size_t end = list.find(' '); !list.empty(); end = list.find(' ')) {
    words.insert(list.substr(0, end));
    list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
  }
  return words;
}

}  // namespace

bool IsNoName(std::string_view word) {
  static const Words words = Split(kNoNames);
  return words.contains(word);
}

bool IsTitle(std::string_view word) {
  static const Words words = Split(kTitles);
  return words.contains(word);
}

bool IsNoNameAlone(std::string_view word) {
  static const Words words = Split(kNotAlone);
  return words.contains(word);
}

bool IsMember(std::string_view word) {
  return word == "democrat" || word == "democrats" || word == "republican" || word == "republicans";
}

bool IsParticle(std::string_view word) {
  static const Words words = Split(kParticles);
  return words.contains(word);
}

bool IsSecondParticle(std::string_view word) {
  static const Words words = Split(kSecondParticles);
  return words.contains(word);
}

bool IsHeadOfName(std::string_view word) {
  static const Words words = Split(kHeads);
  return words.contains(word);
}

bool IsCountryInitials(std::string_view word) {
  return word == "u.s" || word == "u.k" || word == "u.n" || word == "e.u" || word == "d.c";
}

bool IsAbbreviated(std::string_view word) {
  static const Words words = Split(kAbbreviated);
  return words.contains(word);
}

}  // namespace broadsheet::ingest
