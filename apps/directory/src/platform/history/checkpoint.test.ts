import { createPublicKey, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { openKeys } from '../config/keys.ts'
import { checkpointText, parseMarks, shortCheckpoint, signedText } from './checkpoint.ts'
import { openCheckpointKey } from './checkpoint-key.ts'

const key = openCheckpointKey(openKeys('a secret that only tests know, and long enough'))
const checkpoint = { seq: 42, hash: 'ab'.repeat(32), at: new Date('2026-11-23T08:00:00Z') }
const signed = { ...checkpoint, keyId: key.id, signature: key.sign(signedText(checkpoint)) }

test('anybody can check a checkpoint with the raw public key', () => {
  const x = Buffer.from(key.publicKey, 'hex').toString('base64url')
  const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } })
  const [text = ''] = checkpointText(signed).split('key ')
  expect(verify(null, Buffer.from(text), publicKey, Buffer.from(signed.signature, 'base64'))).toBe(true)
})

test('a checkpoint is read back from any text around it, whole or short', () => {
  const text = `Dear all,\r\n${checkpointText(signed).replaceAll('\n', '\r\n')}\r\nand ${shortCheckpoint(checkpoint)}, bye`
  expect(parseMarks(text)).toEqual([
    { seq: 42, hash: checkpoint.hash, signed: { text: signedText(checkpoint), signature: signed.signature } },
    { seq: 42, hash: 'ab'.repeat(8) },
  ])
  expect(parseMarks('at 12:30, or 1:0123456789abcdef0')).toEqual([])
})
