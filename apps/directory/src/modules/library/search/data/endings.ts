import type { Locale } from '@parley/kernel'

// Light stemming: endings of folded words (no accents, one kind of alef; й is и), the longest that fits first. What is
// left has at least `least` letters. Light on purpose: what is cut too far finds what nobody asked for.

export interface Rules {
  readonly least: number
  readonly endings: readonly (readonly [ending: string, instead: string])[]
}

const cut = (words: string, instead = '') => words.split(' ').map((ending) => [ending, instead] as const)

export const endings: Readonly<Partial<Record<Locale, Rules>>> = {
  en: {
    least: 4,
    endings: [
      ...cut('ations ation ators ator ating ative ated ates ate'),
      ...cut('ments ment nesses ness ingly ings ing edly ed es s e'),
      // `station` is no form of `state`.
      ...cut('tions tion', 't'),
      ...cut('sions sion', 's'),
      ...cut('ities ity ly ally al als ive ives'),
      ...cut('ies y', 'i'),
    ],
  },
  fr: {
    least: 4,
    endings: [
      ...cut('ations ation ateurs ateur atrices atrice ements ement issements issement ments ment'),
      ...cut('ions ion antes ante ants ant ees ee es e s er ez ent erent era eront ait aient ir issent issant'),
      ...cut('ites ite ifs if ives ive'),
      ...cut('aux al ales ale als', 'al'),
    ],
  },
  es: {
    least: 4,
    endings: [
      ...cut('aciones acion adores ador adoras adora amientos amiento imientos imiento mente'),
      ...cut('iones ion ando iendo ados ado adas ada idos ido idas ida ar er ir an en aron ieron'),
      ...cut('idades idad ivos ivo ivas iva ales al es os as o a e s'),
    ],
  },
  ru: {
    least: 3,
    endings: [
      ...cut('иями ями ами иях ях ах иям ям ам ием ем ом ией еи ои ею ою ии ия ию ие иу ьи ье ья ью'),
      ...cut('ого его ому ему ыми ими ых их ую юю ая яя ое ее ые ыи ым им'),
      ...cut('ости остью остеи остям остями остях ость', 'ост'),
      ...cut('ение ения ению ением ении ений ениям ениями ениях ание ания анию анием ании аний'),
      ...cut('ать ять ить еть ует уют ает ают яет яют ит ят ил ила или ала али ался алась ированы'),
      ...cut('ов ев а я о е и ы у ю ь'),
    ],
  },
}
