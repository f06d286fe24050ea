import type { Locale, Refusal } from '@parley/kernel'
import { type Body, type FormState, inLanguage, type KeptBecause, type PageScope } from '@parley/web'
import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Tx } from '../database/database.ts'
import type { Actor } from '../session/actor.ts'
import type { DirectoryForm, DirectoryPage, DirectoryScope } from './scope.ts'

/** A form that was sent when its session had ended, or when fresh proof was needed first. */
export interface KeptForm {
  readonly because: KeptBecause
  /** The path of its page below the language. */
  readonly path: string
  readonly values: Body
}

/** Keeps a form for a few minutes, for the browser and the person that sent it; it is never sent again by itself. */
export interface KeptForms {
  readonly cookie: string
  /** Whether a refused form is worth keeping: the person goes to prove again who they are, and comes back. */
  isProofNeeded(refusal: Refusal): boolean
  /** Keeps the one form of a session; gives back the header that ties it to this browser, or nothing if it cannot. */
  keep(tx: Tx, sessionKey: string | undefined, form: KeptForm, now: Date): Promise<string | undefined>
  /** Gives back, once, what this browser and this person kept of the page of this path. */
  take(tx: Tx, actor: Actor, browserKey: string, path: string, now: Date): Promise<KeptForm | undefined>
  /** The header that takes the cookie away again. */
  readonly dropped: string
}

interface Keeping {
  readonly sessionCookie: string
  readonly keptForms: KeptForms
}

/** Keeps what was typed, without the form's secret fields; false where there is no session whose it could be. */
export async function keepForm(
  c: Context,
  { sessionCookie, keptForms }: Keeping,
  { tx, now }: Pick<DirectoryScope, 'tx' | 'now'>,
  form: KeptForm & Pick<DirectoryForm, 'secrets'>,
): Promise<boolean> {
  const { because, path, secrets } = form
  const values = Object.fromEntries(Object.entries(form.values).filter(([name]) => !secrets.includes(name)))
  const header = await keptForms.keep(tx, getCookie(c, sessionCookie), { because, path, values }, now)
  if (header !== undefined) c.header('set-cookie', header, { append: true })
  return header !== undefined
}

/** What was kept of this page, for showing it again; nothing where nothing was. */
export async function takeForm(
  c: Context,
  { keptForms }: Keeping,
  { tx, actor, path, now }: Pick<DirectoryScope, 'tx' | 'actor' | 'path' | 'now'>,
): Promise<FormState | undefined> {
  const browserKey = getCookie(c, keptForms.cookie)
  if (browserKey === undefined || !('account' in actor)) return undefined
  const found = await keptForms.take(tx, actor, browserKey, path, now)
  if (!found) return undefined
  c.header('set-cookie', keptForms.dropped, { append: true })
  return { values: found.values, errors: [], kept: found.because }
}

/** A page is come back to after signing in; a form whose session has ended is kept until then, if it can be. */
export async function toSignIn(
  c: Context,
  site: Keeping & { readonly signIn: (locale: Locale, back: string, form?: 'kept' | 'lost') => string },
  tx: Tx,
  asked: PageScope,
  what: DirectoryPage | DirectoryForm,
  body: Body,
): Promise<string> {
  if (what.kind === 'page') return site.signIn(asked.locale, c.req.path)
  const { secrets } = what
  const form = { because: 'session-ended', path: asked.path, values: body, secrets } as const
  const isKept = await keepForm(c, site, { tx, now: asked.now }, form)
  return site.signIn(asked.locale, inLanguage(asked, asked.locale), isKept ? 'kept' : 'lost')
}
