import { dictionary } from '@zxcvbn-ts/language-common'

const shortestPassword = 15
const longestPassword = 256

const known: ReadonlySet<string> = new Set(dictionary['passwords-common'])

/** Why a password is not taken: too short, too long, well known, or with one of the barred names in it. */
export type Weakness = 'short' | 'long' | 'common' | 'name'

/** The rule for passwords and passphrases that nobody may have in common with the names given. */
export function openPasswordRule(names: readonly string[]): (password: string) => Weakness | undefined {
  const barred = names.map(foldName).filter((name) => name.length > 1)
  return (password) => {
    const length = Array.from(password).length
    if (length < shortestPassword) return 'short'
    if (length > longestPassword) return 'long'
    const folded = foldName(password)
    if (isCommon(folded)) return 'common'
    const words = new Set(folded.split(/[^\p{L}]+/u))
    return barred.some((each) => (isShortWord(each) ? words.has(each) : folded.includes(each)))
      ? 'name'
      : undefined
  }
}

/** A well-known password, also when it is only written several times over. */
function isCommon(password: string): boolean {
  const [, unit = password] = /^(.+?)\1+$/u.exec(password) ?? []
  return known.has(password) || known.has(unit) || Array.from(unit).length < 4
}

/** `Chad` or `Mali` stand inside many words; only as words of their own do they say something. */
function isShortWord(name: string): boolean {
  return /^[a-z]{1,5}$/.test(name)
}

function foldName(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .trim()
}
