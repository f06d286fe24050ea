import type { Locale } from '@parley/kernel'
import type { DocumentNode, Manifest, StructuredDocument } from '../structured-document.ts'
import { type Addressee, addresseeWords } from './addressees.ts'
import { type Due, dueIn } from './due.ts'
import { plain } from '../working-papers/state-names.ts'
import { nextStepsHeadings } from './headings.ts'
import { asksSomebody, type Verb, verbWords } from './verbs.ts'

/** One thing that a paragraph does: what, in which words, and whom it asks. */
interface Act {
  readonly verb: Verb
  readonly printed: string
  readonly addressee: Addressee | null
}

/** A paragraph that asks for something, or settles it. The first act is what it is known by. */
export interface NextStep {
  readonly address: string
  readonly acts: readonly Act[]
  readonly due: Due
}

export function readNextSteps({
  manifest,
  nodes,
}: Pick<StructuredDocument, 'manifest' | 'nodes'>): readonly NextStep[] {
  return nodes
    .filter((node) => node.kind === 'operative' || isBelowNextSteps(node, nodes))
    .map(({ address, kind, text }) => ({
      address,
      ...readStep(text, manifest, kind === 'operative'),
    }))
}

/** In a resolution the Assembly acts, so only who is asked is an addressee; in a report the States act themselves. */
export function readStep(
  text: string,
  { language, dated }: Pick<Manifest, 'language' | 'dated'>,
  isOperative: boolean,
): Omit<NextStep, 'address'> {
  const read = plain(text.replaceAll('*', ''))
  const found = actsIn(read, language)
  return {
    acts: found.map(({ verb, printed, at }, order) => ({
      verb,
      printed,
      addressee:
        isOperative && !asksSomebody.has(verb)
          ? null
          : addresseeOf(
              {
                before: isOperative ? '' : read.slice(0, at),
                printed,
                after: read.slice(at, found[order + 1]?.at),
              },
              language,
            ),
    })),
    due: dueIn(read, language, dated),
  }
}

function isBelowNextSteps({ kind, position }: DocumentNode, nodes: readonly DocumentNode[]): boolean {
  if (kind !== 'paragraph' && kind !== 'step') return false
  const above = nodes.findLast(
    (node) => node.position < position && ['heading', 'section', 'part', 'annex'].includes(node.kind),
  )
  return nextStepsHeadings.some((heading) => above && plain(above.text).endsWith(heading))
}

interface FoundAct {
  readonly verb: Verb
  readonly printed: string
  readonly at: number
}

/** The first verb, and after it those that ask somebody for something. */
function actsIn(text: string, language: Locale): readonly FoundAct[] {
  const all = verbsOf(language)
    .flatMap(([verb, words]) =>
      words.flatMap((word) => placesOf(word, text).map((at) => ({ verb, printed: word, at }))),
    )
    .filter(({ at }) => !/(?:إذ|whose|that) (?:و)?$/.test(text.slice(0, at)))
    .toSorted((one, other) => one.at - other.at || other.printed.length - one.printed.length)
  const apart = all.filter((act, order) => {
    const before = all[order - 1]
    return !before || act.at >= before.at + before.printed.length
  })
  return apart.filter(
    ({ at, verb }, order) => order === 0 || (asksSomebody.has(verb) && startsClause(text.slice(0, at))),
  )
}

/** Arabic joins a further verb with its "and"; the others set a comma, a full stop or a word before it. */
function startsClause(before: string): boolean {
  return /(?:[.،,;؛，；。]\s*(?:و|ف|and |et |y |и |并)?|\s[وف]|\s(?:and|et|y|и)\s|并)$/.test(before)
}

function verbsOf(language: Locale): readonly (readonly [Verb, readonly string[]])[] {
  return verbWords.map(([verb, words]) => [verb, words[language] ?? []] as const)
}

/** Who is asked stands after the verb; before it where they "are invited". */
const afterWhoIsAsked = /^(?:مدع|is |are |est |sont )/

interface Around {
  readonly before: string
  readonly printed: string
  readonly after: string
}

function addresseeOf({ before, printed, after }: Around, language: Locale): Addressee | null {
  const [, sentence = before] = /[.؛;。]\s*([^.؛;。]*)$/.exec(before) ?? []
  const next = nearest(after.slice(0, reach), language, 0)
  return afterWhoIsAsked.test(printed)
    ? (nearest(sentence, language, 0) ?? next)
    : (next ?? nearest(sentence, language, -1))
}

/** How far from its verb a name may stand. */
const reach = 140

function nearest(text: string, language: Locale, which: 0 | -1): Addressee | null {
  const found = addresseeWords
    .flatMap(([addressee, words]) =>
      words[language].flatMap((word) => placesOf(word, text).map((at) => ({ addressee, at }))),
    )
    .toSorted((one, other) => one.at - other.at)
  const at = found.at(which)?.at
  return found.find((each) => each.at === at)?.addressee ?? null
}

/** Where a word stands as a word; Arabic may write "and" or "to" together with it, Chinese parts no words. */
function placesOf(word: string, text: string): readonly number[] {
  const places: number[] = []
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const startsThere =
      /\p{Script=Han}/u.test(word) || /(?:^|[^\p{L}])[وفبل]?$/u.test(text.slice(Math.max(0, at - 2), at))
    const endsThere =
      /\p{Script=Han}|\p{Script=Cyrillic}/u.test(word) || !/^\p{L}/u.test(text.slice(at + word.length))
    if (startsThere && endsThere) places.push(at)
  }
  return places
}
