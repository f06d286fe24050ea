import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { listCodes } from './codes.ts'

interface Taxonomy {
  readonly values: readonly {
    readonly predicate: string
    readonly entry: readonly { readonly value: string }[]
  }[]
}

test('POC-34: the classes of an incident are those of the Reference Security Incident Taxonomy, in its order', () => {
  const file = new URL('../sources/rsit-machinetag.json', import.meta.url)
  const { values }: Taxonomy = JSON.parse(readFileSync(file, 'utf8'))
  const codes = values.flatMap(({ predicate, entry }) => entry.map(({ value }) => `${predicate}/${value}`))
  expect(codes.length).toBe(39)
  expect(listCodes('incident-class').map(({ code }) => code)).toEqual(codes)
})
