import { type Clock, languageAmong, type Locale, locales, type Refusal } from '@parley/kernel'
import {
  blankForm,
  type Body,
  bodyOf,
  documentOf,
  type Download,
  type FormState,
  type Frame,
  href,
  html,
  type PageScope,
  pathOfPage,
  patternOf,
  type Redirect,
  renewedName,
  type Sentences,
  sentence,
  statusOf,
  type View,
  webText,
} from '@parley/web'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { getCookie, setCookie } from 'hono/cookie'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Desk } from '../desk.ts'
import type { Kind } from '../office/members.ts'
import { doorRoute, firstStartRoute, unlockRoute } from '../routes.ts'
import type { DeskForm, DeskPage, DeskScope, SentFile } from './scope.ts'
import type { Secret } from './secret.ts'
import type { Sessions } from './sessions.ts'

export interface Site {
  readonly clock: Clock
  readonly origin: URL
  readonly desk: Desk
  readonly kinds: readonly Kind[]
  readonly secret: Secret | undefined
  readonly sessions: Sessions
  readonly texts: readonly Sentences[]
  readonly demonstrate: DeskScope['demonstrate']
  readonly frame: (scope: DeskScope) => Frame
}

/** What a stranger may send, and what a user may: a snapshot, a mail with its attachments. */
const largestBody = { stranger: 2 * 1024 * 1024, user: 64 * 1024 * 1024 }
const inAnyLanguage = `/:locale{(?:${locales.join('|')})}`

/** Puts pages and forms behind the door: language, who asks, whether it may be shown, answer. */
export function servePages(site: Site, pages: readonly DeskPage[], forms: readonly DeskForm[]): Hono {
  const street = new Hono()
  const onError = (c: Context) => errorPage(c, site, { code: 'web/too-large', kind: 'invalid' }, 413)
  const limits = {
    stranger: bodyLimit({ maxSize: largestBody.stranger, onError }),
    user: bodyLimit({ maxSize: largestBody.user, onError }),
  }
  street.use((c, next) =>
    limits[site.sessions.find(getCookie(c, cookie))?.user ? 'user' : 'stranger'](c, next),
  )
  street.use(async (_, next) => {
    await site.sessions.lockIdle(site.clock.now())
    return next()
  })
  street.get('/', (c) => c.redirect(`/${preferred(c)}`, 303))
  for (const page of pages) {
    street.get(inAnyLanguage + patternOf(page.route).replace(/\/$/, ''), async (c) => {
      const scope = scopeOf(c, site)
      const elsewhere = wayTo(scope, page)
      return elsewhere === undefined ? show(c, site, scope, page, blankForm) : c.redirect(elsewhere, 303)
    })
  }
  for (const form of forms) {
    street.post(inAnyLanguage + patternOf(form.route), async (c) => {
      const asked = scopeOf(c, site)
      const scope = { ...asked, path: pathOfPage(form, asked) }
      const elsewhere = wayTo(scope, form)
      if (elsewhere !== undefined) return c.redirect(elsewhere, 303)
      const sent = await c.req.formData().catch(() => new FormData())
      return submit(c, site, { ...scope, files: await filesIn(sent) }, form, bodyOf(await textsIn(sent)))
    })
  }
  return street
}

/** The files of a form with the names that the browser gave them. */
async function filesIn(sent: FormData): Promise<readonly SentFile[]> {
  const files: SentFile[] = []
  for (const [field, value] of sent.entries())
    if (typeof value !== 'string' && value.size > 0)
      files.push({ field, name: value.name, bytes: Buffer.from(await value.arrayBuffer()) })
  return files
}

/** A file of a form as the text of its bytes, one sign a byte: nobody guesses here what it is written in. */
async function textsIn(sent: FormData): Promise<FormData> {
  const data = new FormData()
  for (const [name, value] of sent.entries()) {
    if (typeof value === 'string') data.append(name, value)
    else if (value.size > 0)
      // A zero would be dropped on the way; this sign is the same byte to whoever reads the text as Latin 1.
      data.append(
        name,
        Buffer.from(await value.arrayBuffer())
          .toString('latin1')
          .replaceAll('\0', '\u0100'),
      )
  }
  return data
}

/** Where somebody goes who cannot be shown this yet. */
function wayTo(scope: DeskScope, { verb }: DeskPage | DeskForm): string | undefined {
  const { locale, session, desk, secret } = scope
  if (verb === 'anybody') return undefined
  if (secret && !session) return href(locale, doorRoute)
  if (verb === 'let-in') return undefined
  if (desk.store.isNew()) return href(locale, firstStartRoute)
  if (!session?.user || !desk.store.opened())
    return `${href(locale, unlockRoute)}?${new URLSearchParams({ back: scope.path })}`
  return undefined
}

