import { expect, test } from 'vitest'
import { telephoneLink, writeTelephone } from './telephone.ts'

test.each([
  ['+442079460958', '+44 20 7946 0958'],
  ['+99955501742', '+999 555 017 42'],
])('POC-09: %s is written as it is read out', (number, written) => {
  expect(writeTelephone(number)).toBe(written)
})

test('a link that a telephone calls carries the extension', () => {
  expect(telephoneLink('+99955501742', '12')).toBe('tel:+99955501742;ext=12')
  expect(telephoneLink('+99955501742')).toBe('tel:+99955501742')
})
