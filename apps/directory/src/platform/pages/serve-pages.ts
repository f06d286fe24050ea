import {
  type Clock,
  languageAmong,
  type Languages,
  type Locale,
  type Refusal,
  type Result,
} from '@parley/kernel'
import {
  blankForm,
  type Body,
  bodyOf,
  filesOf,
  type Outside,
  type PageScope,
  pathOfPage,
  patternOf,
  renewedName,
  type Shown,
  statusOf,
  type Submission,
  type Upload,
  withFilesAsText,
} from '@parley/web'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { getCookie } from 'hono/cookie'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { type Performer, Undo } from '../action.ts'
import { actAs } from '../database/acting.ts'
import { recordRefusal } from '../history/record.ts'
import { type Actor, actingOf } from '../session/actor.ts'
import { type Authority, mayRole } from '../session/authority.ts'
import type { Doorkeeper } from '../session/find-actor.ts'
import { keepForm, type KeptForms, takeForm, toSignIn } from './kept-forms.ts'
import { type DirectoryForm, type DirectoryPage, type DirectoryScope, Postponed } from './scope.ts'
import { type Asked, document, download, type Framing, problem, redirect, refused } from './write-answer.ts'

export interface Site extends Framing {
  readonly clock: Clock
  /** The languages of the community: an address in another one is no page. */
  readonly languages: Languages
  readonly performer: Performer
  readonly authority: Authority
  readonly sessionCookie: string
  readonly doorkeeper: Doorkeeper
  readonly keptForms: KeptForms
  readonly callerOf: (c: Context) => string
  /** Where a stranger goes who asks for a page that needs an account; `back` is where to return to. */
  readonly signIn: (locale: Locale, back: string, form?: 'kept' | 'lost') => string
}

/** Puts pages and forms on the street: language, session, authority, transaction, answer. */
export function servePages(
  site: Site,
  pages: readonly DirectoryPage[],
  forms: readonly DirectoryForm[],
): Hono {
  const street = new Hono()
  // A first segment that is no language is no page. The group keeps the first language from matching whole paths.
  const inAnyLanguage = `/:locale{(?:${site.languages.join('|')})}`
  for (const page of pages) {
    street.get(inAnyLanguage + patternOf(page.route).replace(/\/$/, ''), async (c) => {
      const asked = pageScope(c, site)
      if (!asked) return c.notFound()
      return answer(c, site, asked, page, async (scope) =>
        show(c, site, scope, page, (await takeForm(c, site, scope)) ?? blankForm),
      )
    })
  }
  for (const form of forms) {
    street.post(inAnyLanguage + patternOf(form.route), async (c) => {
      const asked = pageScope(c, site)
      if (!asked) return c.notFound()
      const { upload } = form
      const early = upload && (await turnAway(c, site, asked, form.on, upload))
      if (early) return early
      const data = await c.req.formData().catch(() => new FormData())
      const files = upload ? await filesOf(data) : []
      const body = bodyOf(upload ? data : await withFilesAsText(data))
      return answer(
        c,
        site,
        { ...asked, path: pathOfPage(form, asked) },
        form,
        (scope) => submit(c, site, { ...scope, files }, form, body),
        body,
      )
    })
  }
  return street
}

/** The page of an error that no declared page answers: unknown address, foreign origin, fault. */
export function errorPage(c: Context, site: Site, refusal: Refusal, status: ContentfulStatusCode): Response {
  return problem(c, site, askedBy(c, site), refusal, status)
}

/** Who may not send files is told so before one of them is read, and so is whoever sends too much. */
async function turnAway(
  c: Context,
  site: Site,
  asked: PageScope,
  page: DirectoryPage,
  { largest, refusal }: Upload,
): Promise<Response | undefined> {
  const may = new Response()
  const told = await answer(c, site, asked, page, async () => may)
  if (told !== may) return told
  const limit = bodyLimit({ maxSize: largest, onError: () => errorPage(c, site, refusal, 413) })
  return (await limit(c, async () => undefined)) ?? undefined
}

type Work = (scope: DirectoryScope) => Promise<Response>

