import { ask } from './ask.ts'
import { type Control, textControl } from './control.ts'
import { type Draft, largestDraft, readDraft, writeDraft } from './draft-file.ts'
import { make, saveFile, unwatched } from './element.ts'
import type { PageWords } from './page-words.ts'
import { button, type Key, say, type Speech } from './speech.ts'

/** What drafts need of the form. */
export interface Drafted {
  readonly page: PageWords
  readonly controls: readonly Control[]
  take(): Draft
  put(draft: Draft): void
  /** What stands in the form is in a file now. */
  saved(): void
  /** Whether anything stands there that is in no file. */
  isKept(): boolean
}

/** A draft is a file that the user saves and opens; the browser's own stores are not used. */
export function draftSection(speech: Speech, form: Drafted): HTMLElement {
  const status = make('p', { role: 'status' })
  const tell = (key?: Key, values = {}) => {
    status.textContent = key ? speech.t(key, values) : ''
    status.className = key?.startsWith('composer/') ? 'error' : ''
  }
  speech.always(() => tell())
  const passphrase = textControl(speech, {
    id: 'draft-passphrase',
    kind: 'password',
    label: say('draft.passphrase'),
    help: say('draft.passphrase.help'),
  })
  const phrase = () => String(passphrase.read())
  const save = async () => {
    const draft = form.take()
    const name = `${draft.reference}-${draft.kind}.parley-draft.json`
    saveFile(name, 'application/json', [await writeDraft(draft, phrase())])
    form.saved()
    tell(phrase() === '' ? 'draft.saved' : 'draft.saved-encrypted', { name })
  }
  const open = async (file: File) => {
    tell()
    const text = file.size > largestDraft ? '' : await file.text()
    const ids = form.controls.map(({ id }) => id)
    const opened = await readDraft(text, phrase(), form.page, ids)
    if (!opened.ok) {
      tell(opened.code)
      return
    }
    const question = {
      title: speech.t('draft.replace'),
      paragraphs: [speech.t('draft.replace.text')],
      yes: speech.t('draft.replace.yes'),
      no: speech.t('ask.back'),
    }
    if (!form.isKept() && !(await ask(speech, question))) return
    form.put(opened.draft)
    tell('draft.opened')
  }
  const chooser = make('input', { type: 'file', id: 'draft-file', accept: '.json', ...unwatched })
  chooser.addEventListener('change', () => {
    const [file] = Array.from(chooser.files ?? [])
    // The same file may be chosen again, with its passphrase.
    if (file) void open(file).finally(() => (chooser.value = ''))
  })
  const node = make(
    'section',
    {},
    speech.say(make('h2'), say('draft')),
    speech.say(make('p', { class: 'small' }), say('draft.help')),
    passphrase.node,
    make('p', { class: 'row' }, button(speech, 'draft.save', save)),
    make(
      'div',
      { class: 'field' },
      speech.say(make('label', { for: chooser.id }), say('draft.open')),
      chooser,
    ),
    status,
  )
  // Neither is part of the message: the form does not look.
  for (const kind of ['input', 'change']) node.addEventListener(kind, (event) => event.stopPropagation())
  return node
}
