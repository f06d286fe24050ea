import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock, type Result } from '@parley/kernel'
import { overdue } from '../apps/desk/src/cases/clocks.ts'
import { type Opened, openStore } from '../apps/desk/src/open-store.ts'
import type { Entry } from '../apps/desk/src/record/open-record.ts'
import { median, type Row } from './figures.ts'

const sizes = [1_000, Number(process.env['BENCH_CASES'] ?? 10_000)] as const
const login = { name: 'Amal Haddad', passphrase: 'seven lanterns over the quay' }

/** From a passphrase to a Desk that can be used, and searches over it: at few and at many cases. */
export async function benchDeskRecord(): Promise<readonly Row[]> {
  const sides = [await measure(sizes[0]), await measure(sizes[1])] as const
  return Object.keys(sides[0]).map((step) => ({
    step,
    [`${sizes[0]} cases`]: sides[0][step] ?? '',
    [`${sizes[1]} cases`]: sides[1][step] ?? '',
  }))
}

async function measure(cases: number): Promise<Record<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'desk-bench-'))
  const store = openStore(folder, { clock: systemClock })
  try {
    const began = performance.now()
    await fill(valueOf(await store.begin(login)), cases)
    const filled = performance.now() - began
    await store.lock()
    const usable: number[] = []
    const folded: number[] = []
    const worked: number[] = []
    for (let repeat = 0; repeat < 3; repeat += 1) {
      await store.lock()
      const start = performance.now()
      const before = process.cpuUsage()
      const { cases: book } = valueOf(await store.unlock(login))
      const read = performance.now()
      const count = overdue(book.all(), new Date()).length
      if (count === 0) throw new Error('nothing is overdue')
      usable.push(performance.now() - start)
      const { user, system } = process.cpuUsage(before)
      worked.push((user + system) / 1_000)
      folded.push(performance.now() - read)
    }
    const { record, cases: book } = valueOf(await store.unlock(login))
    const prepare = performance.now()
    book.search('serrant')
    const first = performance.now() - prepare
    const words = ['serrant 77', 'ميناء', 'порт', '应急', 'beacon', 'nowhere at all', 'QM 4217', 'élévation']
    const searches = Array.from({ length: 80 }, (_, number) => {
      const start = performance.now()
      book.search(words[number % words.length] ?? '')
      return performance.now() - start
    })
    const { size } = await stat(join(folder, 'store/record/lines'))
    return {
      'lines of the record': String(record.lines().length),
      'its size': `${(size / 1e6).toFixed(1)} MB`,
      'written per second': Math.round((record.lines().length / filled) * 1_000).toString(),
      'unlock: key, reading, cases, what is overdue': milliseconds(median(usable)),
      'the same, own CPU': milliseconds(median(worked)),
      'of it: cases and what is overdue': milliseconds(median(folded)),
      'first search (makes the texts that are compared)': milliseconds(first),
      search: milliseconds(median(searches)),
      'slowest search': milliseconds(Math.max(...searches)),
    }
  } finally {
    await store.close()
    await rm(folder, { recursive: true })
  }
}

/** Six lines a case, a page of text among them, in four scripts. */
async function fill({ record }: Opened, cases: number): Promise<void> {
  for (let from = 0; from < cases; from += 500) {
    const numbers = Array.from({ length: Math.min(500, cases - from) }, (_, at) => from + at)
    await Promise.all(
      numbers.flatMap((number) => linesOf(number).map(async (line) => valueOf(await record.append(line)))),
    )
  }
}

const texts = [
  'The beacon reached out to 198.51.100.77 again; the pumps of the port stopped at four in the morning. ',
  'توقفت المضخات في الميناء عند الساعة الرابعة صباحا، ونطلب معلومات عن العنوان المذكور. ',
  'Порт остановлен, просим сообщить, известен ли вам этот адрес и кто его использует. ',
  '港口的泵在凌晨四点停止运行，请应急响应小组提供有关该地址的信息。',
  'L’élévation de privilèges a précédé l’arrêt des pompes ; nous demandons des renseignements. ',
] as const

function linesOf(number: number): readonly Entry[] {
  const at = new Date(Date.UTC(2026, 0, 1) + number * 60_000)
  const said = { at, by: login.name, case: `case ${number}` } as const
  const counterpart = {
    state: number % 3 ? 'QM' : 'QT',
    kind: 'technical',
    entity: `Response Team ${number}`,
  }
  const text = (texts[number % texts.length] ?? '').repeat(12)
  const title = `Serrant ${number}`
  return [
    { ...said, what: 'case.opened', content: { title, side: 'theirs', counterpart, nature: 'REAL' } },
    { ...said, what: 'message.received', content: { text, channel: 'e-mail', tlp: 'AMBER' } },
    { ...said, what: 'case.timed', content: { side: 'theirs', hours: 12 } },
    { ...said, what: 'case.acknowledged', content: { side: 'ours' } },
    { ...said, what: 'message.sent', content: { text: text.slice(0, 600), channel: 'e-mail', tlp: 'AMBER' } },
    number % 10
      ? { ...said, what: 'case.closed', content: {} }
      : { ...said, what: 'case.estimated', content: { side: 'ours', until: at.toISOString() } },
  ]
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.refusal.code)
  return result.value
}

function milliseconds(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`
}
