import { runTyped } from '../src/open-directory.ts'
import type { World } from './world.ts'

/** What a command said, line by line, and its exit code: typed in `directory`. */
export async function typeCommand(
  world: World,
  directory: string,
  ...words: readonly string[]
): Promise<{ readonly code: number; readonly said: string }> {
  const said: string[] = []
  const request = { words: [...words], directory }
  const code = await runTyped(world.directory, world.clock, request, (line) => said.push(line))
  return { code, said: said.join('\n') }
}
