import { ask } from './ask.ts'
import { make } from './element.ts'
import { type PageWords, parseLocale } from './page-words.ts'
import { sentence, type Speech } from './speech.ts'

/** The one link of the page. It asks first, and so does the browser however else one leaves: nothing is kept. */
export function leaveLink(speech: Speech, page: PageWords, isKept: () => boolean): HTMLElement {
  let isLeaving = false
  const link = speech.say(make('a', { class: 'button' }), (locale) => sentence(locale, 'leave'))
  speech.always((locale) => link.setAttribute('href', `/${locale}${page.card}`))
  const leave = async () => {
    const question = {
      title: speech.t('leave.ask'),
      paragraphs: [speech.t('leave.text')],
      yes: speech.t('leave.go'),
      no: speech.t('leave.stay'),
    }
    if (!isKept() && !(await ask(speech, question))) return
    isLeaving = true
    location.assign(link.href)
  }
  link.addEventListener('click', (event) => {
    event.preventDefault()
    void leave()
  })
  addEventListener('beforeunload', (event) => {
    if (!isLeaving && !isKept()) event.preventDefault()
  })
  return link
}

/** The languages at the foot of the page, each in itself: switched in place, so that no address is asked for. */
export function languageButtons(speech: Speech, nav: Element): void {
  const buttons = Array.from(nav.querySelectorAll<HTMLElement>('[lang]'), (name) => {
    const { lang } = name
    const chosen = parseLocale(lang)
    const made = make('button', { type: 'button', class: 'link', lang }, name.textContent)
    made.addEventListener('click', () => chosen && speech.switchTo(chosen))
    return made
  })
  nav.replaceChildren(...buttons)
  speech.always((locale) => {
    nav.setAttribute('aria-label', sentence(locale, 'languages'))
    for (const each of buttons) {
      if (each.lang === locale) each.setAttribute('aria-current', 'true')
      else each.removeAttribute('aria-current')
    }
  })
}
