import type { Locale } from '@parley/kernel'

/** How a language counts sessions: beginnings of its ordinals, and where they stand. */
interface Ordinals {
  /** Beginnings, so that every case and gender is one word. */
  readonly units: readonly string[]
  readonly tens: readonly string[]
  readonly session: RegExp
  readonly stand: 'before' | 'after'
}

/** Arabic counts units first (the ninth and seventieth); the others tens first. */
export const ordinals: Readonly<Record<Exclude<Locale, 'zh'>, Ordinals>> = {
  ar: {
    units: ['أولى|حادية', 'ثاني', 'ثالث', 'رابع', 'خامس', 'سادس', 'سابع', 'ثامن', 'تاسع', 'عاشر'],
    tens: [
      'عشر',
      'عشرين|عشرون',
      'ثلاثين|ثلاثون',
      'أربعين|أربعون',
      'خمسين|خمسون',
      'ستين|ستون',
      'سبعين|سبعون',
      'ثمانين|ثمانون',
      'تسعين|تسعون',
    ],
    session: /(?:^|[\s،])[وفبل]?(?:ال)?دور(?:ة|تين|تان|ات|تها|ته|اتها|اته)(?=[\s،؛.]|$)/g,
    stand: 'after',
  },
  en: {
    units: [
      'first',
      'second',
      'third',
      'fourth',
      'fifth',
      'sixth',
      'seventh',
      'eighth',
      'ninth',
      'tenth',
      'eleventh',
      'twelfth',
      'thirteenth',
      'fourteenth',
      'fifteenth',
      'sixteenth',
      'seventeenth',
      'eighteenth',
      'nineteenth',
    ],
    tens: ['', 'twent', 'thirt', 'fort', 'fift', 'sixt', 'sevent', 'eight', 'ninet'],
    session: /\bsessions?\b/g,
    stand: 'before',
  },
  es: {
    units: ['primer', 'segund', 'tercer', 'cuart', 'quint', 'sext', 'séptim', 'octav', 'noven', 'décim'],
    tens: [
      'decim',
      'vigésim',
      'trigésim',
      'cuadragésim',
      'quincuagésim',
      'sexagésim',
      'septuagésim',
      'octogésim',
      'nonagésim',
    ],
    session: /\b(?:período|periodo)s? de sesiones\b/g,
    stand: 'before',
  },
  fr: {
    units: [
      'premi',
      'deuxi',
      'troisi',
      'quatri',
      'cinqui',
      'sixi',
      'septi',
      'huiti',
      'neuvi',
      'dixi',
      'onzi',
      'douzi',
      'treizi',
      'quatorzi',
      'quinzi',
      'seizi',
    ],
    tens: [
      'dix',
      'vingt',
      'trent',
      'quarant',
      'cinquant',
      'soixant',
      'soixante-dix',
      'quatre-vingt',
      'quatre-vingt-dix',
    ],
    session: /\bsessions?\b/g,
    stand: 'before',
  },
  ru: {
    units: ['перв', 'втор', 'трет', 'четверт', 'пят', 'шест', 'седьм', 'восьм', 'девят', 'десят'],
    tens: [
      '',
      'двадцат',
      'тридцат',
      'сорок',
      'пятьдесят',
      'шестьдесят',
      'семьдесят',
      'восемьдесят',
      'девяност',
    ],
    session: /(?<![\p{L}])сесси(?:я|и|ю|й|ях|ями)(?![\p{L}])/gu,
    stand: 'before',
  },
}

/** Months from January; Arabic prints both of its names for one. */
export const months: Readonly<Record<Exclude<Locale, 'zh'>, readonly string[]>> = {
  ar: [
    'كانون الثاني',
    'شباط',
    'آذار',
    'نيسان',
    'أيار',
    'حزيران',
    'تموز',
    'آب',
    'أيلول',
    'تشرين الأول',
    'تشرين الثاني',
    'كانون الأول',
  ],
  en: [
    'january',
    'february',
    'march',
    'april',
    'may',
    'june',
    'july',
    'august',
    'september',
    'october',
    'november',
    'december',
  ],
  es: [
    'enero',
    'febrero',
    'marzo',
    'abril',
    'mayo',
    'junio',
    'julio',
    'agosto',
    'septiembre',
    'octubre',
    'noviembre',
    'diciembre',
  ],
  fr: [
    'janvier',
    'février',
    'mars',
    'avril',
    'mai',
    'juin',
    'juillet',
    'août',
    'septembre',
    'octobre',
    'novembre',
    'décembre',
  ],
  ru: [
    'январ',
    'феврал',
    'март',
    'апрел',
    'ма[яйе]',
    'июн',
    'июл',
    'август',
    'сентябр',
    'октябр',
    'ноябр',
    'декабр',
  ],
}

/** A year is a due date only after such words: "by 2030", "until 2025", "in 2024"; never in "2030 Agenda". */
export const yearWords: Readonly<Record<Locale, RegExp>> = {
  ar: /(?:بحلول|حتى|في|قبل) (?:نهاية |منتصف )?(?:عام|سنة) (\d{4})/g,
  en: /\b(?:by|until|in|before) (?:the year |the end of )?(\d{4})(?! agenda)/g,
  es: /\b(?:antes de|hasta|en|para)(?: el)?(?: año)? (\d{4})/g,
  fr: /(?:d'ici à|jusqu'en|en|avant) (?:l'année )?(\d{4})/g,
  ru: /(?:до|к|в) (\d{4}) год/g,
  zh: /(?:到|在|至|于)?(\d{4})年(?:之前|以前|底|前|(?=举行|提交|进行|召开))/g,
}

/** Said of what is past, or of another document: the session after such words is not when this falls due. */
export const pastWords: readonly RegExp[] = [
  /(?:التي دارت في|المقدم إلى الجمعية العامة في) $/,
  /(?:held at|held during|submitted to the general assembly at) (?:the|its) $/,
  /(?:celebrad[oa]s? en|presentado a la asamblea general en) (?:el|los|su) $/,
  /(?:tenu[es]* à|présenté à l'assemblée générale à) (?:la|sa) $/,
  /(?:представленн\p{L}+ генеральной ассамблее на|состоявш\p{L}+ на) (?:ее |ее )?$/u,
]
