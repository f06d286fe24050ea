import { parseArgs } from 'node:util'
import type { StateCode } from '@parley/kernel'
import { asDuty, done } from '../../platform/action.ts'
import type { Command, CommandScope } from '../../platform/command.ts'
import type { Community } from '../community/index.ts'
import { type ListFormat, listFormats, listInPages, nameWords, writeList } from './list-file.ts'
import { areParticipating } from '../community/index.ts'

/**
 * Entries as a file that an import reads again. RULE-9: a State sees in its history that its entries were taken, and
 * every State where they were those of more than one: the host stands outside dual control.
 */
export function exportCommand(community: Community): Command {
  return {
    name: 'export',
    usage:
      'export --format csv|vcard|json [--state XX] [--to FILE [--force]]   entries without what is for the card only; the States see it',
    run: async (scope, words) => {
      const { performer, clock, say } = scope
      const { values } = parseArgs({
        args: [...words],
        options: {
          format: { type: 'string' },
          state: { type: 'string' },
          to: { type: 'string' },
          force: { type: 'boolean', default: false },
        },
      })
      const format = listFormats.find((each) => each === values.format)
      const state = community.findState((values.state ?? '').toUpperCase())?.code
      if (!format) {
        say(`Say in what: --format ${listFormats.join('|')}.`)
        return 2
      }
      if (values.state !== undefined && !state) {
        say('Say the State by its two letters.')
        return 2
      }
      const participates = await performer.database.transaction(
        { role: 'worker' },
        async (tx) => !state || (await areParticipating(tx, new Set([state]))),
      )
      if (!participates) {
        say(`Not exported: ${state} does not participate.`)
        return 1
      }
      const exported = { entries: 0 }
      const file = takeList(community, { performer, clock }, { format, state, exported })
      if (values.to === undefined) {
        for await (const part of file) say(part.replace(/\n$/, ''))
        return 0
      }
      await scope.writeFile(values.to, file, values.force ? 'over' : 'keep')
      say(`Exported ${exported.entries} entries into ${scope.pathOf(values.to)}`)
      return 0
    },
  }
}

/** Begins with the line of the history: nothing is read for a file that cannot be written. */
async function* takeList(
  community: Community,
  { performer, clock }: Pick<CommandScope, 'performer' | 'clock'>,
  wanted: {
    readonly format: ListFormat
    readonly state: StateCode | undefined
    readonly exported: { entries: number }
  },
): AsyncIterable<string> {
  const { format, state, exported } = wanted
  const request = asDuty('command-line', clock.now())
  const act = state
    ? { verb: 'export.taken-on-host', subject: `state:${state}`, state }
    : { verb: 'export.all-taken-on-host', subject: 'community' }
  await performer.perform(request, async () => done(undefined, [act]))
  const states = state && new Set([state])
  const pages = counted(listInPages(performer.database, request.actor, { states }), exported)
  const taken = { by: 'parley export', at: request.now }
  yield* writeList(format, pages, nameWords(community, 'en'), taken)
}

async function* counted<Each>(
  pages: AsyncIterable<readonly Each[]>,
  exported: { entries: number },
): AsyncIterable<readonly Each[]> {
  for await (const page of pages) {
    exported.entries += page.length
    yield page
  }
}
