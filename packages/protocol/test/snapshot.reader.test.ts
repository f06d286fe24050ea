import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const interop = new URL('../../../interop/snapshots/', import.meta.url)
const pathOf = (file: string) => fileURLToPath(new URL(file, interop))

/** RFC 8410: an Ed25519 public key as DER is this, followed by its 32 bytes. */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex')

/** The key that stands in a snapshot, in a file, read without reading the rest of it. */
function keyFileOf(name: string): string {
  const [, hex = ''] = /"current":"([0-9a-f]{64})"/.exec(readFileSync(pathOf(`${name}.json`), 'utf8')) ?? []
  const folder = mkdtempSync(join(tmpdir(), 'snapshot-key-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'key.der')
  writeFileSync(file, Buffer.concat([spkiPrefix, Buffer.from(hex, 'hex')]))
  return file
}

function openssl(name: string): boolean {
  const asked = ['pkeyutl', '-verify', '-pubin', '-keyform', 'DER', '-inkey', keyFileOf(name), '-rawin']
  const files = ['-in', pathOf(`${name}.json`), '-sigfile', pathOf(`${name}.sig`)]
  return spawnSync('openssl', [...asked, ...files]).status === 0
}

test.each(['first', 'second', 'next-key', 'other-community'])(
  'POC-13: openssl verifies interop/snapshots/%s from its two files',
  (name) => {
    expect(openssl(name)).toBe(true)
  },
)

test.each([
  'one-bit-changed',
  'one-bit-of-the-signature-changed',
  'signature-of-another',
  'signed-by-another-key',
])('POC-13: openssl refuses interop/snapshots/%s', (name) => {
  expect(openssl(name)).toBe(false)
})
