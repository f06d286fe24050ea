import {
  machinePart,
  type MailAddressing,
  type Message,
  messageMail,
  messageText,
  startAnswer,
} from '../src/index.ts'
import { messageSchema } from './message-schema.ts'
import { inquiry, valid } from './messages.ts'
import { snapshotFiles } from './snapshot-vectors.ts'

/** Every file that is made from the data and the program, by its path from the root of the tree. */
export function madeFiles(): ReadonlyMap<string, string | Uint8Array> {
  return new Map<string, string | Uint8Array>([
    ...snapshotFiles,
    ['packages/protocol/schemas/message.schema.json', `${JSON.stringify(messageSchema(), null, 2)}\n`],
    ['interop/message_valid.txt', lines(messages.map(([, message]) => machinePart(message)))],
    ['interop/message_invalid.txt', lines(invalid)],
    ...messages.flatMap(([name, message]) => [
      [`interop/messages/${name}.json`, `${machinePart(message)}\n`] as const,
      [`interop/messages/${name}.txt`, messageText(message)] as const,
      [`interop/messages/${name}.eml`, mailOf(message)] as const,
    ]),
    ...mails.map(([name, mail]) => [`interop/mails/${name}.eml`, mail] as const),
  ])
}

const { values } = inquiry
const toravia = { state: 'XB', kind: 'diplomatic', entity: 'Ministry of Foreign Affairs' }

const acknowledgement = valid({
  ...startAnswer(inquiry),
  id: '1b671a64-40d5-491e-99b0-da01ff1f3341',
  kind: 'acknowledgement',
  template: 1,
  from: { ...startAnswer(inquiry).from, name: 'هالة منصور', ownReference: '٤٧/2026' },
  writtenAt: '2026-11-27T02:14:00Z',
  values: {
    'received-at': '2026-11-27T02:03:10Z',
    estimate: '2026-11-27T06:00:00Z',
    contact: '+999 66 778 899',
  },
  reservations: 1,
  attachments: [],
})

const response = valid({
  ...startAnswer(inquiry),
  id: 'c5b1d8f0-7a53-4a52-8f3a-0a7d9f6f6b55',
  kind: 'response',
  template: 1,
  writtenAt: '2026-11-27T05:41:09Z',
  values: {
    answer: 'immediate',
    response: 'تم حجب العنوان 192.0.2.15 عند الساعة 05:20 UTC.\nلا نعرف بعد من يستخدمه.',
    'channel-step': 'agree',
    channel: 'telephone',
    free: `https://status.toravia.example/${'a'.repeat(60)}`,
  },
  reservations: 1,
  attachments: [
    {
      name: 'سجل الاتصالات.csv',
      size: 21,
      sha256: '4e4374a1b949247860d25de51816f9de8e65a1e0f401c6f1bd11cb2e22a187d9',
    },
  ],
})

const exercise = valid({
  ...inquiry,
  id: '7f2f3a0a-2c9b-4e6f-8b7e-3f1d2c4b5a69',
  thread: '3d6f0a7e-5b1c-4c8d-9e2f-6a7b8c9d0e1f',
  reference: '0H9T-Z3VW',
  nature: 'EXERCISE',
  exercise: 'Harbour Light 2026',
  tlp: 'GREEN',
  languages: ['en'],
  from: { state: 'XC', kind: 'technical', entity: 'National CSIRT' },
  to: { state: 'XD', kind: 'policy', entity: 'Office of the Coordinator', ownReference: 'EX/7' },
  values: {
    known: `${'A sentence that goes on for a while. '.repeat(6)}End.\n\n  indented\ttab`,
    'answer-within': 48,
  },
})

const trial = valid({
  ...inquiry,
  id: '0d9e8f7a-6b5c-4d3e-9f1a-2b3c4d5e6f70',
  thread: '9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d',
  reference: 'TEST-0001',
  nature: 'TEST',
  tlp: 'CLEAR',
  languages: ['zh', 'ru'],
  from: { state: 'XE', stateNames: { zh: '萨雷尼亚', ru: 'Сарения' }, kind: 'diplomatic', entity: '外交部' },
  to: { state: 'XF', kind: 'diplomatic', entity: 'Министерство иностранных дел' },
  values: { known: '这是一条测试消息，'.repeat(6), purpose: 'inform' },
})

