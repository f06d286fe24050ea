import { chip, href, html, type Html, linkButton, moment, nothing } from '@parley/web'
import type { Locale } from '@parley/kernel'
import type { Case } from '../cases/case.ts'
import { channelText } from '../cases/pages/say-line.ts'
import { text } from '../locales/index.ts'
import { writeKindRoute } from '../routes.ts'

/** POC-29: what was proposed, and what both sides agreed to, with its date. */
export function channelFact(locale: Locale, { agreedChannel, proposedChannel }: Case): Html | undefined {
  const t = text(locale)
  if (!agreedChannel && !proposedChannel) return undefined
  return html`${
    agreedChannel
      ? html`<div>
          <bdi>${channelText(locale, agreedChannel)}</bdi>,
          ${t.html('channel.agreed-on', { date: moment(locale, agreedChannel.agreedAt, 'date') })}
        </div>`
      : nothing
  }${
    proposedChannel
      ? html`<div>
          ${t(`channel.proposed.${proposedChannel.by}`)}:
          <bdi>${channelText(locale, proposedChannel)}</bdi>
        </div>`
      : nothing
  }`
}

/** The agency that leads on each side. */
export function leadsFact(locale: Locale, { leads }: Case): Html | undefined {
  const named = (['ours', 'theirs'] as const).filter((side) => leads[side] !== undefined)
  if (named.length === 0) return undefined
  return html`${named.map(
    (side) => html`<div>${chip(text(locale)(`side.${side}`))} <bdi>${leads[side]}</bdi></div>`,
  )}`
}

/** What can be done about the channel: in a message, or after a call by hand. */
export function channelPart(locale: Locale, each: Case): Html {
  const t = text(locale)
  const write = (step: string) =>
    `${href(locale, writeKindRoute, { kind: 'channel' })}?${new URLSearchParams({ case: each.id, step })}`
  const theirs = each.proposedChannel?.by === 'theirs'
  return html`<p class="row">
    ${
      theirs
        ? html`${linkButton(write('agree'), t('channel.agree'))}
          ${linkButton(write('decline'), t('channel.other'))}`
        : linkButton(write('propose'), t('channel.propose'))
    }
  </p>`
}
