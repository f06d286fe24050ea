import { startDemonstration } from './demonstrate.ts'
import { startServe } from './serve.ts'

const [mode, ...words] = process.argv.slice(2)

switch (mode) {
  case 'demonstration':
    await startDemonstration(words)
    break
  case 'serve':
    await startServe(words)
    break
  default:
    console.error('Say what to run: demonstration, or serve')
    process.exitCode = 2
}
