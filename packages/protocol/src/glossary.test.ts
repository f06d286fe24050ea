import { expect, test } from 'vitest'
import { glossary, glossaryLanguages, isTermId, term } from './glossary.ts'
import type { GlossaryEntry, GlossaryLanguage } from './glossary.ts'

type Entries = Readonly<Record<string, GlossaryEntry>>

const vocabulary = [
  'state permanent-mission point-of-contact diplomatic-poc technical-poc entry entity designated-representative',
  'nomination directory directory-manager community-profile check-round ping-test check message acknowledgement',
  'follow-up competent-authority inquiry response reservation channel lead-agency time-sensitivity',
  'record-of-exchanges third-party-consent snapshot marking regional-organization other-directory exercise inject',
  'measure norm register submission next-step working-paper view national-survey need offer initiative',
  'accreditation non-objection silence-procedure',
].flatMap((line) => line.split(' '))

/** Two notions that share a word in a language on purpose: language, word. */
const sharedOnPurpose = new Set(['en session', 'en sessions', 'fr session', 'fr sessions'])

const oneWord: GlossaryEntry = {
  ar: { term: 'قيد', source: 'A/78/265, Annex A, 7 (a) (iv)' },
  zh: { term: '条目', source: 'ours' },
  en: { term: 'entry', source: 'ours' },
  fr: { term: 'entrée', source: 'ours' },
  ru: { term: 'запись', source: 'ours' },
  es: { term: 'entrada', source: 'ours' },
}

test('every word of the vocabulary stands in the glossary', () => {
  expect(vocabulary.filter((id) => !isTermId(id))).toEqual([])
  expect(isTermId('no-such-word')).toBe(false)
  expect(isTermId('toString')).toBe(false)
})

test('a word is found by its notion and language', () => {
  expect(term('point-of-contact', 'ar')).toBe('جهة اتصال')
  expect(term('note-verbale', 'zh')).toBe('普通照会')
  expect(term('directory', 'ru')).toBe('реестр')
})

test('every notion has a clean word in each of the six languages and nothing else', () => {
  expect(untidy(glossary)).toEqual([])
  const { es: _, ...fiveLanguages } = oneWord
  const planted: Readonly<Record<string, object>> = {
    'Bad id': oneWord,
    five: fiveLanguages,
    blank: { ...oneWord, fr: { term: ' entrée', source: 'ours' } },
    plural: { ...oneWord, en: { term: 'entry', plural: 'entry', source: 'ours' } },
    'zh-plural': { ...oneWord, zh: { term: '条目', plural: '条目们', source: 'ours' } },
    unknown: { ...oneWord, en: { term: 'entry', source: 'ours', gender: 'f' } },
  }
  expect(untidy(planted)).toEqual(Object.keys(planted))
})

test('every word is written in the script of its language', () => {
  expect(wrongScript(glossary)).toEqual([])
  expect(wrongScript({ entry: { ...oneWord, ar: { term: 'entry', source: 'ours' } } })).toEqual(['ar entry'])
  expect(wrongScript({ entry: { ...oneWord, ru: { term: 'зaпись', source: 'ours' } } })).toEqual([
    'ru зaпись',
  ])
})

test('a source is ours or names a paragraph of a document in that language', () => {
  expect(wrongSources(glossary)).toEqual([])
  for (const source of ['', 'A/78/265', 'A/78/265, Annex E, 3', 'A/76/135, 3', 'A/C.1/77/L.23/Rev.1, 4']) {
    expect(wrongSources({ entry: { ...oneWord, ar: { term: 'قيد', source } } })).toEqual([`ar ${source}`])
  }
  const englishCited = { term: 'entry', source: 'A/78/265, Annex A, 7' }
  expect(wrongSources({ entry: { ...oneWord, en: englishCited } })).toEqual(['en A/78/265, Annex A, 7'])
})

test('no two notions share a word in a language', () => {
  const shared = sharedWords(glossary)
  expect(shared.filter((word) => !sharedOnPurpose.has(word))).toEqual([])
  expect([...sharedOnPurpose].filter((word) => !shared.includes(word))).toEqual([])
  const other = { ...oneWord, ar: { term: 'سجل', plural: 'قيد', source: 'ours' } }
  expect(sharedWords({ entry: oneWord, other })).toContain('ar قيد')
})

