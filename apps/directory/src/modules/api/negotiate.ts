import { languageAmong, type Languages, type Locale } from '@parley/kernel'

interface Choice {
  readonly name: string
  readonly weight: number
}

/** The language that answers are written in: the first that was asked for and that the community speaks. */
export function localeFor(languages: Languages, acceptLanguage: string | undefined): Locale {
  const asked = choices(acceptLanguage ?? '').map(({ name }) => name.split('-')[0])
  return languageAmong(
    languages,
    asked.find((name) => languages.some((each) => each === name)),
  )
}

/** Whether the one who asks takes JSON, or what a file is of: most say nothing, or anything. */
export function takesJson(accept: string | undefined, media = 'application/json'): boolean {
  if (accept === undefined || accept.trim() === '') return true
  const taken = [media, 'application/problem+json', 'application/*', '*/*']
  return choices(accept).some(({ name }) => taken.includes(name))
}

/** What a header lists, by weight; what weighs nothing is refused and left out. */
function choices(header: string): readonly Choice[] {
  return header
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [name = '', ...parameters] = part.split(';').map((each) => each.trim().toLowerCase())
      const weight = Number(parameters.find((each) => each.startsWith('q='))?.slice(2) ?? 1)
      return { name, weight: Number.isFinite(weight) ? weight : 0 }
    })
    .filter(({ name, weight }) => name !== '' && weight > 0)
    .sort((one, other) => other.weight - one.weight)
}

/** Whether what stands in `If-None-Match` names this tag; weakly, as reading needs it. */
export function hasTag(ifNoneMatch: string | undefined, tag: string): boolean {
  const named = (ifNoneMatch ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''))
  return named.includes(tag) || named.includes('*')
}
