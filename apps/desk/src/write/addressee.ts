import { html, href, type Html, linkButton, notice, nothing, type PageScope } from '@parley/web'
import { text } from '../locales/index.ts'
import { offlineRoute } from '../routes.ts'
import { type Contact, findContact } from '../snapshot/contacts.ts'
import { kindIn, stateIn } from '../snapshot/names.ts'
import type { OfflineDirectory } from '../snapshot/offline-directory.ts'

type Around = Pick<PageScope, 'locale'> & { readonly directory: OfflineDirectory }

/** Whom somebody chose in the offline directory, by the id of its entry. */
export async function addressee(
  { directory }: Pick<Around, 'directory'>,
  id: string | null,
): Promise<Contact | undefined> {
  const copy = id === null ? undefined : await directory.current()
  return copy && id !== null ? findContact(copy.snapshot, id) : undefined
}

export async function addresseeLine({ locale, directory }: Around, contact: Contact): Promise<Html> {
  const snapshot = (await directory.current())?.snapshot
  if (!snapshot) return nothing
  return html`${stateIn(snapshot, contact.state, locale)} · ${kindIn(snapshot, contact.kind, locale)} ·
    <bdi>${contact.entity}</bdi>`
}

/** The way to the offline directory, where there is one; what it says can be typed over. */
export async function offerAddressees(scope: Around, kind: string, chosen?: Contact): Promise<Html> {
  const { locale, directory } = scope
  if (!directory.head()) return nothing
  const t = text(locale)
  const search = new URLSearchParams({ write: kind })
  const choose = linkButton(`${href(locale, offlineRoute)}?${search}`, t('write.choose'))
  return chosen
    ? html`${notice(html`${t('write.chosen')} ${await addresseeLine(scope, chosen)}`)}
        <p>${choose}</p>`
    : html`<p>${choose}</p>`
}
