import { checkMessage, messageMail, messageText } from '@parley/protocol'

const given: unknown = Reflect.get(globalThis, 'given')
const made = [given].flat().map((each) => {
  const checked = checkMessage(each)
  if (!checked.ok) return checked.refusal.code
  const message = checked.value
  const { from, to, id, attachments } = message
  const addressing = {
    from: { name: from.entity, address: 'poc@xa.example' },
    to: { address: `poc@${to.state.toLowerCase()}.example` },
    messageId: `<${id}@xa.example>`,
    attachments: attachments.map(({ name, size }) => ({ name, bytes: new Uint8Array(size) })),
  }
  return [messageText(message), Array.from(messageMail(message, addressing)).join()]
})
Reflect.set(globalThis, 'made', made)
