import { after, hour } from '@parley/kernel'
import {
  isContent,
  type Content,
  type KeptFile,
  type Line,
  parseLine,
  type Side,
  type What,
} from '../src/record/events.ts'
import { foldCase } from '../src/cases/fold.ts'
import type { Case } from '../src/cases/case.ts'

export const begin = new Date('2026-11-27T03:00:00Z')

/** What a line of a case says, and how many hours after its beginning. */
export type Said = {
  readonly [W in What]: readonly [
    what: W,
    content: Content<W>,
    more?: { readonly hours?: number; readonly by?: string; readonly files?: readonly KeptFile[] },
  ]
}[What]

/** The lines of one case, as a record gives them. */
export function linesOf(id: string, ...said: readonly Said[]): readonly Line[] {
  return said.map(([what, content, { hours = 0, by = 'Amal Haddad', files = [] } = {}], at) => {
    if (!isContent(what, content)) throw new Error(`A line ${what} does not say this`)
    const text = { at: after(begin, hours * hour).toISOString(), by, what, case: id, content, files }
    return parseLine(at + 1, JSON.stringify(text))
  })
}

export function caseOf(...said: readonly Said[]): Case {
  const folded = foldCase('one', linesOf('one', ...said))
  if (!folded) throw new Error('No line opens this case')
  return folded
}

/** Begun by the other side unless said otherwise. */
export function opened(more: Partial<Content<'case.opened'>> = {}): Said {
  const counterpart = { state: 'QM', kind: 'technical', entity: 'Merrow Response Team' }
  return ['case.opened', { title: 'Port of Serrant', side: 'theirs', counterpart, nature: 'REAL', ...more }]
}

export function message(side: Side, text: string, more: Partial<Content<'message.sent'>> = {}): Said {
  return [
    side === 'ours' ? 'message.sent' : 'message.received',
    { text, channel: 'e-mail', tlp: 'AMBER', ...more },
  ]
}

export function consent(side: Side, more: Partial<Content<'consent.given'>> = {}): Said {
  const who = side === 'ours' ? 'Director Haddad' : 'Director Ruiz'
  return ['consent.given', { side, who, on: begin.toISOString(), what: 'the indicators', ...more }]
}
