import { type Locale, newId, parseStateCode, type StateCode } from '@parley/kernel'
import { type Community, startParticipation } from '../apps/directory/src/modules/community/index.ts'
import type { Entry } from '../apps/directory/src/modules/directory/index.ts'
import { addressToRow, entryToRow } from '../apps/directory/src/modules/directory/store/rows.ts'
import type { DirectoryTables } from '../apps/directory/src/modules/directory/tables.ts'
import type { Tx } from '../apps/directory/src/platform/database/database.ts'

const batch = 1_000

/** Lets every State of the community take part and gives them `count` entries among them. Needs the worker's role. */
export async function insertEntries(tx: Tx, community: Community, count: number, now: Date): Promise<void> {
  const tables = tx.withTables<DirectoryTables>()
  for (const { code } of community.states) await startParticipation(tx, code, now)
  for (let from = 0; from < count; from += batch) {
    const length = Math.min(batch, count - from)
    const entries = Array.from({ length }, (_, index) => generateEntry(community, from + index, now))
    await tables.insertInto('directory.entry').values(entries.map(entryToRow)).execute()
    const rows = entries.flatMap((entry) =>
      entry.addresses.map((address, position) => addressToRow(entry, address, position)),
    )
    await tables.insertInto('directory.address').values(rows).execute()
  }
}

/** The entry of this number: State by State, in the language of its Mission, technical and diplomatic in turn. */
export function generateEntry(community: Community, number: number, now: Date): Entry {
  const state = community.states[number % community.states.length]
  if (!state) throw new Error('A community without States')
  const language = state.missionLanguage
  const kind = number % 2 === 0 ? 'technical' : 'diplomatic'
  const name = `${entityNames[language][kind]} ${state.names[language]}`
  const host = `office${number}.${state.code.toLowerCase()}.example`
  const address = { urgent: false, cardOnly: false, changedAt: now }
  return {
    id: newId(),
    state: stateOf(state.code),
    kind,
    language,
    holder: 'entity',
    entityName: { original: name, english: `${entityNames.en[kind]} ${state.names.en}` },
    description: { original: name },
    personName: undefined,
    personTitle: {},
    nationalRole: {},
    addresses: [
      {
        ...address,
        id: newId(),
        channel: 'email',
        value: `poc@${host}`,
        label: undefined,
        extension: undefined,
      },
      {
        ...address,
        id: newId(),
        channel: 'phone',
        value: `+33145${String(number % 1_000_000).padStart(6, '0')}`,
        label: undefined,
        extension: undefined,
        urgent: true,
      },
    ],
    workingLanguages: language === 'en' ? ['en'] : [language, 'en'],
    availability: {
      timeZone: 'Etc/UTC',
      opens: '08:00',
      closes: '17:00',
      days: [1, 2, 3, 4, 5],
      always: false,
    },
    certProfile: undefined,
    cardOnly: [],
    onBehalfReference: undefined,
    version: 1,
    createdAt: now,
    changedAt: now,
  }
}

function stateOf(code: string): StateCode {
  const state = parseStateCode(code)
  if (!state) throw new Error(`${code} is no State`)
  return state
}

const entityNames: Readonly<Record<Locale, Readonly<Record<'technical' | 'diplomatic', string>>>> = {
  ar: { technical: 'فريق الاستجابة لطوارئ الحاسوب،', diplomatic: 'وزارة الخارجية،' },
  zh: { technical: '计算机应急响应小组', diplomatic: '外交部' },
  en: { technical: 'Computer Emergency Response Team,', diplomatic: 'Ministry of Foreign Affairs,' },
  fr: { technical: 'Centre de réponse aux incidents,', diplomatic: 'Ministère des affaires étrangères,' },
  ru: { technical: 'Центр реагирования на инциденты,', diplomatic: 'Министерство иностранных дел,' },
  es: { technical: 'Equipo de respuesta a incidentes,', diplomatic: 'Ministerio de Relaciones Exteriores,' },
}
