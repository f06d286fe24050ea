import { defineText } from '@parley/web'
import { expect, test } from 'vitest'
import type { Room } from '../src/room.ts'
import { openWorld } from './world.ts'

test('RULE-10: a house that lacks a sentence in one language does not open', async () => {
  const en = { greeting: 'Welcome to the directory' }
  const text = defineText({
    en,
    fr: { greeting: 'Bienvenue' },
    es: { greeting: 'Bienvenido' },
    ar: {},
    ru: en,
    zh: {},
  })
  const planted: Room = { name: 'planted', authority: {}, text, pages: [], forms: [] }
  await expect(openWorld({ furtherRooms: () => [planted] })).rejects.toThrow(
    /not whole:\nar greeting: missing\nzh greeting: missing\nru greeting: the same as in en/,
  )
})
