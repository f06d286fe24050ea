import { after, hour } from '@parley/kernel'
import { checkMessage, type Message, messageText } from '@parley/protocol'
import type { Entry } from '../record/open-record.ts'

type Told = Entry extends infer Each
  ? Each extends Entry
    ? Omit<Each, 'at' | 'by'> & { readonly hours: number }
    : never
  : never

const sahiliya = {
  state: 'XA',
  stateNames: { ar: 'ساحلية', es: 'Sahiliya' },
  kind: 'technical',
  entity: 'CERT Sahiliya',
} as const
const valdoria = {
  state: 'XF',
  kind: 'technical',
  entity: 'Equipo Nacional de Respuesta',
} as const
const norvalia = {
  state: 'XB',
  kind: 'diplomatic',
  entity: 'Ministry of Foreign Affairs, Cyber Unit',
} as const

const port = '3b0c5d1e-0f4b-4a6c-9d1f-7a4f0d6c2b11'
const grid = '8d2e4f6a-1b3c-4d5e-8f70-1a2b3c4d5e6f'
const thanks = 'c1d2e3f4-a5b6-4c7d-8e9f-0a1b2c3d4e5f'

/** Three cases of a fictional State: one that waits for an acknowledgement, one overdue, one closed. */
export function demonstrationLines(now: Date): readonly Told[] {
  const inquiry = message({
    id: 'f5a1c2d3-0b4e-4f6a-8b7c-9d0e1f2a3b4c',
    thread: port,
    reference: 'K7QM-4TXD',
    kind: 'inquiry',
    languages: ['es', 'ar'],
    from: { ...valdoria, name: 'Ana Ruiz', ownReference: 'ENR-2026/114' },
    to: sahiliya,
    writtenAt: written(now, -2),
    values: {
      purpose: 'request',
      significance: 'urgent',
      known: 'El sistema de despacho de un puerto no responde; parte del tráfico procede de 192.0.2.15.',
      'request-type': ['information'],
      'answer-within': 6,
      channel: 'telephone',
      'channel-address': '+999 55 012 345',
    },
  })
  return [
    opened(port, -2, {
      title: 'Port dispatch system',
      side: 'theirs',
      counterpart: valdoria,
      thread: inquiry.thread,
      reference: inquiry.reference,
      theirReference: 'ENR-2026/114',
      significance: 'urgent',
    }),
    {
      hours: -2,
      what: 'message.received',
      case: port,
      content: { message: json(inquiry), text: messageText(inquiry), channel: 'e-mail', tlp: 'AMBER' },
    },
    { hours: -2, what: 'case.timed', case: port, content: { side: 'theirs', hours: 6 } },
    {
      hours: -2,
      what: 'channel.proposed',
      case: port,
      content: { side: 'theirs', channel: 'telephone', detail: '+999 55 012 345' },
    },
    opened(grid, -80, {
      title: 'Phishing against electricity operators',
      side: 'ours',
      counterpart: norvalia,
      reference: '2WHD-9KPV',
    }),
    {
      hours: -80,
      what: 'exchange.noted',
      case: grid,
      content: {
        side: 'ours',
        channel: 'telephone',
        text: 'We described the campaign and asked whether it is known.',
        tlp: 'AMBER',
      },
    },
    { hours: -80, what: 'case.timed', case: grid, content: { side: 'ours', hours: 48 } },
    { hours: -78, what: 'case.acknowledged', case: grid, content: { side: 'theirs' } },
    {
      hours: -77,
      what: 'case.estimated',
      case: grid,
      content: { side: 'theirs', until: after(now, -5 * hour).toISOString() },
    },
    {
      hours: -77,
      what: 'channel.proposed',
      case: grid,
      content: { side: 'theirs', channel: 'encrypted-e-mail' },
    },
    { hours: -76, what: 'channel.agreed', case: grid, content: { side: 'ours' } },
    opened(thanks, -400, {
      title: 'Question about a scan of our networks',
      side: 'ours',
      counterpart: valdoria,
      reference: 'M3RT-6ZNB',
    }),
    {
      hours: -398,
      what: 'exchange.noted',
      case: thanks,
      content: {
        side: 'theirs',
        channel: 'telephone',
        text: 'A research project; it has ended.',
        tlp: 'GREEN',
      },
    },
    { hours: -398, what: 'case.answered', case: thanks, content: { side: 'theirs', answer: 'immediate' } },
    { hours: -397, what: 'case.closed', case: thanks, content: { outcome: 'Clarified.' } },
  ]
}

function opened(
  id: string,
  hours: number,
  content: Omit<Extract<Entry, { readonly what: 'case.opened' }>['content'], 'nature'>,
): Told {
  return { hours, what: 'case.opened', case: id, content: { ...content, nature: 'REAL' } }
}

function message(
  said: Omit<Message, 'parley' | 'version' | 'template' | 'nature' | 'tlp' | 'reservations' | 'attachments'>,
): Message {
  const checked = checkMessage({
    parley: 'message',
    version: 1,
    template: 1,
    nature: 'REAL',
    tlp: 'AMBER',
    reservations: 1,
    attachments: [],
    ...said,
  })
  if (!checked.ok) throw new Error(`${checked.refusal.code} ${checked.refusal.field ?? ''}`)
  return checked.value
}

function json(message: Message) {
  return JSON.parse(JSON.stringify(message))
}

function written(now: Date, hours: number): string {
  return `${after(now, hours * hour)
    .toISOString()
    .slice(0, 19)}Z`
}
