#include "ingest/enrich/date_tables.h"

#include <array>

namespace broadsheet::ingest {
namespace {

using enum DateWord;

constexpr DateWordRow kEnglish[] = {
    {kMonth, 1, 1, "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"},
    {kMonth, 9, 0, "sept"},
    {kWeekday, 2, 1, "tues|weds|thurs"},
    {kWeekday, 4, 0, "thur"},
    {kFiller, 0, 0,
     "on|of|the|at|as|a|date|dated|published|publication|posted|last|created|first|print|time|issued|release|released|"
     "and|or|local|st|nd|rd|th|about|around|from|since|i"},
    {kAnotherDate, 0, 0, "updated|modified|update|last updated|last modified"},
    {kBeforeNoon, 0, 0, "am|a.m."},
    {kAfterNoon, 0, 0, "pm|p.m."},
    {kNoon, 0, 0, "noon|midday"},
    {kHour, 0, 0, "h|hrs|hours"},
    {kDayOffset, 0, -1, "today|yesterday"},
    {kNow, 0, 0, "just now|now|moments ago|a moment ago|seconds ago"},
    {kAgoAfter, 0, 0, "ago"},
    {kSeconds, 0, 0, "s|sec|secs|second|seconds"},
    {kMinutes, 0, 0, "m|min|mins|minute|minutes"},
    {kHours, 0, 0, "h|hr|hrs|hour|hours"},
    {kDays, 0, 0, "d|day|days"},
    {kLongAge, 0, 0, "w|wk|wks|week|weeks|mo|month|months|y|yr|yrs|year|years"},
    {kNumber, 1, 1, "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"},
    {kNumber, 1, 0, "a|an"},
};

constexpr DateWordRow kGerman[] = {
    {kMonth, 1, 0, "jänner|jaenner"},
    {kMonth, 3, 0, "maerz"},
    {kFiller, 0, 0,
     "den|der|das|vom|am|uhr|veröffentlicht|erstellt|stand|publiziert|erschienen|datum|von|seit|ortszeit|im|kl"},
    {kAnotherDate, 0, 0, "aktualisiert|geändert|zuletzt aktualisiert|update"},
    {kClock, 0, 0, "um|gegen|ab"},
    {kHour, 0, 0, "uhr"},
    {kDayOffset, 0, -1, "heute|gestern|vorgestern"},
    {kNow, 0, 0, "gerade eben|soeben|eben|jetzt"},
    {kAgoBefore, 0, 0, "vor"},
    {kSeconds, 0, 0, "sek|sekunde|sekunden"},
    {kMinutes, 0, 0, "min|minute|minuten"},
    {kHours, 0, 0, "std|stunde|stunden"},
    {kDays, 0, 0, "tag|tage|tagen"},
    {kLongAge, 0, 0, "woche|wochen|monat|monate|monaten|jahr|jahre|jahren"},
    {kNumber, 2, 1, "zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf"},
    {kNumber, 1, 0, "ein|eine|einer|einem"},
};

constexpr DateWordRow kFrench[] = {
    {kFiller, 0, 0, "le|la|publié|publie|publication|mis en ligne|créé|du|à|er|ère|en|l'|heure de paris|heure locale"},
    {kAnotherDate, 0, 0, "mis à jour|mise à jour|modifié|maj|actualisé"},
    {kClock, 0, 0, "à|vers"},
    {kHour, 0, 0, "h|heure|heures"},
    {kMinute, 0, 0, "min|minutes"},
    {kNoon, 0, 0, "midi"},
    {kDayOffset, 0, -1, "aujourd'hui|hier|avant-hier"},
    {kNow, 0, 0, "à l'instant|il y a un instant|il y a quelques instants|maintenant"},
    {kAgoBefore, 0, 0, "il y a|ya"},
    {kSeconds, 0, 0, "seconde|secondes"},
    {kHours, 0, 0, "h|heure|heures"},
    {kDays, 0, 0, "j|jour|jours"},
    {kLongAge, 0, 0, "semaine|semaines|mois|an|ans|année|années"},
    {kNumber, 1, 1, "un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze"},
    {kNumber, 1, 0, "une"},
};

constexpr DateWordRow kSpanish[] = {
    {kMonth, 9, 0, "setiembre|set"},
    {kFiller, 0, 0,
     "de|del|el|publicado|publicada|fecha|creado|las|los|la|horas|hora local|hs|hora|hora peninsular|desde|en"},
    {kAnotherDate, 0, 0, "actualizado|actualizada|modificado|última actualización"},
    {kClock, 0, 0, "las|la"},
    {kHour, 0, 0, "h|hs|horas"},
    {kNoon, 0, 0, "mediodía"},
    {kDayOffset, 0, -1, "hoy|ayer|anteayer"},
    {kDayOffset, -2, 0, "antier|antes de ayer"},
    {kNow, 0, 0, "ahora|ahora mismo|hace un momento|hace instantes"},
    {kAgoBefore, 0, 0, "hace"},
    {kAgoAfter, 0, 0, "atrás"},
    {kSeconds, 0, 0, "segundo|segundos"},
    {kMinutes, 0, 0, "minuto|minutos"},
    {kHours, 0, 0, "hora|horas"},
    {kDays, 0, 0, "día|días"},
    {kLongAge, 0, 0, "semana|semanas|mes|meses|año|años"},
    {kNumber, 1, 1, "un|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce"},
    {kNumber, 1, 0, "una|uno"},
};

constexpr DateWordRow kPortuguese[] = {
    {kFiller, 0, 0, "de|em|publicado em|postado|criado|o|os|às|as|dia|horário de brasília|data|do|da|no|feira"},
    {kAnotherDate, 0, 0, "atualizado|atualizada|atualizado em|modificado"},
    {kWeekday, 1, 1, "segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira"},
    {kClock, 0, 0, "às|as"},
    {kHour, 0, 0, "h|hora|horas"},
    {kMinute, 0, 0, "min|m"},
    {kNoon, 0, 0, "meio-dia"},
    {kDayOffset, 0, -1, "hoje|ontem|anteontem"},
    {kNow, 0, 0, "agora|agora mesmo|há instantes|há pouco"},
    {kAgoBefore, 0, 0, "há|ha|faz"},
    {kAgoAfter, 0, 0, "atrás"},
    {kSeconds, 0, 0, "segundo|segundos"},
    {kMinutes, 0, 0, "minuto|minutos"},
    {kDays, 0, 0, "dia|dias"},
    {kLongAge, 0, 0, "mês|ano|anos"},
    {kNumber, 1, 1, "um|dois|três|quatro|cinco|seis|sete|oito|nove|dez|onze|doze"},
    {kNumber, 1, 0, "uma"},
    {kNumber, 2, 0, "duas"},
};

constexpr DateWordRow kItalian[] = {
    {kFiller, 0, 0, "il|lo|del|di|pubblicato|pubblicata|data|creato|l'|le|dal|dalle|ora locale"},
    {kAnotherDate, 0, 0, "aggiornato|aggiornata|modificato|ultimo aggiornamento|ultima modifica"},
    {kClock, 0, 0, "ore|alle|alle ore|h|dalle"},
    {kNoon, 0, 0, "mezzogiorno"},
    {kDayOffset, 0, -1, "oggi|ieri|l'altro ieri"},
    {kDayOffset, -2, 0, "altro ieri|avantieri"},
    {kNow, 0, 0, "adesso|poco fa|un momento fa|pochi istanti fa"},
    {kAgoAfter, 0, 0, "fa"},
    {kSeconds, 0, 0, "secondo|secondi"},
    {kMinutes, 0, 0, "minuti"},
    {kHours, 0, 0, "ora|ore"},
    {kDays, 0, 0, "giorno|giorni"},
    {kLongAge, 0, 0, "settimana|settimane|mese|mesi|anno|anni"},
    {kNumber, 1, 1, "un|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici"},
    {kNumber, 1, 0, "un'|una|uno"},
};

constexpr DateWordRow kJapanese[] = {
    {kFiller, 0, 0, "公開|更新|掲載|配信|発表|付|付け|西暦|約|投稿|日時|日付|最終|初出|頃|ごろ|曜日|現在|の"},
    {kAnotherDate, 0, 0, "最終更新|更新日"},
    {kBeforeNoon, 0, 0, "午前|朝|早朝|未明"},
    {kAfterNoon, 0, 0, "午後|夕方|夜"},
    {kNoon, 0, 0, "正午"},
    {kYear, 0, 0, "年"},
    {kMonthNumber, 0, 0, "月"},
    {kDay, 0, 0, "日"},
    {kHour, 0, 0, "時"},
    {kMinute, 0, 0, "分"},
    {kSecond, 0, 0, "秒"},
    {kHalf, 0, 0, "半"},
    {kEra, 2018, 0, "令和"},
    {kEra, 1988, 0, "平成"},
    {kEra, 1925, 0, "昭和"},
    {kEra, 1911, 0, "大正"},
    {kEra, 1867, 0, "明治"},
    {kFirstYear, 1, 0, "元"},
    {kDayOffset, 0, -1, "今日|昨日|一昨日"},
    {kDayOffset, 0, -1, "本日|きのう|おととい"},
    {kDayOffset, 0, 0, "きょう"},
    {kNow, 0, 0, "たった今|今|さきほど|先ほど|数秒前"},
    {kAgoAfter, 0, 0, "前|まえ"},
    {kSeconds, 0, 0, "秒"},
    {kMinutes, 0, 0, "分"},
    {kHours, 0, 0, "時間"},
    {kDays, 0, 0, "日|日間"},
    {kLongAge, 0, 0, "週間|か月|ヶ月|カ月|ケ月|年"},
};

constexpr DateWordRow kChinese[] = {
    {kFiller, 0, 0, "发布|發布|发表|發表|时间|時間|日期|公元|西元|于|於|约|北京|新|发|整|更新|刊登|来源"},
    {kBeforeNoon, 0, 0, "上午|凌晨|早上|清晨"},
    {kAfterNoon, 0, 0, "下午|晚上|傍晚|中午|晚间|晚間"},
    {kDay, 0, 0, "号|號"},
    {kHour, 0, 0, "时|点|點"},
    {kEra, 1911, 0, "民國|民国|中華民國|中华民国"},
    {kDayOffset, 0, -1, "今天|昨天|前天"},
    {kDayOffset, 0, -1, "今日|昨日|前日"},
    {kNow, 0, 0, "刚刚|剛剛|刚才|剛才"},
    {kAgoAfter, 0, 0, "前|以前|之前"},
    {kMinutes, 0, 0, "分钟|分鐘"},
    {kHours, 0, 0, "小时|小時|个小时|個小時|个钟头"},
    {kDays, 0, 0, "天"},
    {kLongAge, 0, 0, "周|星期|个星期|個星期|個月|个月|月|週|年"},
};

constexpr DateWordRow kArabic[] = {
    {kFiller, 0, 0,
     "في|يوم|تاريخ|بتاريخ|نشر|نشرت|نشر في|الموافق|ه|هـ|م|الساعة|عند|و|تم النشر|تاريخ النشر|على|من|بالتوقيت المحلي|"
     "التوقيت المحلي"},
    {kAnotherDate, 0, 0, "تحديث|آخر تحديث|تم التحديث|حدث"},
    {kBeforeNoon, 0, 0, "صباحا|ص|فجرا"},
    {kAfterNoon, 0, 0, "مساء|م|ظهرا|ليلا|عصرا"},
    {kClock, 0, 0, "الساعة"},
    {kDayOffset, 0, -1, "اليوم|أمس|أول أمس"},
    {kDayOffset, -1, 0, "البارحة"},
    {kNow, 0, 0, "الآن|قبل قليل|منذ قليل|للتو|منذ لحظات"},
    {kAgoBefore, 0, 0, "منذ|قبل"},
    {kSeconds, 0, 0, "ثانية|ثوان|ثواني"},
    {kMinutes, 0, 0, "دقيقة|دقائق"},
    {kHours, 0, 0, "ساعة|ساعات"},
    {kDays, 0, 0, "يوم|أيام|يوما"},
    {kLongAge, 0, 0, "أسبوع|أسابيع|أسبوعين|شهر|أشهر|شهور|شهرين|سنة|سنوات|سنتين|عام|عامين|أعوام"},
    {kTwoMinutes, 2, 0, "دقيقتين"},
    {kTwoHours, 2, 0, "ساعتين"},
    {kTwoDays, 2, 0, "يومين"},
    // The names of the Levant and Iraq, and of the Maghreb; ICU has the ones of Egypt and the Gulf.
    {kMonth, 1, 0, "كانون الثاني|كانون ثاني|جانفي"},
    {kMonth, 2, 1, "شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول"},
    {kMonth, 10, 0, "تشرين الأول|تشرين أول"},
    {kMonth, 11, 0, "تشرين الثاني|تشرين ثاني|نونبر"},
    {kMonth, 12, 0, "كانون الأول|كانون أول|دجنبر"},
    {kMonth, 2, 0, "فيفري"},
    {kMonth, 4, 0, "أفريل"},
    {kMonth, 5, 0, "ماي"},
    {kMonth, 6, 1, "جوان|جويلية"},
    {kMonth, 7, 0, "يوليوز"},
    {kMonth, 8, 0, "أوت|غشت"},
    {kMonth, 9, 0, "شتنبر"},
    {kHijriMonth, 1, 0, "محرم|المحرم"},
    {kHijriMonth, 2, 0, "صفر"},
    {kHijriMonth, 3, 0, "ربيع الأول|ربيع أول"},
    {kHijriMonth, 4, 0, "ربيع الآخر|ربيع الثاني|ربيع آخر"},
    {kHijriMonth, 5, 0, "جمادى الأولى|جمادى الأول"},
    {kHijriMonth, 6, 0, "جمادى الآخرة|جمادى الثانية|جمادى الثاني"},
    {kHijriMonth, 7, 1, "رجب|شعبان|رمضان|شوال"},
    {kHijriMonth, 11, 0, "ذو القعدة|ذي القعدة"},
    {kHijriMonth, 12, 0, "ذو الحجة|ذي الحجة"},
};

// Languages beside the nine that only a few words are known of.
constexpr DateWordRow kOthers[] = {
    {kFiller, 0, 0, "klo|kl|the|het|op|van|om|den|o|г|года|в"},
    {kBeforeNoon, 0, 0, "오전"},
    {kAfterNoon, 0, 0, "오후"},
    {kYear, 0, 0, "년"},
    {kMonthNumber, 0, 0, "월"},
    {kDay, 0, 0, "일"},
    {kHour, 0, 0, "시"},
    {kMinute, 0, 0, "분"},
    {kSecond, 0, 0, "초"},
    {kAgoAfter, 0, 0, "전|geleden|назад"},
    {kMinutes, 0, 0, "분|minuten|минут|минуты|минуту"},
    {kHours, 0, 0, "시간|uur|часа|часов|час"},
    {kDays, 0, 0, "일|dagen|дня|дней|день"},
    {kDayOffset, 0, -1, "vandaag|gisteren"},
    {kDayOffset, 0, -1, "сегодня|вчера"},
    {kDayOffset, 0, -1, "오늘|어제"},
};

constexpr std::array<std::span<const DateWordRow>, 10> kTables = {kEnglish, kGerman,   kFrench,  kSpanish, kPortuguese,
                                                                  kItalian, kJapanese, kChinese, kArabic,  kOthers};

}  // namespace

std::span<const std::span<const DateWordRow>> DateTables() {
  return kTables;
}

}  // namespace broadsheet::ingest
