/** The parts of `npm audit --json` that say something; a registry that was not asked sends none of them. */
interface Audit {
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string }>>
}

const grave = ['high', 'critical']

export function judgeAudit(output: string): { readonly holds: boolean; readonly words: string } {
  const { vulnerabilities } = read(output)
  if (vulnerabilities === undefined) return { holds: true, words: 'not asked: the registry gave no answer' }
  const found = Object.entries(vulnerabilities).map(([name, { severity }]) => ({ name, severity }))
  if (found.length === 0) return { holds: true, words: 'no known weakness' }
  const words = found.map(({ name, severity }) => `${name}: ${severity}`).join('\n')
  return { holds: !found.some(({ severity }) => grave.includes(severity)), words }
}

function read(output: string): Audit {
  try {
    const audit: Audit = JSON.parse(output)
    return audit
  } catch {
    return {}
  }
}
