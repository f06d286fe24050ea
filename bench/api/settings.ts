import type { Urls } from '../settings.ts'

/** What our side is told. */
export interface ApiSettings {
  readonly entries: number
  readonly pool: number
  readonly database: Urls
}

/** Something that is asked for, with what opens it. */
export interface Asked {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

/** What both sides are asked, by the kind of question. */
export type Questions = Readonly<Record<'lookup' | 'list of a State' | 'text search', readonly Asked[]>>
