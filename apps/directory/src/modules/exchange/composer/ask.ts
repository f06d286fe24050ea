import { make } from './element.ts'
import type { Speech } from './speech.ts'

export interface Question {
  readonly title: string
  readonly paragraphs: readonly string[]
  readonly yes: string
  readonly no: string
}

/** Asks in a window of the page; closing it, and the Escape key, are "no". The focus goes back to where it was. */
export function ask(speech: Speech, { title, paragraphs, yes, no }: Question): Promise<boolean> {
  const heading = make('h2', { id: 'question' }, title)
  const refuse = make('button', { type: 'button', class: 'button main' }, no)
  const agree = make('button', { type: 'button', class: 'button' }, yes)
  const dialog = make(
    'dialog',
    { 'aria-labelledby': heading.id, lang: speech.locale() },
    heading,
    ...paragraphs.map((each) => make('p', {}, each)),
    make('p', { class: 'row' }, refuse, agree),
  )
  return new Promise((answer) => {
    refuse.addEventListener('click', () => dialog.close('no'))
    agree.addEventListener('click', () => dialog.close('yes'))
    dialog.addEventListener('close', () => {
      dialog.remove()
      answer(dialog.returnValue === 'yes')
    })
    document.body.append(dialog)
    dialog.showModal()
  })
}
