import type { Clock } from '@parley/kernel'
import type { Performer } from './action.ts'

/** What a command stands on: inside the running program, or in one that opened the database for it alone. */
export interface CommandScope {
  readonly performer: Performer
  readonly clock: Clock
  /** A line for whoever typed the command. */
  say(line: string): void
  /** A path, as the one who typed the command means it. */
  pathOf(name: string): string
  /** The text of a file, named as the one who typed the command sees it. */
  readFile(path: string): string
  /** The same as bytes; one of more than `largest` is refused as a wrong path is. */
  readBytes(path: string, largest: number): Uint8Array
  /** Writes a file whole or not at all, for its owner alone; one that is there is written over only when told to. */
  writeFile(path: string, text: AsyncIterable<string>, over?: 'keep' | 'over'): Promise<void>
}

/** `parley <name> …`: for operators, in English. */
export interface Command {
  readonly name: string
  /** What may follow the name, and what it does, in one line. */
  readonly usage: string
  /** Gives back the exit code: 0 well, 1 not well, 2 not understood. */
  readonly run: (scope: CommandScope, words: readonly string[]) => Promise<number>
}

/** Runs the command that the first word names; without one, says what there is. */
export async function runCommand(
  commands: readonly Command[],
  scope: CommandScope,
  [name = '', ...words]: readonly string[],
): Promise<number> {
  const command = commands.find((each) => each.name === name)
  if (!command) {
    scope.say(name === '' ? 'Commands:' : `There is no command ${name}. Commands:`)
    for (const each of commands) scope.say(`  parley ${each.usage}`)
    return name === '' ? 0 : 2
  }
  try {
    return await command.run(scope, words)
  } catch (fault) {
    if (!(fault instanceof Error) || !isMistyped(fault)) throw fault
    scope.say(fault.message)
    scope.say(`  parley ${command.usage}`)
    return 2
  }
}

const wrongPath: readonly unknown[] = [
  'ERR_INVALID_ARG_VALUE',
  'ENOENT',
  'EACCES',
  'EISDIR',
  'ENOTDIR',
  'EEXIST',
  'ENAMETOOLONG',
]

/** What `parseArgs`, `readFile`, `readBytes` and `writeFile` throw when the words are wrong; anything else is a fault. */
function isMistyped(fault: Error): boolean {
  const code = 'code' in fault ? fault.code : ''
  return String(code).startsWith('ERR_PARSE_ARGS') || wrongPath.includes(code)
}
