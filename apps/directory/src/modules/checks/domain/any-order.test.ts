import { after, day, hour, minute, newId, parseStateCode } from '@parley/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Check,
  checkMoves,
  deadlineOf,
  decideAcknowledgement,
  decideSilence,
  decideStopped,
  hasClockStopped,
  isRoundOver,
  isUndeliverable,
  lastStartAfter,
  lastStartOf,
  mayStartClock,
  type MessageState,
  opensFollowUp,
  type Round,
} from './check.ts'
import { decideGivenUp, decideNotTaken, decideReturned } from './message.ts'

// One check with up to three messages: whatever happens to it in whatever order, the rules hold after each step.

const began = new Date('2026-11-30T08:00:00Z')
const causes = ['dead-address', 'mailbox-full', 'ours', 'other'] as const

interface Message extends MessageState {
  readonly attempts: number
  readonly triedAt: Date | undefined
}

interface Model {
  readonly now: Date
  readonly round: Round
  readonly check: Check
  readonly messages: readonly Message[]
  readonly followUps: number
}

const at = fc.nat({ max: 2 })
const event = fc.oneof(
  fc.record({ kind: fc.constant('wait'), for: fc.integer({ min: minute, max: 2 * day }) }),
  fc.record({ kind: fc.constantFrom('claim', 'take', 'delay', 'deliver', 'crash'), at }),
  fc.record({ kind: fc.constantFrom('refuse', 'defer', 'bounce'), at, cause: fc.constantFrom(...causes) }),
  fc.record({ kind: fc.constantFrom('answer', 'close', 'pause', 'resume', 'stop', 'call') }),
)
type Event = Parameters<Parameters<typeof event.map>[0]>[0]

const seed = Number(process.env['PARLEY_TEST_SEED'] ?? Date.now() % 2 ** 31)

/** What was found once: a message that their side delayed and ours then refused is no fault of theirs. */
const examples: [number, Event[]][] = [
  [
    1,
    [
      { kind: 'claim', at: 0 },
      { kind: 'delay', at: 0 },
      { kind: 'refuse', at: 0, cause: 'ours' },
    ],
  ],
]

test('POC-17: any order of events ends in a state that the rules allow, and no confirmed answer is lost', () => {
  const addresses = fc.integer({ min: 0, max: 3 })
  const events = fc.array(event, { maxLength: 40, size: 'max' })
  const found = fc.check(fc.property(addresses, events, live), { seed, numRuns: 2_000, examples })
  expect(fc.defaultReportMessage(found)).toBeUndefined()
})

function live(addresses: number, events: readonly Event[]): void {
  let model = begin(addresses)
  for (const each of events) {
    const next = step(model, each)
    holdRules(model, next)
    model = next
  }
  holdEnd(model)
}

function holdRules(before: Model, { check, round, messages, now }: Model): void {
  if (check.status !== before.check.status) expect(checkMoves[before.check.status]).toContain(check.status)
  if (before.check.answeredAt) expect(check.answeredAt).toEqual(before.check.answeredAt)
  const isAnswered = check.status === 'answered' || check.status === 'answered-late'
  expect(isAnswered).toBe(check.answeredAt !== undefined)
  const deadline = deadlineOf(check, round)
  if (check.status === 'answered' && deadline && check.answeredAt)
    expect(check.answeredAt <= deadline).toBe(true)
  if (check.clockStartedAt && check.clockStartedAt !== before.check.clockStartedAt) {
    expect(check.clockStartedAt <= lastStartOf(round, now)).toBe(true)
  }
  // Silence that is theirs needs something that reached them, or that their side ended; never a fault of ours alone.
  if (check.status !== before.check.status && opensFollowUp(check.status)) {
    expect(check.clockStartedAt !== undefined || messages.every(({ cause }) => cause !== 'ours')).toBe(true)
  }
}

/** Left alone, a round that is not paused or stopped closes, at the latest six days after it began. */
function holdEnd(model: Model): void {
  const resumed = model.round.status === 'paused' ? step(model, { kind: 'resume' }) : model
  if (resumed.round.status === 'stopped') return holdStopped(resumed)
  if (resumed.round.status !== 'running') return
  const longest = lastStartAfter + resumed.round.answerWithin + resumed.round.pausedFor
  const now = after(began, Math.max(longest, resumed.now.getTime() - began.getTime()))
  const ended = step({ ...resumed, now }, { kind: 'close' })
  holdRules(resumed, ended)
  expect(ended.round.status).toBe('closed')
  expect(ended.check.status).not.toBe('waiting')
  expect(ended.followUps).toBeLessThanOrEqual(1)
}

/** Nothing waits to be sent in a round that was stopped, once what was in flight has come to its end. */
function holdStopped(model: Model): void {
  const ended = endStopped({
    ...model,
    messages: model.messages.map((message) =>
      message.status === 'sending' ? { ...message, status: 'queued' } : message,
    ),
  })
  holdRules(model, ended)
  expect(ended.messages.map(({ status }) => status)).not.toContain('queued')
  expect(ended.followUps).toBe(0)
  if (!ended.messages.some(({ status }) => status === 'sent' || status === 'delivered'))
    expect(ended.check.status !== 'waiting' || ended.check.clockStartedAt !== undefined).toBe(true)
}

