import { locales, parseStateCode } from '@parley/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { email, nominate, stateCode } from '../../../test/nominate.ts'
import { managerEmail, openWorld, type World } from '../../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

async function overview(locale: string): Promise<string> {
  const { status, text } = await (await world.visitor()).get(`/${locale}`)
  expect(status).toBe(200)
  return text
}

test('POC-16: the public overview tells how many States take part, in Arabic from right to left, and names none', async () => {
  const sahiliya = parseStateCode('XA')
  if (!sahiliya) throw new Error('no such State')
  await world.participate(sahiliya)
  const text = await overview('ar')
  expect(text).toContain('<html lang="ar" dir="rtl">')
  expect(text).toContain('تشارك دولة واحدة')
  expect(text).not.toContain('ساحلية')
})

test('POC-16: in no language does the public overview hold an entry or the name of a State', async () => {
  const state = stateCode('XB')
  await world.participate(state)
  await nominate(world, state, 'technical', { name: 'PLANTED', addresses: [email('planted@cert.example')] })
  for (const locale of locales) {
    const words = visible(main(await overview(locale)))
    expect(words.toLowerCase()).not.toContain('planted')
    expect(named(words, locale)).toEqual([])
  }
})

test('planted: the name of a State is found among other words', () => {
  expect(named('Norvalia and others', 'en')).toEqual(['Norvalia'])
})

test('POC-01, POC-02, POC-03, POC-40: the overview says what each document says, in our words, and where it stands', async () => {
  const { mandate } = world.community.profile
  expect(mandate.purposes.map(({ paragraph }) => paragraph)).toEqual(['5 (a)', '5 (b)', '5 (c)', '5 (d)'])
  for (const locale of locales) {
    const words = visible(main(await overview(locale)))
    for (const { text, paragraph, document = mandate.document } of [
      ...mandate.purposes,
      ...mandate.principles,
      ...mandate.discussed,
    ]) {
      expect(words).toContain(plain(text[locale]))
      expect(after(words, plain(text[locale]))).toContain(document[locale])
      expect(after(words, plain(text[locale]))).toContain(paragraph)
    }
    expect(words).toContain(managerEmail)
  }
})

test('POC-06: the overview names the directory manager, which is the operator of the profile, in each language', async () => {
  const { operator } = world.community.profile
  expect(operator.en).toBe('United Nations Office for Disarmament Affairs')
  for (const locale of locales) expect(visible(main(await overview(locale)))).toContain(operator[locale])
})

const proposals = {
  ar: 'مقترحات',
  zh: '提案',
  en: 'proposals',
  fr: 'propositions',
  ru: 'предложения',
  es: 'propuestas',
}

test('RULE-8: what is only proposed stands under proposals that are not agreed, and nowhere else', async () => {
  const { mandate } = world.community.profile
  expect(mandate.proposals.length).toBeGreaterThan(0)
  for (const locale of locales) {
    const [agreed = '', proposed = ''] = aroundProposals(main(await overview(locale)), proposals[locale])
    for (const { text } of mandate.proposals) {
      expect(visible(agreed)).not.toContain(plain(text[locale]))
      expect(visible(proposed)).toContain(plain(text[locale]))
    }
  }
})

test('RULE-2: the way to join is one link, and the page asks for nothing', async () => {
  const page = main(await overview('en'))
  expect(page).toContain('href="/en/how-to-join"')
  expect(page).not.toMatch(/<(form|input|select|textarea|button)\b/)
})

/** Before the heading that names proposals, and from it to the next. */
function aroundProposals(page: string, word: string): readonly string[] {
  const parts = page.split('<h2>')
  const at = parts.findIndex((part) => part.slice(0, part.indexOf('</h2>')).toLowerCase().includes(word))
  return at < 0 ? [page] : [[...parts.slice(0, at), ...parts.slice(at + 1)].join('<h2>'), parts[at] ?? '']
}

/** The names of States among words, whole: «Oman» is no part of «Romania». */
function named(words: string, locale: (typeof locales)[number]): readonly string[] {
  const { states } = world.community
  return states.map(({ names }) => names[locale]).filter((name) => hasWord(words, name, locale))
}

function hasWord(words: string, name: string, locale: string): boolean {
  if (locale === 'zh') return words.includes(name)
  return new RegExp(`(?<!\\p{L})${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\p{L})`, 'u').test(words)
}

function main(page: string): string {
  return page.slice(page.indexOf('<main'), page.indexOf('</main>'))
}

function visible(markup: string): string {
  return plain(markup.replace(/<[^>]*>/g, ' '))
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ')
}

/** What stands right behind a sentence: its source. */
function after(words: string, sentence: string): string {
  const at = words.indexOf(sentence) + sentence.length
  return words.slice(at, at + 80)
}
