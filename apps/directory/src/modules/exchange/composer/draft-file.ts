import type { PageWords } from './page-words.ts'
import type { Typed } from './write-message.ts'

/** What was typed, to go on with later: a file that the user keeps, encrypted if wanted. Nothing else keeps it. */
export interface Draft {
  readonly kind: string
  readonly template: number
  /** Id of the addressee's entry: a draft is not opened where it would go to somebody else. */
  readonly entry: string
  readonly thread: string
  readonly reference: string
  readonly typed: Typed
}

type DraftRefusal =
  | 'composer/draft-broken'
  | 'composer/draft-newer'
  | 'composer/draft-locked'
  | 'composer/draft-passphrase'
  | 'composer/draft-other-kind'
  | 'composer/draft-other-entry'

export type OpenedDraft =
  { readonly ok: true; readonly draft: Draft } | { readonly ok: false; readonly code: DraftRefusal }

/** More than anybody types; a larger file is not read. */
export const largestDraft = 1024 * 1024

const iterations = 600_000
/** A file that asks for more only wants to keep the machine busy. */
const mostIterations = 5_000_000

/** The file's text; with a passphrase, AES-256-GCM under a key derived from it (PBKDF2, SHA-256). */
export async function writeDraft(draft: Draft, passphrase: string): Promise<string> {
  const { kind, template, entry, thread, reference, typed } = draft
  const content = { kind, template, entry, thread, reference, typed: { ...typed } }
  if (passphrase === '') return lines({ ...head, content })
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const key = await keyOf(passphrase, salt, iterations)
  const bytes = new TextEncoder().encode(JSON.stringify(content))
  const data = new Uint8Array(
    await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, bytes),
  )
  const sealed = { kdf, cipher, iterations, salt: toBase64(salt), iv: toBase64(iv), data: toBase64(data) }
  return lines({ ...head, encrypted: sealed })
}

/** Never throws on what a stranger wrote: a refusal says what is wrong, and the form stays as it is. */
export async function readDraft(
  text: string,
  passphrase: string,
  page: Pick<PageWords, 'kind' | 'template' | 'entry'>,
  controls: readonly string[],
): Promise<OpenedDraft> {
  const file = parse(text)
  if (!isRecord(file) || file['parley'] !== 'draft' || typeof file['version'] !== 'number')
    return refuse('composer/draft-broken')
  if (file['version'] > head.version) return refuse('composer/draft-newer')
  const { content, encrypted } = file
  if (encrypted === undefined) return checkDraft(content, page, controls)
  if (passphrase === '') return refuse('composer/draft-locked')
  const opened = await decrypt(encrypted, passphrase)
  return typeof opened === 'string' ? checkDraft(parse(opened), page, controls) : opened
}

function checkDraft(
  content: unknown,
  page: Pick<PageWords, 'kind' | 'template' | 'entry'>,
  controls: readonly string[],
): OpenedDraft {
  if (!isRecord(content)) return refuse('composer/draft-broken')
  const { kind, template, entry, thread, reference, typed } = content
  if (
    typeof kind !== 'string' ||
    typeof template !== 'number' ||
    typeof entry !== 'string' ||
    typeof thread !== 'string' ||
    !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(thread) ||
    typeof reference !== 'string' ||
    !/^[0-9A-Z]{4}-[0-9A-Z]{4}$/.test(reference) ||
    !isTyped(typed)
  )
    return refuse('composer/draft-broken')
  if (entry !== page.entry) return refuse('composer/draft-other-entry')
  if (kind !== page.kind) return refuse('composer/draft-other-kind')
  if (template > page.template) return refuse('composer/draft-newer')
  // What has no place on this page would be lost without a word.
  const isPlaced = Object.keys(typed).every(
    (id) => controls.includes(id) || id === 'to-address' || isEmpty(typed[id]),
  )
  if (!isPlaced) return refuse('composer/draft-broken')
  return { ok: true, draft: { kind, template, entry, thread, reference, typed } }
}

const head = { parley: 'draft', version: 1 } as const
const kdf = 'PBKDF2-HMAC-SHA-256'
const cipher = 'AES-256-GCM'
const additionalData = new TextEncoder().encode('parley draft 1')

async function decrypt(sealed: unknown, passphrase: string): Promise<string | OpenedDraft> {
  if (!isRecord(sealed) || sealed['kdf'] !== kdf || sealed['cipher'] !== cipher)
    return refuse('composer/draft-broken')
  const rounds = sealed['iterations']
  const [salt, iv, data] = [sealed['salt'], sealed['iv'], sealed['data']].map(fromBase64)
  if (typeof rounds !== 'number' || !Number.isSafeInteger(rounds) || rounds < 1 || rounds > mostIterations)
    return refuse('composer/draft-broken')
  if (!salt || !data || iv?.length !== 12) return refuse('composer/draft-broken')
  const key = await keyOf(passphrase, salt, rounds)
  return crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, data).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => refuse('composer/draft-passphrase'),
  )
}

/** The same passphrase on every keyboard: accents in one letter or two are the same. */
async function keyOf(passphrase: string, salt: Uint8Array<ArrayBuffer>, rounds: number): Promise<CryptoKey> {
  const secret = new TextEncoder().encode(passphrase.normalize('NFKC'))
  const base = await crypto.subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveKey'])
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

function fromBase64(text: unknown): Uint8Array<ArrayBuffer> | undefined {
  try {
    return typeof text === 'string'
      ? Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
      : undefined
  } catch {
    return undefined
  }
}

function lines(file: object): string {
  return `${JSON.stringify(file, null, 1)}\n`
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function refuse(code: DraftRefusal): OpenedDraft {
  return { ok: false, code }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTyped(value: unknown): value is Typed {
  return (
    isRecord(value) &&
    Object.values(value).every(
      (each) =>
        typeof each === 'string' || (Array.isArray(each) && each.every((one) => typeof one === 'string')),
    )
  )
}

function isEmpty(value: Typed[string] | undefined): boolean {
  return value === undefined || value.length === 0
}
