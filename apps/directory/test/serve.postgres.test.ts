import { createPostgresDatabase, freePort } from '@parley/testkit'
import { Client } from 'pg'
import { newId } from '@parley/kernel'
import { afterEach, expect, test } from 'vitest'
import { type Program, runProgram, safeSettings, startProgram } from './program.ts'

const server = process.env['PARLEY_TEST_POSTGRES'] ?? ''
const programs: Program[] = []
afterEach(() => {
  for (const program of programs) program.kill('SIGKILL')
})

test(
  'two web processes and two workers share one database, answer, and stop cleanly',
  { timeout: 120_000 },
  async () => {
    const database = await openDatabase()
    const ports = [await freePort(), await freePort()]
    const started = [
      ...ports.map((port) => start(['serve', '--web'], { ...safeSettings(port), ...database })),
      ...ports.map((port) => start(['serve', '--worker'], { ...safeSettings(port), ...database })),
    ]
    await Promise.all(
      started.map((program, index) =>
        program.says(index < 2 ? 'Parley is running' : 'Parley works in the background'),
      ),
    )
    expect(started.map((program) => program.said().includes('works in the background'))).toEqual([
      false,
      false,
      true,
      true,
    ])
    for (const port of ports) {
      for (const path of ['/healthz', '/readyz']) {
        expect(await (await fetch(`http://localhost:${port}${path}`)).text()).toBe('yes')
      }
    }
    const status = await runProgram('cli.ts', ['status'], { ...safeSettings(1), ...database })
    expect(status.said).toContain('Database: postgres')

    for (const program of started) program.kill('SIGTERM')
    expect(await Promise.all(started.map((program) => program.ended))).toEqual([0, 0, 0, 0])
  },
)

test('more duties than connections do not wait for each other for ever', { timeout: 60_000 }, async () => {
  const database = { ...(await openDatabase()), DATABASE_CONNECTIONS: '2' }
  const port = await freePort()
  const program = start(['serve'], { ...safeSettings(port), ...database })
  await program.says('Parley works in the background')
  const invited = await runProgram('cli.ts', ['create-manager', 'ann@directory.example', 'Ann'], {
    ...safeSettings(port),
    ...database,
  })
  expect(invited.code).toBe(0)
  await sealed(database.DATABASE_OWNER_URL)
  expect(await (await fetch(`http://localhost:${port}/readyz`)).text()).toBe('yes')
  program.kill('SIGTERM')
  expect(await program.ended).toBe(0)
})

test.each([
  ['is a superuser', 'superuser'],
  ['bypasses row-level security', 'bypassrls'],
])('a login role that %s is refused', { timeout: 60_000 }, async (_, attribute) => {
  const superuser = await findSuperuser()
  const role = `parley_${attribute}_${newId().slice(0, 8)}`
  await execute(superuser, `create role ${role} login noinherit ${attribute}`)
  const { code, said } = await serveAs(role)
  expect(said).toContain(`DATABASE_URL: the login role ${_}`)
  expect(code).toBe(2)
})

test(
  'a login role that inherits the roles of others, or belongs to the owner, is refused',
  { timeout: 60_000 },
  async () => {
    const heir = `parley_heir_${newId().slice(0, 8)}`
    await execute(server, `create role ${heir} login inherit`)
    expect((await serveAs(heir)).said).toContain('inherits the roles parley_*')
    const member = `parley_member_${newId().slice(0, 8)}`
    await execute(
      await findSuperuser(),
      `create role ${member} login noinherit; grant parley_owner to ${member}`,
    )
    const { code, said } = await serveAs(member)
    expect(said).toContain('owns the tables, or is a member of the role that does')
    expect(code).toBe(2)
  },
)

async function serveAs(role: string) {
  const database = await openDatabase()
  const login = new URL(database.DATABASE_URL)
  login.username = role
  return runProgram('main.ts', ['serve'], {
    ...safeSettings(await freePort()),
    ...database,
    DATABASE_URL: login.href,
  })
}

async function openDatabase() {
  const { appUrl, ownerUrl } = await createPostgresDatabase(server, `serve_${newId().replaceAll('-', '')}`)
  return { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl }
}

/** The server of the tests trusts every account of this machine. */
async function findSuperuser(): Promise<string> {
  const url = new URL(server)
  url.username = 'postgres'
  return url.href
}

/** Waits until no act waits for its place in the chain. */
async function sealed(ownerUrl: string): Promise<void> {
  const url = new URL(ownerUrl)
  url.username = 'postgres'
  for (;;) {
    const [row] = await execute(url.href, 'select count(*)::int as waiting from history.pending')
    if (row?.['waiting'] === 0) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function execute(url: string, statements: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statements)).rows
  } finally {
    await client.end()
  }
}

function start(words: readonly string[], settings: Readonly<Record<string, string>>): Program {
  const program = startProgram('main.ts', words, settings)
  programs.push(program)
  return program
}
