/** A part of the tests: one Vitest project, told from the others by what its files need. */
export interface TestPart {
  readonly name: 'pure' | 'PGlite' | 'PostgreSQL' | 'mail' | 'readers' | 'browser'
  /** Name of the Vitest project. */
  readonly project: string
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  /** Files that run at the same time. */
  readonly workers: number
  readonly env?: Record<string, string>
  readonly globalSetup?: string
}

const isDependency = '**/node_modules/**'

/** Every test file belongs to a part: what needs nothing special is `pure`. */
export const testParts: readonly TestPart[] = [
  {
    name: 'pure',
    project: 'pure',
    include: [tests('test')],
    exclude: [isDependency, tests('{sql,postgres,server,reader}.test')],
    workers: 2,
  },
  {
    name: 'PGlite',
    project: 'pglite',
    include: [tests('sql.test')],
    exclude: [isDependency],
    workers: 2,
    env: { PARLEY_TEST_ENGINE: 'pglite' },
    globalSetup: 'scripts/pglite-for-tests.ts',
  },
  {
    name: 'PostgreSQL',
    project: 'postgres',
    include: [tests('sql.test'), tests('postgres.test')],
    exclude: [isDependency],
    workers: 2,
    env: { PARLEY_TEST_ENGINE: 'postgres' },
    globalSetup: 'scripts/postgres-for-tests.ts',
  },
  { name: 'mail', project: 'mail', include: [tests('server.test')], exclude: [isDependency], workers: 1 },
  {
    name: 'readers',
    project: 'readers',
    include: [tests('reader.test')],
    exclude: [isDependency],
    workers: 1,
  },
  { name: 'browser', project: 'browser', include: [tests('journey')], exclude: [isDependency], workers: 2 },
]

function tests(suffix: string): string {
  return `{apps,bench,packages,scripts,test}/**/*.${suffix}.ts`
}