/** Opens the one transaction of a request, finds out who asks, and asks the authority table. */
async function answer(
  c: Context,
  site: Site,
  asked: PageScope,
  what: DirectoryPage | DirectoryForm,
  work: Work,
  body: Body = {},
): Promise<Response> {
  const { performer } = site
  const key = getCookie(c, site.sessionCookie)
  let actor: Actor = { role: 'stranger' }
  let hasWaited = false
  const runOnce = (then: Work) =>
    performer.database.transaction(site.doorkeeper.presented(key), async (tx) => {
      actor = await site.doorkeeper.findActor(tx, key, asked.now, askedBySomebody(c))
      const may = (each: string) => mayRole(site.authority, actor.role, each)
      if (!may(what.verb) && actor.role === 'stranger')
        return c.redirect(await toSignIn(c, site, tx, asked, what, body), 303)
      if (!may(what.verb)) throw new Denied(forbidden)
      await actAs(tx, actingOf(actor))
      const who = { tx, actor, caller: site.callerOf(c), may, hasWaited, files: [] }
      return then({ ...asked, ...who, performIn: performer.performIn, texts: site.texts })
    })
  const run = async (then: Work): Promise<Response> => {
    try {
      return await runOnce(then)
    } catch (fault) {
      if (fault instanceof Postponed && !hasWaited) {
        await fault.wait()
        hasWaited = true
        return run(then)
      }
      if (!(fault instanceof AsksOutside)) throw fault
      const view = await fault.outside.ask()
      return runOnce(async (scope) => present(c, site, scope, await view(scope), fault.status))
    }
  }
  try {
    return await run(work)
  } catch (fault) {
    if (!(fault instanceof Undo)) throw fault
    await recordRefusal(
      performer.database,
      { actor, now: asked.now, requestId: asked.requestId },
      fault.refusal,
    )
    if (fault instanceof Denied) return refused(c, site, { page: asked, actor }, fault.refusal)
    if (!(fault instanceof UndoneForm)) throw fault
    // What the form wrote is undone; the page it stands on is read anew and shown with what was typed.
    const { form, values, refusal } = fault
    if (actor.role === 'stranger') site.countRefusal(refusal.code)
    return run(async (scope) => {
      if (site.keptForms.isProofNeeded(refusal))
        await keepForm(c, site, scope, { ...form, because: 'proof-needed', path: asked.path, values })
      await actAs(scope.tx, actingOf(actor))
      return show(c, site, scope, form.on, { values, errors: [], refusal }, statusOf[refusal.kind])
    })
  }
}

const forbidden: Refusal = { code: 'web/forbidden', kind: 'forbidden' }

/** Somebody signed in asked for what the role may not. */
class Denied extends Undo {}

/** Ends the transaction: no network inside it. The page goes on in another one when the answer is there. */
class AsksOutside extends Error {
  readonly outside: Outside<DirectoryScope>
  readonly status: ContentfulStatusCode | undefined
  constructor(outside: Outside<DirectoryScope>, status: ContentfulStatusCode | undefined) {
    super('a page asks outside')
    this.outside = outside
    this.status = status
  }
}

class UndoneForm extends Undo {
  readonly form: DirectoryForm
  readonly values: Body
  constructor(refusal: Refusal, form: DirectoryForm, values: Body) {
    super(refusal)
    this.form = form
    this.values = values
  }
}

async function show(
  c: Context,
  site: Site,
  scope: DirectoryScope,
  page: DirectoryPage,
  form: Parameters<DirectoryPage['respond']>[1],
  status?: ContentfulStatusCode,
): Promise<Response> {
  const result = await page.respond(scope, form)
  if (result.ok && 'ask' in result.value) throw new AsksOutside(result.value, status)
  return present(c, site, scope, result, status)
}

async function present(
  c: Context,
  site: Site,
  scope: DirectoryScope,
  result: Result<Shown<DirectoryScope>>,
  status?: ContentfulStatusCode,
): Promise<Response> {
  if (!result.ok) return refused(c, site, { page: scope, actor: scope.actor }, result.refusal)
  if ('to' in result.value) return redirect(c, result.value)
  if ('file' in result.value) return download(c, result.value)
  if ('ask' in result.value) throw new Error('a page asks outside once')
  return document(
    c,
    site,
    { page: scope, actor: scope.actor },
    result.value,
    status ?? result.value.status ?? 200,
  )
}

async function submit(
  c: Context,
  site: Site,
  scope: DirectoryScope,
  form: DirectoryForm,
  body: Body,
): Promise<Response> {
  const submission: Submission = await form.submit(scope, body)
  // What was kept of this page has been sent now, or is on the screen.
  if (submission.kind !== 'refused') await takeForm(c, site, scope)
  switch (submission.kind) {
    case 'redirect':
      return redirect(c, submission.redirect)
    case 'download':
      return download(c, submission.download)
    case 'view':
      return document(
        c,
        site,
        { page: scope, actor: scope.actor },
        submission.view,
        submission.view.status ?? 200,
      )
    case 'invalid':
      return show(c, site, scope, form.on, { values: submission.values, errors: submission.errors }, 422)
    case 'refused':
      throw new UndoneForm(submission.refusal, form, submission.values)
  }
}

function askedBySomebody(c: Context): 'a person' | 'a renewal' {
  return c.req.query(renewedName) === undefined ? 'a person' : 'a renewal'
}

/** What a request in a language of the community asks for; nothing where its address names another. */
export function pageScope(
  c: Context,
  { clock, languages }: Pick<Site, 'clock' | 'languages'>,
): PageScope | undefined {
  const locale = languages.find((each) => each === c.req.param('locale'))
  return locale && scopeIn(c, clock, locale)
}

function askedBy(c: Context, site: Site): Asked {
  const [, first = ''] = c.req.path.split('/')
  return { page: scopeIn(c, site.clock, languageAmong(site.languages, first)), actor: { role: 'stranger' } }
}

function scopeIn(c: Context, clock: Clock, locale: Locale): PageScope {
  const url = new URL(c.req.url)
  url.searchParams.delete(renewedName)
  return {
    locale,
    path: url.pathname.replace(/^\/[a-z]{2}(?=\/|$)/, '') || '/',
    params: c.req.param(),
    query: url.searchParams,
    now: clock.now(),
    requestId: String(c.get('requestId')),
  }
}
