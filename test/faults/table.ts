import { type BlockFigures, lossesIn } from './block.ts'

/** What struck how often and for how long, what was written meanwhile, and what came of it. */
export function writeTable(blocks: readonly BlockFigures[]): string {
  const kinds = Map.groupBy(
    blocks.flatMap(({ struck }) => [...struck]),
    ([name]) => name,
  )
  const faults = [...kinds].map(([name, all]) => {
    const times = all.reduce((sum, [, each]) => sum + each.times, 0)
    const seconds = all.reduce((sum, [, each]) => sum + each.seconds, 0)
    return [name, String(times), (seconds / times).toFixed(1)]
  })
  const total = (of: (block: BlockFigures) => number) =>
    String(blocks.reduce((sum, each) => sum + of(each), 0))
  const done = [
    ['messages of rounds', total(({ messages }) => messages)],
    ['reminders', total(({ reminders }) => reminders)],
    ['corrections', total(({ corrections }) => corrections)],
    ['answers confirmed', total(({ confirmed }) => confirmed)],
    ['entries saved', total(({ saved }) => saved.entry)],
    ['documents saved', total(({ saved }) => saved.document)],
    ['erasures noted', total(({ saved }) => saved.erasure)],
    ['lines of the record of the Desk', total(({ saved }) => saved.note)],
    ['saves refused or unanswered, not to be kept', total(({ unanswered }) => unanswered)],
    ['copies of messages in flight', total(({ twice }) => twice)],
    ['longest until all was up again, s', String(Math.max(...blocks.map(({ upAfter }) => upAfter)))],
    ['seconds in all', total(({ seconds }) => seconds)],
  ]
  const names = Object.keys(blocks[0] ? lossesIn(blocks[0]) : {})
  const losses = names.map((name) => [name, total((block) => lossesIn(block)[name] ?? 0)])
  const struck = total(({ struck }) => [...struck.values()].reduce((sum, { times }) => sum + times, 0))
  return [
    tableOf(['fault', 'times', 'seconds each'], [...faults.toSorted(byName), ['all', struck, '']]),
    tableOf(['meanwhile', 'count'], done),
    tableOf(['must be nought', 'count'], losses),
  ].join('\n\n')
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [lineOf(head), lineOf(head.map((_, at) => (at === 0 ? '---' : '--:'))), ...rows.map(lineOf)].join(
    '\n',
  )
}

function lineOf(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function byName([one = '']: readonly string[], [other = '']: readonly string[]): number {
  return one.localeCompare(other)
}
