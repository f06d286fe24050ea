// A Directory of the intake bench on PostgreSQL: one process of it sends a round to nobody and says what was asked;
// one, which is measured, reads the replies from the mailbox.
import { writeFile } from 'node:fs/promises'
import { newId, systemClock } from '@parley/kernel'
import { openMailbox } from '@parley/mail'
import { sql } from 'kysely'
import { startRound } from '../../apps/directory/src/modules/checks/index.ts'
import { runDuty } from '../../apps/directory/src/platform/duties/duties.ts'
import { answer, measure, settingsOf } from '../child.ts'
import { insertCopies } from '../generated-entries.ts'
import { openDirectory } from '../open-directory.ts'
import type { Asked, IntakeSettings } from './settings.ts'

const { entries, imap, database: urls } = settingsOf<IntakeSettings>()
const asked: Asked[] = []
const { directory, keys, community } = await openDirectory(
  {
    urls,
    log: 'warn',
    post: {
      outbound: {
        send: async ({ to, replyTo = '', subject, text, messageId }) => {
          asked.push({ from: to, to: replyTo, subject, text, messageId })
          return { kind: 'accepted' }
        },
        close: async () => undefined,
      },
      connections: 40,
    },
  },
  { mailbox: openMailbox(imap) },
)
const { database, performer } = directory

answer(
  {
    prepare: async (file) => {
      const now = systemClock.now()
      await database.transaction({ role: 'worker' }, (tx) => insertCopies(tx, community, entries, now))
      const request = { actor: { role: 'duty' as const, duty: 'bench' }, now, requestId: newId() }
      const started = await performer.perform(request, (scope) => startRound(scope, { keys, community }))
      if (!started.ok) throw new Error(started.refusal.code)
      await perform('send-messages')
      await writeFile(file, JSON.stringify(asked))
    },
    read: () => measure(() => perform('read-mail')),
    answered: () =>
      database.transaction({ role: 'worker' }, async (tx) => {
        const { rows } = await sql<{ answered: number }>`
          select count(*)::int as answered from checks.check where status = 'answered'`.execute(tx)
        return rows[0]?.answered
      }),
  },
  () => directory.close(),
)

async function perform(name: string): Promise<void> {
  const duty = directory.duties.find((each) => each.name === name)
  if (!duty) throw new Error(`no duty ${name}`)
  await runDuty(duty, database, systemClock.now())
}
