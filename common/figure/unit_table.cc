#include "common/figure/unit_table.h"

namespace broadsheet {
namespace {

using enum FigureKind;

constexpr UnitRow kRows[] = {
    {kPercent, "%",
     "%|٪|﹪|％|percent|per cent|pct|prozent|v.h.|pour cent|p. cent|por ciento|por cento|per cento|パーセント|بالمئة|"
     "بالمائة|في المئة|في المائة|في المية"},
    {kPercent, "pp",
     "pp|percentage point|percentage points|percentage-point|per cent points|prozentpunkt|prozentpunkte|prozentpunkten|"
     "point de pourcentage|points de pourcentage|punto porcentual|puntos porcentuales|ponto percentual|"
     "pontos percentuais|punto percentuale|punti percentuali|个百分点|個百分點|نقطة مئوية|نقاط مئوية"},
    {kPercent, "bp",
     "bp|bps|basis point|basis points|basispunkt|basispunkte|basispunkten|points de base|puntos básicos|"
     "pontos base|pontos-base|punti base|个基点|個基點"},

    {kMoney, "EUR", "€|euro|euros|euro cash|d'euro|d'euros|de euros|di euro|ユーロ|欧元|歐元|يورو"},
    {kMoney, "USD",
     "US$|u.s. dollar|u.s. dollars|us dollar|us dollars|us-dollar|dollars américains|de dollars américains|"
     "dólares estadounidenses|dólares americanos|ドル|米ドル|美元|美金|دولار أمريكي|دولار أميركي"},
    {kMoney, "GBP",
     "£|pound sterling|pounds sterling|britische pfund|pfund sterling|livres sterling|de livres sterling|"
     "libras esterlinas|de libras esterlinas|sterline|di sterline|ポンド|英镑|英鎊|جنيه إسترليني"},
    {kMoney, "JPY", "yen|yens|円|日元|日圆|ین ياباني|ين ياباني"},
    {kMoney, "CNY", "yuan|renminbi|rmb|yuans|人民币|元人民币|人民元|يوان"},
    {kMoney, "CHF",
     "swiss franc|swiss francs|franken|schweizer franken|francs suisses|de francs suisses|franchi svizzeri|"
     "francos suizos|francos suíços"},
    {kMoney, "INR", "₹|indian rupees"},
    {kMoney, "RUB", "₽|rouble|roubles|ruble|rubles|rubel|rublos|rubli|卢布"},
    {kMoney, "KRW", "₩|won|ウォン|韩元"},
    {kMoney, "BRL", "R$|reais|real brasileiro|reales brasileños"},
    {kMoney, "CAD", "canadian dollar|canadian dollars|kanadische dollar|dollars canadiens"},
    {kMoney, "AUD", "australian dollar|australian dollars|australische dollar|dollars australiens|豪ドル|澳元"},
    {kMoney, "HKD", "hong kong dollars|港元|港币"},
    {kMoney, "TWD", "new taiwan dollars|新台币|新臺幣|台币"},
    {kMoney, "MXN", "mexican pesos|pesos mexicanos"},
    {kMoney, "ARS", "argentine pesos|pesos argentinos"},
    {kMoney, "PLN", "zł|zloty|zlotys|złoty|złotych"},
    {kMoney, "SEK", "swedish kronor|schwedische kronen|couronnes suédoises"},
    {kMoney, "NOK", "norwegian kroner|norwegische kronen"},
    {kMoney, "DKK", "danish kroner|dänische kronen"},
    {kMoney, "TRY", "₺|lira|liras|turkish lira|türkische lira|livres turques"},
    {kMoney, "ILS", "₪|shekel|shekels|schekel"},
    {kMoney, "ZAR", "rand|rands"},
    {kMoney, "THB", "฿|baht|บาท"},
    {kMoney, "UAH", "₴|hryvnia|hryvnias"},
    {kMoney, "VND", "₫|dong"},
    {kMoney, "NGN", "₦|naira"},
    {kMoney, "SAR", "saudi riyals|ريال سعودي"},
    {kMoney, "AED", "dirhams|uae dirhams|درهم إماراتي|درهم"},
    {kMoney, "EGP", "egyptian pounds|جنيه مصري"},

    {kMeasure, "km",
     "km|kilometre|kilometres|kilometer|kilometers|kilometern|kilomètre|kilomètres|kilómetro|kilómetros|"
     "quilômetro|quilômetros|quilómetros|chilometro|chilometri|キロメートル|公里|千米|كيلومتر|كيلومترا|كم"},
    {kMeasure, "m", "metre|metres|meter|meters|metern|mètre|mètres|metro|metros|metri|メートル|米|متر|مترا|أمتار"},
    {kMeasure, "cm",
     "cm|centimetre|centimetres|centimeter|centimeters|zentimeter|zentimetern|centimètre|centimètres|"
     "centímetro|centímetros|centimetro|centimetri|センチ|センチメートル|厘米|公分|سنتيمتر"},
    {kMeasure, "mm",
     "mm|millimetre|millimetres|millimeter|millimeters|millimetern|millimètre|millimètres|milímetro|"
     "milímetros|millimetro|millimetri|ミリ|ミリメートル|毫米|ملم"},
    {kMeasure, "mi", "mi|mile|miles|meile|meilen|millas|milhas|miglia|マイル|英里"},
    {kMeasure, "ft", "ft|foot|feet|fuß|pieds|フィート|英尺"},
    {kMeasure, "inch", "inch|inches|zoll|インチ|英寸"},
    {kMeasure, "yd", "yd|yard|yards"},
    {kMeasure, "km²",
     "km²|km2|sq km|square kilometre|square kilometres|square kilometer|square kilometers|"
     "quadratkilometer|quadratkilometern|kilomètres carrés|km carrés|kilómetros cuadrados|"
     "quilômetros quadrados|chilometri quadrati|chilometri quadri|平方キロメートル|平方キロ|平方公里|"
     "كيلومتر مربع"},
    {kMeasure, "m²",
     "m²|m2|sq m|sqm|square metre|square metres|square meter|square meters|quadratmeter|quadratmetern|"
     "mètres carrés|metros cuadrados|metros quadrados|metri quadrati|metri quadri|平方メートル|平方米|متر مربع"},
    {kMeasure, "m³",
     "m³|m3|cubic metre|cubic metres|cubic meters|kubikmeter|kubikmetern|mètres cubes|metros cúbicos|"
     "metri cubi|立方メートル|立方米|متر مكعب"},
    {kMeasure, "sq mi", "sq mi|square mile|square miles|quadratmeilen"},
    {kMeasure, "sq ft", "sq ft|square foot|square feet"},
    {kMeasure, "ha", "ha|hectare|hectares|hektar|hectárea|hectáreas|ettari|ettaro|ヘクタール|公顷"},
    {kMeasure, "acre", "acre|acres"},
    {kMeasure, "t",
     "t|tonne|tonnes|metric ton|metric tons|tonnen|tonelada|toneladas|tonnellata|tonnellate|トン|吨|噸|طن|"
     "طنا|أطنان"},
    {kMeasure, "ton", "ton|tons|short tons"},
    {kMeasure, "kg",
     "kg|kilo|kilos|kilogram|kilograms|kilogramm|kilogramme|kilogrammes|kilogramo|kilogramos|"
     "quilograma|quilogramas|quilos|chilogrammi|chili|キログラム|公斤|千克|كيلوغرام|كيلوجرام|كجم"},
    {kMeasure, "g", "g|gram|grams|gramm|gramme|grammes|gramo|gramos|grama|gramas|grammi|グラム|克|غرام"},
    {kMeasure, "lb", "lb|lbs"},
    {kMeasure, "oz", "oz|ounce|ounces|unzen|onces|onzas|once di"},
    {kMeasure, "l", "l|litre|litres|liter|liters|litern|litro|litros|litri|リットル|升|لتر"},
    {kMeasure, "gal", "gal|gallon|gallons"},
    {kMeasure, "bbl", "bbl|barrel|barrels|barrel öl|barils|barril|barriles|barris|barili|バレル|桶|برميل"},
    {kMeasure, "km/h",
     "km/h|kmh|kph|kilometres per hour|kilometers per hour|kilometres an hour|kilometers an hour|"
     "stundenkilometer|stundenkilometern|kilometer pro stunde|km pro stunde|kilomètres à l'heure|"
     "kilomètres par heure|kilómetros por hora|quilômetros por hora|chilometri orari|"
     "chilometri all'ora|"
     "公里每小时"},
    {kMeasure, "mph", "mph|miles per hour|miles an hour"},
    {kMeasure, "kn", "kn|knots|knoten|nœuds|nudos|nós|nodi"},
    {kMeasure, "°C",
     "°C|℃|degrees celsius|degree celsius|degrees centigrade|degrees c|grad celsius|degrés celsius|"
     "grados celsius|grados centígrados|graus celsius|gradi celsius|gradi centigradi|摄氏度|درجة مئوية|"
     "درجات مئوية"},
    {kMeasure, "°F", "°F|℉|degrees fahrenheit|degree fahrenheit|degrees f|grad fahrenheit|degrés fahrenheit"},
    {kMeasure, "°", "°|degree|degrees|grad|degré|degrés|grado|grados|grau|graus|gradi|درجة|درجات"},
    {kMeasure, "W", "W|watt|watts"},
    {kMeasure, "kW", "kW|kilowatt|kilowatts"},
    {kMeasure, "MW", "MW|megawatt|megawatts|mégawatts|megavatios|兆瓦"},
    {kMeasure, "GW", "GW|gigawatt|gigawatts|gigavatios|吉瓦"},
    {kMeasure, "kWh",
     "kWh|kilowatt hour|kilowatt hours|kilowatt-hour|kilowatt-hours|kilowattstunde|kilowattstunden|"
     "kilowattheures|kilovatios hora|千瓦时"},
    {kMeasure, "MWh", "MWh|megawatt hours|megawatt-hours|megawattstunden|mégawattheures"},
    {kMeasure, "GWh", "GWh|gigawatt hours|gigawatt-hours|gigawattstunden|gigawattheures"},
    {kMeasure, "TWh", "TWh|terawatt hours|terawatt-hours|terawattstunden|térawattheures"},
    {kMeasure, "GB", "GB|gigabyte|gigabytes"},
    {kMeasure, "TB", "TB|terabyte|terabytes"},
    {kMeasure, "MB", "MB|megabyte|megabytes"},
    {kMeasure, "second", "second|seconds|sekunde|sekunden|seconde|secondes|segundo|segundos|secondo|secondi|秒|ثانية"},
    {kMeasure, "minute", "min|minute|minutes|minuten|minuto|minutos|minuti|分間|分钟|دقيقة|دقائق"},
    {kMeasure, "hour", "h|hour|hours|stunde|stunden|heure|heures|hora|horas|ora|ore|時間|小时|小時|ساعة|ساعات"},
    {kMeasure, "day", "day|days|tag|tage|tagen|jour|jours|día|días|dia|dias|giorno|giorni|日間|天|يوم|أيام|يوما"},
    {kMeasure, "week",
     "week|weeks|woche|wochen|semaine|semaines|semana|semanas|settimana|settimane|週間|周|星期|أسابيع"},
    {kMeasure, "month",
     "month|months|monat|monate|monaten|mois|mes|meses|mês|mese|mesi|か月|カ月|ヶ月|个月|個月|أشهر|شهرا"},
    {kMeasure, "year",
     "year|years|jahr|jahre|jahren|ans|année|années|año|años|ano|anos|anno|anni|年間|سنة|سنوات|عاما|"
     "أعوام"},

    {kCount, "people",
     "people|person|persons|menschen|personen|leute|personnes|personne|personas|gente|pessoas|pessoa|"
     "persone|人|名|شخص|شخصا|أشخاص"},
    {kCount, "dead",
     "dead|deaths|fatalities|tote|toten|todesopfer|morts|décès|muertos|fallecidos|mortos|mortes|morti|"
     "vittime|死者|قتيل|قتيلا|قتلى"},
    {kCount, "injured",
     "injured|wounded|injuries|verletzte|verletzten|blessés|heridos|feridos|feriti|負傷者|伤者|جريح|جريحا|"
     "جرحى"},
    {kCount, "children", "children|child|kinder|kindern|enfants|niños|crianças|bambini|子ども|儿童|أطفال|طفلا"},
    {kCount, "women", "women|woman|frauen|femmes|mujeres|mulheres|donne|女性|نساء|امرأة"},
    {kCount, "men", "men|man|männer|männern|hommes|hombres|homens|uomini|男性|رجال"},
    {kCount, "cases", "cases|case|fälle|fällen|cas|casos|casi|件|病例|حالة"},
    {kCount, "inhabitants", "inhabitants|residents|einwohner|einwohnern|habitants|habitantes|abitanti|居民|نسمة"},
    {kCount, "jobs", "jobs|arbeitsplätze|arbeitsplätzen|emplois|empleos|empregos|posti di lavoro|就业岗位|وظيفة"},
    {kCount, "employees",
     "employees|workers|mitarbeiter|mitarbeitern|beschäftigte|beschäftigten|employés|salariés|"
     "empleados|trabajadores|funcionários|trabalhadores|dipendenti|lavoratori|موظف|عامل"},
    {kCount, "soldiers", "soldiers|troops|soldaten|soldats|soldados|soldati|兵士|士兵|جندي|جنديا"},
    {kCount, "votes", "votes|stimmen|voix|votos|voti|票|صوتا"},
    {kCount, "homes",
     "homes|houses|häuser|wohnungen|maisons|logements|casas|viviendas|case popolari|abitazioni|منزل|منزلا"},
    {kCount, "points", "points|punkte|punkten|puntos|pontos|punti|ポイント|نقطة"},
};

constexpr CurrencySign kSigns[] = {
    {"US$", "USD"}, {"U.S.$", "USD"}, {"A$", "AUD"},  {"AU$", "AUD"}, {"C$", "CAD"},  {"CA$", "CAD"}, {"CAN$", "CAD"},
    {"NZ$", "NZD"}, {"HK$", "HKD"},   {"S$", "SGD"},  {"R$", "BRL"},  {"MX$", "MXN"}, {"NT$", "TWD"}, {"€", "EUR"},
    {"£", "GBP"},   {"₹", "INR"},     {"₽", "RUB"}, {"₩", "KRW"},   {"₺", "TRY"},   {"₪", "ILS"},   {"₴", "UAH"},
    {"₫", "VND"},   {"฿", "THB"},     {"₦", "NGN"},   {"Fr.", "CHF"},
};

constexpr RegionalCurrency kRegional[] = {
    {"$|dollar|dollars|de dollars|dólar|dólares|de dólares|dollari|di dollari|دولار|دولارا", " AU ", "AUD"},
    {"$|dollar|dollars|de dollars|dólar|dólares|de dólares|dollari|di dollari|دولار|دولارا", " CA ", "CAD"},
    {"$|dollar|dollars", " NZ ", "NZD"},
    {"$|dollar|dollars", " SG ", "SGD"},
    {"$|dollar|dollars", " HK ", "HKD"},
    {"$", " MX ", "MXN"},
    {"$", " AR ", "ARS"},
    {"$", " CL ", "CLP"},
    {"$", " CO ", "COP"},
    {"$|dollar|dollars|de dollars|dólar|dólares|de dólares|dollari|di dollari|دولار|دولارا", "", "USD"},
    {"¥|￥|元", " CN ", "CNY"},
    {"元", " TW ", "TWD"},
    {"元", " HK ", "HKD"},
    {"元", "", "CNY"},
    {"¥|￥", "", "JPY"},
    {"Rs|Rs.|rupee|rupees|rupien|roupies", " PK ", "PKR"},
    {"Rs|Rs.|rupee|rupees|rupien|roupies", " LK ", "LKR"},
    {"Rs|Rs.|rupee|rupees|rupien|roupies", " NP ", "NPR"},
    {"Rs|Rs.|rupee|rupees|rupien|roupies", "", "INR"},
    {"peso|pesos|de pesos", " MX ", "MXN"},
    {"peso|pesos|de pesos", " AR ", "ARS"},
    {"peso|pesos|de pesos", " CL ", "CLP"},
    {"peso|pesos|de pesos", " CO ", "COP"},
    {"peso|pesos", " PH ", "PHP"},
    {"franc|francs|de francs", " CH ", "CHF"},
    {"krone|kroner|kronen", " NO ", "NOK"},
    {"krone|kroner|kronen", " DK ", "DKK"},
    {"krona|kronor", " SE ", "SEK"},
    {"pound|pounds", " GB ", "GBP"},
    {"جنيه|جنيها", " EG ", "EGP"},
    {"ريال", " SA ", "SAR"},
};

}  // namespace

std::span<const UnitRow> UnitRows() {
  return kRows;
}

std::span<const CurrencySign> CurrencySigns() {
  return kSigns;
}

std::string_view CurrencyCodes() {
  return " AED ARS AUD BDT BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR JPY KES KRW KWD LKR MXN "
         "MYR NGN NOK NPR NZD PEN PHP PKR PLN QAR RON RUB SAR SEK SGD THB TRY TWD UAH USD VND ZAR ";
}

std::span<const RegionalCurrency> RegionalCurrencies() {
  return kRegional;
}

}  // namespace broadsheet
