import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { areSourcesThere, sourceTexts } from '../../../../test/source-documents.ts'
import { findCitations } from '../cite/find-citations.ts'
import { wholeText } from '../cite/whole-text.fixture.ts'
import { recogniseResolution } from '../recognise/recognise-resolution.ts'
import type { StructuredDocument } from '../structured-document.ts'
import { toAkomaNtoso } from './akoma-ntoso.ts'
import { resolutionWithNote } from './resolution.fixture.ts'

const schema = fileURLToPath(new URL('test-data/akomantoso30.xsd', import.meta.url))

/** What xmllint says; its last line is that the document validates, or that it does not. */
function validate(document: StructuredDocument): string {
  const input = toAkomaNtoso(document, findCitations(document))
  return check(input)
}

function check(input: string): string {
  const { stderr } = spawnSync('xmllint', ['--nonet', '--noout', '--schema', schema, '-'], {
    input,
    encoding: 'utf8',
  })
  return stderr.trim()
}

test('CAP-12: Akoma Ntoso of a resolution, of one without a day, and of a damaged report is valid', () => {
  const document = resolutionWithNote()
  const damage = { ...document.damage, isDamaged: true }
  expect(validate(document)).toBe('- validates')
  expect(
    validate({ ...document, damage, manifest: { symbol: 'A/77/275', language: 'ar', kind: 'report' } }),
  ).toBe('- validates')
  expect(validate({ ...document, nodes: document.nodes.slice(0, 1) })).toBe('- validates')
})

test('the validator bites', () => {
  const document = resolutionWithNote()
  const broken = toAkomaNtoso(document, []).replace('<mainBody>', '<mainBody><unknown/>')
  expect(check(broken)).toContain('fails to validate')
})

test.runIf(areSourcesThere)('CAP-12: Akoma Ntoso of five real documents is valid', () => {
  for (const source of sourceTexts()) {
    const language = /\p{Script=Han}/u.test(source) ? 'zh' : 'ar'
    const whole = wholeText({ symbol: 'A/78/265', language, kind: 'report' }, source)
    expect(validate(whole)).toBe('- validates')
    const { nodes } = recogniseResolution(source)
    expect(validate({ ...whole, manifest: { ...whole.manifest, kind: 'resolution' }, nodes })).toBe(
      '- validates',
    )
  }
})
