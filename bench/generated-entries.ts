import { type Locale, newId, parseStateCode, type StateCode } from '@parley/kernel'
import { sql } from 'kysely'
import { type Community, startParticipation } from '../apps/directory/src/modules/community/index.ts'
import type { Entry } from '../apps/directory/src/modules/directory/index.ts'
import { addressToRow, entryToRow } from '../apps/directory/src/modules/directory/store/rows.ts'
import type { Tx } from '../apps/directory/src/platform/database/database.ts'

const batch = 1_000

/** Lets every State of the community take part and gives them `count` entries among them. Needs the worker's role. */
export async function insertEntries(tx: Tx, community: Community, count: number, now: Date): Promise<void> {
  for (const { code } of community.states) await startParticipation(tx, code, now)
  for (let from = 0; from < count; from += batch) {
    const length = Math.min(batch, count - from)
    const entries = Array.from({ length }, (_, index) => generateEntry(community, from + index, now))
    await insertRows(tx, 'directory.entry', entries.map(entryToRow))
    const addresses = entries.flatMap((entry) =>
      entry.addresses.map((address, position) => addressToRow(entry, address, position)),
    )
    await insertRows(tx, 'directory.address', addresses)
  }
}

/**
 * Gives the States `count` entries: as many as are told apart are made here, the others are copies of them with
 * addresses of their own, made by the database.
 */
export async function insertCopies(tx: Tx, community: Community, count: number, now: Date): Promise<void> {
  const made = Math.min(count, 10 * community.states.length)
  await insertEntries(tx, community, made, now)
  await sql`
    with first as (select entry.*, row_number() over (order by id) as place from directory.entry),
    copy as (
      select populated.*, first.id as of, number
      from generate_series(${made}::int, ${count - 1}::int) as number
      join first on first.place = 1 + number % ${made},
        jsonb_populate_record(null::directory.entry,
          to_jsonb(first) || jsonb_build_object('id', gen_random_uuid(), 'version', number)) as populated
    ),
    entries as (
      insert into directory.entry
      select (jsonb_populate_record(null::directory.entry, to_jsonb(copy))).* from copy
    )
    insert into directory.address
    select populated.* from copy join directory.address as address on address.entry_id = copy.of,
      jsonb_populate_record(null::directory.address, to_jsonb(address) || jsonb_build_object(
        'id', gen_random_uuid(), 'entry_id', copy.id,
        'value', case address.channel when 'email' then replace(address.value, '@', number || '@') else address.value end
      )) as populated`.execute(tx)
}

/** One parameter for all rows: a million of them in a few minutes. */
async function insertRows(tx: Tx, table: string, rows: readonly object[]): Promise<void> {
  await sql`insert into ${sql.table(table)}
    select * from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)`.execute(
    tx,
  )
}

/** The entry of this number: State by State, in the language of its Mission, technical and diplomatic in turn. */
export function generateEntry(community: Community, number: number, now: Date): Entry {
  const state = community.states[number % community.states.length]
  if (!state) throw new Error('A community without States')
  const language = state.missionLanguage
  const kind = number % 2 === 0 ? 'technical' : 'diplomatic'
  const placeIn = (locale: Locale) => placeName(locale, Math.floor(number / community.states.length))
  const nameIn = (locale: Locale) =>
    `${entityNames[locale][kind]} ${placeIn(locale)}${locale === 'zh' ? '' : ', '}${state.names[locale]}`
  const name = nameIn(language)
  const host = `office${number}.${state.code.toLowerCase()}.example`
  const address = { urgent: false, cardOnly: false, changedAt: now }
  return {
    id: newId(),
    state: stateOf(state.code),
    kind,
    language,
    holder: 'entity',
    entityName: { original: name, english: nameIn('en') },
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

/** A place that does not exist, in the language's script: some thousands of them, the same for the same number. */
function placeName(locale: Locale, number: number): string {
  const parts = syllables[locale]
  const spread = (number * 7919) % parts.length ** 3
  const name = [spread, spread / parts.length, spread / parts.length ** 2]
    .map((each) => parts[Math.floor(each) % parts.length] ?? '')
    .join('')
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1)
}

const latin = 'mor va lin tes ra ko del shu bri an to fel gu os wen ja pir ull mek zo'.split(' ')
const syllables: Readonly<Record<Locale, readonly string[]>> = {
  en: latin,
  fr: latin,
  es: latin,
  ru: 'мор ва лин тес ра ко дел шу бри ан то фел гу ос вен жа пир улл мек зо'.split(' '),
  ar: 'مور فا لين تس را كو دل شو بري آن تو فل غو أس ون جا بير ألل مك زو'.split(' '),
  zh: Array.from('莫瓦林特拉科德舒布安托费古奥文贾皮乌梅佐'),
}

const entityNames: Readonly<Record<Locale, Readonly<Record<'technical' | 'diplomatic', string>>>> = {
  ar: { technical: 'فريق الاستجابة لطوارئ الحاسوب،', diplomatic: 'وزارة الخارجية،' },
  zh: { technical: '计算机应急响应小组', diplomatic: '外交部' },
  en: { technical: 'Computer Emergency Response Team,', diplomatic: 'Ministry of Foreign Affairs,' },
  fr: { technical: 'Centre de réponse aux incidents,', diplomatic: 'Ministère des affaires étrangères,' },
  ru: { technical: 'Центр реагирования на инциденты,', diplomatic: 'Министерство иностранных дел,' },
  es: { technical: 'Equipo de respuesta a incidentes,', diplomatic: 'Ministerio de Relaciones Exteriores,' },
}
