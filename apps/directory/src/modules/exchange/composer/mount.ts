import { fieldsOf, newReference, template as findTemplate, word } from '@parley/protocol'
import { callScript } from './call-script.ts'
import { draftSection } from './drafts.ts'
import { make } from './element.ts'
import { headSection, stepSection } from './fields.ts'
import { languageButtons, leaveLink } from './leave.ts'
import type { Form, HandOver } from './leaving.ts'
import { type PageWords, parseLocale } from './page-words.ts'
import { openProblems } from './problems.ts'
import { openSpeech, sentence, type Speech } from './speech.ts'
import { type Minted, readAddress, textOf, type Typed, writeMessage } from './write-message.ts'

/** Puts the form in the place of the sheet. Nothing of it is asked for later, and nothing typed leaves by itself. */
export function mount(main: HTMLElement, page: PageWords, openHandOver: (form: Form) => HandOver): void {
  const template = findTemplate(page.kind, page.template)
  if (!template) return
  const speech = openSpeech(parseLocale(document.documentElement.lang) ?? 'en')
  const head = headSection(speech, page)
  const steps = template.steps.map((step, place) => stepSection(speech, step, place + 1))
  const controls = [head, ...steps].flatMap((section) => section.controls)
  const problems = openProblems(speech, controls)
  const typed = (): Typed => Object.fromEntries(controls.map((each) => [each.id, each.read()]))
  let kept = JSON.stringify(typed())
  const isKept = () => JSON.stringify(typed()) === kept
  let minted = mint()
  let isHandedOver = false
  const write = () => writeMessage(page, template, typed(), speech.locale(), minted)

  const form: Form = {
    speech,
    page,
    take: () => {
      const written = write()
      problems.show(written.ok ? [] : written.problems)
      return written.ok ? written : undefined
    },
    recipient: () => textOf(typed(), 'to-address') || page.to.emails[0],
    takeSender: () => {
      const from = readAddress(textOf(typed(), 'address'))
      if (typeof from === 'string') return from
      problems.show([{ control: 'address', ...from }])
      return undefined
    },
    handedOver: () => {
      isHandedOver = true
    },
  }
  const screen = openHandOver(form)
  const paper = callScript(speech, page, template)
  const band = make('p', { class: 'band' })
  const refresh = () => {
    const written = write()
    screen.show(written)
    paper.show(written)
    const nature = textOf(typed(), 'nature')
    band.hidden = nature === 'REAL'
    band.textContent = nature
  }
  const changed = () => {
    const { reference, thread } = minted
    // What was handed over is a message of its own: what is changed after it is another one on the same matter.
    minted = isHandedOver ? { ...mint(), reference, thread } : { ...minted, at: new Date() }
    isHandedOver = false
    refresh()
  }
  const saved = () => {
    kept = JSON.stringify(typed())
  }
  const drafts = draftSection(speech, {
    page,
    controls,
    isKept,
    saved,
    take: () => {
      const { kind, template: version, entry } = page
      const { thread, reference } = minted
      return { kind, template: version, entry, thread, reference, typed: typed() }
    },
    put: (draft) => {
      const { thread, reference } = draft
      for (const control of controls) control.write(draft.typed[control.id] ?? control.none)
      minted = { ...mint(), thread, reference }
      problems.show([])
      saved()
      refresh()
    },
  })
  const body = make(
    'div',
    { class: 'unprinted', translate: 'no' },
    band,
    ...heading(speech, page),
    make('p', {}, leaveLink(speech, page, isKept)),
    ...about(speech, page),
    speech.say(make('h2'), (locale) => template.title[locale]),
    speech.say(make('p'), (locale) => template.help[locale]),
    speech.say(make('p', { class: 'small' }), (locale) =>
      word('working-template', locale).replace('{version}', String(template.version)),
    ),
    ...(fieldsOf(template).some(({ detail }) => detail)
      ? [speech.say(make('p', { class: 'small' }), (locale) => sentence(locale, 'detail.means'))]
      : []),
    problems.node,
    head.node,
    ...steps.map((step) => step.node),
    screen.node,
    drafts,
  )
  body.addEventListener('input', changed)
  body.addEventListener('change', changed)
  // What the server said in its language stays in it.
  for (const said of document.querySelectorAll<HTMLElement>('.skip, body > .band'))
    said.lang = speech.locale()
  main.replaceChildren(body, paper.node)
  for (const nav of document.querySelectorAll('footer nav')) languageButtons(speech, nav)
  speech.always((locale) => {
    document.title = sentence(locale, 'title', { state: page.to.stateNames[locale] ?? page.to.state })
    refresh()
  })
}

function mint(): Minted {
  return {
    id: crypto.randomUUID(),
    thread: crypto.randomUUID(),
    reference: newReference(),
    at: new Date(),
  }
}

function heading(speech: Speech, { to }: PageWords): readonly HTMLElement[] {
  return [
    speech.say(make('h1'), (locale) =>
      sentence(locale, 'title', { state: to.stateNames[locale] ?? to.state }),
    ),
    make(
      'div',
      { class: 'lede' },
      speech.say(make('span'), (locale) => to.kindNames[locale] ?? to.kind),
      ...(to.entity === '' ? [] : [' · ', make('bdi', {}, to.entity)]),
    ),
  ]
}

/** What the writer should know before anything is typed. */
function about(speech: Speech, { directories, theirs }: PageWords): readonly HTMLElement[] {
  const names = new Map(
    Array.from(document.querySelectorAll<HTMLElement>('footer nav [lang]'), (name) => [
      name.lang,
      name.textContent,
    ]),
  )
  return [
    make(
      'div',
      { class: 'notice' },
      speech.say(make('p'), (locale) => sentence(locale, 'nothing-sent')),
    ),
    speech.say(make('p'), (locale) => directories[locale] ?? ''),
    speech.say(make('p'), (locale) => {
      const languages = [...new Set([theirs, locale])].map((each) => names.get(each) ?? each)
      return sentence(locale, 'message-languages', { languages: languages.join(' · ') })
    }),
    speech.say(make('p', { class: 'small' }), (locale) => sentence(locale, 'operator')),
  ]
}
