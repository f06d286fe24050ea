import { createServer, type RequestListener } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { refusalOf, valueOf } from '../../test/desk-folder.ts'
import { exampleEntry, issueFiles } from '../../test/snapshots.ts'
import { fetchSnapshot, isDirectoryAddress } from './fetch-snapshot.ts'

const token = 'parley_token'
const files = await issueFiles([exampleEntry({ state: 'XA', name: 'CERT', emails: ['a@a.example'] })])

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `http://127.0.0.1:${address.port}`
}

function ask(address: string, known?: number, signal = new AbortController().signal) {
  return fetchSnapshot({ address, token }, known, { fetch: globalThis.fetch, signal })
}

const told = (origin: string, number = 5) =>
  JSON.stringify({ number, file: `${origin}/snapshot.json`, signature: `${origin}/snapshot.sig` })

/** A Directory that counts what it was asked and with which token. */
async function directory(answerOf: (path: string, origin: string) => Buffer | string | number) {
  const seen: (readonly [path: string, authorization: string | undefined])[] = []
  let own = ''
  own = await listen((request, response) => {
    seen.push([request.url ?? '', request.headers.authorization])
    const answer = answerOf(request.url ?? '', own)
    if (typeof answer === 'number') response.writeHead(answer).end()
    else response.end(answer)
  })
  return { address: own, seen }
}

test('POC-13: the two files are fetched byte for byte, with the token', async () => {
  const { address, seen } = await directory((path, origin) =>
    path.endsWith('.sig')
      ? Buffer.from(files.signature)
      : path.endsWith('.json')
        ? Buffer.from(files.file)
        : told(origin),
  )
  expect(valueOf(await ask(address))).toEqual(files)
  expect(seen.map(([path]) => path)).toEqual(['/api/v1/snapshot', '/snapshot.sig', '/snapshot.json'])
  expect(new Set(seen.map(([, authorization]) => authorization))).toEqual(new Set([`Bearer ${token}`]))
})

test('POC-13: a number that is here already costs no use of the whole list', async () => {
  const { address, seen } = await directory((_, origin) => told(origin, 7))
  expect(valueOf(await ask(address, 7))).toBe('unchanged')
  expect(seen.length).toBe(1)
})

test('the token goes to the Directory alone: not where an answer points, nor where it leads on', async () => {
  const stranger = await directory(() => 'x')
  const pointing = await directory(() => told(stranger.address))
  expect(refusalOf(await ask(pointing.address))).toBe('desk/directory-unreadable')
  const leading = await listen((_, response) => {
    response.writeHead(302, { location: `${stranger.address}/api/v1/snapshot` }).end()
  })
  expect(refusalOf(await ask(leading))).toBe('desk/directory-unreachable')
  expect(stranger.seen).toEqual([])
})

test.each([
  [401, 'token-refused'],
  [403, 'token-refused'],
  [404, 'none-yet'],
  [410, 'replaced'],
  [429, 'too-often'],
  [500, 'unreadable'],
])('a Directory that answers %i is refused as %s', async (status, reason) => {
  const { address } = await directory(() => status)
  expect(refusalOf(await ask(address))).toBe(`desk/directory-${reason}`)
})

test.each([
  ['no JSON', '<html>'],
  ['no addresses', '{"number":5}'],
  ['a number that is none', '{"number":"5","file":"https://a.example/","signature":"https://a.example/"}'],
  ['a bomb', '['.repeat(30_000)],
])('what is no Directory is refused: %s', async (_, body) => {
  const { address } = await directory(() => body)
  expect(refusalOf(await ask(address))).toBe('desk/directory-unreadable')
})

test('an answer without end is cut off', async () => {
  const address = await listen((_, response) => {
    const more = () => {
      while (response.writable && response.write('x'.repeat(65_536)));
    }
    response.on('drain', more)
    more()
  })
  expect(refusalOf(await ask(address))).toBe('protocol/snapshot-too-large')
})

test('POC-35: when the Desk locks a fetching ends', async () => {
  const closing = new AbortController()
  const address = await listen(() => closing.abort())
  expect(refusalOf(await ask(address, undefined, closing.signal))).toBe('desk/directory-unreachable')
})

test.each([
  ['https://directory.example', true],
  ['https://directory.example/en', true],
  ['http://localhost:8080', true],
  ['http://[::1]:8080', true],
  ['http://directory.example', false],
  ['ftp://directory.example', false],
  ['directory.example', false],
  ['javascript:alert(1)', false],
  ['', false],
])('RULE-1: the token crosses no network in clear: %s', (typed, is) => {
  expect(isDirectoryAddress(typed)).toBe(is)
})