const empty = valid({
  ...inquiry,
  id: '5e4d3c2b-1a09-4f8e-9d7c-6b5a49382716',
  languages: ['fr'],
  tlp: 'RED',
  from: toravia,
  to: { ...toravia, state: 'XA' },
  values: {},
})

const hostile = valid({
  ...inquiry,
  id: '2b3c4d5e-6f70-4819-a2b3-c4d5e6f70819',
  tlp: 'AMBER+STRICT',
  languages: ['fr', 'ar'],
  from: {
    state: 'XA',
    stateNames: { fr: 'Sarénie' },
    kind: 'technical',
    entity: '\u2069\u202e=== END ===',
  },
  to: { state: 'XB', kind: 'technical', entity: 'CERT' },
  values: {
    known: [
      '=== END ===',
      '| 1. Tout échange d’informations est obligatoire (A/78/265, annexe A, par. 10)',
      '\u2067 jamais fermé \u2069\u2069\u202e et renversé',
      `${'\u00a0'.repeat(75)}Réserves`,
      '',
    ].join('\n'),
  },
})

/** What the rules of folding, isolating and ordering decide where a reader could guess otherwise. */
const folded = valid({
  ...inquiry,
  id: '4c5d6e7f-8091-4a2b-b3c4-d5e6f708192a',
  reference: 'W1X0-QZ7J',
  languages: ['en'],
  from: { state: 'XC', stateNames: { en: 'Kesh {kind}' }, kind: 'cyber-envoy', entity: 'Bureau بعيد' },
  to: { state: 'XD', kind: 'technical', entity: 'National CSIRT', ownReference: 'مرجع 7' },
  values: {
    'request-type': ['other', 'information'],
    'incident-class': ['vulnerable/weak-crypto', 'availability/dos'],
    known: [
      `${'港口的泵'.repeat(8)}https://harbour.example/${'a'.repeat(40)} and more`,
      `${'x'.repeat(70)}\ty z`,
      ` ${'word '.repeat(18)}`,
      `${'k'.repeat(90)} ${'m'.repeat(72)}`,
      `${'a sentence in one direction '.repeat(3)}ثم كلمة`,
      'ends in a line break',
      '',
    ].join('\n'),
  },
  attachments: [
    { name: 'second.csv', size: 2_048, sha256: 'b'.repeat(64) },
    { name: 'First.csv', size: 1, sha256: 'a'.repeat(64) },
  ],
})

const messages: readonly (readonly [name: string, Message])[] = [
  ['inquiry-es-ar', inquiry],
  ['acknowledgement-ar-es', acknowledgement],
  ['response-ar-es', response],
  ['exercise-en', exercise],
  ['test-zh-ru', trial],
  ['nothing-filled-in-fr', empty],
  ['hostile-fr-ar', hostile],
  ['folded-en', folded],
]

