import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'

const policy = '/usr/sbin/policy-rc.d'

/**
 * May this script install packages by itself? As root on Debian, where an installed service is never started:
 * under systemd it would also start with the machine, so there a person decides.
 */
export function mayInstallPackages(): boolean {
  return existsSync('/etc/debian_version') && process.getuid?.() === 0 && !existsSync('/run/systemd/system')
}

export function installCommand(packages: readonly string[]): string {
  return ['apt-get install --no-install-recommends', ...packages].join(' ')
}

/** Installs each group of Debian packages without starting a service of theirs; gives what went wrong. */
export function installPackages(groups: readonly (readonly string[])[]): readonly string[] {
  console.log(`Installing Debian packages: ${groups.flat().join(' ')}`)
  return withoutStartingServices(() => [
    ...aptGet('update'),
    // Group by group: a package that is not to be had keeps no other part from running.
    ...groups.flatMap((packages) => aptGet('install', '--yes', '--no-install-recommends', ...packages)),
  ])
}

/** Debian's own means: maintainer scripts ask policy-rc.d before they start anything; 101 means no. */
function withoutStartingServices<Result>(work: () => Result): Result {
  if (existsSync(policy)) return work()
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    return work()
  } finally {
    rmSync(policy)
  }
}

function aptGet(...commandArguments: readonly string[]): readonly string[] {
  const waiting = ['-qq', '-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=3']
  const { status, stdout, stderr } = spawnSync('apt-get', [...waiting, ...commandArguments], {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    maxBuffer: 64 * 1024 * 1024,
  })
  return status === 0 ? [] : [`apt-get ${commandArguments.join(' ')} failed:\n${stdout}${stderr}`]
}
