import { messageIdOf, messageMail, messageSubject } from '@parley/protocol'
import { make, saveFile } from './element.ts'
import { type Form, type HandOver, openLeaving } from './leaving.ts'
import { button, say } from './speech.ts'
import { domainOf } from './write-message.ts'

/** By the user's own mail, telephone or whatever takes a text; what should not travel in clear is asked about. */
export function plainHandOver(form: Form): HandOver {
  const { speech, page } = form
  const leaving = openLeaving(form)
  const copy = () => leaving.inClear((_, text) => leaving.copy(text))
  const file = () =>
    leaving.inClear((message) => {
      const [from, to] = [form.takeSender(), form.recipient()]
      if (from === undefined || to === undefined) return undefined
      const mail = messageMail(message, {
        from: { name: message.from.name ?? message.from.entity, address: from },
        to: { name: message.to.entity, address: to },
        messageId: messageIdOf(message, domainOf(from)),
        attachments: [],
      })
      const name = `${message.reference}.eml`
      // A mail program that knows this header opens the file as a draft of one's own, to be sent.
      saveFile(name, 'message/rfc822', ['X-Unsent: 1\r\n', mail])
      return { key: 'file.saved', values: { name } }
    })
  const program = () =>
    leaving.inClear(
      (message, text) => {
        const to = form.recipient()
        if (to === undefined) return undefined
        const body = encodeURIComponent(text.replaceAll('\n', '\r\n'))
        const subject = encodeURIComponent(messageSubject(message))
        const href = `mailto:${encodeURIComponent(to).replace('%40', '@')}?subject=${subject}&body=${body}`
        make('a', { href, target: '_blank', rel: 'noopener noreferrer' }).click()
        return 'mail-program.opened'
      },
      ['mail-program.warn'],
    )
  const print = () =>
    leaving.inClear(() => {
      globalThis.print()
      return 'script.printed'
    })
  const hasMail = page.to.emails.length > 0
  const node = make(
    'div',
    {},
    leaving.preview,
    speech.say(make('h2'), say('hand-over')),
    speech.say(make('p', { class: 'small' }), say('hand-over.help')),
    make(
      'p',
      { class: 'row' },
      button(speech, 'copy', copy, 'main'),
      ...(hasMail ? [button(speech, 'file', file), button(speech, 'mail-program', program)] : []),
      button(speech, 'script', print),
    ),
    leaving.status,
    ...(hasMail ? [] : [speech.say(make('p', { class: 'small' }), say('no-mail'))]),
  )
  return { node, show: leaving.show }
}
