import { groupFingerprint } from '@parley/kernel'
import { type Message, messageEntity, messageIdOf, mailHeaders } from '@parley/protocol'
import { encryptEntity, encryptText } from '@parley/protocol/openpgp'
import { ltr, make, saveFile } from './element.ts'
import { type Form, type HandOver, openLeaving } from './leaving.ts'
import type { PageWords } from './page-words.ts'
import { button, say } from './speech.ts'
import { domainOf } from './write-message.ts'

/** Encrypted in this browser to the key of the addressee's entry, which came with the page, and to one's own. */
export function encryptedHandOver(form: Form): HandOver {
  const { speech, page } = form
  const leaving = openLeaving(form)
  const result = make('textarea', {
    id: 'encrypted-text',
    readonly: '',
    rows: '8',
    dir: 'ltr',
    class: 'preview',
  })
  const shown = make(
    'div',
    { class: 'field' },
    speech.say(make('label', { for: result.id }), say('encrypted.text')),
    result,
  )
  shown.hidden = true
  const problem = make('p', { class: 'error', role: 'status' })
  speech.always(() => {
    problem.textContent = ''
  })
  /** What the work gives; undefined, and said, where nothing can be encrypted to the key. */
  const sealed = async <Sealed>(encrypt: (to: readonly string[]) => Promise<Sealing<Sealed>>) => {
    problem.textContent = ''
    const done = await toBoth(page, encrypt)
    if (!done.ok) problem.textContent = speech.t('composer/key-unfit')
    return done.ok ? done.value : undefined
  }
  const copy = () =>
    leaving.encrypted(async (_, text) => {
      const armor = await sealed((to) => encryptText(text, { to, at: new Date() }))
      if (armor === undefined) return undefined
      const isDone = await navigator.clipboard.writeText(armor).then(
        () => true,
        () => false,
      )
      result.value = armor
      shown.hidden = false
      if (!isDone) result.select()
      return isDone ? 'copied' : 'copy.by-hand'
    })
  const file = () =>
    leaving.encrypted(async (message) => {
      const [from, to] = [form.takeSender(), form.recipient()]
      if (from === undefined || to === undefined) return undefined
      const entity = new TextEncoder().encode(messageEntity(message, []))
      const encrypted = await sealed((readers) => encryptEntity(entity, { to: readers, at: new Date() }))
      if (encrypted === undefined) return undefined
      const name = `${message.reference}.eml`
      saveFile(name, 'message/rfc822', ['X-Unsent: 1\r\n', headersOf(message, from, to), copyOf(encrypted)])
      return { key: 'file.saved', values: { name } }
    })
  const print = () =>
    leaving.inClear(() => {
      globalThis.print()
      return 'script.printed'
    })
  const node = make(
    'div',
    {},
    leaving.preview,
    speech.say(make('h2'), say('encrypted')),
    speech.say(make('p', { class: 'small' }), say('encrypted.help')),
    ...keyLines(form),
    make(
      'p',
      { class: 'row' },
      button(speech, 'encrypted.copy', copy, 'main'),
      ...(page.to.emails.length > 0 ? [button(speech, 'encrypted.file', file)] : []),
      button(speech, 'script', print),
    ),
    leaving.status,
    problem,
    shown,
  )
  return {
    node,
    show: (written) => {
      leaving.show(written)
      // What was encrypted before is not what stands here now.
      shown.hidden = true
      result.value = ''
    },
  }
}

type Sealing<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly refusal: unknown }

/** One's own key is a convenience: where nothing can be encrypted to it, the message goes to the other alone. */
async function toBoth<Value>(
  { keys }: PageWords,
  encrypt: (to: readonly string[]) => Promise<Sealing<Value>>,
): Promise<Sealing<Value>> {
  if (!keys) return { ok: false, refusal: 'no key' }
  const { theirs, own } = keys
  const both = own === undefined ? undefined : await encrypt([theirs.armored, own.armored])
  return both?.ok ? both : encrypt([theirs.armored])
}

function headersOf(message: Message, from: string, to: string): string {
  return mailHeaders(message, {
    from: { name: message.from.name ?? message.from.entity, address: from },
    to: { name: message.to.entity, address: to },
    messageId: messageIdOf(message, domainOf(from)),
  })
}

function keyLines({ speech, page }: Form): readonly HTMLElement[] {
  const line = (key: 'encrypted.to' | 'encrypted.own', fingerprint: string) =>
    make('p', {}, speech.say(make('span'), say(key)), ' ', ltr(groupFingerprint(fingerprint)))
  const { theirs, own } = page.keys ?? {}
  return [
    ...(theirs ? [line('encrypted.to', theirs.fingerprint)] : []),
    own
      ? line('encrypted.own', own.fingerprint)
      : speech.say(make('p', { class: 'small' }), say('encrypted.no-own')),
  ]
}

/** In a buffer of its own, as a file takes it. */
function copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes)
}
