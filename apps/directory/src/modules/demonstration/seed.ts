import { after, day, hour, languageAmong, minute, newId, type Result, type StateCode } from '@parley/kernel'
import { composeMail, composeReply, type OutgoingMail, type SendOutcome } from '@parley/mail'
import type { Action, ActionScope, Performer } from '../../platform/action.ts'
import type { Keys } from '../../platform/config/keys.ts'
import { markDemonstration } from '../../platform/database/demonstration-mark.ts'
import type { Database } from '../../platform/database/database.ts'
import { type Duty, runDuty } from '../../platform/duties/duties.ts'
import type { Actor } from '../../platform/session/actor.ts'
import { admitPerson, type Holding, nameOfHolding, type Person } from '../accounts/index.ts'
import { type ReceiveMail, startRound } from '../checks/index.ts'
import {
  type Community,
  saveCompetentAuthority,
  saveMission,
  startParticipation,
} from '../community/index.ts'
import { addEntry, type EntryContent, readKey, setKey } from '../directory/index.ts'
import type { DemonstrationClock } from './demonstration-clock.ts'
import {
  type FictionalCommunity,
  type FictionalEntry,
  readFictionalCommunity,
  readFictionalKey,
} from './fictional-community.ts'

/** The running house, as far as making up a past needs it. */
interface Directory {
  readonly performer: Performer
  readonly database: Database
  readonly duties: readonly Duty[]
  readonly receive: ReceiveMail
}

export interface Seeding {
  readonly directory: Directory
  readonly clock: DemonstrationClock
  readonly keys: Keys
  readonly community: Community
  /** Takes the place of the relay while the past is made up. */
  readonly relay: { answer: (mail: OutgoingMail) => SendOutcome; sent: OutgoingMail[] }
}

/** How long before it began everybody came in. */
const settling = 15 * day

/** Makes up the past by doing it: the same actions as everybody's, at times that lie behind us. */
export async function seedDemonstration(seeding: Seeding): Promise<void> {
  const { directory, clock, community } = seeding
  const now = clock.now()
  const fictional = readFictionalCommunity(community)
  // The next round is due in a few days.
  const roundBegan = (community.profile.checkEveryMonths * 30 - 5) * day
  clock.setTo(after(now, -roundBegan - settling))
  await admitEverybody(seeding, fictional)
  for (const entry of fictional.entries) await nominate(seeding, entry)
  clock.setTo(after(now, -roundBegan))
  await holdRound(seeding, fictional)
  clock.setTo(now)
  await hearAll(seeding)
  await work(seeding, 'seal')
  await directory.database.transaction({ role: 'worker' }, markDemonstration)
}

async function admitEverybody(
  { directory, clock, community }: Seeding,
  fictional: FictionalCommunity,
): Promise<void> {
  const language = languageAmong(community.profile.languages, 'en')
  await directory.database.transaction({ role: 'worker' }, async (tx) => {
    for (const [name, email] of managers) {
      await admitPerson(tx, clock.now(), { name, email, language }, { role: 'manager' })
    }
    const email = personAddress({ role: 'auditor' })
    await admitPerson(tx, clock.now(), { name: fictionalName(email), email, language }, { role: 'auditor' })
    for (const state of fictional.participating) {
      await startParticipation(tx, state, clock.now())
      for (const holding of holdingsFor(state, community)) {
        const email = personAddress(holding)
        const person = { name: fictionalName(email), email, language }
        await admitPerson(tx, clock.now(), person, holding)
      }
    }
    for (const { state, ...mission } of fictional.missions)
      await saveMission(tx, state, { ...mission, telephone: undefined })
    for (const { state, ...authority } of fictional.authorities) {
      await saveCompetentAuthority(tx, state, { ...authority, telephone: undefined })
    }
  })
}

const managers = [
  ['Mira Talvane', 'manager@directory.example'],
  ['Osei Brandt', 'second-manager@directory.example'],
] as const

/** Everybody who acts for a State in the demonstration. */
export function holdingsFor(state: StateCode, { profile }: Pick<Community, 'profile'>): readonly Holding[] {
  return [
    { role: 'mission', state },
    ...profile.kinds.map(({ id }) => ({ role: 'poc', kind: id, state }) as const),
  ]
}

/** The address by which the demonstration knows a person; managers have two. */
export function personAddress(holding: Holding): string {
  if (holding.role === 'manager') return managers[0][1]
  return 'state' in holding
    ? `${nameOfHolding(holding)}.${holding.state.toLowerCase()}@people.example`
    : `${holding.role}@people.example`
}

const givenNames = [
  'Alima',
  'Bruno',
  'Cheng',
  'Daria',
  'Emeka',
  'Farida',
  'Goran',
  'Hanae',
  'Ilya',
  'Jacinta',
  'Kofi',
  'Leila',
]
const familyNames = [
  'Arventa',
  'Belrose',
  'Castrovan',
  'Dunmarsh',
  'Elverin',
  'Fontaru',
  'Galdane',
  'Hestrom',
  'Ivarnok',
  'Jelmira',
]

