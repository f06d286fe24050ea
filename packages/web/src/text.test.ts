import { expect, test } from 'vitest'
import { html } from './html.ts'
import { moment, writeMoment } from './moment.ts'
import { defineText } from './text.ts'

const due = { due: 'On {date}.', both: '{date}. {name}, {name}.' }
const text = defineText({ ar: due, zh: due, en: due, fr: due, ru: due, es: due })
const day = new Date('2027-05-27T00:00:00Z')

test('a sentence that ends with a day has one full stop, also where the day ends with one', () => {
  const date = writeMoment('ru', day, 'date')
  expect(text('ru')('due', { date })).toBe(`On ${date}`)
  expect(
    text('ru')
      .html('due', { date: moment('ru', day, 'date') })
      .toString(),
  ).toMatch(/[^.]\.<\/time>$/)
  expect(text('en')('due', { date: writeMoment('en', day, 'date') })).toBe('On 27 May 2027.')
  expect(
    text('en')
      .html('due', { date: moment('en', day, 'date') })
      .toString(),
  ).toMatch(/<\/time>\.$/)
})

test('values stand where they are named, escaped unless they are markup', () => {
  expect(text('en')('both', { date: 'A', name: 'B' })).toBe('A. B, B.')
  const shown = text('en').html('both', { date: '<a>', name: html`<b>B</b>` })
  expect(shown.toString()).toBe('&lt;a&gt;. <b>B</b>, <b>B</b>.')
})
