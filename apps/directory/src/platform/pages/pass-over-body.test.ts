import { expect, test } from 'vitest'
import { passOverBody } from './pass-over-body.ts'

/** A request whose body comes in parts of a mebibyte, and how many of them were taken. */
function sending(parts: number) {
  let taken = 0
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (out) => {
        if (taken === parts) return out.close()
        taken += 1
        out.enqueue(new Uint8Array(1024 * 1024))
      },
    },
    { highWaterMark: 0 },
  )
  const how = { method: 'POST', body, duplex: 'half' } as const
  return { request: new Request('http://localhost/', how), taken: () => taken }
}

test('a body that is refused is read to its end, so that whoever sends it hears the answer', async () => {
  const { request, taken } = sending(5)
  await passOverBody(request)
  expect(taken()).toBe(5)
})

test('hostile: of a body without end no more than 16 MB are read; one that was read already is left alone', async () => {
  const { request, taken } = sending(1_000)
  await passOverBody(request)
  expect(taken()).toBe(17)
  const read = new Request('http://localhost/', { method: 'POST', body: 'x' })
  await read.text()
  await passOverBody(read)
  await passOverBody(new Request('http://localhost/'))
})
