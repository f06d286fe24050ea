import type { Locale } from '@parley/kernel'
import { expect, test } from 'vitest'
import { checkText } from './check-text.ts'
import type { Messages } from './text.ts'

const sound: Readonly<Record<Locale, Messages>> = {
  en: {
    greeting: 'Welcome to the directory, {name}',
    waiting: { one: 'One check is waiting', other: '{count} checks are waiting' },
  },
  fr: {
    greeting: 'Bienvenue dans le répertoire, {name}',
    waiting: {
      one: '{count} contrôle en attente',
      many: '{count} de contrôles en attente',
      other: '{count} contrôles en attente',
    },
  },
  es: {
    greeting: 'Bienvenido al directorio, {name}',
    waiting: {
      one: 'Una comprobación en espera',
      many: '{count} de comprobaciones en espera',
      other: '{count} comprobaciones en espera',
    },
  },
  ru: {
    greeting: 'Добро пожаловать в реестр, {name}',
    waiting: {
      one: '{count} проверка ожидает ответа',
      few: '{count} проверки ожидают ответа',
      many: '{count} проверок ожидают ответа',
      other: '{count} проверки ожидают ответа',
    },
  },
  ar: {
    greeting: 'مرحبا بكم في الدليل، {name}',
    waiting: {
      zero: 'لا فحوصات في الانتظار',
      one: 'فحص واحد في الانتظار',
      two: 'فحصان في الانتظار',
      few: '{count} فحوصات في الانتظار',
      many: '{count} فحصا في الانتظار',
      other: '{count} فحص في الانتظار',
    },
  },
  zh: { greeting: '欢迎使用名录,{name}', waiting: { other: '{count} 项检查等待答复' } },
}

test('sound language files have no problem', () => {
  expect(checkText(sound)).toEqual([])
})

test.each<[string, Locale, Messages]>([
  ['ar greeting: missing', 'ar', { waiting: sound.ar['waiting'] ?? '' }],
  ['zh farewell: not in English', 'zh', { ...sound.zh, farewell: '再见' }],
  ['fr greeting: {name} is missing', 'fr', { ...sound.fr, greeting: 'Bienvenue' }],
  ['es greeting: nobody fills {nombre}', 'es', { ...sound.es, greeting: 'Bienvenido, {name} {nombre}' }],
  ['zh waiting: {count} is missing in other', 'zh', { ...sound.zh, waiting: { other: '等待答复' } }],
  [
    'ru waiting: plural form few is missing',
    'ru',
    {
      ...sound.ru,
      waiting: { one: '{count} проверка', many: '{count} проверок', other: '{count} проверки' },
    },
  ],
  [
    'zh waiting: has no plural form one',
    'zh',
    { ...sound.zh, waiting: { one: '{count} 项', other: '{count} 项' } },
  ],
  [
    'ar waiting: needs its plural forms: zero, one, two, few, many, other',
    'ar',
    { ...sound.ar, waiting: '{count} فحص' },
  ],
  ['es greeting: says nothing', 'es', { ...sound.es, greeting: '' }],
  ['ru greeting: the same as in en', 'ru', { ...sound.ru, greeting: 'Welcome to the directory, {name}' }],
  ['ar greeting: the same as in ru', 'ar', { ...sound.ar, greeting: 'Добро пожаловать в реестр, {name}' }],
])('planted: %s', (problem, locale, messages) => {
  expect(checkText({ ...sound, [locale]: messages })).toContain(problem)
})

test('two words may be the same by accident', () => {
  const brief = { greeting: 'OpenPGP {name} v4' }
  expect(checkText({ en: brief, fr: brief, es: brief, ru: brief, ar: brief, zh: brief })).toEqual([])
})
