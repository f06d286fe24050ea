import { fileText, readCell, writeCell } from '@parley/kernel'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exampleEntry } from '../../../test/entry-examples.ts'
import { csvColumns } from './entry-csv.ts'
import { listText } from '../../../test/list-text.ts'

function rows(csv: string): readonly (readonly string[])[] {
  return parse(csv, { bom: true })
}

const dangerous = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=x', '\r=x', ' =x', '＝1+1', "'=1", "''@x"]

test.each(dangerous)('a cell that begins like %j is text, and is read back', (value) => {
  const [row] = rows(`${writeCell(value)}\r\n`)
  expect(row?.[0]).toMatch(/^'/)
  expect(readCell(row?.[0] ?? '')).toBe(fileText(value))
})

test('any cell is read back as it was written', () => {
  const start = fc.constantFrom('', '=', '+', '-', '@', "'", "'=", "''-", '"', ',')
  fc.assert(
    fc.property(start, fc.string({ unit: 'grapheme' }), (before, after) => {
      const value = before + after
      const [row] = rows(`${writeCell(value)},x\r\n`)
      expect(readCell(row?.[0] ?? '')).toBe(value)
      expect(row?.[0]).not.toMatch(/^[=+\-@\t\r＝＋－＠]/)
    }),
  )
})

test('a list begins with the byte order mark and the names of its columns, and has one row for each entry', async () => {
  const csv = await listText('csv', [
    exampleEntry({}),
    exampleEntry({ entityName: { original: 'Two\n"lines", one name' } }),
  ])
  expect(csv.startsWith('\ufeffid,state,kind,')).toBe(true)
  const [head, first, second, ...more] = rows(csv)
  expect(head).toEqual(csvColumns)
  expect(more).toEqual([])
  expect(first?.length).toBe(csvColumns.length)
  expect(second?.[csvColumns.indexOf('entity_name')]).toBe('Two\n"lines", one name')
})

const phone = (value: string, cardOnly: boolean) =>
  ({ channel: 'phone', value, extension: '7', urgent: cardOnly, cardOnly }) as const

test('numbers stand as links, and what is on the card only stays out of a list', async () => {
  const entry = exampleEntry({
    addresses: [phone('+99955022117', true), phone('+99955022118', false)],
    personName: 'Kept Apart',
    cardOnly: ['person'],
  })
  const [, row = []] = rows(await listText('csv', [entry]))
  const cell = (name: string) => row[csvColumns.indexOf(name)]
  expect(cell('phone_1')).toBe('tel:+99955022118;ext=7')
  expect(cell('urgent_phone')).toBe('')
  expect(row.join()).not.toContain('99955022117')
  expect(row.join()).not.toContain('Kept Apart')
})
