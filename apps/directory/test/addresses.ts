import type { Locale } from '@parley/kernel'
import { certificate } from './key-examples.ts'
import { exampleStep, exampleSymbol, keepExamples } from './library-example.ts'
import { stateCode } from './nominate.ts'
import type { World } from './world.ts'

/** What stands in an address for a parameter by its name, or for a whole page by its pattern. */
export type Addresses = Readonly<Record<string, string>>

/** The address of a page in a language; a page for which nothing is there to show is a fault. */
export function addressOf(there: Addresses, path: string, locale: Locale): string {
  const filled =
    there[path] ??
    path.replace(/:([a-z]+)\+?/gi, (_, name: string) => {
      const value = there[name]
      if (value === undefined) throw new Error(`Nothing to show at ${path}: give addresses.ts a ${name}`)
      return value
    })
  return `/${locale}${filled === '/' ? '' : filled}`
}

/** What stands in the addresses of pages, for things that are there. */
export async function findAddresses(world: World): Promise<Addresses> {
  // A checkpoint is a file; the letter of a Mission names the key of a snapshot.
  await world.work('seal', 'checkpoint', 'snapshot')
  await keepExamples(world.directory.performer, world.clock.now())
  const manager = await world.visitor({ role: 'manager' })
  const annotated = await manager.post(`/ar/annotate/${exampleSymbol}/annex/12?in=ar`, {
    text: 'The words stand in another order in the printed document.',
    textLanguage: 'en',
  })
  const mission = await world.visitor({ role: 'mission', state: stateCode('XA') })
  const find = async (path: string, pattern: RegExp) => partOf((await manager.get(path)).text, pattern)
  const request = await manager.post('/en/states/XZ/access-request', {
    reference: 'NV/2026/17',
    receivedOn: '2026-01-05',
    email: 'mission@costazul.example',
    telephone: '+9991234567',
    language: 'es',
  })
  const email = 'noor@sahiliya.example'
  await mission.post('/en/our-users', { name: 'Noor Example', email, role: 'technical', language: 'ar' })
  // Under dual control: it waits for a second manager.
  const { location: approval } = await manager.post('/en/states/XA/freeze', { reason: 'Two authorities' })
  await manager.post('/en/imports/take', {
    file: 'kind,language,entity_name,email_1\ntechnical,en,Proposed,proposed@sahiliya.example\n',
    source: 'Directory of a region',
    state: 'XA',
    kind: 'technical',
    record: '2',
  })
  const added = await mission.post('/en/entries/new', {
    kind: 'technical',
    language: 'en',
    entityName: 'A team',
    email1: 'first@sahiliya.example',
  })
  const card = added.location.replace(/\?.*/, '')
  await mission.post(`${card}/change`, {
    version: '1',
    language: 'en',
    entityName: 'A team',
    email1: 'second@sahiliya.example',
  })
  await mission.post(`${card}/keys`, { smime: certificate })
  const keyFile = `${card.replace('/en', '')}/keys/smime`
  const [, change = ''] = /(\/entries\/[^/]+\/changes\/[^"]+)"/.exec((await mission.get(card)).text) ?? []
  // From here on the State asks two of its people: what one asks for waits.
  await mission.post('/en/our-approvals/rule', { entries: 'yes' })
  const { location: asked } = await mission.post('/en/entries/new', {
    kind: 'diplomatic',
    language: 'en',
    entityName: 'An office',
    email1: 'office@sahiliya.example',
  })
  const letterTo = () => world.sent.find(({ to }) => to === email)?.text
  // The seed's own events stand before it in the outbox.
  for (let run = 0; run < 50; run += 1) await world.work('relay')
  const letter = letterTo() ?? ''
  const mailed = (pattern: RegExp) => {
    const text = world.sent.map((mail) => mail.text).find((each) => pattern.test(each)) ?? ''
    return partOf(text, pattern)
  }
  const check = world.sent.find(({ text }) => /checks\/\d{12}/.test(text))?.text ?? ''
  const counterpart = await find('/en/find/XB', /\/en(\/entries\/[0-9a-f-]{36})/)
  return {
    '/states/:state/access-request/:request': request.location.replace('/en', ''),
    '/approvals/:request': approval.replace('/en', ''),
    '/our-approvals/:request': asked.replace('/en', ''),
    '/entries/:entry/changes/:change': change,
    '/proposals/:proposal/for-state': await find(
      '/en/proposals/waiting',
      /\/en(\/proposals\/[0-9a-f-]{36}\/for-state)/,
    ),
    '/entries/:entry/keys/:scheme': keyFile,
    '/entries/:entry/keys/:scheme/remove': `${keyFile}/remove`,
    '/not-right/:change/:token': mailed(/(\/not-right\/[^/\s]+\/\S+)/),
    '/addresses/:address/:token': mailed(/(\/addresses\/[^/\s]+\/\S+)/),
    '/our-users/hand-over': `/our-users/hand-over?holding=${partOf((await mission.get('/en/our-users')).text, /name="holding" value="([^"]+)"/)}`,
    // The visitor's own State has no inquiry to itself.
    '/entries/:entry/inquiry': `${counterpart}/inquiry?other=yes`,
    '/entries/:entry/messages': `${counterpart}/messages?other=yes`,
    // Of those in the demonstration it is one that has a key.
    '/entries/:entry/encrypted': `${await find('/en/find/XF?kind=technical', /\/en(\/entries\/[0-9a-f-]{36})/)}/encrypted?other=yes`,
    '/document-files/:form/:address+': `/document-files/akoma-ntoso/${exampleSymbol}`,
    '/comparison/:address+': `/comparison/${exampleSymbol}?in=ar&with=A/RES/900/2&and=en`,
    '/documents/search': `/documents/search?${new URLSearchParams({ q: 'تبادل المعلومات' })}`,
    '/documents/:address+': `/documents/${exampleSymbol}/annex/12`,
    '/document-annotations/:address+': `/document-annotations/${exampleSymbol}`,
    '/annotate/:address+': `/annotate/${exampleSymbol}/annex/12?in=ar`,
    annotation: partOf(annotated.location, /\/annotations\/(.+)/),
    '/concordance/:symbol+': `/concordance/${exampleSymbol}`,
    '/follow-up-report/:form': '/follow-up-report/report.csv',
    '/tracker/:address+': `/tracker/${exampleStep}`,
    account: await find('/en/states/XA/users', /\/en\/accounts\/([0-9a-f-]{36})\/suspend/),
    guide: 'poc',
    state: 'XA',
    letter: 'nomination',
    entry: await find('/en/find/XA', /\/en\/entries\/([0-9a-f-]{36})/),
    round: await find('/en/rounds', /\/en\/rounds\/([0-9a-f-]{36})/),
    check: await checkToCall(world, await find('/en/rounds', /\/en\/rounds\/([0-9a-f-]{36})/)),
    waiting: await find('/en/to-be-read', /\/en\/to-be-read\/([^"/]+)"/),
    followup: await find('/en/follow-ups', /\/en\/follow-ups\/([0-9a-f-]{36})/),
    mail: await find('/en/demonstration/mail', /\/en\/demonstration\/mail\/([^"/]+)"/),
    code: partOf(check, /checks\/(\d{12})/),
    invitation: partOf(letter, /invitations\/([^/\s]+)\//),
    token: partOf(letter, /invitations\/[^/\s]+\/([^/\s]+)/),
  }
}

async function checkToCall(world: World, round: string): Promise<string> {
  const rows = await world.directory.database.transaction({ role: 'manager' }, (tx) =>
    tx
      .withTables<{ 'checks.check': { id: string; round_id: string } }>()
      .selectFrom('checks.check')
      .select('id')
      .where('round_id', '=', round)
      .limit(1)
      .execute(),
  )
  return rows[0]?.id ?? ''
}

function partOf(text: string, pattern: RegExp): string {
  const part = pattern.exec(text)?.[1]
  if (part === undefined) throw new Error(`nothing like ${pattern} there`)
  return part
}
