import type { Result } from '@parley/kernel'
import type {
  Download,
  Form,
  FormState,
  FormView,
  Page,
  PageScope,
  Redirect,
  Route,
  SentFile,
  Sentences,
  Shown,
  Upload,
  View,
} from '@parley/web'
import { defineForm, definePage, type Params } from '@parley/web'
import type { z } from 'zod'
import type { ActionScope, Done, Performer } from '../action.ts'

/** What a page of the Directory stands on. */
export interface DirectoryScope extends PageScope, ActionScope {
  readonly performIn: Performer['performIn']
  /** The network address of the caller: for counting tries, never stored with what was asked. */
  readonly caller: string
  /** Whether this request was postponed and comes again. */
  readonly hasWaited: boolean
  /** What came with a form that takes files; of any other they are text among its fields. */
  readonly files: readonly SentFile[]
  /** The sentences of every module, for refusals. */
  readonly texts: readonly Sentences[]
  /** Whether the one who asks may do this: for showing or leaving out a button. The act itself asks again. */
  readonly may: (verb: string) => boolean
}

/**
 * Thrown where a request has to wait: its transaction ends, and it comes again in another one when `wait` is over.
 * Nobody waits with a connection of the database in hand.
 */
export class Postponed extends Error {
  readonly wait: () => Promise<void>
  constructor(wait: () => Promise<void>) {
    super('a request is postponed')
    this.wait = wait
  }
}

export type DirectoryPage = Page<DirectoryScope>
export type DirectoryForm = Form<DirectoryScope>

type ScopeAt<Path extends string> = Omit<DirectoryScope, 'params'> & { readonly params: Params<Path> }

/** A page of the Directory; its verb must stand in an authority table. */
export function page<Path extends string>(declared: {
  readonly route: Route<Path>
  readonly verb: string
  readonly read: (scope: ScopeAt<Path>, form: FormState) => Promise<Result<Shown<DirectoryScope>>>
}): DirectoryPage {
  return definePage<DirectoryScope, Path>(declared)
}

/** A form of the Directory. What its action did enters the history and the outbox: there is no way around it. */
export function form<Path extends string, Fields extends z.ZodType, Value>(declared: {
  readonly route: Route<Path>
  readonly verb: string
  readonly fields: Fields
  readonly on: DirectoryPage
  readonly upload?: Upload
  readonly act: (scope: ScopeAt<Path>, input: z.output<Fields>) => Promise<Result<Done<Value>>>
  readonly next: (scope: ScopeAt<Path>, value: Value) => string | Redirect | View | Download
}): DirectoryForm {
  return defineForm<DirectoryScope, Path, Fields, Value>({
    ...declared,
    act: (scope, input) => scope.performIn(scope, () => declared.act(scope, input)),
  })
}

/** What the fields of a form need of their page. */
export function formView(scope: Pick<DirectoryScope, 'locale' | 'texts'>, form: FormState): FormView {
  return { locale: scope.locale, form, texts: scope.texts }
}
