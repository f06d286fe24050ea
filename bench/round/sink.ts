// The mail server of the round bench: takes everything and keeps nothing. Both sides send to it.
import { openSink } from '@parley/mail'
import { answer, type Used } from '../child.ts'

const sink = await openSink({ host: '127.0.0.1', port: 0, keep: false })
let cpu = process.cpuUsage()
let began = performance.now()
let before = 0

answer(
  {
    url: async () => sink.url,
    begin: async () => {
      cpu = process.cpuUsage()
      began = performance.now()
      before = sink.taken()
    },
    end: async (): Promise<Used & { taken: number }> => {
      const { user, system } = process.cpuUsage(cpu)
      return {
        wall: performance.now() - began,
        cpu: (user + system) / 1000,
        memory: process.resourceUsage().maxRSS / 1024,
        taken: sink.taken() - before,
      }
    },
  },
  () => sink.close(),
)