test('a word to avoid for one notion is no part of the right word for another', () => {
  expect(avoidedButRight(glossary)).toEqual([])
  const other = { ...oneWord, es: { term: 'asiento', source: 'ours', avoid: ['Entrada'] } }
  expect(avoidedButRight({ entry: oneWord, other })).toEqual(['es Entrada'])
})

function untidy(entries: Readonly<Record<string, object>>): string[] {
  const notions = [...glossaryLanguages, 'note']
  return Object.entries(entries)
    .filter(([id, entry]) => {
      const words = Object.entries(entry).filter(([key]) => key !== 'note')
      return (
        !/^[a-z]+(-[a-z]+)*$/.test(id) ||
        words.length !== glossaryLanguages.length ||
        !Object.keys(entry).every((key) => notions.includes(key)) ||
        !words.every(([language, word]) => isTidy(language, word))
      )
    })
    .map(([id]) => id)
}

function isTidy(language: string, word: Readonly<Record<string, unknown>>): boolean {
  const { term, plural, source, avoid, ...rest } = word
  const texts = [term, source, plural ?? term, ...(Array.isArray(avoid) ? avoid : [])]
  return (
    Object.keys(rest).length === 0 &&
    texts.every(isCleanText) &&
    plural !== term &&
    (language !== 'zh' || plural === undefined)
  )
}

function isCleanText(text: unknown): boolean {
  return (
    typeof text === 'string' && text !== '' && text === text.trim().normalize('NFC') && !/\p{Cf}/u.test(text)
  )
}

const latin = /^[\p{Script=Latin}\p{P}\s]+$/u
const scripts: Readonly<Record<GlossaryLanguage, RegExp>> = {
  ar: /^[\p{Script=Arabic}\p{P}\s]+$/u,
  zh: /^[\p{Script=Han}\p{P}\s]+$/u,
  en: latin,
  fr: latin,
  ru: /^[\p{Script=Cyrillic}\p{P}\s]+$/u,
  es: latin,
}

function wrongScript(entries: Entries): string[] {
  return eachTerm(entries)
    .filter(({ language, words }) => {
      const inScript = (word: string) => scripts[language].test(word.replace(/OpenPGP|ping/g, '').trim())
      return !words.every(inScript)
    })
    .map(({ language, words }) => `${language} ${words[0]}`)
}

const paragraph = String.raw`\d+(?: \([a-z]\))?(?: \([ivx]+\))?`
const report = String.raw`A/78/265, (?:Annex, |Annex A, )?(?:${paragraph})|A/78/265, Annex D`
const appendix = String.raw`A/78/265, Annex A, Appendix, (?:inquiry|response)(?:, \d)?`
const documents: Readonly<Partial<Record<GlossaryLanguage, RegExp>>> = {
  ar: new RegExp(String.raw`^(?:ours|${report}|${appendix}|A/RES/77/36, \d)$`),
  zh: /^(?:ours|A\/C\.1\/77\/L\.23\/Rev\.1, (?:preamble|\d))$/,
}

function wrongSources(entries: Entries): string[] {
  return eachTerm(entries)
    .filter(({ language, source }) => !(documents[language] ?? /^ours$/).test(source))
    .map(({ language, source }) => `${language} ${source}`)
}

function sharedWords(entries: Entries): string[] {
  const all = eachTerm(entries).flatMap(({ language, words }) => words.map((word) => `${language} ${word}`))
  return all.filter((word, place) => all.indexOf(word) < place)
}

function avoidedButRight(entries: Entries): string[] {
  const terms = eachTerm(entries)
  return terms.flatMap(({ language, avoid }) =>
    avoid
      .filter((wrong) =>
        terms.some((right) => right.language === language && right.words.some((word) => holds(word, wrong))),
      )
      .map((wrong) => `${language} ${wrong}`),
  )
}

/** Chinese has no word breaks: there any substring counts, elsewhere whole words do. */
function holds(phrase: string, wrong: string): boolean {
  const [inside, sought] = [phrase.toLowerCase(), wrong.toLowerCase()]
  return /\p{Script=Han}/u.test(sought) ? inside.includes(sought) : ` ${inside} `.includes(` ${sought} `)
}

function eachTerm(entries: Entries) {
  return Object.values(entries).flatMap((entry) =>
    glossaryLanguages.map((language) => {
      const { term, plural, source, avoid = [] } = entry[language]
      return { language, source, avoid, words: plural === undefined ? [term] : [term, plural] }
    }),
  )
}
