import { type Message, messageText } from '@parley/protocol'
import { ask } from './ask.ts'
import { make, unwatched } from './element.ts'
import type { PageWords } from './page-words.ts'
import { type Key, say, type Speech, type Values } from './speech.ts'
import type { Written } from './write-message.ts'

type Whole = Extract<Written, { readonly ok: true }>

/** What the form gives to whatever hands the message over. */
export interface Form {
  readonly speech: Speech
  readonly page: PageWords
  /** The message as it stands now; what is wrong with it is shown, and nothing is given. */
  take(): Whole | undefined
  /** Where it goes; nothing where the entry gives no e-mail address. */
  recipient(): string | undefined
  /** From where it goes; what is wrong with that is shown, and nothing is given. */
  takeSender(): string | undefined
  /** After this the next change begins another message. */
  handedOver(): void
}

/** Ways by which a message leaves: none of them is the Directory's (RULE-1). */
export interface HandOver {
  readonly node: HTMLElement
  show(written: Written): void
}

/** Does what takes the message out of the page, after asking what is to be asked; says whether it was done. */
type Leave = (message: Message, text: string) => Promise<Key | Told | undefined> | Key | Told | undefined

interface Told {
  readonly key: Key
  readonly values: Values
}

export interface Leaving {
  /** The text as the other side reads it. Marked and copied by hand it is asked about too. */
  readonly preview: HTMLElement
  /** What became of the last act. */
  readonly status: HTMLElement
  show(written: Written): void
  /** Unencrypted: what says more than the class of the incident is asked about, once for a text. */
  inClear(go: Leave, warnings?: readonly Key[]): Promise<void>
  encrypted(go: Leave): Promise<void>
  /** Puts a text in the clipboard, or marks it there where the browser does not allow that. */
  copy(text: string): Promise<Key>
}

export function openLeaving(form: Form): Leaving {
  const { speech, page } = form
  const status = make('p', { role: 'status' })
  speech.always(() => {
    status.textContent = ''
  })
  const box = make('textarea', {
    id: 'preview',
    readonly: '',
    rows: '18',
    dir: 'auto',
    class: 'preview',
    ...unwatched,
  })
  let allowed = ''
  const mayLeave = async (text: string, { details }: Whole, warnings: readonly Key[]) => {
    const isAsked = details.length > 0 && text !== allowed
    if (!isAsked && warnings.length === 0) return true
    const fields = details.map(({ label }) => label[speech.locale()]).join(' · ')
    const agreed = await ask(speech, {
      title: speech.t('ask.detail'),
      paragraphs: [
        ...(isAsked ? [speech.t('ask.detail.text', { fields }), speech.t(hintOf(page))] : []),
        ...warnings.map((key) => speech.t(key)),
      ],
      yes: speech.t('ask.go-on'),
      no: speech.t('ask.back'),
    })
    if (agreed) allowed = text
    return agreed
  }
  const leave = async (go: Leave, warnings: readonly Key[] | 'encrypted') => {
    status.textContent = ''
    const taken = form.take()
    if (!taken) return
    const text = messageText(taken.message)
    if (warnings !== 'encrypted' && !(await mayLeave(text, taken, warnings))) return
    const told = await go(taken.message, text)
    if (told === undefined) return
    status.textContent = typeof told === 'string' ? speech.t(told) : speech.t(told.key, told.values)
    form.handedOver()
  }
  const copy = async (text: string): Promise<Key> => {
    const isDone = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    )
    if (isDone) return 'copied'
    box.value = text
    box.focus()
    box.select()
    allowed = text
    return 'copy.by-hand'
  }
  const guard = (event: Event) => {
    if (box.value === allowed) return
    const taken = form.take()
    if (taken?.details.length === 0) return
    event.preventDefault()
    if (taken) void leave((_, text) => copy(text), [])
  }
  for (const kind of ['copy', 'cut', 'dragstart']) box.addEventListener(kind, guard)
  return {
    preview: make(
      'section',
      {},
      speech.say(make('h2'), say('preview')),
      speech.say(make('label', { for: box.id, class: 'small' }), say('preview.help')),
      box,
    ),
    status,
    show: (written) => {
      if (written.ok) box.value = messageText(written.message)
    },
    inClear: (go, warnings = []) => leave(go, warnings),
    encrypted: (go) => leave(go, 'encrypted'),
    copy,
  }
}

function hintOf({ hasKey, keys }: PageWords): Key {
  if (keys) return 'ask.detail.here'
  return hasKey ? 'ask.detail.key' : 'ask.detail.no-key'
}
