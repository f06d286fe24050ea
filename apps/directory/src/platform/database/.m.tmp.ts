import { openEmbedded } from './embedded.ts'
const e = await openEmbedded('/tmp/c3')
console.log('open', (process.resourceUsage().maxRSS / 1024) | 0, process.memoryUsage().rss >> 20)
await e.close()
