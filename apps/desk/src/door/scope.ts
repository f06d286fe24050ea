import { refuse, type Result } from '@parley/kernel'
import {
  defineForm,
  definePage,
  type Download,
  type Form,
  type FormState,
  type FormView,
  type Page,
  type PageScope,
  type Params,
  type Redirect,
  type Route,
  type Sentences,
  type Shown,
  type View,
} from '@parley/web'
import type { z } from 'zod'
import type { Desk } from '../desk.ts'
import type { Kind } from '../office/members.ts'
import { readSettings, type Settings } from '../office/settings.ts'
import type { Kept, Opened } from '../open-store.ts'
import type { User } from '../users/users.ts'
import type { Secret } from './secret.ts'
import type { Session } from './sessions.ts'

/** What every page of the Desk stands on, locked or not. */
export interface DeskScope extends PageScope {
  readonly texts: readonly Sentences[]
  readonly kinds: readonly Kind[]
  readonly desk: Desk
  /** What a form sent beside its texts; none where a page is asked for. */
  readonly files: readonly SentFile[]
  /** What lets a browser in; none where the Desk stands behind a proxy for people with names. */
  readonly secret: Secret | undefined
  readonly session: Session | undefined
  /** Goes on as this session, under a new key that the answer gives to the browser. */
  readonly goOnAs: (session: Partial<Session>) => void
  /** Forgets who used this browser; locks where nobody else is there. */
  readonly leave: () => Promise<void>
  /** Whoever this user is, in whichever browser, has to enter again. */
  readonly endAllOf: (user: string) => void
  readonly demonstrate: () => Promise<{ readonly desk: Desk; readonly user: User }>
}

export interface SentFile {
  readonly field: string
  /** As the browser says it. */
  readonly name: string
  readonly bytes: Buffer<ArrayBuffer>
}

/** What is needed to be shown a page: nothing, to have been let in, to be a user of an open Desk. */
export type Stage = 'anybody' | 'let-in' | 'unlocked'

const unlocked: Stage = 'unlocked'

export type DeskPage = Page<DeskScope>
export type DeskForm = Form<DeskScope>

/** What a page has of an open Desk. */
export interface Inside extends Opened {
  readonly user: User
  readonly settings: Settings
  /** What is not practised, also while an exercise is on. */
  readonly everyday: Kept
}

type At<Path extends string> = Omit<DeskScope, 'params'> & { readonly params: Params<Path> }
type Within<Path extends string> = At<Path> & Inside

/** A page of a locked Desk. */
export function doorPage<Path extends string>(declared: {
  readonly route: Route<Path>
  readonly stage: Exclude<Stage, 'unlocked'>
  readonly read: (scope: At<Path>, form: FormState) => Promise<Result<Shown<DeskScope>>>
}): DeskPage {
  return definePage<DeskScope, Path>({ ...declared, verb: declared.stage })
}

/** A form of a locked Desk. */
export function doorForm<Path extends string, Fields extends z.ZodType, Value>(declared: {
  readonly route: Route<Path>
  readonly stage: Exclude<Stage, 'unlocked'>
  readonly fields: Fields
  readonly on: DeskPage
  readonly act: (scope: At<Path>, input: z.output<Fields>) => Promise<Result<Value>>
  readonly next: (scope: At<Path>, value: Value) => string | Redirect | View | Download
}): DeskForm {
  return defineForm<DeskScope, Path, Fields, Value>({ ...declared, verb: declared.stage })
}

/** A page of an open Desk: a locked one has nothing to make it from. */
export function page<Path extends string>(declared: {
  readonly route: Route<Path>
  readonly read: (scope: Within<Path>, form: FormState) => Promise<Result<Shown<DeskScope>>>
}): DeskPage {
  return definePage<DeskScope, Path>({
    route: declared.route,
    verb: unlocked,
    read: async (scope, form) => {
      const opened = openedFor(scope)
      if (!opened) return locked
      const settings = await readSettings(opened)
      return declared.read({ ...scope, ...opened, settings }, form)
    },
  })
}

/** A form of an open Desk. */
export function form<Path extends string, Fields extends z.ZodType, Value>(declared: {
  readonly route: Route<Path>
  readonly fields: Fields
  readonly on: DeskPage
  readonly act: (scope: Within<Path>, input: z.output<Fields>) => Promise<Result<Value>>
  readonly next: (scope: At<Path>, value: Value) => string | Redirect | View | Download
}): DeskForm {
  return defineForm<DeskScope, Path, Fields, Value>({
    ...declared,
    verb: unlocked,
    act: async (scope, input) => {
      const opened = openedFor(scope)
      if (!opened) return locked
      const settings = await readSettings(opened)
      return declared.act({ ...scope, ...opened, settings }, input)
    },
  })
}

/** What is kept for itself while an exercise is on; which office this is and the directory are the same. */
const apart: ReadonlySet<string> = new Set(['drafts'])

const locked = refuse({ code: 'desk/locked', kind: 'unauthenticated' })

/** What is open to whoever asks; while an exercise is on, its record in the place of the other. */
function openedFor({
  desk,
  session,
}: Pick<DeskScope, 'desk' | 'session'>): Omit<Inside, 'settings'> | undefined {
  const opened = desk.store.opened()
  if (!opened || !session?.user) return undefined
  const { record, cases, mails, exercises } = opened
  const everyday = { record, cases, mails }
  const { user } = session
  if (!session.isExercise) return { ...opened, everyday, user }
  const sealed = (purpose: string) => opened.sealed(apart.has(purpose) ? `practised ${purpose}` : purpose)
  return { ...opened, ...exercises, sealed, everyday, user }
}

/** What the fields of a form need of their page. */
export function formView(scope: Pick<DeskScope, 'locale' | 'texts'>, form: FormState): FormView {
  return { locale: scope.locale, form, texts: scope.texts }
}
