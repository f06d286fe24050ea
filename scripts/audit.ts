// npm run check:audit: asks the registry for known weaknesses of what is installed. A registry that cannot be asked (no
// network, a mirror without that service) is said and fails nothing; a weakness of level high or above does.
import { spawnSync } from 'node:child_process'
import { judgeAudit } from './judge-audit.ts'

const impatient = ['--fetch-retries=0', '--fetch-timeout=20000']
const { stdout } = spawnSync('npm', ['audit', '--json', ...impatient], { encoding: 'utf8' })
const { holds, words } = judgeAudit(stdout)
console.log(words)
process.exitCode = holds ? 0 : 1
