import { startDemonstration } from './demonstrate.ts'

const [mode] = process.argv.slice(2)

switch (mode) {
  case 'demonstration':
    await startDemonstration()
    break
  default:
    console.error('Say what to run: demonstration, or serve')
    process.exitCode = 2
}
