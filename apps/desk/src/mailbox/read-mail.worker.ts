import { parentPort } from 'node:worker_threads'
import { type Keys, type Reading, readMail } from './read-mail.ts'

// What strangers wrote is read in here, with a measure of memory and time that `mail-reader.ts` gives it.

interface Asked {
  readonly raw: Uint8Array
  readonly keys: Keys
}

parentPort?.on('message', ({ raw, keys }: Asked) => {
  readMail(raw, keys).then(
    (read) => answer(read.ok ? read.value : undefined),
    () => answer(undefined),
  )
})

function answer(reading: Reading | undefined): void {
  // oxlint-disable-next-line require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(reading)
}
