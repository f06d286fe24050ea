import { locales } from '@parley/kernel'
import { checkText } from '@parley/web'
import { describe, expect, test } from 'vitest'
import { findAvoided } from './avoided-words.ts'
import { quoted, readLanguageFolders, readSources, says } from './language-files.ts'

const folders = readLanguageFolders()
const sources = readSources()

test('the language files of the web package and of modules are seen', () => {
  expect(folders.map(({ name }) => name)).toEqual(expect.arrayContaining(['web', 'checks', 'directory']))
  expect(sources.length).toBeGreaterThan(folders.length)
})

describe.each(folders)('$name', ({ name, folder, messages }) => {
  test('RULE-10: every message, placeholder and plural form is there in six languages, and translated', () => {
    expect(checkText(messages)).toEqual([])
  })

  test('every refusal code has a sentence', () => {
    const codes = sources.flatMap(({ texts }) => [...texts]).filter((text) => isCode(name, text))
    expect(codes.filter((code) => !Object.hasOwn(messages.en, code))).toEqual([])
  })

  test('every message is used', () => {
    // Its own code, and the files beside the modules that frame every page and answer every error.
    const own = sources.filter(
      ({ file }) => file.startsWith(`${folder}/`) || /^apps\/\w+\/src\/([^/]+\.ts$|platform\/)/.test(file),
    )
    const anywhere = name === 'web' ? sources : own
    const isUsed = (key: string) => says(anywhere, key) || isOfAct(key)
    expect(Object.keys(messages.en).filter((key) => !isUsed(key))).toEqual([])
  })

  test('no word stands there that the glossary avoids', () => {
    const found = locales.flatMap((locale) =>
      Object.entries(messages[locale]).flatMap(([key, message]) =>
        findAvoided(locale, typeof message === 'string' ? message : Object.values(message).join('\n')).map(
          ({ word, instead }) => `${locale} ${name} ${key}: ${word}, not ${instead}`,
        ),
      ),
    )
    expect(found.filter((line) => !isExcused(line))).toEqual([])
  })
})

test('every act that the history holds has a sentence', () => {
  const keys = new Set(folders.flatMap(({ messages }) => Object.keys(messages.en)))
  const acts = [...verbsOfActs()]
  expect(acts).toContain('entry.added')
  expect(acts.filter((verb) => !keys.has(`history.${verb}`))).toEqual([])
})

/** The history finds the sentence of an act under `history.<verb>`, in whichever room it stands. */
function isOfAct(key: string): boolean {
  const verb = key.replace('history.', '')
  return key.startsWith('history.') && (verbsOfActs().has(verb) || says(sources, verb))
}

/** Pages and forms have verbs too, those of the authority tables. */
function verbsOfActs(): ReadonlySet<string> {
  const tables = sources.filter(({ file }) => file.endsWith('/authority.ts'))
  const ofPages = new Set(tables.flatMap(({ texts }) => [...texts]))
  return new Set(sources.flatMap(({ verbs }) => [...verbs]).filter((verb) => !ofPages.has(verb)))
}

/** Refusal codes and those of fields are the keys of their sentences. */
function isCode(room: string, text: string): boolean {
  const rooms = room === 'web' ? '(web|field)' : room
  return new RegExp(`^${rooms}/[a-z-]+$`).test(text)
}

/** Where the word means something else than the notion that it is avoided for: `<locale> <room> <key>: <word>`. */
const excused: Readonly<Record<string, string>> = {
  'en community request.issue: invite': 'a verb here; the noun is «invitation»',
}

function isExcused(line: string): boolean {
  return Object.keys(excused).some((start) => line.startsWith(`${start},`))
}

test.each([
  ['en', 'Your focal points', 'focal points'],
  ['en', 'A Login page', 'login'],
  ['ar', 'وللسفارة أن تطلب', 'سفارة'],
  ['ar', 'اطلبوا ذلك من المُشرِف أو من السَّفارة', 'سفارة'],
  ['ru', 'Обратитесь в посольства', 'посольство'],
  ['ru', 'данные справочника', 'справочник'],
  ['fr', 'Son point focal', 'point focal'],
  ['es', 'la Embajada', 'embajada'],
  ['zh', '作出承认', '承认'],
] as const)('planted: %s «%s» is found to avoid %s', (locale, text, word) => {
  expect(findAvoided(locale, text).map((found) => found.word)).toContain(word)
})

test.each([
  ['en', 'Pin this page. The denominations of a donation.'],
  ['ru', 'нужно: запрос и ответ'],
] as const)('%s «%s» avoids nothing', (locale, text) => {
  expect(findAvoided(locale, text)).toEqual([])
})

test('planted: a message that no code names is found, one that a template names is used', () => {
  const code = [quoted('t(`status.${status}`); t(often ? "a.b" : \'c.d\'); t(`${group}.${value}`)')]
  expect(says(code, 'status.late')).toBe(true)
  expect(says(code, 'c.d')).toBe(true)
  expect(says(code, 'status')).toBe(false)
  expect(says(code, 'anything.else')).toBe(false)
})

test('planted: a refusal code without a sentence is found', () => {
  const [text] = quoted("refuse({ code: 'checks/never-heard-of', kind: 'absent' })").texts
  expect(isCode('checks', text ?? '')).toBe(true)
  expect(folders.every(({ messages }) => !Object.hasOwn(messages.en, text ?? ''))).toBe(true)
})
