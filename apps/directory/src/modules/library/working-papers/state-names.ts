/** A member as far as its names matter here: in the project's languages, and others it goes by. */
export interface NamedState {
  readonly code: string
  readonly names: Readonly<Record<string, string>>
  readonly aliases: readonly string[]
}

/** Which State a printed name means. */
export type StateNames = ReadonlyMap<string, string>

/** A State's own name never gives way to what another one goes by. */
export function stateNames(states: readonly NamedState[]): StateNames {
  const known = [
    ...states.flatMap(({ aliases, code }) => aliases.map((name) => [name, code] as const)),
    ...states.flatMap(({ names, code }) => Object.values(names).map((name) => [name, code] as const)),
  ]
  return new Map(known.map(([name, code]) => [plain(name), code] as const))
}

/** States in a printed list, in its order, each once; and what in it is no State's name. */
export interface PrintedStates {
  readonly states: readonly string[]
  readonly unknown: readonly string[]
}

export function statesIn(list: string, names: StateNames): PrintedStates {
  const states: string[] = []
  const unknown: string[] = []
  let rest = plain(list)
  while ((rest = rest.replace(separators, ''))) {
    const found = nameAtStart(rest, names) ?? nameAfterJoint(rest, names)
    if (found) {
      states.push(found.state)
      rest = found.rest
    } else {
      const [printed = rest] = rest.split(separator)
      unknown.push(printed.trim())
      rest = rest.slice(printed.length)
    }
  }
  return { states: [...new Set(states)], unknown }
}

/** The State whose name ends a text, for a text that lost its lines: the longest such name. */
export function stateAtEnd(text: string, names: StateNames): { state: string; before: string } | undefined {
  const words = text.split(' ')
  for (let first = 1; first < words.length; first += 1) {
    const state = names.get(plain(words.slice(first).join(' ')))
    if (state) return { state, before: words.slice(0, first).join(' ') }
  }
  return undefined
}

/** One form for one name: no vowel marks, one apostrophe, one space, small letters. */
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u064B-\u0652\u0640]/g, '')
    .replaceAll('’', "'")
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
}

const separator = /[،,;؛、\n]/
const separators = /^[\s،,;؛、.]+/
const joint = /^(?:و|and |et |y |e |и |和|及|以及)\s*/
const article = /^(?:the |la |le |les |l'|el |los )/

interface Found {
  readonly state: string
  readonly rest: string
}

function nameAfterJoint(text: string, names: StateNames): Found | undefined {
  const after = text.replace(joint, '')
  return nameAtStart(after, names) ?? nameAtStart(after.replace(article, ''), names)
}

/** Longer than the name of any State in any language. */
const mostLetters = 120

/** The longest name that the text begins with. */
function nameAtStart(text: string, names: StateNames): Found | undefined {
  for (let length = Math.min(mostLetters, text.length); length > 0; length -= 1) {
    const state = names.get(text.slice(0, length))
    const rest = text.slice(length)
    if (state && endsThere(rest)) return { state, rest }
  }
  return undefined
}

function endsThere(rest: string): boolean {
  return rest === '' || separator.test(rest.charAt(0)) || joint.test(rest.trimStart())
}
