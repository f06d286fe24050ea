import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino'

/** Structured lines without personal data: route patterns, codes and counts; never a path, a query or an address. */
export function openLog(level: string, to: DestinationStream = pino.destination(1)): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    // A fault's message may quote what somebody typed; its name and place are enough to find it.
    serializers: {
      err: (fault: unknown) => (fault instanceof Error ? faultLine(fault) : { name: typeof fault }),
    },
  }
  return pino(options, to)
}

function faultLine(fault: Error): { name: string; at: readonly string[] } {
  const at = (fault.stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 6)
    .map((line) => line.trim().replace(/file:\/\/\S*\/(?=(apps|packages|node_modules)\/)/g, ''))
  return { name: 'code' in fault ? `${fault.name} ${String(fault.code)}` : fault.name, at }
}
