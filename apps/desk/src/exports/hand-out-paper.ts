import type { Locale } from '@parley/kernel'
import { reservations } from '@parley/protocol'
import { chip, facts, href, html, type Html, linkButton, ltr, moment, nothing, type View } from '@parley/web'
import type { HandedCase, HandedLine, HandOut } from '../cases/hand-out.ts'
import { lineTitle } from '../cases/line-title.ts'
import { sayLine } from '../cases/pages/say-line.ts'
import type { Desk } from '../desk.ts'
import { text } from '../locales/index.ts'
import { stateName } from '../office/members.ts'
import { type KeptFile, parseLine, type Recipient } from '../record/events.ts'
import { handOutRoute } from '../routes.ts'

type Around = { readonly locale: Locale; readonly desk: Desk }

/** As a page to be printed: what it is and for whom stands above it and at its end. */
export function handOutPaper(scope: Around, handOut: HandOut): View {
  const { locale } = scope
  const t = text(locale)
  const { recipient, at, by, cases } = handOut
  const marking = html`<p><strong>${sayMarking(scope, recipient)}</strong></p>`
  const confidential = reservations.find(({ id }) => id === 'confidential')
  const body = html`<h1>${t('hand-out.paper')}</h1>
    ${marking}
    ${facts([
      [t('hand-out.name'), html`<bdi>${recipient.name}</bdi>`],
      [t('hand-out.at'), moment(locale, at)],
      [t('hand-out.by'), by === undefined ? undefined : html`<bdi>${by}</bdi>`],
    ])}
    <p>${confidential?.text[locale]} (${confidential?.cite[locale]})</p>
    ${cases.map((each) => sayCase(scope, each))} ${marking}
    <p class="unprinted">${t('hand-out.print')}</p>
    <p class="unprinted">${linkButton(href(locale, handOutRoute), t('hand-out.another'))}</p>`
  return { title: `${t('hand-out.paper')}: ${recipient.name}`, body }
}

/** RULE-5: what may be read by whom is never left to be guessed from the text. */
function sayMarking({ locale, desk }: Around, recipient: Recipient): string {
  const t = text(locale)
  switch (recipient.kind) {
    case 'internal':
      return t('hand-out.marking.internal')
    case 'counterpart':
      return t('hand-out.marking.counterpart', { state: stateName(desk.members, recipient.state, locale) })
    case 'third-party':
      return t('hand-out.marking.third-party')
  }
}

function sayCase({ locale, desk }: Around, each: HandedCase): Html {
  const t = text(locale)
  const { title, reference, counterpart, nature, lines } = each
  return html`<section>
    <h2>
      ${title === undefined ? (reference ?? stateName(desk.members, counterpart.state, locale)) : html`<bdi>${title}</bdi>`}
    </h2>
    <p>${chip(t(`nature.${nature}`), nature === 'REAL' ? undefined : 'warn')}</p>
    ${facts([
      [
        t('case.counterpart'),
        html`${stateName(desk.members, counterpart.state, locale)}, <bdi>${counterpart.entity}</bdi>`,
      ],
      [t('case.reference'), reference === undefined ? undefined : ltr(reference)],
    ])}
    <ol class="steps">
      ${lines.map((line) => html`<li>${saidLine(locale, line)}</li>`)}
    </ol>
  </section>`
}

/** Read again as the record reads it, so that a page says no more than a file of the same. */
function saidLine(locale: Locale, { number, at, by, what, content, files }: HandedLine): Html {
  const read = parseLine(number, JSON.stringify({ at, by: by ?? '', what, content, files }))
  return html`<strong>${lineTitle(locale, read)}</strong>
    ${sayLine(locale, read, 'paper')}${files.map(attachment)}
    <p class="small">${moment(locale, at)}${by === undefined ? nothing : html` · <bdi>${by}</bdi>`}</p>`
}

function attachment({ name, sha }: KeptFile): Html {
  return html`<p class="small"><bdi>${name}</bdi> SHA-256 ${ltr(sha)}</p>`
}
