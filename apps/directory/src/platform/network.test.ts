import { expect, test } from 'vitest'
import { networkOf } from './network.ts'

test('the addresses that one line of version 6 gives itself are one caller', () => {
  const line = networkOf('2001:db8:1:2::1')
  expect(line).toBe('2001:db8:1:2::/64')
  for (const address of [
    '2001:db8:1:2::',
    '2001:DB8:0001:0002:ffff:ffff:ffff:ffff',
    '2001:db8:1:2:0:0:192.0.2.1',
    '2001:db8:1:2::1%eth0',
  ])
    expect(networkOf(address)).toBe(line)
  expect(networkOf('2001:db8:1:3::1')).not.toBe(line)
  expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0::/64')
  expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64')
})

test.each([
  ['192.0.2.1', '192.0.2.2'],
  ['::ffff:192.0.2.1', '::ffff:192.0.2.2'],
  ['::ffff:c000:201', '::ffff:c000:202'],
  ['64:ff9b::192.0.2.1', '64:ff9b::192.0.2.2'],
])('addresses of version 4 stay apart, however they are written: %s and %s', (one, other) => {
  expect(networkOf(one)).not.toBe(networkOf(other))
})

test('what is no address is a caller as it stands', () => {
  for (const caller of ['', 'unknown', '192.0.2.1:443', '[2001:db8::1]', '2001:db8::1::2'])
    expect(networkOf(caller)).toBe(caller)
})