function begin(addresses: number): Model {
  const state = parseStateCode('XA')
  if (!state) throw new Error('no State')
  const round: Round = {
    id: newId(),
    number: 1,
    status: 'running',
    startedAt: began,
    answerWithin: 48 * hour,
    remindAfter: 24 * hour,
    pausedAt: undefined,
    pausedFor: 0,
    closedAt: undefined,
  }
  const check: Check = {
    id: newId(),
    round: round.id,
    state,
    entry: newId(),
    kind: 'technical',
    language: 'en',
    status: 'waiting',
    reachableBy: addresses > 0 ? 'email' : 'phone',
    clockStartedAt: undefined,
    answeredAt: undefined,
    answeredBy: undefined,
    relation: undefined,
    remark: undefined,
    instead: undefined,
  }
  const message: Message = {
    status: 'queued',
    cause: undefined,
    isDelayed: false,
    attempts: 0,
    triedAt: undefined,
  }
  return {
    now: began,
    round,
    check,
    messages: Array.from({ length: addresses }, () => message),
    followUps: 0,
  }
}

function step(model: Model, what: Event | { readonly kind: string }): Model {
  if ('for' in what) return { ...model, now: after(model.now, what.for) }
  if (!('at' in what)) return steer(model, what.kind)
  const message = model.messages[what.at]
  if (!message) return model
  const cause = 'cause' in what ? what.cause : undefined
  const next = handle(model, message, what.kind, cause)
  return next ? settle(model, what.at, next) : model
}

/** What happens to one message, as sending and the reports do it. */
function handle(
  { round, check, now }: Model,
  message: Message,
  kind: string,
  cause: NonNullable<MessageState['cause']> = 'other',
): Message | undefined {
  const { status, attempts, triedAt = now } = message
  const isSending = status === 'sending'
  const isOut = isSending || status === 'sent'
  switch (kind) {
    case 'claim':
      if (round.status !== 'running' || status !== 'queued' || !mayStartClock(round, now)) return undefined
      return { ...message, status: 'sending', attempts: attempts + 1, triedAt, isDelayed: false }
    case 'crash':
      return isSending ? { ...message, status: 'queued' } : undefined
    case 'take':
      return isSending && mayStartClock(round, now)
        ? { ...message, status: 'sent', cause: undefined }
        : undefined
    case 'refuse':
    case 'defer': {
      const outcome = { kind: kind === 'refuse' ? 'refused' : 'later', cause } as const
      return isSending ? { ...message, ...decideNotTaken(outcome, { attempts, triedAt }, now) } : undefined
    }
    case 'bounce': {
      if (!isOut && status !== 'delivered') return undefined
      const isOpen = check.status === 'waiting' && round.closedAt === undefined && !isSending
      return { ...message, ...decideReturned(cause, { attempts, triedAt }, { isOpen, now }) }
    }
    case 'delay':
      return isOut ? { ...message, isDelayed: true } : undefined
    default:
      return isOut ? { ...message, status: 'delivered', isDelayed: false } : undefined
  }
}

/** A message has changed: what becomes of the check. */
function settle(model: Model, at: number, message: Message): Model {
  const messages = model.messages.with(at, message)
  const next = { ...model, messages }
  if (model.check.status !== 'waiting') return next
  if (isUndeliverable(messages)) return { ...next, check: { ...model.check, status: 'undeliverable' } }
  if (hasClockStopped(messages)) return { ...next, check: { ...model.check, clockStartedAt: undefined } }
  const starts = model.check.clockStartedAt === undefined && mayStartClock(model.round, model.now)
  return starts ? { ...next, check: { ...model.check, clockStartedAt: model.now } } : next
}

/** What people and the closing do. */
function steer(model: Model, kind: string): Model {
  const { round, check, now, messages } = model
  const { status } = round
  if (kind === 'answer') {
    const decision = decideAcknowledgement(check, round, now)
    if (decision.kind === 'again') return model
    return { ...model, check: { ...check, status: decision.status, answeredAt: now, answeredBy: 'button' } }
  }
  if (kind === 'pause' && status === 'running')
    return { ...model, round: { ...round, status: 'paused', pausedAt: now } }
  if (kind === 'resume' && status === 'paused') {
    const pausedFor = round.pausedFor + now.getTime() - (round.pausedAt ?? now).getTime()
    return { ...model, round: { ...round, status: 'running', pausedAt: undefined, pausedFor } }
  }
  if (kind === 'stop' && (status === 'running' || status === 'paused'))
    return endStopped({ ...model, round: { ...round, status: 'stopped', closedAt: now } })
  if (kind === 'close' && status === 'stopped') return endStopped(model)
  if (kind === 'call' && status === 'running' && messages.length === 0) {
    const starts = check.status === 'waiting' && !check.clockStartedAt && mayStartClock(round, now)
    return starts ? { ...model, check: { ...check, clockStartedAt: now } } : model
  }
  const unstarted = check.status === 'waiting' && canStillStart(model) ? 1 : 0
  if (kind !== 'close' || !isRoundOver(round, { unstarted, lastClockStartedAt: check.clockStartedAt }, now))
    return model
  const given = messages.map((message) =>
    message.status === 'queued' || message.status === 'sending'
      ? { ...message, ...decideGivenUp(message.cause) }
      : message,
  )
  const result = decideSilence(check, given)
  return {
    ...model,
    messages: given,
    round: { ...round, status: 'closed', closedAt: now },
    check: { ...check, status: result },
    followUps: model.followUps + (opensFollowUp(result) ? 1 : 0),
  }
}

/** What waits is not sent any more; what is in flight comes to its end. */
function endStopped(model: Model): Model {
  const messages = model.messages.map((message) =>
    message.status === 'queued' ? ({ ...message, status: 'not-sent', cause: 'ours' } as const) : message,
  )
  return { ...model, messages, check: { ...model.check, status: decideStopped(model.check, messages) } }
}

function canStillStart({ check, messages }: Model): boolean {
  if (messages.length === 0) return check.clockStartedAt === undefined
  return messages.some(
    ({ status, isDelayed }) =>
      status === 'queued' || status === 'sending' || (status === 'sent' && isDelayed),
  )
}
