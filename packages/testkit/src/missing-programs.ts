import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** A program from outside the repository that some tests need. */
export interface Program {
  readonly name: string
  readonly debianPackage: string
  isHere(): boolean
}

const programs = {
  PostgreSQL: [
    {
      name: 'PostgreSQL 15 or later (initdb, postgres)',
      debianPackage: 'postgresql',
      isHere: () => findPostgresFolder() !== undefined,
    },
  ],
  mail: [
    { name: 'Postfix', debianPackage: 'postfix', isHere: () => isProgram('postfix') },
    { name: 'Dovecot with IMAP', debianPackage: 'dovecot-imapd', isHere: () => isDovecotWith('imap') },
    { name: 'Dovecot with LMTP', debianPackage: 'dovecot-lmtpd', isHere: () => isDovecotWith('lmtp') },
    { name: 'swaks', debianPackage: 'swaks', isHere: () => isProgram('swaks') },
    { name: 'GnuPG', debianPackage: 'gnupg', isHere: () => isProgram('gpg') && isProgram('gpg-agent') },
  ],
  readers: [
    { name: 'GnuPG', debianPackage: 'gnupg', isHere: () => isProgram('gpg') && isProgram('gpg-agent') },
    {
      name: 'vobject for Python 3',
      debianPackage: 'python3-vobject',
      isHere: () => existsSync('/usr/lib/python3/dist-packages/vobject/vcard.py'),
    },
    { name: 'vdirsyncer', debianPackage: 'vdirsyncer', isHere: () => isProgram('vdirsyncer') },
    { name: 'khard', debianPackage: 'khard', isHere: () => isProgram('khard') },
    { name: 'nginx', debianPackage: 'nginx', isHere: () => isProgram('nginx') },
    { name: 'Caddy', debianPackage: 'caddy', isHere: () => isProgram('caddy') },
    { name: 'xmllint', debianPackage: 'libxml2-utils', isHere: () => isProgram('xmllint') },
  ],
  browser: [
    { name: 'Chromium', debianPackage: 'chromium', isHere: () => findChromium() !== undefined },
    {
      name: 'Noto fonts with Arabic',
      debianPackage: 'fonts-noto-core',
      isHere: () => isFont('truetype/noto/NotoSansArabic-Regular.ttf'),
    },
    {
      name: 'Noto fonts with Chinese',
      debianPackage: 'fonts-noto-cjk',
      isHere: () => isFont('opentype/noto/NotoSansCJK-Regular.ttc'),
    },
  ],
} as const satisfies Record<string, readonly Program[]>

/** What `part` of the tests needs and this machine lacks; nothing for a part that needs only the npm packages. */
export function missingPrograms(part: string): readonly Program[] {
  return isPartWithPrograms(part) ? programs[part].filter((program) => !program.isHere()) : []
}

/** The folder of the newest PostgreSQL server's programs. */
export function findPostgresFolder(): string | undefined {
  const versions = existsSync(debianPostgres) ? readdirSync(debianPostgres) : []
  const folders = versions
    .map(Number)
    .filter((version) => version >= 15)
    .sort((one, other) => other - one)
    .map((version) => join(debianPostgres, String(version), 'bin'))
  return [...folders, ...pathFolders()].find((folder) =>
    ['initdb', 'postgres'].every((name) => isExecutable(join(folder, name))),
  )
}

/** The browser named by CHROMIUM, else the first one installed under a usual name. */
export function findChromium(): string | undefined {
  const named = process.env.CHROMIUM
  if (named) return isExecutable(named) ? named : undefined
  return (
    ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
      .map(findProgram)
      .find(Boolean) ?? macBrowsers.find(isExecutable)
  )
}

/** The full path of a program on the PATH or in a folder for the administrator's programs. */
export function findProgram(name: string): string | undefined {
  return [...pathFolders(), '/usr/sbin', '/usr/local/sbin', '/sbin']
    .map((folder) => join(folder, name))
    .find(isExecutable)
}

const debianPostgres = '/usr/lib/postgresql'

const macBrowsers = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

function isPartWithPrograms(part: string): part is keyof typeof programs {
  return Object.hasOwn(programs, part)
}

function isProgram(name: string): boolean {
  return findProgram(name) !== undefined
}

function isDovecotWith(protocol: string): boolean {
  const folders = ['/usr/lib/dovecot', '/usr/libexec/dovecot', '/usr/local/libexec/dovecot']
  return isProgram('dovecot') && folders.some((folder) => isExecutable(join(folder, protocol)))
}

/** Only Debian comes without these letters; where its font folders are unknown, the system's fonts are trusted. */
function isFont(file: string): boolean {
  return !existsSync('/etc/debian_version') || existsSync(join('/usr/share/fonts', file))
}

function pathFolders(): readonly string[] {
  return (process.env.PATH ?? '').split(delimiter).filter(Boolean)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