async function show(
  c: Context,
  site: Site,
  scope: DeskScope,
  page: DeskPage,
  form: FormState,
  status?: ContentfulStatusCode,
): Promise<Response> {
  const shown = await page.respond(scope, form)
  if (!shown.ok) return problem(c, site, scope, shown.refusal, statusOf[shown.refusal.kind])
  if ('to' in shown.value) return redirect(c, shown.value)
  if ('file' in shown.value) return download(c, shown.value)
  if ('ask' in shown.value) throw new Error('a page of the Desk asks nobody outside')
  return document(c, site, scope, shown.value, status ?? shown.value.status ?? 200)
}

async function submit(
  c: Context,
  site: Site,
  scope: DeskScope,
  form: DeskForm,
  body: Body,
): Promise<Response> {
  const done = await form.submit(scope, body)
  switch (done.kind) {
    case 'redirect':
      return redirect(c, done.redirect)
    case 'download':
      return download(c, done.download)
    case 'view':
      return document(c, site, scope, done.view, done.view.status ?? 200)
    case 'invalid':
      return show(c, site, scope, form.on, { values: done.values, errors: done.errors }, 422)
    case 'refused':
      return show(
        c,
        site,
        scope,
        form.on,
        { values: done.values, errors: [], refusal: done.refusal },
        statusOf[done.refusal.kind],
      )
  }
}

/** The page of an error that no declared page answers. */
export function errorPage(c: Context, site: Site, refusal: Refusal, status: ContentfulStatusCode): Response {
  return problem(c, site, scopeOf(c, site), refusal, status)
}

function problem(
  c: Context,
  site: Site,
  scope: DeskScope,
  refusal: Refusal,
  status: ContentfulStatusCode,
): Response {
  const { locale } = scope
  const t = webText(locale)
  const body = html`<h1>${t('error.title')}</h1>
    <p class="lede">${sentence({ locale, texts: site.texts }, refusal.code, refusal.values)}</p>
    <p><a href="/${locale}">${t('error.home')}</a></p>`
  return document(c, site, scope, { title: t('error.title'), body, width: 'narrow' }, status)
}

function document(
  c: Context,
  site: Site,
  scope: DeskScope,
  view: View,
  status: ContentfulStatusCode,
): Response {
  c.header('content-type', 'text/html; charset=utf-8')
  c.header('content-language', scope.locale)
  return c.body(documentOf(scope, site.frame(scope), view).toString(), status)
}

function redirect(c: Context, { to, headers = {} }: Redirect): Response {
  for (const [name, value] of Object.entries(headers)) c.header(name, value, { append: true })
  return c.redirect(to, 303)
}

function download(c: Context, { file }: Download): Response {
  if (typeof file.text !== 'string' && !(file.text instanceof Uint8Array))
    throw new Error('the Desk hands out whole files')
  c.header('content-type', file.type)
  c.header('content-disposition', `attachment; filename="${file.name}"`)
  return c.body(file.text)
}

const cookie = 'parley-desk'

function scopeOf(c: Context, site: Site): DeskScope {
  const { sessions, clock, origin, desk } = site
  const now = clock.now()
  const key = getCookie(c, cookie)
  const url = new URL(c.req.url)
  const isRenewal = url.searchParams.has(renewedName)
  url.searchParams.delete(renewedName)
  if (!isRenewal) sessions.change(key, { seenAt: now })
  const found = sessions.find(key)
  // Whoever left the demonstration, or was locked out of it, is back at the office's own door, out of its exercise.
  const isElsewhere = found !== undefined && !found.user && found.desk !== desk
  const session = isElsewhere ? { ...found, isExercise: false, exercise: undefined } : found
  return {
    ...placeOf(c, url),
    now,
    requestId: String(c.get('requestId')),
    texts: site.texts,
    kinds: site.kinds,
    files: [],
    desk: session?.user ? session.desk : desk,
    secret: site.secret,
    session,
    goOnAs: (changes) => {
      const renewed = sessions.renew(key, { desk, isExercise: false, ...session, seenAt: now, ...changes })
      setCookie(c, cookie, renewed, {
        httpOnly: true,
        sameSite: 'Strict',
        path: '/',
        secure: origin.protocol === 'https:',
      })
    },
    leave: async () => {
      sessions.forgetUser(key)
      await sessions.lockIdle(now)
    },
    endAllOf: (user) => sessions.endAllOf(user),
    demonstrate: site.demonstrate,
  }
}

function placeOf(c: Context, url: URL): Pick<PageScope, 'locale' | 'path' | 'params' | 'query'> {
  const [, first = ''] = url.pathname.split('/')
  return {
    locale: languageAmong(locales, first),
    path: url.pathname.replace(/^\/[a-z]{2}(?=\/|$)/, '') || '/',
    params: c.req.param(),
    query: url.searchParams,
  }
}

/** The first language that the browser asks for and the Desk speaks. */
function preferred(c: Context): Locale {
  const wanted = (c.req.header('accept-language') ?? '').split(',').map((each) => each.trim().slice(0, 2))
  return (
    locales.find((locale) => locale === wanted.find((each) => locales.some((one) => one === each))) ?? 'en'
  )
}
