// A whole Directory of the control-room bench on PostgreSQL: one process of it fills the database and starts the
// round, one sends, and one, which is measured, answers over HTTP.
import { setTimeout as sleep } from 'node:timers/promises'
import { newId, systemClock } from '@parley/kernel'
import { href } from '@parley/web'
import { compose } from '../../apps/directory/src/compose.ts'
import {
  admitPerson,
  beginSession,
  sessionCookieName,
} from '../../apps/directory/src/modules/accounts/index.ts'
import { roundRoute, startRound } from '../../apps/directory/src/modules/checks/index.ts'
import { loadCommunity } from '../../apps/directory/src/modules/community/index.ts'
import { openKeys } from '../../apps/directory/src/platform/config/keys.ts'
import { openPostgres } from '../../apps/directory/src/platform/database/postgres.ts'
import { runDuty } from '../../apps/directory/src/platform/duties/duties.ts'
import { openLog } from '../../apps/directory/src/platform/telemetry/log.ts'
import { run } from '../../apps/directory/src/run.ts'
import { answer, measure, settingsOf } from '../child.ts'
import { insertEntries } from '../generated-entries.ts'
import { origin, type RoomSettings, type RoomVisit, secret } from './settings.ts'

const { checks, pace, database: urls } = settingsOf<RoomSettings>()
const keys = openKeys(secret)
const community = loadCommunity('united-nations', { demonstration: false })
const clock = systemClock
const log = openLog('silent')
const address = 'checks@directory.example'
const lanes = 40
let taken = 0
const directory = await compose({
  engine: await openPostgres({ ...urls, connections: 10 }),
  clock,
  keys,
  log,
  community,
  origin,
  managerEmail: 'manager@directory.example',
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
    from: address,
    mailbox: address,
  },
})
const { database, performer } = directory
const running = await run(directory, { host: '127.0.0.1', port: 0, web: true, worker: false, clock, log })
let sending: Promise<void> | undefined
let stop = Promise.withResolvers<void>()
let used: ReturnType<typeof measure> | undefined

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
    begin: async () => {
      stop = Promise.withResolvers()
      used = measure(() => stop.promise)
    },
    end: async () => {
      stop.resolve()
      return used
    },
  },
  async () => {
    // What is not sent by now is not waited for.
    sending?.catch(() => undefined)
    await running.stop()
  },
)
