import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { fileText, type StateCode } from '@parley/kernel'
import { line, sentence } from '@parley/web'
import { type Action, asDuty, done, unchanged } from '../../../platform/action.ts'
import type { Command } from '../../../platform/command.ts'
import type { Act } from '../../../platform/history/record.ts'
import type { Community } from '../../community/index.ts'
import { listFormats } from '../list-file.ts'
import { text } from '../locales/index.ts'
import { readableStates } from '../readers.ts'
import type { ImportedRecord } from './imported-record.ts'
import { readImport } from './read-import.ts'
import { heldAgainst, propose } from './take-import.ts'
import { type Tried, tryImport } from './try-import.ts'
import { linesOf, type Outcome, outcomeOf } from './write-lines.ts'

/**
 * RULE-6: a file as the page of imports takes it. Without `--yes` it only says what would become of each record; with it
 * what is new or changed becomes a proposal to its State, and nothing of a State changes.
 */
export function importCommand(community: Community): Command {
  return {
    name: 'import',
    usage:
      'import FILE [--state XX] [--kind KIND] [--format csv|vcard|json] [--source TEXT] [--yes]   what would become of each entry; with --yes proposed to its State',
    run: async ({ performer, clock, say, readFile }, words) => {
      const { values, positionals } = parseArgs({
        args: [...words],
        allowPositionals: true,
        options: {
          state: { type: 'string' },
          kind: { type: 'string', default: '' },
          format: { type: 'string' },
          source: { type: 'string' },
          yes: { type: 'boolean', default: false },
          'dry-run': { type: 'boolean', default: false },
        },
      })
      const [file = '', ...others] = positionals
      const state = community.findState((values.state ?? '').toUpperCase())?.code
      const format = listFormats.find((each) => each === values.format)
      const source = line(200).safeParse(values.source ?? fileText(basename(file)))
      const problem =
        file === '' || others.length > 0
          ? 'Say one file.'
          : values.state !== undefined && !state
            ? 'Say the State by its two letters.'
            : values.format !== undefined && !format
              ? `Say one of these formats: ${listFormats.join(', ')}.`
              : values.yes && values['dry-run']
                ? 'Say --yes or --dry-run.'
                : source.success
                  ? undefined
                  : 'Say where it comes from: --source TEXT, at most 200 characters.'
      if (problem !== undefined) {
        say(problem)
        return 2
      }
      const read = readImport(readFile(file), format)
      if (!read.ok) {
        say(`Not read: ${sentence({ locale: 'en', texts: [text] }, read.refusal)}`)
        return 1
      }
      const asked = { state, kind: values.kind, source: source.data ?? '', writes: values.yes }
      const request = asDuty('command-line', clock.now())
      const result = await performer.perform(request, bring(community, read.value, asked))
      if (!result.ok) throw new Error(result.refusal.code)
      const tried = result.value
      for (const each of tried) for (const said of linesOf(each)) say(said)
      const count = (outcome: Outcome) => tried.filter((each) => outcomeOf(each) === outcome).length
      const [added, changed, broken] = [count('new'), count('changed'), count('broken')]
      say(`${added} new, ${changed} changed, ${count('unchanged')} unchanged, ${broken} broken.`)
      if (added + changed > 0)
        say(
          values.yes
            ? `Proposed to their States: ${added + changed}. Nothing of a State has changed; it accepts or declines.`
            : 'Nothing was written. With --yes what is new or changed is proposed to its State.',
        )
      return broken === 0 ? 0 : 1
    },
  }
}

interface Asked {
  /** The only State that entries may be of. */
  readonly state: StateCode | undefined
  readonly kind: string
  readonly source: string
  readonly writes: boolean
}

function bring(
  community: Community,
  records: readonly ImportedRecord[],
  { state, kind, source, writes }: Asked,
): Action<readonly Tried[]> {
  return async (scope) => {
    const readable = await readableStates(scope.tx, scope.actor)
    const tried = await tryImport(scope.tx, records, {
      profile: community.profile,
      states: state ? new Set([...readable].filter((each) => each === state)) : readable,
      state,
      kind,
      language: 'en',
    })
    const acts: Act[] = [...heldAgainst(tried)]
    for (const each of writes ? tried : []) {
      if (!('weighed' in each) || outcomeOf(each) === 'unchanged') continue
      const proposed = await propose(each, source)(scope)
      if (!proposed.ok) return proposed
      acts.push(...proposed.value.acts)
    }
    const [first, ...more] = acts
    return first ? done(tried, [first, ...more]) : unchanged(tried)
  }
}
