/** First-level regions of ISO 3166-2 for the countries whose sheets are met most: code, name, then other spellings. */
const ZA = `
EC Eastern Cape|E Cape|E. Cape|ECape|E/Cape|Oos-Kaap|Oos Kaap|Oostkaap|Mpuma-Koloni|East Cape
FS Free State|Freestate|Orange Free State|OFS|Vrystaat|Vrijstaat|Freistata|F State|F/State
GP Gauteng|GT|GAU|Gautang|Guateng|Gauteng (GP)|PWV|G/Pretoria|GPretoria|Gauteng Pretoria|Gauteng Johannesburg|Gauteng JHB
KZN KwaZulu-Natal|KZ|NL|ZN|Kwa-Zulu Natal|Kwa Zulu Natal|Kwazulu Natal|Kwa-Zulu-Natal|KwaZuluNatal|Natal|K.Z.N.|KZ Natal|KwaZulu|iKwaZulu-Natali|Kwa Zulu-Natal|Kwazulu-Natl
LP Limpopo|LIM|NP|Northern Province|Northern Transvaal|Limpopo (LP)|N Province|Noordelike Provinsie
MP Mpumalanga|MPU|Eastern Transvaal|Mpumulanga|Mpumalangu|Oos-Transvaal
NC Northern Cape|N Cape|N. Cape|NCape|N/Cape|Noord-Kaap|Noord Kaap|Noordkaap|Mntla-Koloni|North Cape
NW North West|North-West|Northwest|N West|N/West|NWP|Noordwes|Noord-Wes|Bokone Bophirima|N.West
WC Western Cape|W Cape|W. Cape|WCape|W/Cape|WP|Wes-Kaap|Wes Kaap|Weskaap|Ntshona-Koloni|West Cape|Western Province|Westkaap`
const GB = `
ENG England
NIR Northern Ireland|NI|N Ireland
SCT Scotland|SCO
WLS Wales|Cymru|WAL`
const US = `
AL Alabama|Ala
AK Alaska
AZ Arizona|Ariz
AR Arkansas|Ark
CA California|Calif|Cal
CO Colorado|Colo
CT Connecticut|Conn
DE Delaware|Del
DC District of Columbia|Washington DC|Washington D.C.|D.C.
FL Florida|Fla
GA Georgia
HI Hawaii|Hawai'i
ID Idaho
IL Illinois|Ill
IN Indiana|Ind
IA Iowa
KS Kansas|Kans
KY Kentucky
LA Louisiana
ME Maine
MD Maryland
MA Massachusetts|Mass
MI Michigan|Mich
MN Minnesota|Minn
MS Mississippi|Miss
MO Missouri
MT Montana|Mont
NE Nebraska|Nebr
NV Nevada|Nev
NH New Hampshire|N.H.
NJ New Jersey|N.J.
NM New Mexico|N.M.
NY New York|N.Y.|New York State
NC North Carolina|N Carolina|N.C.
ND North Dakota|N Dakota|N.D.
OH Ohio
OK Oklahoma|Okla
OR Oregon|Ore
PA Pennsylvania|Penn
RI Rhode Island|R.I.
SC South Carolina|S Carolina|S.C.
SD South Dakota|S Dakota|S.D.
TN Tennessee|Tenn
TX Texas|Tex
UT Utah
VT Vermont
VA Virginia
WA Washington|Washington State|Wash
WV West Virginia|W Virginia|W.Va.
WI Wisconsin|Wis
WY Wyoming|Wyo
PR Puerto Rico
GU Guam
VI U.S. Virgin Islands|Virgin Islands
AS American Samoa
MP Northern Mariana Islands`
const DE = `
BW Baden-Württemberg|Baden Wuerttemberg|Ba-Wü
BY Bayern|Bavaria|Beieren
BE Berlin
BB Brandenburg
HB Bremen
HH Hamburg
HE Hessen|Hesse
MV Mecklenburg-Vorpommern|Mecklenburg-Western Pomerania|Meck-Pomm
NI Niedersachsen|Lower Saxony
NW Nordrhein-Westfalen|North Rhine-Westphalia|NRW
RP Rheinland-Pfalz|Rhineland-Palatinate|RLP
SL Saarland
SN Sachsen|Saxony
ST Sachsen-Anhalt|Saxony-Anhalt
SH Schleswig-Holstein
TH Thüringen|Thuringia|Thueringen`
const NL = `
DR Drenthe
FL Flevoland
FR Friesland|Fryslân
GE Gelderland
GR Groningen
LI Limburg
NB Noord-Brabant|North Brabant|Brabant|N-Brabant
NH Noord-Holland|North Holland|N-Holland
OV Overijssel
UT Utrecht
ZE Zeeland
ZH Zuid-Holland|South Holland|Z-Holland`
const FR = `
ARA Auvergne-Rhône-Alpes
BFC Bourgogne-Franche-Comté
BRE Bretagne|Brittany
CVL Centre-Val de Loire|Centre
20R Corse|Corsica|COR
GES Grand Est
HDF Hauts-de-France
IDF Île-de-France|Ile de France
NOR Normandie|Normandy
NAQ Nouvelle-Aquitaine
OCC Occitanie
PDL Pays de la Loire
PAC Provence-Alpes-Côte d'Azur|PACA
971 Guadeloupe
972 Martinique
973 Guyane|French Guiana
974 La Réunion|Réunion
976 Mayotte`
const AU = `
NSW New South Wales
QLD Queensland
SA South Australia
TAS Tasmania
VIC Victoria
WA Western Australia
ACT Australian Capital Territory
NT Northern Territory`
const CA = `
AB Alberta
BC British Columbia
MB Manitoba
NB New Brunswick
NL Newfoundland and Labrador|Newfoundland
NS Nova Scotia
NT Northwest Territories
NU Nunavut
ON Ontario
PE Prince Edward Island|PEI
QC Quebec|Québec|PQ
SK Saskatchewan
YT Yukon`

export interface Region {
  readonly country: string
  readonly code: string
  readonly name: string
  readonly aliases: readonly string[]
}

function regionsOf(country: string, rows: string): readonly Region[] {
  return rows.trim().split('\n').map(row => {
    const space = row.indexOf(' ')
    const [name, ...aliases] = row.slice(space + 1).split('|') as [string, ...string[]]
    return { country, code: row.slice(0, space), name, aliases }
  })
}

export const REGIONS: readonly Region[] = [
  ...regionsOf('ZA', ZA), ...regionsOf('GB', GB), ...regionsOf('US', US), ...regionsOf('DE', DE), ...regionsOf('NL', NL), ...regionsOf('FR', FR), ...regionsOf('AU', AU), ...regionsOf('CA', CA)
]
