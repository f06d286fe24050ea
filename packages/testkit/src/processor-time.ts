/** Milliseconds that this process has computed so far: unlike a clock, it stands still while others have the machine. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
