/** Words around a person's name, folded. */

/** Forms of address and ranks before a name, in English, Afrikaans, Dutch, German and French. */
export const HONORIFICS: ReadonlySet<string> = new Set(
  ('mr mrs ms miss mx mister madam messrs dr doctor prof professor rev reverend fr pastor ds sir dame lady adv advocate att hon honourable judge capt captain cpt kapt kaptein cmdr commander col colonel kol maj gen lt lieut brig sgt sersant ' +
    'cllr ing eng mnr mev mej me meneer mevrou mejuffrou dhr mevr mw hr heer de heer herr frau fraulein hrn dipl ing drs ir jhr monsieur madame mademoiselle mme mlle mm m').split(' ').filter(word => word !== 'de' && word !== 'heer')
)
/** Words that are honorifics only with a dot or in this very spelling, because they are also initials or names. */
export const NEEDS_DOT: ReadonlySet<string> = new Set(['m', 'me', 'mm', 'fr', 'ing', 'ir', 'ds', 'att', 'eng', 'gen', 'col', 'maj', 'lt', 'hr', 'hon', 'rev', 'mw', 'kol', 'lady', 'dame', 'judge', 'commander', 'dipl'])

/** Degrees and the like after a name. */
export const POSTNOMINALS: ReadonlySet<string> = new Set('phd dphil md mbbs mba msc bsc ba ma bcom mcom beng meng btech mtech llb llm ca ca(sa) cpa cfa pmp pr eng preng prof obe mbe cbe kbe esq esquire dip nd hons frcs pgce bed med dtech'.split(' '))
/** What tells generations apart stays with the name. */
export const GENERATIONS: ReadonlyMap<string, string> = new Map([['jr', 'Jr'], ['jnr', 'Jnr'], ['junior', 'Junior'], ['sr', 'Sr'], ['snr', 'Snr'], ['senior', 'Senior'], ['ii', 'II'], ['iii', 'III'], ['iv', 'IV']])

/** Particles of surnames; small after another name. */
export const PARTICLES: ReadonlySet<string> = new Set('van von der den de du da dos das do del della di la le les ten ter te t zu zur zum af av el al bin binti ibn y e und and'.split(' ').filter(word => word !== 'und' && word !== 'and'))
