import { after, hour, type Id, type Locale, type StateCode } from '@parley/kernel'

export type RoundId = Id<'round'>
export type CheckId = Id<'check'>
export type MessageId = Id<'message'>

type RoundStatus = 'running' | 'paused' | 'stopped' | 'closed'

export interface Round {
  readonly id: RoundId
  readonly number: number
  readonly status: RoundStatus
  readonly startedAt: Date
  readonly answerWithin: number
  readonly remindAfter: number
  readonly pausedAt: Date | undefined
  /** Milliseconds of all pauses that are over. */
  readonly pausedFor: number
  readonly closedAt: Date | undefined
}

/**
 * `waiting` may become anything. After it, only an answer changes a check: it is kept whenever it comes, as late
 * once the window or the round is over. Only its State takes one back, and only what a call was said to be (`denyCall`).
 */
export type CheckStatus =
  'waiting' | 'answered' | 'answered-late' | 'no-answer' | 'undeliverable' | 'not-sent'

/** The way of a check through its round; the tests hold every order of events against it. */
export const checkMoves: Readonly<Record<CheckStatus, readonly CheckStatus[]>> = {
  waiting: ['answered', 'answered-late', 'undeliverable', 'no-answer', 'not-sent'],
  undeliverable: ['answered', 'answered-late'],
  'no-answer': ['answered-late'],
  'not-sent': ['answered-late'],
  answered: [],
  'answered-late': [],
}
export type AnsweredBy = 'button' | 'reply' | 'typed-code' | 'signed-in' | 'telephone'
export type Relation = 'same-address' | 'same-domain' | 'elsewhere'
export type Remark = 'correct' | 'wrong'

/** One entry in one round. */
export interface Check {
  readonly id: CheckId
  readonly round: RoundId
  readonly state: StateCode
  readonly entry: Id<'entry'>
  readonly kind: string
  readonly language: Locale
  readonly status: CheckStatus
  readonly reachableBy: 'email' | 'phone'
  /** POC-17: when the relay took the first of its messages, or the first call was taken or left on a machine. */
  readonly clockStartedAt: Date | undefined
  readonly answeredAt: Date | undefined
  readonly answeredBy: AnsweredBy | undefined
  readonly relation: Relation | undefined
  readonly remark: Remark | undefined
  /** Which of the State's own entries should answer instead, as whoever answered said. */
  readonly instead: Id<'entry'> | undefined
}

/** When the answer window of a check ends; nothing while its clock has not started. */
export function deadlineOf(
  check: Pick<Check, 'clockStartedAt'>,
  round: Pick<Round, 'answerWithin'>,
): Date | undefined {
  return check.clockStartedAt && after(check.clockStartedAt, round.answerWithin)
}

/** Nothing starts a clock later than this after the round began, pauses not counted. */
export const lastStartAfter = 96 * hour
/** A round is closed at the latest this long after it began, pauses not counted: six days where 48 hours are asked for. */
function longestRound({ answerWithin }: Round): number {
  return lastStartAfter + answerWithin
}

function pausedFor(round: Round, now: Date): number {
  return round.pausedFor + (round.pausedAt ? now.getTime() - round.pausedAt.getTime() : 0)
}

/** After this instant what was not sent or called yet is `not-sent`. */
export function lastStartOf(round: Round, now: Date): Date {
  return after(round.startedAt, lastStartAfter + pausedFor(round, now))
}

/** A message or a call after that instant starts no clock. */
export function mayStartClock(round: Round, now: Date): boolean {
  return now <= lastStartOf(round, now)
}

export type Acknowledgement =
  | { readonly kind: 'recorded'; readonly status: 'answered' | 'answered-late' }
  /** Answering twice is harmless: the first answer stands. */
  | { readonly kind: 'again' }

