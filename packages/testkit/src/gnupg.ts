import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram } from './missing-programs.ts'

/** GnuPG with an empty keyring of its own. */
export interface Gnupg {
  /** What it writes to its output; throws where it refuses. */
  run(words: readonly string[], input?: string | Uint8Array): Buffer
  /** Its status lines (`GOODSIG …`, `BADSIG …`), whether it refuses or not. */
  statusOf(words: readonly string[], input?: string | Uint8Array): string
  /** A file that it can read, in its own folder. */
  file(name: string, content: string | Uint8Array): string
  /** What stands in a file of its folder. */
  read(name: string): string
  /** A new key without passphrase (`rsa4096`, `ed25519`; `default` has a subkey to encrypt to), made at a time (`20200101T000000`) if one is said; its armored public half. */
  makeKey(
    userId: string,
    more?: { readonly algorithm?: string; readonly expires?: string; readonly at?: string },
  ): string
  close(): void
}

export function openGnupg(): Gnupg {
  const home = mkdtempSync(join(tmpdir(), 'parley-gpg-'))
  const quiet = ['--homedir', home, '--batch', '--yes', '--no-tty', '--quiet', '--trust-model', 'always']
  const run: Gnupg['run'] = (words, input = '') =>
    execFileSync(program('gpg'), [...quiet, ...words], { input, stdio: ['pipe', 'pipe', 'ignore'] })
  return {
    run,
    statusOf: (words, input = '') =>
      spawnSync(program('gpg'), [...quiet, '--status-fd', '2', ...words], { input }).stderr.toString(),
    file(name, content) {
      const path = join(home, name)
      writeFileSync(path, content)
      return path
    },
    read: (name) => readFileSync(join(home, name), 'utf8'),
    makeKey(userId, { algorithm = 'default', expires = 'never', at } = {}) {
      const when = at === undefined ? [] : ['--faked-system-time', `${at}!`]
      run([...when, '--passphrase', '', '--quick-generate-key', userId, algorithm, 'default', expires])
      return run(['--armor', '--export', userId]).toString()
    },
    close() {
      execFileSync(program('gpgconf'), ['--homedir', home, '--kill', 'all'])
      rmSync(home, { recursive: true, force: true })
    },
  }
}

function program(name: string): string {
  const found = findProgram(name)
  if (found === undefined) throw new Error(`${name} is not installed`)
  return found
}
