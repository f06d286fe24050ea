import { day, minute, second } from '@parley/kernel'
import type { Mailbox } from '@parley/mail'
import type { Database, Tx } from '../../platform/database/database.ts'
import type { Duty } from '../../platform/duties/duties.ts'
import type { Profile } from '../community/index.ts'
import { isWaiting, type ReceiveMail } from './receive-mail.ts'
import { checksTables } from './store.ts'

/** So many mails that nobody has read stop the intake: more of them would only bury each other. */
export const mostToBeRead = 10_000

interface Intake {
  readonly mailbox: Mailbox
  readonly receive: ReceiveMail
  readonly database: Pick<Database, 'transaction'>
  readonly profile: Profile
}

/** Mail is read where it lies; what no rule recognises waits there for the manager (RULE-1). */
export function takeMail({ mailbox, receive, database, profile }: Intake): readonly Duty[] {
  return [
    {
      name: 'read-mail',
      every: 5 * second,
      run: async (now) => {
        await moveDecided(mailbox, database)
        let waiting = await mailbox.count()
        if (waiting < mostToBeRead)
          await mailbox.readNew(async (raw, at) => {
            if (waiting >= mostToBeRead) return 'leave'
            if (!isWaiting(await receive(raw, at))) return 'read'
            waiting += 1
            return 'to-be-read'
          })
        waiting = await mailbox.count()
        await database.transaction({ role: 'worker' }, (tx) => noteIntake(tx, waiting, now))
      },
    },
    {
      name: 'delete-read-mail',
      every: 60 * minute,
      run: (now) => mailbox.purge(new Date(now.getTime() - profile.retentionDays.incomingMail * day)),
    },
  ]
}

/** What the manager decided leaves the folder "to be read". A crash in between moves it again, and nothing else. */
async function moveDecided(mailbox: Mailbox, database: Pick<Database, 'transaction'>): Promise<void> {
  const rows = await database.transaction({ role: 'worker' }, (tx) =>
    checksTables(tx)
      .selectFrom('checks.received')
      .select('lies_at')
      .where('lies_at', 'is not', null)
      .limit(500)
      .execute(),
  )
  const places = rows.flatMap((row) => row.lies_at ?? [])
  if (places.length === 0) return
  await mailbox.settleWaiting(places)
  await database.transaction({ role: 'worker' }, (tx) =>
    checksTables(tx)
      .updateTable('checks.received')
      .set({ lies_at: null })
      .where('lies_at', 'in', places)
      .execute(),
  )
}

async function noteIntake(tx: Tx, waiting: number, now: Date): Promise<void> {
  const before = await findIntake(tx)
  const stoppedAt = waiting >= mostToBeRead ? (before.stoppedAt ?? now) : undefined
  if (waiting === before.waiting && stoppedAt === before.stoppedAt) return
  await checksTables(tx)
    .insertInto('checks.intake')
    .values({ waiting, stopped_at: stoppedAt ?? null })
    .onConflict((known) => known.column('only_one').doUpdateSet({ waiting, stopped_at: stoppedAt ?? null }))
    .execute()
}

export interface IntakeState {
  /** How many mails wait to be read. */
  readonly waiting: number
  /** Since when nothing is taken in any more: too many wait. */
  readonly stoppedAt: Date | undefined
}

export async function findIntake(tx: Tx): Promise<IntakeState> {
  const row = await checksTables(tx)
    .selectFrom('checks.intake')
    .select(['waiting', 'stopped_at'])
    .executeTakeFirst()
  return { waiting: row?.waiting ?? 0, stoppedAt: row?.stopped_at ?? undefined }
}
