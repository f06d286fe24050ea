import { after, day, parseId } from '@parley/kernel'
import { href } from '@parley/web'
import { sendNotice } from '../../platform/mail/send-notice.ts'
import { letterLanguage } from './domain/languages.ts'
import { type LetterNeeds, namesIn } from './letters.ts'
import { linkDigest, linkToken } from './links.ts'
import { text } from './locales/index.ts'
import { linkLastsDays } from './note-replacement.ts'
import { verifyRoute } from './routes.ts'
import { findEntry } from './store/entries.ts'
import { listUnanswered } from './store/unanswered.ts'
import { armVerification } from './store/verification.ts'
import { mayWriteUnasked } from './unasked-mail.ts'

/**
 * After a change, the new address gets one message that it can answer. Nothing follows from silence (RULE-3), and
 * whoever has nothing to do with it is not pestered: `mayWriteUnasked`.
 */
export function verifyAddress(needs: LetterNeeds) {
  const { database, community, post, clock, keys, origin } = needs
  return async (
    told: { readonly entry: string; readonly address: string },
    delivery: string,
  ): Promise<void> => {
    const [id, addressId] = [parseId<'entry'>(told.entry), parseId<'address'>(told.address)]
    if (!id || !addressId) throw new Error('An event names no entry or no address')
    const found = await database.transaction({ role: 'worker' }, async (tx) => {
      const entry = await findEntry(tx, id)
      const address = entry?.addresses.find((each) => each.id === addressId)
      if (!entry || !address || !(await listUnanswered(tx, id)).has(addressId)) return undefined
      const now = clock.now()
      const asked = { address: address.value, purpose: 'verification', delivery } as const
      if (!(await mayWriteUnasked(tx, keys, now, asked))) return undefined
      const digest = linkDigest(keys, 'address', addressId)
      await armVerification(tx, entry, addressId, {
        digest,
        sentAt: now,
        endsAt: after(now, linkLastsDays * day),
      })
      return { entry, to: address.value }
    })
    if (!found) return
    const { entry, to } = found
    const language = letterLanguage(entry, community.profile.languages)
    const t = text(language)
    const values = namesIn(community, entry, language)
    const link = href(language, verifyRoute, {
      address: addressId,
      token: linkToken(keys, 'address', addressId),
    })
    await sendNotice(post, delivery, {
      to,
      subject: t('verify.subject', values),
      paragraphs: [
        t('verify.what', values),
        t('verify.ask', { count: linkLastsDays }),
        new URL(link, origin).href,
        t('verify.silence'),
      ],
      language,
      at: clock.now(),
    })
  }
}
