import type { Locale, Refusal, RefusalKind, Result } from '@parley/kernel'
import type { z } from 'zod'
import { type Body, choicesOf, type FieldError, type FormState, readForm, secretsOf } from './form.ts'
import type { Html } from './html.ts'
import { type Params, pathOf, type Route } from './route.ts'

/** What every page knows of its request. A program adds its own (who asks, the transaction). */
export interface PageScope {
  readonly locale: Locale
  /** The path below the language, to keep the place when the language is switched. */
  readonly path: string
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly now: Date
  readonly requestId: string
}

export interface View {
  readonly title: string
  readonly body: Html
  readonly width?: 'narrow' | 'wide'
  readonly status?: 200 | 201 | 422 | 404 | 403 | 409 | 410 | 429
  /** Hashed names of client scripts; the page works without them. */
  readonly scripts?: readonly string[]
  /** Nothing leads out of it but its own links and the other languages: no menu, no script of every page. */
  readonly sealed?: true
  /** Seconds after which the page asks for itself again, where there are no scripts. */
  readonly reloadAfter?: number
}

/** A file instead of a page: the browser saves it under its name. */
export interface Download {
  readonly file: {
    /** Letters, digits, hyphens and a dot: it stands in a header. */
    readonly name: string
    readonly type: string
    /** Part by part, where it is too long to be held at once; bytes, where it is no text. */
    readonly text: string | AsyncIterable<string> | Uint8Array<ArrayBuffer>
  }
}

/** A view of something that lies outside (a mail server): it is asked for while no transaction is open. */
export interface Outside<Scope extends PageScope> {
  readonly ask: () => Promise<(scope: Scope) => Promise<Result<View>>>
}

/** What a page gives back. */
export type Shown<Scope extends PageScope> = View | Redirect | Download | Outside<Scope>

export interface Page<Scope extends PageScope> {
  readonly kind: 'page'
  readonly route: Route
  readonly verb: string
  readonly respond: (scope: Scope, form: FormState) => Promise<Result<Shown<Scope>>>
}

/** Where the user goes next, with response headers (a cookie) where the act needs some. */
export interface Redirect {
  readonly to: string
  readonly headers?: Readonly<Record<string, string>>
}

/** What became of a submitted form. */
export type Submission =
  | { readonly kind: 'redirect'; readonly redirect: Redirect }
  | { readonly kind: 'view'; readonly view: View }
  | { readonly kind: 'download'; readonly download: Download }
  | { readonly kind: 'invalid'; readonly values: Body; readonly errors: readonly FieldError[] }
  | { readonly kind: 'refused'; readonly values: Body; readonly refusal: Refusal }

export interface Form<Scope extends PageScope> {
  readonly kind: 'form'
  readonly route: Route
  readonly verb: string
  /** The page that shows the form again, with what was typed and what is wrong. */
  readonly on: Page<Scope>
  /** The fields that it takes, each with what may be chosen where it is one of a few. */
  readonly choices: Readonly<Record<string, readonly string[]>>
  /** Fields that are never kept. */
  readonly secrets: readonly string[]
  readonly upload?: Upload | undefined
  readonly submit: (scope: Scope, body: Body) => Promise<Submission>
}

/** A form that takes files as they are, in a larger body than others. */
export interface Upload {
  /** Bytes of the whole body. */
  readonly largest: number
  /** What is said of a larger one, which is not read. */
  readonly refusal: Refusal
}

type ScopeAt<Scope, Path extends string> = Omit<Scope, 'params'> & { readonly params: Params<Path> }

/** Declares what a GET of a route shows, and the verb that the authority table must grant. */
export function definePage<Scope extends PageScope, Path extends string>(page: {
  readonly route: Route<Path>
  readonly verb: string
  readonly read: (scope: ScopeAt<Scope, Path>, form: FormState) => Promise<Result<Shown<Scope>>>
}): Page<Scope> {
  return {
    kind: 'page',
    route: page.route,
    verb: page.verb,
    respond: (scope, form) => page.read(at(page.route, scope), form),
  }
}

/** Declares what a POST to a route does, the fields it takes and where the user goes next. */
export function defineForm<
  Scope extends PageScope,
  Path extends string,
  Fields extends z.ZodType,
  Value,
>(form: {
  readonly route: Route<Path>
  readonly verb: string
  readonly fields: Fields
  readonly on: Page<Scope>
  readonly upload?: Upload
  readonly act: (scope: ScopeAt<Scope, Path>, input: z.output<Fields>) => Promise<Result<Value>>
  readonly next: (scope: ScopeAt<Scope, Path>, value: Value) => string | Redirect | View | Download
}): Form<Scope> {
  return {
    kind: 'form',
    route: form.route,
    verb: form.verb,
    on: form.on,
    choices: choicesOf(form.fields),
    secrets: secretsOf(form.fields),
    upload: form.upload,
    submit: async (scope, body) => {
      const read = readForm(form.fields, body)
      if (!read.ok) return { kind: 'invalid', values: body, errors: read.errors }
      const here = at(form.route, scope)
      const done = await form.act(here, read.input)
      if (!done.ok) return { kind: 'refused', values: body, refusal: done.refusal }
      const next = form.next(here, done.value)
      if (typeof next === 'string') return { kind: 'redirect', redirect: { to: next } }
      if ('to' in next) return { kind: 'redirect', redirect: next }
      return 'file' in next ? { kind: 'download', download: next } : { kind: 'view', view: next }
    },
  }
}

/** The scope with its parameters as the route's type says; the router matched them by that very path. */
function at<Scope extends PageScope, Path extends string>(
  _: Route<Path>,
  scope: Scope,
): ScopeAt<Scope, Path> {
  return scope as unknown as ScopeAt<Scope, Path>
}

/** The address of the same page in another language. */
export function inLanguage(scope: Pick<PageScope, 'path' | 'query'>, locale: Locale): string {
  const search = scope.query.size > 0 ? `?${scope.query}` : ''
  return `/${locale}${scope.path === '/' ? '' : scope.path}${search}`
}

/** A page shown again by its form keeps its own address in links: what was posted to may not be a page. */
export function pathOfPage<Scope extends PageScope>(form: Form<Scope>, { params }: PageScope): string {
  return pathOf(form.on.route, (name) => params[name] ?? '')
}

/** The status that a refusal is answered with. */
export const statusOf: Readonly<Record<RefusalKind, 403 | 404 | 409 | 410 | 422 | 429>> = {
  invalid: 422,
  unauthenticated: 403,
  forbidden: 403,
  absent: 404,
  conflict: 409,
  gone: 410,
  'too-many': 429,
}
