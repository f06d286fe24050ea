import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openFolderMailbox, openOutbound, openSink } from '@parley/mail'
import { settableClock } from '@parley/testkit'
import { href } from '@parley/web'
import { loadCommunity } from '../src/modules/community/index.ts'
import {
  type DemonstrationClock,
  demonstrationRoom,
  seedDemonstration,
  type Seeding,
} from '../src/modules/demonstration/index.ts'
import { startRoute } from '../src/modules/today/index.ts'
import { openSigningKey } from '../src/platform/mail/signing-key.ts'
import { openpgpKeyOf } from './key-examples.ts'
import { openWorld, origin, testKeys, type World, type WorldOptions } from './world.ts'

/** Every room there is, the demonstration's too, with the past that it makes up and a mail in its sink. */
export async function openDemonstrationWorld(
  options: Pick<WorldOptions, 'engine' | 'community' | 'log'> = {},
): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-sink-'))
  const sink = await openSink({ host: '127.0.0.1', port: 0, folder })
  const mailbox = await openFolderMailbox(join(folder, 'mailbox'))
  const settable = settableClock()
  const clock: DemonstrationClock = { ...settable, setTo: settable.set }
  const keys = testKeys()
  const { community = loadCommunity('united-nations', { demonstration: true }) } = options
  const { privateKey } = await openpgpKeyOf(['checks@directory.example'])
  const world = await openWorld({
    ...options,
    // The page with its public half is there for those alone who have one.
    signingKey: await openSigningKey(privateKey, undefined, settable.now()),
    clock: settable,
    mailbox,
    furtherRooms: ({ receive }) => [
      demonstrationRoom({
        origin,
        keys,
        clock,
        community,
        sink,
        mailbox,
        receive,
        start: (locale) => href(locale, startRoute),
      }),
    ],
  })
  const relay: Seeding['relay'] = {
    sent: world.sent,
    answer: () => ({ kind: 'accepted' }),
  }
  world.answerSending((mail) => relay.answer(mail))
  await seedDemonstration({ directory: world.directory, clock, keys, community, relay })
  const [mail] = world.sent
  const outbound = openOutbound(sink.url, { connections: 1 })
  if (mail) await outbound.send(mail)
  await mailbox.keepWaiting(Buffer.from('From: somebody@people.example\r\n\r\nA question.\r\n'), clock.now())
  return {
    ...world,
    close: async () => {
      await world.close()
      await outbound.close()
      await sink.close()
      rmSync(folder, { recursive: true })
    },
  }
}
