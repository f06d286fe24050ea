import { type Clock, minute, second } from '@parley/kernel'
import { type InboxMail, type InboxPlace, readInbox } from '@parley/mail'
import type { Opened, Store } from '../open-store.ts'
import { type MailSettings, readMailSettings, readPlace, urlOf, writePlace } from './mail-settings.ts'
import { takeInAll } from './take-in.ts'

/** What is known of the office's mailbox since the program started. */
export interface IntakeStatus {
  readonly isLooking: boolean
  /** When it was last looked into, well or not. */
  readonly lookedAt?: Date
  /** When it was last looked into without a fault. */
  readonly reachedAt?: Date
  readonly fault?: IntakeFault
}

type IntakeFault = 'unreachable' | 'sign-in' | 'disk-full' | 'record-damaged' | 'broken'

export interface Intake {
  /** Looks into the mailbox now; nothing happens while the Desk is locked, or without a mailbox. Never rejects. */
  look(): Promise<void>
  status(): IntakeStatus
  close(): Promise<void>
}

interface Needs {
  readonly clock: Clock
  /** Milliseconds of silence after which the server counts as gone. */
  readonly silenceFor?: number | undefined
}

/** Of a mail that is larger only the beginning is fetched. */
const largestFetched = 40 * 1024 * 1024
const everySoOften = 5 * second
const between = minute

/** Fetches what is new in the office's mailbox while the Desk is open, every minute. Answers nothing. */
export function openIntake(
  desk: { readonly store: Pick<Store, 'opened'> },
  { clock, silenceFor = 60 * second }: Needs,
): Intake {
  let status: IntakeStatus = { isLooking: false }
  let seen: Opened | undefined
  let looking: Promise<void> | undefined

  const read = async (opened: Opened, { imap, since, address }: MailSettings): Promise<void> => {
    if (!imap) return
    const from = await readPlace(opened, imap)
    const options = { from, since: new Date(since), largest: largestFetched, silenceFor }
    const work = async (mails: readonly InboxMail[], place: InboxPlace) => {
      const now = clock.now()
      const coming = mails.map(({ raw, receivedAt, size }) => ({
        raw,
        // A server whose clock is ahead does not make anything happen in the future.
        at: receivedAt > now ? now : receivedAt,
        isBeginning: size > raw.length && size > largestFetched,
      }))
      const taken = await takeInAll(desk, coming, { by: address })
      if (!taken.ok) throw new Refused(taken.refusal.code)
      const written = await writePlace(opened, imap, place)
      if (!written.ok) throw new Refused(written.refusal.code)
    }
    await readInbox(urlOf('imap', imap), options, work)
  }

  const lookOnce = async (): Promise<void> => {
    const opened = desk.store.opened()
    if (!opened) return
    try {
      const settings = await readMailSettings(opened)
      if (!settings?.imap) return
      status = { ...status, isLooking: true }
      await read(opened, settings)
      const now = clock.now()
      status = { isLooking: false, lookedAt: now, reachedAt: now }
    } catch (fault) {
      // Locked meanwhile: what was not written down is read again.
      if (desk.store.opened() !== opened) status = { ...status, isLooking: false }
      else status = { ...withoutFault(status), lookedAt: clock.now(), fault: faultOf(fault) }
    }
  }

  const look = (): Promise<void> => {
    looking ??= lookOnce().finally(() => {
      looking = undefined
    })
    return looking
  }

  const isDue = (): boolean => {
    const opened = desk.store.opened()
    const isNew = opened !== seen
    seen = opened
    if (!opened) return false
    return isNew || !status.lookedAt || clock.now().getTime() - status.lookedAt.getTime() >= between
  }
  const watch = setInterval(() => void (isDue() && look()), everySoOften)
  watch.unref()

  return {
    look,
    status: () => status,
    close: async () => {
      clearInterval(watch)
      await looking
    },
  }
}

class Refused extends Error {}

function withoutFault({ reachedAt }: IntakeStatus): IntakeStatus {
  return { isLooking: false, ...(reachedAt && { reachedAt }) }
}

const faults: ReadonlyMap<unknown, IntakeFault> = new Map([
  ['unreachable', 'unreachable'],
  ['sign-in', 'sign-in'],
  ['desk/disk-full', 'disk-full'],
  ['desk/record-damaged', 'record-damaged'],
])

/** Nothing of what a server said goes on: it may quote an address. */
function faultOf(fault: unknown): IntakeFault {
  if (fault instanceof Refused) return faults.get(fault.message) ?? 'broken'
  return (fault instanceof Error && 'code' in fault && faults.get(fault.code)) || 'broken'
}
