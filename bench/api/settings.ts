import type { DatabaseUrls } from '@parley/testkit'

/** What our side is told. */
export interface ApiSettings {
  readonly entries: number
  readonly pool: number
  readonly database: DatabaseUrls
}

/** Something that is asked for, with what opens it. */
export interface Asked {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

/** What both sides are asked, by the kind of question. */
export type Questions = Readonly<Record<'lookup' | 'list of a State' | 'text search', readonly Asked[]>>
