import { ok, refuse, type Result, second } from '@parley/kernel'
import type { SnapshotFiles } from '@parley/protocol/snapshot'
import { z } from 'zod'

export interface Source {
  readonly address: string
  readonly token: string
}

export interface Asking {
  readonly fetch: typeof fetch
  /** Ends it when the Desk locks. */
  readonly signal: AbortSignal
}

const told = z.object({ number: z.int(), file: z.url(), signature: z.url() })
const longestWait = 120 * second
const largestFile = 256 * 1024 * 1024
const largestAnswer = 64 * 1024

/** Encrypted on its way, unless it does not leave this machine. */
export function isDirectoryAddress(typed: string): boolean {
  if (!URL.canParse(typed)) return false
  const { protocol, hostname } = new URL(typed)
  return (
    protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname))
  )
}

/** Asks for the number first: one that is here already costs the Mission nothing. */
export async function fetchSnapshot(
  { address, token }: Source,
  known: number | undefined,
  { fetch, signal }: Asking,
): Promise<Result<SnapshotFiles | 'unchanged'>> {
  const { origin } = new URL(address)
  const ask = async (url: string, most: number): Promise<Result<Uint8Array<ArrayBuffer>>> => {
    // The token goes to the Directory and nowhere else, whatever an answer says.
    if (new URL(url).origin !== origin) return refused('unreadable')
    try {
      const response = await fetch(url, {
        headers: { authorization: `Bearer ${token}` },
        redirect: 'error',
        credentials: 'omit',
        signal: AbortSignal.any([signal, AbortSignal.timeout(longestWait)]),
      })
      return response.ok ? await bytesOf(response, most) : refused(reasonOf(response.status))
    } catch (fault) {
      if (fault instanceof TypeError || fault instanceof DOMException) return refused('unreachable')
      throw fault
    }
  }
  const answer = await ask(`${origin}/api/v1/snapshot`, largestAnswer)
  if (!answer.ok) return answer
  const there = told.safeParse(parsed(answer.value))
  if (!there.success) return refused('unreadable')
  if (there.data.number === known) return ok('unchanged')
  const signature = await ask(there.data.signature, largestAnswer)
  if (!signature.ok) return signature
  const file = await ask(there.data.file, largestFile)
  return file.ok ? ok({ file: file.value, signature: signature.value }) : file
}

/** What the Directory's status means here. */
function reasonOf(status: number): Reason {
  if (status === 401 || status === 403) return 'token-refused'
  if (status === 404) return 'none-yet'
  if (status === 410) return 'replaced'
  return status === 429 ? 'too-often' : 'unreadable'
}

const reasons = ['unreachable', 'token-refused', 'none-yet', 'replaced', 'too-often', 'unreadable'] as const
type Reason = (typeof reasons)[number]

function refused(reason: Reason): Result<never> {
  return refuse({ code: `desk/directory-${reason}`, kind: 'conflict' })
}

async function bytesOf({ body }: Response, most: number): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of body ?? []) {
    size += part.length
    // Leaving the loop closes the connection.
    if (size > most) return refuse({ code: 'protocol/snapshot-too-large', kind: 'invalid' })
    parts.push(part)
  }
  return ok(new Uint8Array(Buffer.concat(parts)))
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}
