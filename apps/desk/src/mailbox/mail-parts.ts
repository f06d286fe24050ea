import type { Locale } from '@parley/kernel'
import { checkMessage } from '@parley/protocol'
import { chip, href, html, type Html, ltr, notice, nothing, writeNumber } from '@parley/web'
import { type MailWarning, mailWarnings } from '../cases/mail-warnings.ts'
import { text } from '../locales/index.ts'
import type { KeptFile, KnownLine } from '../record/events.ts'
import { keptFileRoute } from '../routes.ts'

type MessageLine = KnownLine<'message.received' | 'message.sent' | 'message.leaving'>

/** What is wrong with a mail, each in a sentence, the gravest first. */
export function warningNotices(locale: Locale, said: readonly string[]): readonly Html[] {
  const t = text(locale)
  return warningsIn(said).map((warning) => notice(t(`warning.${warning}`), 'warn'))
}

/** Those that this version knows, in their order. */
export function warningsIn(said: readonly string[]): readonly MailWarning[] {
  return mailWarnings.filter((each) => said.includes(each))
}

/** The files of a message with what they are held against: what its own list says of them (POC-35). */
export function fileList(locale: Locale, line: MessageLine): Html {
  const t = text(locale)
  const listed = listedIn(line)
  const files = line.files.filter(({ sha }) => sha !== originalOf(line))
  const missing = (listed ?? []).filter(({ name }) => files.every((file) => file.name !== name))
  if (files.length === 0 && missing.length === 0) return nothing
  return html`<ul>
    ${files.map(
      (file) =>
        html`<li>
          ${fileLink(locale, line.n, file)}
          ${listed ? chip(t(`file.${heldAgainst(file, listed)}`), toneOf(heldAgainst(file, listed))) : nothing}
          <p class="small">SHA-256: ${ltr(file.sha)}</p>
        </li>`,
    )}
    ${missing.map(({ name }) => html`<li><bdi>${name}</bdi> ${chip(t('file.missing'), 'warn')}</li>`)}
  </ul>`
}

function fileLink(locale: Locale, line: number, { name, size, sha }: KeptFile): Html {
  const t = text(locale)
  const to = href(locale, keptFileRoute, { line: String(line), sha })
  return html`<a href="${to}"><bdi>${name}</bdi></a> (${t('file.size', { size: writeNumber(locale, size) })})`
}

/** The e-mail as it came, whole. */
export function originalLink(locale: Locale, line: MessageLine): Html {
  const original = line.files.find(({ sha }) => sha === originalOf(line))
  return original
    ? html`<p class="small">${text(locale)('mailbox.original')} ${fileLink(locale, line.n, original)}</p>`
    : nothing
}

interface Listed {
  readonly name: string
  readonly size: number
  readonly sha256: string
}

type Comparison = 'as-listed' | 'differs' | 'unlisted'

function heldAgainst({ name, size, sha }: KeptFile, listed: readonly Listed[]): Comparison {
  const named = listed.find((each) => each.name === name)
  if (!named) return 'unlisted'
  return named.size === size && named.sha256 === sha ? 'as-listed' : 'differs'
}

function toneOf(comparison: Comparison): 'good' | 'warn' {
  return comparison === 'as-listed' ? 'good' : 'warn'
}

function listedIn({ content }: MessageLine): readonly Listed[] | undefined {
  const read = content.message === undefined ? undefined : checkMessage(content.message)
  return read?.ok ? read.value.attachments : undefined
}

function originalOf(line: MessageLine): string | undefined {
  return line.what === 'message.received' ? line.content.original : undefined
}
