// A whole Directory of the control-room bench on PostgreSQL: one process of it fills the database and starts the
// round, one sends, and one, which is measured, answers over HTTP.
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '@parley/kernel'
import { href } from '@parley/web'
import {
  admitPerson,
  beginSession,
  sessionCookieName,
} from '../../apps/directory/src/modules/accounts/index.ts'
import { roundRoute, startRound } from '../../apps/directory/src/modules/checks/index.ts'
import { runDuty } from '../../apps/directory/src/platform/duties/duties.ts'
import { run } from '../../apps/directory/src/run.ts'
import { answer, settingsOf } from '../child.ts'
import { insertEntries } from '../generated-entries.ts'
import { measureBetween, openDirectory } from '../open-directory.ts'
import { origin } from '../settings.ts'
import type { RoomSettings, RoomVisit } from './settings.ts'

const { checks, pace, database: urls } = settingsOf<RoomSettings>()
const lanes = 40
let taken = 0
const { directory, keys, community, clock, log } = await openDirectory({
  urls,
  post: {
    outbound: {
      send: async () => {
        await sleep((lanes * 1000) / pace)
        taken += 1
        return { kind: 'accepted' }
      },
      close: async () => undefined,
    },
    connections: lanes,
  },
})
const { database, performer } = directory
const running = await run(directory, { host: '127.0.0.1', port: 0, web: true, worker: false, clock, log })
let sending: Promise<void> | undefined

answer(
  {
    port: async () => running.port,
    prepare: async (): Promise<RoomVisit> => {
      const now = clock.now()
      await database.transaction({ role: 'worker' }, (tx) => insertEntries(tx, community, checks, now))
      const request = { actor: { role: 'duty' as const, duty: 'bench' }, now, requestId: newId() }
      const started = await performer.perform(request, (scope) => startRound(scope, { keys, community }))
      if (!started.ok) throw new Error(started.refusal.code)
      const key = await database.transaction({ role: 'worker' }, async (tx) => {
        const email = `${newId()}@person.example`
        const as = { role: 'manager' } as const
        const person = await admitPerson(tx, now, { name: 'A manager', email, language: 'en' }, as)
        return beginSession(tx, keys, now, person, as)
      })
      return {
        host: origin.host,
        cookie: `${sessionCookieName(origin)}=${key}`,
        page: href('en', roundRoute, { round: started.value }),
      }
    },
    send: async () => {
      const duty = directory.duties.find(({ name }) => name === 'send-messages')
      if (!duty) throw new Error('nobody sends')
      sending = runDuty(duty, database, clock.now()).then(() => undefined)
    },
    taken: async () => taken,
    ...measureBetween(),
  },
  async () => {
    // What is not sent by now is not waited for.
    sending?.catch(() => undefined)
    await running.stop()
  },
)
