import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findProgram } from '@parley/testkit'
import type { Visit } from './contact-card/settings.ts'

/** Asks for the paths in turn over keep-alive connections; how many answers of status 200 came in a second. */
export type Load = (port: number, visit: Visit, seconds: number) => Promise<number>

const connections = 20

/** The name of what makes the load, and the load: `wrk` where it is installed, else a loop of our own. */
export function chooseLoad(): { readonly name: string; readonly load: Load } {
  const wrk = findProgram('wrk')
  return wrk
    ? {
        name: `wrk, ${connections} connections`,
        load: (port, visit, seconds) => askWithWrk(wrk, port, visit, seconds),
      }
    : { name: `own loop, ${connections} connections`, load: askInLoop }
}

async function askWithWrk(wrk: string, port: number, visit: Visit, seconds: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-wrk-'))
  try {
    const script = join(folder, 'paths.lua')
    await writeFile(script, scriptFor(visit))
    const options = ['-t1', `-c${connections}`, `-d${seconds}s`, '-s', script]
    const { stdout } = await promisify(execFile)(wrk, [...options, `http://127.0.0.1:${port}`])
    if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`Not every answer was one:\n${stdout}`)
    return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function scriptFor({ host, cookie, paths }: Visit): string {
  return `local paths = {${paths.map((path) => JSON.stringify(path)).join(',')}}
local headers = { Host = ${JSON.stringify(host)}, Cookie = ${JSON.stringify(cookie)} }
local at = 0
request = function()
  at = at % #paths + 1
  return wrk.format("GET", paths[at], headers)
end
`
}

const askInLoop: Load = async (port, { host, cookie, paths }, seconds) => {
  const headers = { host, cookie }
  const { answered } = await askAll(
    port,
    paths.map((path) => ({ path, headers })),
    seconds,
  )
  return answered
}

/** Asks for each in turn over keep-alive connections; how many a second were answered with 200, and how many were not. */
export async function askAll(
  port: number,
  requests: readonly { readonly path: string; readonly headers: Readonly<Record<string, string>> }[],
  seconds: number,
): Promise<{ readonly answered: number; readonly refused: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const until = performance.now() + seconds * 1000
  let at = 0
  let answered = 0
  let refused = 0
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      const { path, headers } = requests[at++ % requests.length] ?? { path: '/', headers: {} }
      const asking = request({ agent, host: '127.0.0.1', port, path, headers }, (answer) => {
        if (answer.statusCode === 200) answered += 1
        else refused += 1
        answer.resume().on('end', resolve)
      })
      asking.on('error', reject).end()
    })
  const visitor = async () => {
    while (performance.now() < until) await ask()
  }
  await Promise.all(Array.from({ length: connections }, visitor))
  agent.destroy()
  return { answered: answered / seconds, refused: refused / seconds }
}
