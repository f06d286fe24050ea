import { rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'

/** One line in: the words as typed, and where. Lines out: what there is to say, and at last the exit code. */
const requestSchema = z.object({ words: z.array(z.string()), directory: z.string() })
const answerSchema = z.union([z.object({ say: z.string() }), z.object({ exit: z.number() })])

export type CommandRequest = z.output<typeof requestSchema>
type Say = (line: string) => void

/** The longest path of a socket that every system takes. */
const longestPath = 100

function socketIn(folder: string): string {
  return join(folder, 'commands')
}

/**
 * Takes commands from programs of the same account on this machine: the embedded database cannot be opened twice.
 * The caller holds the folder's lock. Gives back how to stop.
 */
export async function listenForCommands(
  folder: string,
  answer: (request: CommandRequest, say: Say) => Promise<number>,
): Promise<() => Promise<void>> {
  const path = socketIn(folder)
  if (Buffer.byteLength(path) > longestPath)
    throw new Error(`The path of PARLEY_FOLDER is too long: ${path} must fit into ${longestPath} bytes`)
  rmSync(path, { force: true })
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => socket.destroy())
    void converse(socket, answer)
  })
  const maskBefore = process.umask(0o177)
  server.listen(path)
  process.umask(maskBefore)
  await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject))
  return () =>
    new Promise((closed) => {
      server.close(() => closed())
      for (const socket of open) socket.destroy()
    })
}

async function converse(
  socket: Socket,
  answer: (request: CommandRequest, say: Say) => Promise<number>,
): Promise<void> {
  const write = (value: z.input<typeof answerSchema>) => socket.write(`${JSON.stringify(value)}\n`)
  try {
    for await (const line of createInterface({ input: socket })) {
      const request = requestSchema.parse(JSON.parse(line))
      write({ exit: await answer(request, (text) => write({ say: text })) })
      break
    }
  } catch (fault) {
    const name = fault instanceof Error ? fault.name : 'unknown'
    write({ say: `The command failed (${name}).` })
    write({ exit: 1 })
  }
  socket.end()
}

/** Asks the program that runs on this folder; nothing when none takes commands. Gives back the exit code. */
export async function askRunning(
  folder: string,
  request: CommandRequest,
  say: Say,
): Promise<number | undefined> {
  const socket = await connectTo(socketIn(folder))
  if (!socket) return undefined
  socket.write(`${JSON.stringify(request)}\n`)
  try {
    for await (const line of createInterface({ input: socket })) {
      const answer = answerSchema.parse(JSON.parse(line))
      if ('exit' in answer) return answer.exit
      say(answer.say)
    }
  } finally {
    socket.destroy()
  }
  say('The program stopped before it had answered.')
  return 1
}

function connectTo(path: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => resolve(socket))
    socket.once('error', () => resolve(undefined))
  })
}