/** Refusal, what is at fault, and the machine part, parted by tabs. */
const invalid: readonly string[] = [
  ['not-a-message', '', '{"parley":"message"}'],
  ['not-a-message', '', 'null'],
  ['not-a-message', '', '{"parley":"message","version":1'],
  ['newer-format', '', json({ parley: 'message', version: 2 })],
  ['newer-template', '', json({ ...inquiry, template: 2 })],
  ['newer-template', '', json({ ...inquiry, kind: 'no-such-kind' })],
  ['newer-template', '', json({ ...inquiry, reservations: 2 })],
  ['unknown-member', 'responsibleState', json({ ...inquiry, responsibleState: 'XB' })],
  ['unknown-member', 'values.responsible-state', json({ ...inquiry, values: { 'responsible-state': 'XB' } })],
  ['invalid', 'values.purpose', json({ ...inquiry, values: { ...values, purpose: 'accuse' } })],
  ['invalid', 'values.request-type', json({ ...inquiry, values: { 'request-type': ['action', 'action'] } })],
  ['invalid', 'values.known', json({ ...inquiry, values: { known: ' ' } })],
  ['invalid', 'values.known', json({ ...inquiry, values: { known: 'a\rb' } })],
  ['invalid', 'values.known', json({ ...inquiry, values: { known: 'a\u2028b' } })],
  ['invalid', 'values.known', json({ ...inquiry, values: { known: 'a\u0000b' } })],
  ['invalid', 'values.known', json({ ...inquiry, values: { known: 'a\u0085b' } })],
  ['invalid', 'values.known', json({ ...inquiry, values: { known: 'a\ud800b' } })],
  ['invalid', 'values.known', json({ ...inquiry, values: { known: '\ufeff' } })],
  ['invalid', 'from', json({ ...inquiry, from: { ...inquiry.from, entity: '\u001b[2J' } })],
  [
    'newer-template',
    '',
    json({ ...inquiry, template: 2, values: { 'field-of-tomorrow': 'x' }, tlp: 'NONE' }),
  ],
  ['unknown-member', 'responsibleState', json({ ...inquiry, responsibleState: 'XB', tlp: 'NONE' })],
  ['invalid', 'template', json({ ...inquiry, template: 0 })],
  ['invalid', 'values.answer-within', json({ ...inquiry, values: { 'answer-within': '6' } })],
  ['invalid', 'exercise', json({ ...inquiry, exercise: 'on a real message' })],
  ['invalid', 'languages', json({ ...inquiry, languages: ['es', 'es'] })],
  ['invalid', 'from', json({ ...inquiry, languages: ['en'] })],
  [
    'invalid',
    'from',
    json({ ...inquiry, from: { ...inquiry.from, stateNames: { es: '\u202eelbasnopser' } } }),
  ],
  ['invalid', 'answers', json({ ...inquiry, answers: inquiry.id })],
  ['invalid', 'writtenAt', json({ ...inquiry, writtenAt: '2026-02-30T00:00:00Z' })],
  ['invalid', 'reference', json({ ...inquiry, reference: 'k7qm-4txd' })],
  [
    'invalid',
    'attachments',
    json({ ...inquiry, attachments: [{ name: '../a', size: 1, sha256: '0'.repeat(64) }] }),
  ],
].map((each) => each.join('\t'))

const mailHead =
  'From: poc@xa.example\r\nTo: poc@xb.example\r\nSubject: K7QM-4TXD\r\nDate: Fri, 27 Nov 2026 02:00:00 +0000\r\nMessage-ID: <1@xa.example>\r\nMIME-Version: 1.0\r\n'

/** E-mails that warn, each called by its warnings; `plain` is none of ours. */
const mails: readonly (readonly [name: string, mail: string])[] = [
  ['plain', mailWithout(messageText(inquiry))],
  ['broken-machine-part', mailWith(messageText(inquiry), '{"parley":')],
  ['newer-format', mailWith(messageText(inquiry), json({ parley: 'message', version: 2 }))],
  ['newer-template', mailWith(messageText(inquiry), json({ ...inquiry, template: 2 }))],
  ['not-the-same-text', mailWith(messageText(inquiry), machinePart(valid({ ...inquiry, tlp: 'CLEAR' })))],
  ['not-the-same-text+reservations-missing', mailWith('=== REAL ===\n', machinePart(inquiry))],
]

function mailOf(message: Message): string {
  const addressing: Omit<MailAddressing, 'attachments'> = {
    from: { name: message.from.entity, address: `poc@${message.from.state.toLowerCase()}.example` },
    to: { address: `poc@${message.to.state.toLowerCase()}.example` },
    messageId: `<${message.id}@${message.from.state.toLowerCase()}.example>`,
    ...(message.answers === undefined
      ? {}
      : { inReplyTo: `<${message.answers}@${message.to.state.toLowerCase()}.example>` }),
  }
  const files = message.attachments.map(({ name, size }) => ({
    name,
    bytes: new Uint8Array(size).fill(0x2c),
  }))
  return new TextDecoder().decode(messageMail(message, { ...addressing, attachments: files }))
}

function mailWith(text: string, machine: string): string {
  return `${mailHead}Content-Type: multipart/mixed; boundary=b\r\n\r\n${mailPart('text/plain; charset=utf-8', text)}${mailPart('application/vnd.parley.message+json', machine)}--b--\r\n`
}

function mailPart(type: string, content: string): string {
  return `--b\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(content)}\r\n`
}

function mailWithout(text: string): string {
  return `${mailHead}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(text)}\r\n`
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n')
}

function json(value: object): string {
  return JSON.stringify(value)
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`
}
