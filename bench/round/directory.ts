// Our side of the round bench: a whole Directory on PostgreSQL that starts rounds and sends them.
import { writeFile } from 'node:fs/promises'
import { after, day, newId, systemClock } from '@parley/kernel'
import { composeMail, openOutbound, type Outbound } from '@parley/mail'
import { startRound } from '../../apps/directory/src/modules/checks/index.ts'
import { closeRounds } from '../../apps/directory/src/modules/checks/close-rounds.ts'
import { runDuty } from '../../apps/directory/src/platform/duties/duties.ts'
import { answer, measure, settingsOf } from '../child.ts'
import { insertCopies } from '../generated-entries.ts'
import { openDirectory } from '../open-directory.ts'
import type { PreparedMail, RoundSettings } from './settings.ts'

const { smtp, connections, entries, database: urls } = settingsOf<RoundSettings>()

// Once, what is composed goes to a file for the other side instead of to the mail server.
let caught: PreparedMail[] | undefined
const relay = openOutbound(smtp, { connections })
const outbound: Outbound = {
  send: async (mail, mayLeave) => {
    if (!caught) return relay.send(mail, mayLeave)
    const raw = Buffer.from(await composeMail(mail)).toString('latin1')
    caught.push({ from: mail.returnPath, to: mail.to, raw })
    return { kind: 'accepted' }
  },
  close: () => relay.close(),
}

const { directory, keys, community } = await openDirectory({
  urls,
  log: 'warn',
  post: { outbound, connections },
})
const { database, performer } = directory
const request = () => ({
  actor: { role: 'duty' as const, duty: 'bench' },
  now: systemClock.now(),
  requestId: newId(),
})

answer(
  {
    prepare: () =>
      database.transaction({ role: 'worker' }, (tx) =>
        insertCopies(tx, community, entries, systemClock.now()),
      ),
    start: async () => {
      const started = await performer.perform(request(), (scope) => startRound(scope, { keys, community }))
      if (!started.ok) throw new Error(started.refusal.code)
      return started.value
    },
    catch: async (file) => {
      caught = []
      await send()
      await writeFile(file, caught.map((mail) => JSON.stringify(mail)).join('\n'))
      caught = undefined
    },
    send: () => measure(send),
    // Everybody was silent for a week.
    close: () => closeRounds(performer, after(systemClock.now(), 7 * day)),
  },
  async () => {
    await relay.close()
    await directory.close()
  },
)

async function send(): Promise<void> {
  const duty = directory.duties.find(({ name }) => name === 'send-messages')
  if (!duty) throw new Error('nobody sends')
  await runDuty(duty, database, systemClock.now())
}
