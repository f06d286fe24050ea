import { minute } from '@parley/kernel'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { email, nominate, stateCode } from '../../../test/nominate.ts'
import { pressStart } from '../../../test/start-round.ts'
import { type Served, serveWorld } from '../../../test/serving.ts'
import type { Visitor } from '../../../test/world.ts'

// Over a real port: what is held here is what comes over the line, and when it ends.
let served: Served
let manager: Visitor
let round: string

beforeEach(async () => {
  served = await serveWorld()
  const { world } = served
  const sahiliya = stateCode('XA')
  await world.participate(sahiliya)
  for (const kind of ['technical', 'diplomatic'] as const)
    await nominate(world, sahiliya, kind, { addresses: [email(`office@${kind}.sahiliya.example`)] })
  manager = await world.visitor({ role: 'manager' })
  round = (await pressStart(manager)).location
})
afterEach(() => served.stop())

/** The events of a stream, read as they come. */
interface Stream {
  readonly response: Response
  /** Waits until what came contains a text; throws when the stream ends before. */
  until(text: string): Promise<string>
  /** Everything until the stream ends. */
  rest(): Promise<string>
  leave(): Promise<void>
}

async function listen(who: Visitor, query = '?as=running'): Promise<Stream> {
  const response = await fetch(new URL(`${round}/figures${query}`, served.origin), {
    headers: { cookie: who.cookie(), 'accept-encoding': 'gzip' },
  })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let came = ''
  const more = async () => {
    const next = await reader?.read()
    came += next?.value ?? ''
    return next?.done === false
  }
  const until = async (text: string) => {
    while (!came.includes(text)) if (!(await more())) throw new Error(`The stream ended:\n${came}`)
    return came
  }
  const rest = async () => {
    while (await more());
    return came
  }
  return { response, until, rest, leave: async () => reader?.cancel() }
}

function answered(count: number): string {
  return `${count} of 2 checks answered`
}

async function answer(count: number): Promise<void> {
  await served.world.work('send-messages')
  for (const { text } of served.world.sent.slice(0, count)) {
    const [, code = ''] = /checks\/(\d{12})/.exec(text) ?? []
    await (await served.world.visitor()).post(`/en/checks/${code}`)
  }
}

test('the figures of a round come as they change, as the page shows them, and no proxy holds them back', async () => {
  const stream = await listen(manager)
  expect(stream.response.status).toBe(200)
  expect(stream.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect(stream.response.headers.get('x-accel-buffering')).toBe('no')
  expect(stream.response.headers.get('cache-control')).toBe('no-store, no-transform')
  expect(stream.response.headers.get('content-encoding')).toBeNull()
  await stream.until(answered(0))
  await answer(1)
  const came = await stream.until(answered(1))
  const parts = came.split('\n\n').filter((each) => each.startsWith('event: part\n'))
  // Nothing is sent again while nothing changes, but a sign of life.
  expect(parts.length).toBeLessThan(6)
  await stream.until('\n\n:\n\n')
  const shown =
    parts
      .at(-1)
      ?.replace('event: part\n', '')
      .replace(/^data: /gm, '') ?? ''
  expect((await manager.get(round)).text.replace(/\s+/g, ' ')).toContain(shown.trim().replace(/\s+/g, ' '))
  await stream.leave()
})

test('POC-12: whoever signs out or is suspended meanwhile gets nothing more, and is told that it is over', async () => {
  const leaving = await listen(manager)
  await leaving.until(answered(0))
  await manager.post('/en/sign-out')
  expect(await leaving.rest()).toMatch(/event: over\ndata: \n\n$/)
  expect((await listen(manager)).response.status).toBe(403)

  const { world } = served
  const [one, other] = [await world.visitor({ role: 'manager' }), await world.visitor({ role: 'manager' })]
  const suspended = await listen(one)
  await suspended.until(answered(0))
  const forms = [
    ...(await other.get('/en/managers')).text.matchAll(/\/en\/accounts\/[0-9a-f-]{36}\/suspend/g),
  ]
  // Everybody but oneself, whom nobody suspends.
  for (const [path] of forms) await other.post(path, { reason: 'A key was lost', hours: '72' })
  await answer(1)
  const rest = await suspended.rest()
  expect(rest).not.toContain(answered(1))
  expect(rest).toMatch(/event: over\ndata: \n\n$/)
  expect((await listen(one)).response.status).toBe(403)
  const stays = await listen(other)
  await stays.until(answered(1))
  await stays.leave()
})

test('a round that is stopped ends the stream, and the last of it says that other buttons stand on the page now', async () => {
  const ending = await listen(manager)
  await ending.until(answered(0))
  const [, seen = ''] = /name="seen" value="([^"]+)"/.exec((await manager.get(`${round}/stop`)).text) ?? []
  await manager.post(`${round}/stop`, { seen })
  const last = await ending.rest()
  expect(last).toContain('The round was paused, resumed or ended')
  expect(last).toMatch(/event: over\ndata: \n\n$/)
})

test('a line that breaks is no end: the browser is told when to ask again, and finds everything there', async () => {
  const broken = await listen(manager)
  expect(await broken.until(answered(0))).toMatch(/^retry: 3000\n\n/)
  // As when the program is started anew: nothing says that it is over.
  served.world.directory.street.endStreams()
  expect(await broken.rest()).not.toContain('event: over')
  await answer(1)
  const again = await listen(manager)
  const [first = ''] = (await again.until(answered(1))).split('event: said')
  expect(first).toContain('event: part')
  await again.leave()
})

test('POC-12: looking on prolongs no session: the stream ends with it', async () => {
  const stream = await listen(manager)
  await stream.until(answered(0))
  served.world.clock.advance(8 * 60 * minute)
  expect(await stream.rest()).toMatch(/event: over\ndata: \n\n$/)
})

test('RULE-3: nobody else sees the figures of a round, and what is no round is none', async () => {
  const { world } = served
  const poc = await world.visitor({ role: 'poc', kind: 'technical', state: stateCode('XA') })
  for (const who of [poc, await world.visitor({ role: 'auditor' }), await world.visitor()])
    expect((await listen(who)).response.status).toBe(403)
  const there = round
  for (const id of ['00000000-0000-4000-8000-000000000000', "'", '%00']) {
    round = `/en/rounds/${id}`
    expect((await listen(manager)).response.status).toBe(404)
  }
  round = there
  for (const as of ['?as=<script>', '?as=', '']) {
    const stream = await listen(manager, as)
    expect(await stream.until(answered(0))).not.toContain('<script>')
    await stream.leave()
  }
})

test('of more windows of one person than four the oldest ends', async () => {
  const streams: Stream[] = []
  for (let window = 0; window < 5; window += 1) {
    const stream = await listen(manager)
    await stream.until(answered(0))
    streams.push(stream)
  }
  const [oldest, ...others] = streams
  expect(await oldest?.rest()).not.toContain(answered(2))
  await answer(2)
  for (const stream of others) {
    await stream.until(answered(2))
    await stream.leave()
  }
})

test('a program that stops ends every stream, at once', async () => {
  const streams = [await listen(manager), await listen(manager)]
  for (const stream of streams) await stream.until(answered(0))
  await served.stop()
  // A stream that is cut off, when the patience is over, throws.
  for (const stream of streams) expect(await stream.rest()).toContain(answered(0))
  served = await serveWorld()
})
