import { type Locale, parseId } from '@parley/kernel'
import { href, writeMoment } from '@parley/web'
import type { Tx } from '../../platform/database/database.ts'
import { sendNotice } from '../../platform/mail/send-notice.ts'
import { findMission } from '../community/index.ts'
import type { Entry, Known } from './domain/entry.ts'
import { type ContactChange, formerAddresses } from './domain/former-value.ts'
import { letterLanguage } from './domain/languages.ts'
import { type LetterNeeds, namesIn } from './letters.ts'
import { linkDigest, linkToken } from './links.ts'
import { text } from './locales/index.ts'
import { linkLastsDays } from './note-replacement.ts'
import { disputeRoute } from './routes.ts'
import { armLink, findChange } from './store/changes.ts'
import { findEntry } from './store/entries.ts'
import { listKnown } from './store/known.ts'
import { mayWriteUnasked } from './unasked-mail.ts'

interface Recipient {
  readonly to: string
  readonly language: Locale
  readonly opening: 'warn.old' | 'warn.mission'
}

/**
 * POC-11: the old address of an entry and the Mission hear of a change at once, with a link by which either says that
 * it is not right. No value travels: whoever reads along learns nothing.
 */
export function warnOldAddress(needs: LetterNeeds) {
  const { database, community, post, clock, keys, origin } = needs
  return async (told: { readonly change: string }, delivery: string): Promise<void> => {
    const id = parseId<'change'>(told.change)
    if (!id) throw new Error('An event names no change')
    const found = await database.transaction({ role: 'worker' }, async (tx) => {
      const change = await findChange(tx, id)
      const entry = change && (await findEntry(tx, change.entry))
      if (!entry) return undefined
      await armLink(tx, id, linkDigest(keys, 'change', id))
      return { change, entry, recipients: await recipientsOf(tx, needs, change, entry, delivery) }
    })
    if (!found) return
    const { change, entry, recipients } = found
    for (const [place, { to, language, opening }] of recipients.entries()) {
      const t = text(language)
      const link = href(language, disputeRoute, { change: id, token: linkToken(keys, 'change', id) })
      const values = {
        ...namesIn(community, entry, language),
        date: writeMoment(language, change.changedAt, 'date'),
      }
      await sendNotice(post, `${delivery}.${place}`, {
        to,
        subject: t('warn.subject'),
        paragraphs: [
          t(opening, values),
          t('warn.right'),
          t('warn.wrong', { count: linkLastsDays }),
          new URL(link, origin).href,
        ],
        language,
        at: clock.now(),
      })
    }
  }
}

const hasAnswered = (known: readonly Known[]) => known.some(({ rung }) => rung !== 'delivered')

/** Each address that went; where a number or key changed, every address as it was; and the Mission. */
async function recipientsOf(
  tx: Tx,
  { keys, clock, community }: LetterNeeds,
  change: ContactChange,
  entry: Entry,
  delivery: string,
): Promise<readonly Recipient[]> {
  const former = formerAddresses(change.former)
  const gone = former.filter(({ channel }) => channel === 'email')
  const othersToo = change.former.some(({ what }) => what !== 'email')
  const stayed = entry.addresses.filter(
    ({ id, channel }) => othersToo && channel === 'email' && !change.successors.includes(id),
  )
  const known = await listKnown(tx, stayed)
  const answered = new Set([
    ...gone.filter((address) => hasAnswered(address.known)).map(({ value }) => value),
    ...stayed.filter(({ id }) => hasAnswered(known.get(id) ?? [])).map(({ value }) => value),
  ])
  const language = letterLanguage(entry, community.profile.languages)
  const recipients: Recipient[] = []
  for (const to of new Set([...gone, ...stayed].map(({ value }) => value))) {
    // An address that answered here is no stranger's: its warning is never left out.
    const asked = { address: to, purpose: 'warning', delivery } as const
    if (answered.has(to) || (await mayWriteUnasked(tx, keys, clock.now(), asked)))
      recipients.push({ to, language, opening: 'warn.old' })
  }
  const mission = await findMission(tx, entry.state)
  if (mission) recipients.push({ to: mission.email, language: mission.language, opening: 'warn.mission' })
  return recipients
}