/** An invented name, the same for the same address. */
function fictionalName(address: string): string {
  const sum = Array.from(address).reduce((total, letter) => total * 31 + letter.charCodeAt(0), 7)
  return `${givenNames[sum % givenNames.length]} ${familyNames[Math.floor(sum / 7) % familyNames.length]}`
}

async function nominate({ directory, clock, community }: Seeding, entry: FictionalEntry): Promise<void> {
  const { state, kind } = entry
  const actor: Actor = { role: 'mission', state, ...somebody(clock) }
  const content = contentOf(entry)
  const added = await act(directory, clock, actor, addEntry(community.profile, { state, kind, content }))
  if (entry.key === undefined) return
  const addresses = entry.email === undefined ? [] : [entry.email]
  const key = await readKey('openpgp', readFictionalKey(community, entry.key), addresses, clock.now())
  if (!key.ok) throw new Error(`The demonstration could not be made up: ${key.refusal.code}`)
  const set = setKey(community.profile, { entry: added.id }, { ...key.value, cardOnly: false })
  await act(directory, clock, actor, set)
}

function contentOf(entry: FictionalEntry): EntryContent {
  const { person } = entry
  return {
    language: entry.language,
    holder: person ? 'representative' : 'entity',
    entityName: { original: entry.name, english: entry.english },
    description: {},
    personName: person?.name,
    personTitle: { original: person?.title, english: person?.titleEnglish },
    nationalRole: {},
    addresses: [
      { channel: 'phone', value: entry.phone, urgent: true, cardOnly: false },
      ...(entry.email
        ? [{ channel: 'email' as const, value: entry.email, urgent: false, cardOnly: false }]
        : []),
    ],
    workingLanguages: entry.workingLanguages,
    availability: {
      timeZone: entry.timeZone,
      opens: '08:30',
      closes: '17:00',
      days: [1, 2, 3, 4, 5],
      always: entry.always,
    },
    cardOnly: [],
  }
}

/** One round, as rounds go: most answer, some late, one address is dead, some are silent. */
async function holdRound(seeding: Seeding, fictional: FictionalCommunity): Promise<void> {
  const { directory, clock, keys, community, relay } = seeding
  const dead = new Set(
    fictional.entries.filter(({ pastRound }) => pastRound === 'dead').map(({ email }) => email),
  )
  relay.answer = ({ to }) =>
    dead.has(to) ? { kind: 'refused', status: '5.1.1', cause: 'dead-address' } : { kind: 'accepted' }
  await act(directory, clock, { role: 'manager', ...somebody(clock) }, (scope: ActionScope) =>
    startRound(scope, { keys, community }),
  )
  await work(seeding, 'send-messages')
  const mailTo = new Map(relay.sent.map((mail) => [mail.to, mail]))
  for (const entry of fictional.entries) {
    const mail = mailTo.get(entry.email ?? '')
    if (mail && ['button', 'reply', 'elsewhere'].includes(entry.pastRound)) {
      clock.advance(47 * minute)
      await answer(seeding, mail, entry.pastRound === 'elsewhere' ? 'colleague@people.example' : mail.to)
    }
  }
  clock.advance(community.profile.answerWithinHours * hour)
  for (const entry of fictional.entries) {
    const mail = mailTo.get(entry.email ?? '')
    if (mail && entry.pastRound === 'late') await answer(seeding, mail, mail.to)
  }
  clock.advance(4 * day + hour)
  await work(seeding, 'relay', 'close-rounds')
}

async function answer({ directory, clock }: Seeding, mail: OutgoingMail, from: string): Promise<void> {
  const text = 'We confirm receipt of your message. The duty desk.'
  const raw = await composeReply(await composeMail(mail), {
    from: { name: '', address: from },
    text,
    at: clock.now(),
  })
  if (raw) await directory.receive(raw, clock.now())
}

/** Nothing of the past waits in the outbox: a newcomer's sink begins empty. */
async function hearAll({ directory, clock }: Seeding): Promise<void> {
  const relay = directory.duties.find(({ name }) => name === 'relay')
  while (Number(await relay?.run(clock.now())) > 0) continue
}

async function work({ directory, clock }: Seeding, ...names: readonly string[]): Promise<void> {
  for (const name of names) {
    const duty = directory.duties.find((each) => each.name === name)
    if (duty) await runDuty(duty, directory.database, clock.now())
  }
}

async function act<T>(
  directory: Directory,
  clock: DemonstrationClock,
  actor: Actor,
  action: Action<T>,
): Promise<T> {
  const result: Result<T> = await directory.performer.perform(
    { actor, now: clock.now(), requestId: newId() },
    action,
  )
  if (!result.ok) throw new Error(`The demonstration could not be made up: ${result.refusal.code}`)
  return result.value
}

function somebody(clock: DemonstrationClock) {
  const person: Person = { account: newId<'account'>(), name: 'demonstration' }
  const now = clock.now()
  return { ...person, session: { digest: '', endsAt: after(now, hour), provenAt: now } }
}
