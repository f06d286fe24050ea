import { createHash } from 'node:crypto'

/**
 * The same for the same e-mail, however often and by whichever way it was delivered: what servers on the way add to
 * its head does not count, nor how a mailbox ends its lines.
 */
export function digestOf(raw: Uint8Array): string {
  const text = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
    .toString('latin1')
    .replaceAll('\r\n', '\n')
  const end = text.indexOf('\n\n')
  const head = text.slice(0, Math.min(end === -1 ? text.length : end, longestHead)).replace(/\n[ \t]+/g, ' ')
  const hash = createHash('sha256')
  for (const line of head.split('\n').filter(isWriters).toSorted()) hash.update(`${line.trim()}\n`)
  if (end !== -1) hash.update('\n').update(withoutLastLines(text.slice(end)), 'latin1')
  return hash.digest('hex')
}

const longestHead = 256 * 1024

/** Fields that the writer's own program wrote and no server on the way changes. */
function isWriters(line: string): boolean {
  return /^(?:from|to|date|message-id|subject|in-reply-to|content-type):/i.test(line)
}

/** Empty lines at the end come and go. */
function withoutLastLines(body: string): string {
  let end = body.length
  while (end > 0 && body[end - 1] === '\n') end -= 1
  return body.slice(0, end)
}
