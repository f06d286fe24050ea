import { openEmbedded } from './embedded.ts'

// Run as a process of its own by `prepareEmbedded`: makes an empty database in the folder it is given.
const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('Say in which folder')
const engine = await openEmbedded(folder)
await engine.close()
