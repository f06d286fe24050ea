import type { Refusal } from '@parley/kernel'
import {
  documentOf,
  type Download,
  type Frame,
  html,
  type Html,
  ltr,
  type PageScope,
  type Redirect,
  sentence,
  type Sentences,
  statusOf,
  type View,
  webText,
} from '@parley/web'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Actor } from '../session/actor.ts'
import { sealedPolicy } from './street.ts'

/** Who asks and in which language, before any transaction: what the error pages need. */
export interface Asked {
  readonly page: PageScope
  readonly actor: Actor
}

/** What every answer stands in. */
export interface Framing {
  readonly texts: readonly Sentences[]
  /** A stranger was refused: counted by code, and nothing is written. */
  readonly countRefusal: (code: string) => void
  readonly frame: (scope: PageScope, actor: Actor) => Frame
}

export function redirect(c: Context, { to, headers = {} }: Redirect): Response {
  for (const [name, value] of Object.entries(headers)) c.header(name, value, { append: true })
  return c.redirect(to, 303)
}

export function download(c: Context, { file }: Download): Response {
  c.header('content-type', file.type)
  c.header('content-disposition', `attachment; filename="${file.name}"`)
  c.header('cache-control', 'no-store')
  if (typeof file.text === 'string' || file.text instanceof Uint8Array) return c.body(file.text)
  return c.body(streamOf(file.text))
}

/** Nothing is made before it is asked for, and nothing more once the reader has gone. */
function streamOf(text: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const parts = text[Symbol.asyncIterator]()
  const encoder = new TextEncoder()
  return new ReadableStream(
    {
      pull: async (controller) => {
        const next = await parts.next()
        if (next.done === true) controller.close()
        else controller.enqueue(encoder.encode(next.value))
      },
      cancel: async () => {
        await parts.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}

export function refused(c: Context, framing: Framing, asked: Asked, refusal: Refusal): Response {
  return problem(c, framing, asked, refusal, statusOf[refusal.kind])
}

export function problem(
  c: Context,
  framing: Framing,
  asked: Asked,
  refusal: Refusal,
  status: ContentfulStatusCode,
): Response {
  const { locale, requestId } = asked.page
  if (asked.actor.role === 'stranger') framing.countRefusal(refusal.code)
  const t = webText(locale)
  const text = sentence({ locale, texts: framing.texts }, refusal.code, refusal.values)
  const body: Html = html`<h1>${t('error.title')}</h1>
    <p class="lede">${text}</p>
    <p><a href="/${locale}">${t('error.home')}</a></p>
    <p class="small">${t.html('error.request', { id: ltr(requestId) })}</p>`
  return document(c, framing, asked, { title: t('error.title'), body, width: 'narrow' }, status)
}

export function document(
  c: Context,
  framing: Framing,
  asked: Asked,
  view: View,
  status: ContentfulStatusCode,
): Response {
  const text = documentOf(asked.page, framing.frame(asked.page, asked.actor), view).toString()
  c.header('content-type', 'text/html; charset=utf-8')
  if (view.sealed) c.header('content-security-policy', sealedPolicy)
  c.header('content-language', asked.page.locale)
  // Pages hold other people's contact data: no cache keeps them.
  c.header('cache-control', 'no-store')
  return c.body(text, status)
}
