import { html, type Html, ltr, notice, nothing, type PageScope } from '@parley/web'
import type { Case } from '../../cases/case.ts'
import { text } from '../../locales/index.ts'
import { findSender } from '../find-sender.ts'
import { stateIn } from '../names.ts'
import type { OfflineDirectory } from '../offline-directory.ts'

/** For which office the sender of the last message passes, where it does: to be called over its own number. */
export async function passedForNotice(
  { locale, directory }: Pick<PageScope, 'locale'> & { readonly directory: OfflineDirectory },
  { lines }: Case,
): Promise<Html> {
  const last = lines.findLast((line) => line.known && line.what === 'message.received')
  const address = last?.known && last.what === 'message.received' ? last.content.address : undefined
  const snapshot = (await directory.current())?.snapshot
  if (address === undefined || !snapshot) return nothing
  const sender = findSender(snapshot, address)
  if (sender === 'unknown' || !('lookalike' in sender)) return nothing
  const { lookalike } = sender
  return notice(
    html`${text(locale)('sender.passes-for')} ${ltr(lookalike.address)}
      (${stateIn(snapshot, lookalike.state, locale)} · <bdi>${lookalike.name}</bdi>)
      <div>${text(locale)('sender.wrote-from')} ${ltr(address)}</div>`,
    'warn',
  )
}
