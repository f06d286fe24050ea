import { locales } from '@parley/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  earlierSteps,
  exampleDocument,
  exampleStep,
  keepExample,
  keepExamples,
  stepsReport,
} from '../../../../test/library-example.ts'
import { openWorld, type Visitor, type World } from '../../../../test/world.ts'
import { text } from '../locales/index.ts'
import { documentHref } from '../routes.ts'

let world: World
let manager: Visitor
beforeAll(async () => {
  world = await openWorld()
  manager = await world.visitor({ role: 'manager' })
})
afterAll(() => world.close())

const t = text('en')
const evidence = 'https://meetings.example/report-4?part=2&all=yes'

async function get(path: string) {
  const { status, text: page } = await (await world.visitor()).get(path)
  return { status, main: page.slice(page.indexOf('<main'), page.indexOf('</main>')) }
}

test.each(locales)('OEW-16: in %s an empty tracker says how next steps come to be there', async (locale) => {
  const { status, main } = await get(`/${locale}/tracker`)
  expect(status).toBe(200)
  expect(main).toContain(text(locale)('tracker.empty'))
})

test('OEW-16: everybody sees each step with its text, what it does, whom it asks, when it is due and its state', async () => {
  await keepExamples(world.directory.performer, world.clock.now())
  const { main } = await get('/en/tracker')
  expect(main).toContain(`href="/en/tracker/${exampleStep}"`)
  expect(main).toContain('The Chair is requested to convene a meeting')
  expect(main).toContain('<bdi lang="en" dir="ltr">')
  expect(main).toContain(t('tracker.act', { verb: t('verb.requests'), addressee: t('addressee.chair') }))
  expect(main).toContain('31 March 2025')
  expect(main).toContain('sessions 6 and 7')
  expect(main).toContain(t('state.open'))
  const step = await get(`/en/tracker/${exampleStep}`)
  expect(step.main).toContain(`href="${documentHref('en', exampleStep)}"`)
  expect(step.main).not.toContain('<form')
})

test('OEW-16: a step is carried on by the paragraph whose note names its section and number', async () => {
  const { main } = await get(`/en/tracker/${exampleStep}`)
  expect(main).toContain(t('tracker.carried-on'))
  expect(main).toContain(`href="${documentHref('en', 'A/901/3/annex/A/step-1')}"`)
  expect((await get(`/en/tracker/${earlierSteps}/annex/A/step-1`)).main).not.toContain(
    t('tracker.carried-on'),
  )
})

test('OEW-16: what a manager says of a step stays when its document is kept again, with a line in the history', async () => {
  const { location } = await manager.post(`/en/tracker/${exampleStep}`, { state: 'done', evidence })
  expect(location).toBe(`/en/tracker/${exampleStep}`)
  await keepExample(world.directory.performer, world.clock.now(), stepsReport('en', earlierSteps, 'Trust'))
  await keepExample(world.directory.performer, world.clock.now(), stepsReport('ar', earlierSteps, 'Trust'))
  for (const locale of ['en', 'ar']) {
    const { main } = await get(`/${locale}/tracker/${exampleStep}`)
    expect(main).toContain(`href="${evidence.replace('&', '&amp;')}" rel="noreferrer"`)
    expect(main).toContain(text(locale === 'ar' ? 'ar' : 'en')('state.done'))
  }
  expect((await manager.get('/en/history')).text).toContain(t('history.step.done'))
})

test('OEW-16: of a document in two languages each step stands there once, in the reader’s own', async () => {
  const { main } = await get(`/ar/tracker?document=${earlierSteps}`)
  expect(main.match(new RegExp(`href="/ar/tracker/${exampleStep}"`, 'g'))).toHaveLength(1)
  expect(main).toContain('<bdi lang="ar" dir="rtl">')
})

test('OEW-16: of a draft nothing is tracked', async () => {
  const draft = exampleDocument({ symbol: 'A/C.1/900/L.7', language: 'en', kind: 'draft-resolution' }, [
    { kind: 'operative', address: 'op/1', label: '1', text: 'Requests the Chair to wait.' },
  ])
  await keepExample(world.directory.performer, world.clock.now(), draft)
  expect((await get('/en/tracker')).main).not.toContain('A/C.1/900/L.7')
  expect((await get('/en/tracker/A/C.1/900/L.7/op/1')).status).toBe(404)
})

test('CAP-12: a damaged text says so beside the step, and stands as it was found', async () => {
  const damaged = exampleDocument(
    { symbol: 'A/RES/900/9', language: 'ar', kind: 'resolution' },
    [{ kind: 'operative', address: 'op/1', label: '1', text: 'ال  ي  اليامض <b>' }],
    { share: 0.6 },
  )
  await keepExample(world.directory.performer, world.clock.now(), damaged)
  const { main } = await get('/en/tracker?document=A/RES/900/9')
  expect(main).toContain('ال  ي  اليامض &lt;b&gt;')
  expect(main).toContain(t('library.damaged-short'))
  expect(main).toContain(t('tracker.not-read'))
})

