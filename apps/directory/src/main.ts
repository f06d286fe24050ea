// Each loads only what is its own: real operation knows nothing of the demonstration.
const [mode, ...words] = process.argv.slice(2)

switch (mode) {
  case 'demonstration':
    await (await import('./demonstrate.ts')).startDemonstration(words)
    break
  case 'serve':
    await (await import('./serve.ts')).startServe(words)
    break
  default:
    console.error('Say what to run: demonstration, or serve')
    process.exitCode = 2
}
