import { checkMessage, type Message } from '../src/index.ts'

/** An inquiry that uses most of its template, from a Spanish-writing office to an Arabic-reading one. */
export const inquiry: Message = valid({
  parley: 'message',
  version: 1,
  id: '6a4c0c5e-6d4f-4b7e-9a55-0a4b4d8f2f10',
  thread: '0f5dd6c5-9b5e-4f0c-8a4f-1f2f0b8e3d21',
  reference: 'K7QM-4TXD',
  kind: 'inquiry',
  template: 1,
  nature: 'REAL',
  tlp: 'AMBER',
  languages: ['es', 'ar'],
  from: {
    state: 'XA',
    stateNames: { es: 'Sarenia', ar: 'سارينيا' },
    kind: 'technical',
    entity: 'CERT Sarenia',
    name: 'Ana Ruiz',
    ownReference: 'CS-2026/114',
  },
  to: {
    state: 'XB',
    stateNames: { es: 'Toravia', ar: 'تورافيا' },
    kind: 'technical',
    entity: 'الفريق الوطني للاستجابة',
  },
  writtenAt: '2026-11-27T02:00:00Z',
  values: {
    function: 'Jefa de turno',
    purpose: 'request',
    significance: 'urgent',
    known:
      'Desde las 01:10 UTC el sistema de despacho de un puerto no responde; el tráfico procede de 192.0.2.15.\nNo se sabe quién lo dirige.',
    'request-type': ['information', 'action'],
    'answer-within': 6,
    channel: 'telephone',
    'channel-address': '+999 55 012 345',
    'lead-agency': 'CERT Sarenia',
  },
  reservations: 1,
  attachments: [],
})

export function valid(message: object): Message {
  const checked = checkMessage(message)
  if (!checked.ok) throw new Error(`${checked.refusal.code} ${checked.refusal.field}`)
  return checked.value
}