test.each([
  ['addressee=chair', 2],
  ['addressee=chair&verb=continues', 0],
  ['verb=continues&addressee=states', 2],
  ['state=done', 1],
  ['state=superseded', 0],
  ['due=2025-03-30', 0],
  ['due=2025-03-31', 2],
  ['session=5', 0],
  ['session=6', 2],
  ['overdue=yes', 1],
  [`document=${earlierSteps}`, 2],
])('OEW-16: ?%s shows %i steps', async (query, expected) => {
  const { main } = await get(`/en/tracker?${query}`)
  expect(new Set(main.match(/href="\/en\/tracker\/[^"?]+"/g) ?? []).size).toBe(expected)
})

test.each([
  'addressee=%00',
  'verb=<b>',
  'state=done&state=open',
  'due=2025-02-30',
  'due=yesterday',
  'session=-1',
  'session=1e400',
  'group=constructor',
  'group=addressee',
  'group=verb',
  'group=state',
  'page=1e99',
  'page=-3',
  `document=${'x'.repeat(5000)}`,
  'document=%00%E2%80%AE',
])('an odd query, ?%s, is answered with a page', async (query) => {
  const { status, main } = await get(`/en/tracker?${query}`)
  expect(status).toBe(200)
  expect(main).not.toContain('<b>')
})

test.each([
  ['javascript:alert(1)', 'library/evidence-link'],
  ['data:text/html,x', 'library/evidence-link'],
  ['ftp://files.example/a', 'library/evidence-link'],
  ['//meetings.example/a', 'library/evidence-link'],
  ['https:meetings.example', 'library/evidence-link'],
  ['https://', 'library/evidence-link'],
  ['https://user:secret@meetings.example/', 'library/evidence-link'],
  ['https://meetings.example/\u202Egpj.exe', 'library/evidence-link'],
  ['https://meetings.example/a b', 'library/evidence-link'],
  ['https://meet\u200Bings.example/', 'library/evidence-link'],
])('OEW-16: %j is no link to evidence, and the manager reads why', async (link, code) => {
  const { status, text: page } = await manager.post(`/en/tracker/${exampleStep}`, {
    state: 'open',
    evidence: link,
  })
  expect(status).toBe(422)
  expect(page).toContain(text.find('en', code) ?? 'nothing')
  expect((await get(`/en/tracker/${exampleStep}`)).main).toContain(t('state.done'))
})

test('OEW-16: a link that is too long, another state, and a step that is not there are refused', async () => {
  const long = `https://meetings.example/${'a'.repeat(500)}`
  expect((await manager.post(`/en/tracker/${exampleStep}`, { state: 'open', evidence: long })).status).toBe(
    422,
  )
  expect((await manager.post(`/en/tracker/${exampleStep}`, { state: 'agreed' })).status).toBe(422)
  expect((await manager.post(`/en/tracker/${exampleStep}`, {})).status).toBe(422)
  for (const absent of [`${earlierSteps}/annex/A/step-9`, earlierSteps, `${earlierSteps}/annex`, 'x%00'])
    expect((await manager.post(`/en/tracker/${absent}`, { state: 'done' })).status).toBe(404)
})

test('OEW-16: nobody but the manager says what became of a step', async () => {
  for (const role of ['chair', 'secretariat', 'auditor'] as const) {
    const visitor = await world.visitor({ role })
    expect((await visitor.post(`/en/tracker/${exampleStep}`, { state: 'open' })).status).toBe(403)
  }
  const stranger = await (await world.visitor()).post(`/en/tracker/${exampleStep}`, { state: 'open' })
  expect(stranger.location).toContain('sign-in')
  expect((await get(`/en/tracker/${exampleStep}`)).main).toContain(t('state.done'))
})

test('OEW-16: the follow-up report is a page and files in the reader’s language, with the same filter', async () => {
  const page = await get(`/en/follow-up-report?document=${earlierSteps}`)
  expect(page.status).toBe(200)
  expect(page.main.match(/href="\/en\/tracker\/[^"?]+"/g)).toHaveLength(2)
  for (const locale of locales) {
    const visitor = await world.visitor()
    const csv = await visitor.get(`/${locale}/follow-up-report/report.csv?document=${earlierSteps}`)
    expect(csv.headers.get('content-type')).toContain('text/csv')
    expect(csv.text.split('\r\n')).toHaveLength(4)
    expect(csv.text).toContain(text(locale)('tracker.evidence'))
    expect(csv.text).toContain(evidence)
    const json: unknown = JSON.parse((await visitor.get(`/${locale}/follow-up-report/report.json`)).text)
    expect(json).toMatchObject({ language: locale, title: text(locale)('tracker.title') })
  }
  expect((await get('/en/follow-up-report/report.exe')).status).toBe(404)
})

test('OEW-16: in the file for programs a step has its acts, due dates, state, evidence and what carries it on', async () => {
  const visitor = await world.visitor()
  const { text: file } = await visitor.get(
    `/en/follow-up-report/report.json?document=${earlierSteps}&state=done`,
  )
  expect(JSON.parse(file)).toMatchObject({
    steps: [
      {
        address: exampleStep,
        kind: 'next-step',
        acts: [{ verb: 'requests', addressee: 'chair' }],
        due: { sessions: [], dates: ['2025-03-31'] },
        state: 'done',
        evidence,
        carriedOnBy: ['A/901/3/annex/A/step-1'],
      },
    ],
  })
})

test('OEW-16: a text that a spreadsheet would take for a formula stays a text', async () => {
  const hostile = exampleDocument({ symbol: 'A/RES/900/10', language: 'en', kind: 'resolution' }, [
    { kind: 'operative', address: 'op/1', label: '1', text: '=HYPERLINK("https://x.example","Requests")' },
  ])
  await keepExample(world.directory.performer, world.clock.now(), hostile)
  const { text: file } = await (
    await world.visitor()
  ).get('/en/follow-up-report/report.csv?document=A/RES/900/10')
  expect(file).toContain(`"'=HYPERLINK(`)
})
