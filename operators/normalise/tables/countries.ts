/** Countries and territories of ISO 3166-1: alpha-2, alpha-3, English short name in common use, then other names in English and the languages nearby. */
const ROWS = `
AF AFG Afghanistan
AX ALA Åland Islands|Aland
AL ALB Albania
DZ DZA Algeria|Algérie|Algerien|Algerije
AS ASM American Samoa
AD AND Andorra
AO AGO Angola
AI AIA Anguilla
AQ ATA Antarctica
AG ATG Antigua and Barbuda|Antigua
AR ARG Argentina|Argentinien
AM ARM Armenia
AW ABW Aruba
AU AUS Australia|Australien|Australië|Commonwealth of Australia
AT AUT Austria|Österreich|Oostenrijk|Autriche|Oostenryk
AZ AZE Azerbaijan
BS BHS Bahamas|The Bahamas
BH BHR Bahrain
BD BGD Bangladesh
BB BRB Barbados
BY BLR Belarus
BE BEL Belgium|België|Belgique|Belgien
BZ BLZ Belize
BJ BEN Benin
BM BMU Bermuda
BT BTN Bhutan
BO BOL Bolivia|Plurinational State of Bolivia
BQ BES Caribbean Netherlands|Bonaire, Sint Eustatius and Saba|Bonaire
BA BIH Bosnia and Herzegovina|Bosnia|Bosnia-Herzegovina
BW BWA Botswana
BV BVT Bouvet Island
BR BRA Brazil|Brasil|Brasilien|Brazilië
IO IOT British Indian Ocean Territory
BN BRN Brunei|Brunei Darussalam
BG BGR Bulgaria|Bulgarien|Bulgarije
BF BFA Burkina Faso
BI BDI Burundi
CV CPV Cape Verde|Cabo Verde
KH KHM Cambodia
CM CMR Cameroon|Cameroun|Kamerun
CA CAN Canada|Kanada
KY CYM Cayman Islands
CF CAF Central African Republic|CAR
TD TCD Chad
CL CHL Chile
CN CHN China|People's Republic of China|PR China|PRC|Mainland China|Volksrepublik China
CX CXR Christmas Island
CC CCK Cocos (Keeling) Islands|Cocos Islands
CO COL Colombia|Kolumbien
KM COM Comoros
CG COG Republic of the Congo|Congo|Congo - Brazzaville|Congo-Brazzaville|Congo Brazzaville
CD COD Democratic Republic of the Congo|Congo - Kinshasa|DR Congo|DRC|Congo, Democratic Republic of the|Congo, The Democratic Republic of the|Congo-Kinshasa|Zaire
CK COK Cook Islands
CR CRI Costa Rica
CI CIV Côte d'Ivoire|Ivory Coast|Cote d Ivoire
HR HRV Croatia|Hrvatska|Kroatien|Kroatië
CU CUB Cuba
CW CUW Curaçao
CY CYP Cyprus|Zypern
CZ CZE Czechia|Czech Republic|Tschechien|Tsjechië|Česko
DK DNK Denmark|Danmark|Dänemark|Denemarken|Danemark
DJ DJI Djibouti
DM DMA Dominica
DO DOM Dominican Republic
EC ECU Ecuador
EG EGY Egypt|Ägypten|Egypte|Arab Republic of Egypt
SV SLV El Salvador
GQ GNQ Equatorial Guinea
ER ERI Eritrea
EE EST Estonia|Eesti|Estland
SZ SWZ Eswatini|Swaziland|Kingdom of Eswatini
ET ETH Ethiopia
FK FLK Falkland Islands|Falkland Islands (Malvinas)|Malvinas
FO FRO Faroe Islands
FJ FJI Fiji
FI FIN Finland|Suomi|Finnland
FR FRA France|Frankreich|Frankrijk|Frankryk|French Republic
GF GUF French Guiana
PF PYF French Polynesia
TF ATF French Southern Territories
GA GAB Gabon
GM GMB Gambia|The Gambia
GE GEO Georgia|Republic of Georgia
DE DEU Germany|Deutschland|Duitsland|Allemagne|Federal Republic of Germany|BRD
GH GHA Ghana
GI GIB Gibraltar
GR GRC Greece|Hellas|Griechenland|Griekenland|Grèce
GL GRL Greenland
GD GRD Grenada
GP GLP Guadeloupe
GU GUM Guam
GT GTM Guatemala
GG GGY Guernsey
GN GIN Guinea
GW GNB Guinea-Bissau
GY GUY Guyana
HT HTI Haiti
HM HMD Heard and McDonald Islands|Heard Island and McDonald Islands
VA VAT Vatican City|Holy See|Vatican
HN HND Honduras
HK HKG Hong Kong|Hong Kong SAR China|Hong Kong SAR
HU HUN Hungary|Magyarország|Ungarn|Hongarije
IS ISL Iceland|Ísland|Island
IN IND India|Republic of India|Bharat|Indien
ID IDN Indonesia|Indonesien
IR IRN Iran|Islamic Republic of Iran
IQ IRQ Iraq
IE IRL Ireland|Republic of Ireland|Éire|Irland|Ierland|Irlande
IM IMN Isle of Man
IL ISR Israel
IT ITA Italy|Italia|Italien|Italië|Italie
JM JAM Jamaica
JP JPN Japan|Nippon
JE JEY Jersey
JO JOR Jordan|Hashemite Kingdom of Jordan
KZ KAZ Kazakhstan
KE KEN Kenya|Kenia|Republic of Kenya
KI KIR Kiribati
KP PRK North Korea|Democratic People's Republic of Korea|DPRK
KR KOR South Korea|Korea|Republic of Korea|Korea, Republic of|Südkorea
KW KWT Kuwait
KG KGZ Kyrgyzstan
LA LAO Laos|Lao People's Democratic Republic|Lao PDR
LV LVA Latvia|Latvija|Lettland
LB LBN Lebanon
LS LSO Lesotho|Kingdom of Lesotho
LR LBR Liberia
LY LBY Libya
LI LIE Liechtenstein
LT LTU Lithuania|Lietuva|Litauen
LU LUX Luxembourg|Luxemburg
MO MAC Macao|Macau|Macao SAR China
MG MDG Madagascar
MW MWI Malawi
MY MYS Malaysia
MV MDV Maldives
ML MLI Mali
MT MLT Malta
MH MHL Marshall Islands
MQ MTQ Martinique
MR MRT Mauritania
MU MUS Mauritius|Maurice|Republic of Mauritius
YT MYT Mayotte
MX MEX Mexico|México|Mexiko
FM FSM Micronesia|Federated States of Micronesia
MD MDA Moldova|Republic of Moldova
MC MCO Monaco
MN MNG Mongolia
ME MNE Montenegro
MS MSR Montserrat
MA MAR Morocco|Maroc|Marokko
MZ MOZ Mozambique|Moçambique|Mosambik|Mosambiek
MM MMR Myanmar|Burma|Myanmar (Burma)
NA NAM Namibia|Namibië|South West Africa|Republic of Namibia
NR NRU Nauru
NP NPL Nepal
NL NLD Netherlands|The Netherlands|Nederland|Holland|Niederlande|Pays-Bas|Kingdom of the Netherlands
NC NCL New Caledonia
NZ NZL New Zealand|Aotearoa|Neuseeland|Nieuw-Zeeland
NI NIC Nicaragua
NE NER Niger
NG NGA Nigeria|Federal Republic of Nigeria
NU NIU Niue
NF NFK Norfolk Island
MK MKD North Macedonia|Macedonia|FYROM|Republic of North Macedonia
MP MNP Northern Mariana Islands
NO NOR Norway|Norge|Norwegen|Noorwegen|Norvège
OM OMN Oman
PK PAK Pakistan|Islamic Republic of Pakistan
PW PLW Palau
PS PSE Palestine|Palestinian Territories|State of Palestine|Palestine, State of
PA PAN Panama
PG PNG Papua New Guinea
PY PRY Paraguay
PE PER Peru|Perú
PH PHL Philippines|The Philippines|Pilipinas
PN PCN Pitcairn Islands|Pitcairn
PL POL Poland|Polska|Polen|Pologne
PT PRT Portugal
PR PRI Puerto Rico
QA QAT Qatar
RE REU Réunion
RO ROU Romania|România|Rumänien|Roemenië
RU RUS Russia|Russian Federation|Russland|Rusland
RW RWA Rwanda
BL BLM Saint Barthélemy|St. Barthélemy
SH SHN Saint Helena|Saint Helena, Ascension and Tristan da Cunha|St Helena|St. Helena
KN KNA Saint Kitts and Nevis|St. Kitts & Nevis|St Kitts and Nevis
LC LCA Saint Lucia|St. Lucia|St Lucia
MF MAF Saint Martin|Saint Martin (French part)|St. Martin
PM SPM Saint Pierre and Miquelon|St. Pierre & Miquelon
VC VCT Saint Vincent and the Grenadines|St. Vincent & Grenadines|St Vincent
WS WSM Samoa
SM SMR San Marino
ST STP São Tomé and Príncipe|Sao Tome
SA SAU Saudi Arabia|KSA|Kingdom of Saudi Arabia|Saudi
SN SEN Senegal
RS SRB Serbia|Srbija|Serbien
SC SYC Seychelles
SL SLE Sierra Leone
SG SGP Singapore|Singapur
SX SXM Sint Maarten|Sint Maarten (Dutch part)
SK SVK Slovakia|Slovak Republic|Slovensko|Slowakei
SI SVN Slovenia|Slovenija|Slowenien
SB SLB Solomon Islands
SO SOM Somalia
ZA ZAF South Africa|RSA|R.S.A.|SA (South Africa)|Republic of South Africa|Suid-Afrika|Suid Afrika|Südafrika|Zuid-Afrika|Afrique du Sud|Mzansi|S. Africa|S Africa|Republiek van Suid-Afrika|Sth Africa|SouthAfrica
GS SGS South Georgia and the South Sandwich Islands|South Georgia
SS SSD South Sudan
ES ESP Spain|España|Spanien|Spanje|Espagne
LK LKA Sri Lanka|Ceylon
SD SDN Sudan
SR SUR Suriname
SJ SJM Svalbard and Jan Mayen|Svalbard
SE SWE Sweden|Sverige|Schweden|Zweden|Swede|Suède
CH CHE Switzerland|Schweiz|Suisse|Svizzera|Zwitserland|Switserland
SY SYR Syria|Syrian Arab Republic
TW TWN Taiwan|Taiwan, Province of China|Republic of China
TJ TJK Tajikistan
TZ TZA Tanzania|United Republic of Tanzania|Tanzania, United Republic of
TH THA Thailand
TL TLS Timor-Leste|East Timor
TG TGO Togo
TK TKL Tokelau
TO TON Tonga
TT TTO Trinidad and Tobago|Trinidad
TN TUN Tunisia|Tunisie|Tunesien
TR TUR Türkiye|Turkey|Türkei|Turkije|Turquie
TM TKM Turkmenistan
TC TCA Turks and Caicos Islands
TV TUV Tuvalu
UG UGA Uganda|Oeganda
UA UKR Ukraine|Oekraïne
AE ARE United Arab Emirates|UAE|U.A.E.|Emirates|Vereinigte Arabische Emirate|Verenigde Arabische Emiraten
GB GBR United Kingdom|UK|U.K.|Great Britain|Britain|United Kingdom of Great Britain and Northern Ireland|Vereinigtes Königreich|Verenigd Koninkrijk|Verenigde Koninkryk|Royaume-Uni|Großbritannien
US USA United States|United States of America|U.S.A.|U.S.|The United States|America|Vereinigte Staaten|Verenigde Staten|États-Unis|Verenigde State|Vereinigte Staaten von Amerika
UM UMI U.S. Outlying Islands|United States Minor Outlying Islands
UY URY Uruguay
UZ UZB Uzbekistan
VU VUT Vanuatu
VE VEN Venezuela|Bolivarian Republic of Venezuela
VN VNM Vietnam|Viet Nam
VG VGB British Virgin Islands|Virgin Islands (British)|Virgin Islands, British
VI VIR U.S. Virgin Islands|Virgin Islands (U.S.)|Virgin Islands, U.S.
WF WLF Wallis and Futuna
EH ESH Western Sahara
YE YEM Yemen
ZM ZMB Zambia|Republic of Zambia|Sambia
ZW ZWE Zimbabwe|Republic of Zimbabwe|Simbabwe|Rhodesia
XK XKX Kosovo`

export interface Country {
  readonly alpha2: string
  readonly alpha3: string
  readonly name: string
  readonly aliases: readonly string[]
}

export const COUNTRIES: readonly Country[] = ROWS.trim().split('\n').map(row => {
  const [name, ...aliases] = row.slice(7).split('|') as [string, ...string[]]
  return { alpha2: row.slice(0, 2), alpha3: row.slice(3, 6), name, aliases }
})
