/** Currencies of ISO 4217, and the signs that stand for them. */

/** Codes in use. */
export const CURRENCY_CODES: ReadonlySet<string> = new Set(
  ('AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP ' +
    'GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO ' +
    'NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST ' +
    'XAF XCD XOF XPF YER ZAR ZMW ZWG').split(' ')
)

/** Decimal places of the minor unit where they are not two. */
export const MINOR_UNITS: ReadonlyMap<string, number> = new Map([
  ...['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'].map(code => [code, 0] as const),
  ...['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map(code => [code, 3] as const)
])

/** Signs and words, upper-case, to codes. */
export const CURRENCY_SIGNS: ReadonlyMap<string, string> = new Map([
  ['R', 'ZAR'], ['RAND', 'ZAR'], ['RANDS', 'ZAR'], ['€', 'EUR'], ['EURO', 'EUR'], ['EUROS', 'EUR'], ['£', 'GBP'], ['POUND', 'GBP'], ['POUNDS', 'GBP'],
  ['US$', 'USD'], ['USD$', 'USD'], ['U$', 'USD'], ['A$', 'AUD'], ['AU$', 'AUD'], ['C$', 'CAD'], ['CA$', 'CAD'], ['NZ$', 'NZD'], ['HK$', 'HKD'], ['S$', 'SGD'], ['N$', 'NAD'], ['R$', 'BRL'], ['Z$', 'ZWG'],
  ['¥', 'JPY'], ['₹', 'INR'], ['₩', 'KRW'], ['₦', 'NGN'], ['₽', 'RUB'], ['₺', 'TRY'], ['₪', 'ILS'], ['฿', 'THB'], ['₫', 'VND'], ['₴', 'UAH'], ['₵', 'GHS'], ['FR.', 'CHF'], ['SFR.', 'CHF'], ['SFR', 'CHF'],
  ['KSH', 'KES'], ['TSH', 'TZS'], ['USH', 'UGX'], ['ZŁ', 'PLN'], ['KČ', 'CZK'], ['DOLLARS', '$'], ['DOLLAR', '$'], ['$', '$']
])

/** What a bare dollar sign means at home. */
export const DOLLAR_OF_COUNTRY: ReadonlyMap<string, string> = new Map([
  ['US', 'USD'], ['AU', 'AUD'], ['CA', 'CAD'], ['NZ', 'NZD'], ['SG', 'SGD'], ['HK', 'HKD'], ['NA', 'NAD'], ['JM', 'JMD'], ['TT', 'TTD'], ['FJ', 'FJD'], ['TW', 'TWD'], ['BS', 'BSD'], ['BB', 'BBD'], ['BZ', 'BZD'],
  ['GY', 'GYD'], ['LR', 'LRD'], ['MX', 'MXN'], ['CL', 'CLP'], ['CO', 'COP'], ['AR', 'ARS'], ['UY', 'UYU'], ['DO', 'DOP'], ['BM', 'BMD'], ['BN', 'BND'], ['KY', 'KYD'], ['SB', 'SBD'], ['SR', 'SRD']
])
