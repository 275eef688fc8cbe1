/** The text of headers: cleaned, folded for comparison, and told apart from data. */
import { ACCENTED_SCRIPTS, INVISIBLE, LOWER, SEPARATORS, UPPER } from './characters.ts'
import { digitCount } from './evidence.ts'

const UNSEEN = new RegExp(`[${INVISIBLE}]`, 'gu')
const HUMP = new RegExp(`([${LOWER}])([${UPPER}])`, 'gu')
const ACRONYM = new RegExp(`([${UPPER}])([${UPPER}][${LOWER}])`, 'gu')
const ACCENTS = new RegExp(`(?<=[${ACCENTED_SCRIPTS}])[\\u0300-\\u036f]+`, 'gu')
const GAPS = new RegExp(`[${SEPARATORS}]+`, 'gu')

/** White space of every kind collapsed, control characters dropped, ends trimmed. */
export function cleanHeader(text: string): string {
  return text.replace(UNSEEN, '').replace(/[\s\u0000-\u001f\u007f-\u009f]+/gu, ' ').trim()
}

/** A header as lower-case words: `QuickNooks_Name`, `Quick nooks name:` and `quicknooksName` fold alike up to word breaks. */
export function headerWords(text: string): readonly string[] {
  const folded = cleanHeader(text)
    .replace(HUMP, '$1 $2')
    .replace(ACRONYM, '$1 $2')
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(GAPS, ' ')
    .trim()
  return folded === '' ? [] : folded.split(' ')
}

/** What two headers are compared by: their words without the gaps, so that `E-mail`, `email` and `E Mail` are equal. */
export function headerKey(text: string): string {
  const key = headerWords(text).join('')
  return key === '' ? cleanHeader(text) : key
}

/** Words that label columns wherever they stand in a header. */
const LABEL_WORDS: ReadonlySet<string> = new Set(
  ('id ids no nr num number code ref reference key name names firstname lastname surname forename given family email mail emails phone phones tel telephone mobile ' +
    'cell cellphone cellnumber landline fax whatsapp contact contacts address addresses postcode postal zip province website ' +
    'web url homepage date time datetime created updated modified type types category class status stage notes note comment comments remark remarks ' +
    'description details position job designation department price cost amount qty quantity currency rate percent sku ean barcode vat tax ' +
    'priority flag latitude longitude distance size serial email1 email2 language birthday dob ' +
    'nummer datum naam adres straat plaats telefoon bedrag prijs aantal omschrijving opmerking ' +
    'nummer datum vorname nachname strasse str plz telefon preis menge bezeichnung beschreibung bemerkung betrag einheit lieferant artikel artikelnummer bestand ' +
    'nom prenom adresse pays telephone courriel prix quantite libelle designation montant remarque fournisseur reference ' +
    'naam voornaam telefoonnommer posbus provinsie epos').split(' ')
)
/** Words that are a label only when they are the whole header: they stand in names too. */
const LABEL_ALONE: ReadonlySet<string> = new Set(
  ('street suburb city town state region area land rue ville owner stock unit units model brand title link site value ort kunde weight gender age colour color country month year day count role source province zip ' +
    'company companies organisation organization organisations organizations school customer client supplier vendor product item account business institution operator airport planes aircraft fleet ' +
    'entity member members employee staff branch group firma unternehmen bedrijf societe entreprise skool maatskappy verskaffer produit produkt').split(' ')
)

/** How much a cell reads like a column's label, 0 to 1, by its words and its style; says nothing on cells of unknown words. */
export function labelLikeness(text: string): number {
  const clean = cleanHeader(text)
  if (clean === '' || clean.length > 80 || clean.includes('@') || digitCount(clean) >= 7) return 0
  const words = headerWords(clean)
  if (words.length === 0 || words.length > 8) return 0
  if (words.length === 1 && LABEL_ALONE.has(words[0]!)) return 1
  let known = 0
  for (const word of words) if (LABEL_WORDS.has(word) || LABEL_WORDS.has(word.replace(/\d+$/, ''))) known++
  if (known === words.length) return 1
  if (known * 2 >= words.length) return 0.9
  // "C_ID", "LoadDate", "list_price": nobody writes data like that.
  if (!/\s/.test(clean) && (/[^_]_[^_]/.test(clean) || clean.search(HUMP) >= 0)) return 0.8
  if (known > 0) return 0.5
  return /^unnamed:? ?\d+$/i.test(clean) || /[^\s:]:$/.test(clean) ? 0.8 : 0
}
