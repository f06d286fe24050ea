import { readFileSync } from 'node:fs'
import { z } from 'zod'

const port = z.coerce.number().int().min(0).max(65_535)
const flag = z.enum(['yes', 'no']).transform((word) => word === 'yes')

/** Every setting of real operation, its shape and its default. Names are those of the environment. */
const schema = z.object({
  PARLEY_ORIGIN: z.url({ protocol: /^https?$/ }),
  PARLEY_HOST: z.string().default('127.0.0.1'),
  PARLEY_PORT: port.default(8080),
  PARLEY_PROFILE: z
    .string()
    .regex(/^[a-z-]+$/)
    .default('united-nations'),
  /** 32 random bytes or more, base64 or hex: every other key is derived from it. */
  PARLEY_SECRET: z.string().min(43),
  /** The application's login role; without it, the embedded database in PARLEY_FOLDER. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_OWNER_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(200).default(10),
  PARLEY_FOLDER: z.string().default('data'),
  /** Documents that enter the library when the program starts. */
  PARLEY_DOCUMENTS: z.string().optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }),
  SMTP_CONNECTIONS: z.coerce.number().int().min(1).max(100).default(5),
  /** How fast the messages of a check round leave: in all, to one receiving domain, and how many go first. */
  SMTP_PER_MINUTE: z.coerce.number().int().min(1).max(100_000).default(60),
  SMTP_PER_MINUTE_AND_DOMAIN: z.coerce.number().int().min(1).max(100_000).default(10),
  SMTP_FIRST_WAVE: z.coerce.number().int().min(1).max(100_000).default(20),
  IMAP_URL: z.url({ protocol: /^imaps?$/ }),
  /** Where checks come from, and the address that answers go to; the mailbox must know subaddresses (+). */
  MAIL_FROM: z.email(),
  MAIL_RETURN_PATH: z.email().optional(),
  /** The OpenPGP key that checks are signed with: private, in armor; without one, they are not signed. */
  PARLEY_SIGNING_KEY: z.string().optional(),
  PARLEY_SIGNING_PASSPHRASE: z.string().optional(),
  /** The directory manager's public contact address. */
  MANAGER_EMAIL: z.email(),
  /** To whom backups are encrypted: public keys of age (age1…), one a line. */
  BACKUP_RECIPIENT: z.string().optional(),
  /** Metrics are served on a port of their own, if one is named; beyond this machine with a token alone. */
  METRICS_PORT: port.optional(),
  METRICS_HOST: z.string().default('127.0.0.1'),
  METRICS_TOKEN: z.string().min(20).optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Only behind a proxy that ends TLS on this machine. */
  BEHIND_PROXY: flag.default(false),
})

export type Settings = z.output<typeof schema>

/** For the test that `docs/operate/settings.md` names each of them. */
export const settingNames: readonly string[] = Object.keys(schema.shape)

/** Thrown before anything is opened: each line says which setting is wrong and how. */
export class UnsafeSettings extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`The settings are not fit for operation:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the settings of `serve`; secrets may stand in files (`PARLEY_SECRET_FILE`). Refuses unsafe ones. */
export function readSettings(environment: Environment): Settings {
  const parsed = schema.safeParse(withFiles(environment))
  if (!parsed.success) {
    throw new UnsafeSettings(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`))
  }
  const problems = unsafe(parsed.data)
  if (problems.length > 0) throw new UnsafeSettings(problems)
  return parsed.data
}

function withFiles(environment: Environment): Environment {
  const read = Object.keys(schema.shape).map((name) => {
    const file = environment[`${name}_FILE`]
    if (file === undefined) return [name, environment[name] || undefined] as const
    if (environment[name]) throw new UnsafeSettings([`${name}: set it or ${name}_FILE, not both`])
    return [name, readFile(name, file)] as const
  })
  return Object.fromEntries(read)
}

function readFile(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    throw new UnsafeSettings([`${name}_FILE: cannot be read`])
  }
}

function unsafe(settings: Settings): readonly string[] {
  const origin = new URL(settings.PARLEY_ORIGIN)
  const problems: string[] = []
  if (origin.protocol !== 'https:' && origin.hostname !== 'localhost')
    problems.push('PARLEY_ORIGIN: must be https')
  if (origin.pathname !== '/' || origin.search || origin.hash)
    problems.push('PARLEY_ORIGIN: an origin has no path')
  if (new Set(settings.PARLEY_SECRET).size < 12) problems.push('PARLEY_SECRET: this is not random')
  if (settings.DATABASE_URL && !settings.DATABASE_OWNER_URL) {
    problems.push('DATABASE_OWNER_URL: needed beside DATABASE_URL; the application must not own its tables')
  }
  if (settings.DATABASE_URL && user(settings.DATABASE_URL) === user(settings.DATABASE_OWNER_URL)) {
    problems.push('DATABASE_URL: must name another login role than DATABASE_OWNER_URL')
  }
  for (const name of ['DATABASE_URL', 'DATABASE_OWNER_URL'] as const) {
    const url = settings[name] === undefined ? undefined : new URL(settings[name])
    if (url && !isLocal(url) && url.searchParams.get('sslmode') !== 'verify-full')
      problems.push(`${name}: add ?sslmode=verify-full to reach another machine`)
  }
  if (settings.METRICS_TOKEN === undefined && !loopback.includes(settings.METRICS_HOST))
    problems.push('METRICS_TOKEN: needed where METRICS_HOST is not this machine')
  for (const name of ['SMTP_URL', 'IMAP_URL'] as const) {
    const url = new URL(settings[name])
    if (!isLocal(url) && !url.protocol.endsWith('s:'))
      problems.push(`${name}: use ${url.protocol.slice(0, -1)}s to another machine`)
  }
  return problems
}

const loopback = ['localhost', '127.0.0.1', '::1']

/** No host is a socket of this machine. */
function isLocal({ hostname }: URL): boolean {
  return ['', 'localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

function user(url: string | undefined): string {
  return url === undefined ? '' : new URL(url).username
}
