import { hour, type Locale } from '@parley/kernel'
import { code } from '@parley/protocol'
import { chip, html, type Html, ltr, moment, nothing, writeDuration } from '@parley/web'
import { text } from '../../locales/index.ts'
import { fileList, originalLink, warningsIn } from '../../mailbox/mail-parts.ts'
import type { KnownLine, Line } from '../../record/events.ts'
import { sayPlace } from '../../record/say-place.ts'

/** What a line of a case says, beside what it is; nothing is folded away on paper. */
export function sayLine(locale: Locale, line: Line, on: 'screen' | 'paper' = 'screen'): Html {
  const t = text(locale)
  if (!line.known) return html`<pre>${JSON.stringify(line.content, undefined, 1)}</pre>`
  switch (line.what) {
    case 'message.sent':
    case 'message.received':
    case 'message.leaving':
      return html`${marked(locale, line.content.channel, line.content.tlp)}
      ${warningsIn(line.content.warnings ?? []).map((warning) => html`${chip(t(`chip.${warning}`), 'warn')} `)}
      ${line.content.address === undefined ? nothing : ltr(line.content.address)}
      ${line.content.signedBy === undefined ? nothing : chip(t('mailbox.signed'), 'good')}
      ${
        on === 'paper'
          ? wholeText(line.content.text)
          : html`<details>
                <summary>${t('line.text')}</summary>
                ${wholeText(line.content.text)}
              </details>
              ${fileList(locale, line)} ${originalLink(locale, line)}`
      }`
    case 'message.not-sent':
      return html`${t(`not-sent.${line.content.why}`)}
      ${line.content.status === undefined ? nothing : ltr(line.content.status)}`
    case 'exchange.noted':
      return html`${chip(t(`side.${line.content.side}`))}
        ${marked(locale, line.content.channel, line.content.tlp)}
        <p dir="auto">${line.content.text}</p>`
    case 'case.opened':
    case 'case.described':
      return typed(line.content.title)
    case 'note.written':
      return html`<p dir="auto">${line.content.text}</p>`
    case 'duty.handed-over':
      return line.content.note === undefined ? nothing : html`<p dir="auto">${line.content.note}</p>`
    case 'duty.taken':
      return line.content.until === undefined
        ? nothing
        : html`${t('duty.until')} ${moment(locale, new Date(line.content.until))}`
    case 'exercise.begun':
    case 'user.added':
    case 'user.renamed':
      return typed(line.content.name)
    case 'record.damage-noted':
      return html`<ul>
        ${line.content.places.map((place) => html`<li>${sayPlace(locale, place)}</li>`)}
      </ul>`
    case 'case.escalated':
      return html`${typed(line.content.office)}${line.content.note === undefined ? nothing : html`<p dir="auto">${line.content.note}</p>`}`
    case 'case.closed':
      return line.content.outcome === undefined ? nothing : html`<p dir="auto">${line.content.outcome}</p>`
    case 'consent.given':
      return html`${sideOf(locale, line)}
      ${typed([line.content.who, line.content.what, line.content.with ?? ''].filter(Boolean).join(' · '))}
      ${moment(locale, new Date(line.content.on), 'date')}`
    case 'case.answered':
      return html`${sideOf(locale, line)} ${t(`answer.${line.content.answer}`)}`
    case 'case.estimated':
      return html`${sideOf(locale, line)} ${moment(locale, new Date(line.content.until))}`
    case 'case.timed':
      return html`${sideOf(locale, line)} ${writeDuration(locale, line.content.hours * hour)}`
    case 'case.led':
      return html`${sideOf(locale, line)} ${typed(line.content.entity)}`
    case 'channel.proposed':
      return html`${sideOf(locale, line)} ${typed(channelText(locale, line.content))}`
    case 'case.referenced':
      return html`${sideOf(locale, line)} ${typed(line.content.reference)}`
    case 'case.handed-over':
      return typed(line.content.to.entity)
    case 'case.taken-over':
      return typed(`${line.content.by}, ${line.content.from.entity}`)
    case 'case.clarified':
      return html`${t(`nature.${line.content.nature}`)}`
    case 'consent.withdrawn':
      return html`${sideOf(locale, line)} ${typed(line.content.who)}
      ${moment(locale, new Date(line.content.on), 'date')}`
    case 'record.handed-out':
      return html`${chip(t(`recipient.${line.content.recipient.kind}`))} ${typed(line.content.recipient.name)}`
    case 'case.acknowledged':
    case 'channel.agreed':
    case 'channel.declined':
      return sideOf(locale, line)
    default:
      return nothing
  }
}

export function channelName(locale: Locale, channel: string): string {
  return code('channel', channel)?.label[locale] ?? channel
}

/** A channel, and the number or address on it. */
export function channelText(
  locale: Locale,
  { channel, detail }: { readonly channel: string; readonly detail?: string | undefined },
): string {
  return detail === undefined
    ? channelName(locale, channel)
    : `${channelName(locale, channel)}: \u2068${detail}\u2069`
}

type Sided = Extract<KnownLine, { readonly content: { readonly side: 'ours' | 'theirs' } }>

function sideOf(locale: Locale, { content }: Sided): Html {
  return chip(text(locale)(`side.${content.side}`))
}

function marked(locale: Locale, channel: string, tlp: string | undefined): Html {
  return html`${channelName(locale, channel)} ${tlp === undefined ? nothing : chip(`TLP:${tlp}`)}`
}

function wholeText(words: string): Html {
  return html`<pre class="letter" dir="auto">${words}</pre>`
}

function typed(words: string): Html {
  return html`<bdi>${words}</bdi>`
}