/** POC-17: an answer that came within the window counts, and is recorded as late after it. */
export function decideAcknowledgement(check: Check, round: Round, now: Date): Acknowledgement {
  if (check.status === 'answered' || check.status === 'answered-late') return { kind: 'again' }
  const deadline = deadlineOf(check, round)
  const inTime =
    (round.closedAt === undefined || now < round.closedAt) && (deadline === undefined || now <= deadline)
  return { kind: 'recorded', status: inTime ? 'answered' : 'answered-late' }
}

/** What has become of a message of a check. */
export interface MessageState {
  readonly status: 'queued' | 'sending' | 'sent' | 'delivered' | 'failed' | 'not-sent'
  readonly cause: 'dead-address' | 'mailbox-full' | 'ours' | 'other' | undefined
  /** The other side's server does not take it yet; the relay goes on trying. */
  readonly isDelayed: boolean
}

/** A dead address at every address of an entry ends the check at once; one among several does not. */
export function isUndeliverable(messages: readonly MessageState[]): boolean {
  return (
    messages.length > 0 &&
    messages.every(({ status, cause }) => status === 'failed' && cause === 'dead-address')
  )
}

/** A failure or delay notice for every message that was sent stops the clock: nothing is on its way to anybody. */
export function hasClockStopped(messages: readonly MessageState[]): boolean {
  return messages.length > 0 && !messages.some(isOnItsWay)
}

function isOnItsWay({ status, isDelayed }: MessageState): boolean {
  return (status === 'sent' || status === 'delivered') && !isDelayed
}

/** What a check becomes when its round closes without an answer. A fault of ours is never theirs. */
export function decideSilence(
  check: Pick<Check, 'status' | 'clockStartedAt'>,
  messages: readonly MessageState[],
): CheckStatus {
  if (check.status !== 'waiting') return check.status
  if (check.clockStartedAt) return 'no-answer'
  const areRefused = messages.every(
    ({ status, cause, isDelayed }) =>
      (status === 'sent' && isDelayed) || (status === 'failed' && cause !== 'ours'),
  )
  return messages.length > 0 && areRefused ? 'undeliverable' : 'not-sent'
}

/**
 * What a check becomes when its round is stopped. What is or was on its way to somebody waits on: an answer to it is
 * recorded, as late. Whatever this says, no follow-up opens.
 */
export function decideStopped(
  check: Pick<Check, 'status' | 'clockStartedAt'>,
  messages: readonly MessageState[],
): CheckStatus {
  const isOut = messages.some(({ status }) => ['sending', 'sent', 'delivered'].includes(status))
  return check.clockStartedAt || isOut ? check.status : decideSilence(check, messages)
}

/** What a check is without the call that its State says never was an answer: what it would be if nobody had answered. */
export function decideDenied(
  check: Pick<Check, 'clockStartedAt'>,
  round: Pick<Round, 'status'>,
  messages: readonly MessageState[],
): CheckStatus {
  const status = isUndeliverable(messages) ? 'undeliverable' : 'waiting'
  const silent = { status, clockStartedAt: check.clockStartedAt } as const
  if (round.status === 'closed') return decideSilence(silent, messages)
  return round.status === 'stopped' ? decideStopped(silent, messages) : status
}

/** POC-18: silence of theirs opens a follow-up; a message that we never got out does not. */
export function opensFollowUp(status: CheckStatus): boolean {
  return status === 'no-answer' || status === 'undeliverable'
}

/** What a running round still has before it. */
export interface RoundProgress {
  /** Messages and calls of waiting checks that may still start a clock. */
  readonly unstarted: number
  readonly lastClockStartedAt: Date | undefined
}

/** A round closes one answer window after its last clock started, at the latest one window after the last that may start. */
export function isRoundOver(round: Round, progress: RoundProgress, now: Date): boolean {
  if (round.status !== 'running') return false
  if (now >= after(round.startedAt, longestRound(round) + pausedFor(round, now))) return true
  if (progress.unstarted > 0 && now < lastStartOf(round, now)) return false
  const last = progress.lastClockStartedAt
  return last === undefined
    ? now >= lastStartOf(round, now) || progress.unstarted === 0
    : now >= after(last, round.answerWithin)
}
