/**
 * Fixed sets of characters, as bodies of character classes. Unicode property classes follow the Unicode version of the
 * runtime, so that two runtimes could split one name differently.
 */

/** White space, control characters, punctuation and symbols: what stands between words. Everything else is a letter, a digit or a mark. */
export const SEPARATORS =
  '\\u0000-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u00a9\\u00ab-\\u00b1\\u00b4\\u00b6-\\u00b8\\u00bb\\u00bf\\u00d7\\u00f7' +
  '\\u02c2-\\u02c5\\u02d2-\\u02df\\u037e\\u0387\\u055a-\\u055f\\u0589\\u058a\\u05be\\u05c0\\u05c3\\u05c6\\u05f3\\u05f4' +
  '\\u0609-\\u060d\\u061b\\u061e\\u061f\\u066a-\\u066d\\u06d4\\u0964\\u0965\\u0e3f\\u0e5a\\u0e5b\\u10fb\\u1680' +
  '\\u2000-\\u206f\\u20a0-\\u20cf\\u2190-\\u245f\\u2500-\\u2bff\\u2e00-\\u2e7f\\u3000-\\u3004\\u3008-\\u3020\\u3030\\u303d-\\u303f\\u30a0\\u30fb' +
  '\\ufe10-\\ufe19\\ufe30-\\ufe6f\\ufeff\\uff01-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff65\\uffe0-\\uffef\\ufff9-\\ufffd' +
  '\\u{1f000}-\\u{1faff}'

/** Characters that take no room: soft hyphen, joiners, marks of direction, byte order mark. */
export const INVISIBLE = '\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff'

/** Latin and Greek letters, upper and lower case. */
export const ACCENTED_SCRIPTS = 'A-Za-z\\u00c0-\\u024f\\u0370-\\u03ff\\u1e00-\\u1fff'

/** Upper-case letters of Western European languages. */
export const UPPER = 'A-Z\\u00c0-\\u00d6\\u00d8-\\u00de'
/** Lower-case letters of Western European languages. */
export const LOWER = 'a-z\\u00df-\\u00f6\\u00f8-\\u00ff'
