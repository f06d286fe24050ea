import { expect, test } from 'vitest'
import { ownTextOf } from './own-text.ts'

const quote = '> 4172 0385 9168\n> the check'

test.each([
  ['Gmail, English', 'Here.\n\nOn Tue, Nov 3, 2026 at 9:58 AM Check <checks@directory.example> wrote:\n\n'],
  ['Apple, English', 'Here.\n\n> On 3 Nov 2026, at 09:58, Check <checks@directory.example> wrote:\n'],
  ['Thunderbird, French', 'Here.\n\nLe 03/11/2026 à 09:58, Check a écrit\u00a0:\n'],
  [
    'Gmail, Spanish',
    'Here.\n\nEl mar, 3 nov 2026 a las 9:58, Check (<checks@directory.example>) escribió:\n',
  ],
  ['Gmail, Russian', 'Here.\n\nвт, 3 нояб. 2026 г. в 12:58, Check <checks@directory.example>:\n'],
  ['Mail.ru', 'Here.\n\nВторник, 3 ноября 2026, 12:58 +03:00 от Check <checks@directory.example>:\n'],
  ['Thunderbird, Russian', 'Here.\n\n03.11.2026 12:58, Check пишет:\n'],
  ['Gmail, Chinese', 'Here.\n\nCheck <checks@directory.example> 于2026年11月3日周二 15:58写道：\n'],
  [
    'Apple, Arabic',
    'Here.\n\nفي ٣ نوفمبر ٢٠٢٦، الساعة ٩:٥٨ ص، كتب Check\u200e <checks@directory.example>:\n',
  ],
  [
    'Gmail, Arabic',
    'Here.\n\nفي الثلاثاء، 3 نوفمبر 2026 في 9:58 ص تمت كتابة ما يلي بواسطة Check <\u200fchecks@directory.example\u200f>:\n',
  ],
  [
    'folded before the address',
    'Here.\n\nOn Tue, Nov 3, 2026 at 9:58 AM UN Points of Contact Check <\nchecks@directory.example> wrote:\n\n',
  ],
  ['close below the own words', 'Here.\nOn Tue, 3 Nov 2026, Check wrote:\n'],
  ['close below the own words, Chinese', 'Here.\n在 2026-11-03 15:58:02，Check 写道：\n'],
  ['close below the own words, Russian', 'Here.\n03.11.2026 12:58, Check пишет:\n'],
  ['nothing between', 'Here.\n'],
])('a marked quote and the line above it are left out: %s', (_program, above) => {
  expect(ownTextOf(`${above}${quote}`)).toBe('Here.')
})

test.each([
  [
    'Outlook, English',
    'From: Check <checks@directory.example>\nSent: Tuesday, November 3, 2026 9:58 AM\nTo: Duty',
  ],
  ['Outlook, bold', '*From:* Check\n*Sent:* Tuesday\n*To:* Duty'],
  ['Outlook, French', 'De : Check\nEnvoyé : mardi 3 novembre 2026 09:58\nÀ : Astreinte'],
  ['Outlook, Spanish', 'De: Check\nEnviado el: martes, 3 de noviembre de 2026 9:58\nPara: Guardia'],
  ['Outlook, Russian', 'От: Check\nОтправлено: 3 ноября 2026 г. 12:58\nКому: Дежурный'],
  ['Outlook, Chinese', '发件人: Check\n发送时间: 2026年11月3日 15:58\n收件人: 值班室'],
  ['Outlook, Arabic', 'من: Check\nتم الإرسال: الثلاثاء، 3 نوفمبر 2026\nإلى: المناوب'],
  ['original message', '-----Original Message-----\nFrom: Check'],
  ['forwarded, Gmail', '---------- Forwarded message ---------\nFrom: Check'],
  ['forwarded, Apple, French', 'Début du message transféré :\n\nDe: Check'],
  ['QQ', '------------------ 原始邮件 ------------------'],
  ['an unmarked quote', 'On Tuesday, November 3, 2026, Check <checks@directory.example> wrote:\n'],
  ['a signature', '-- \nDuty desk'],
])('everything below is left out: %s', (_program, below) => {
  expect(ownTextOf(`Here.\n\n${below}\n\n4172 0385 9168\nthe check`)).toBe('Here.')
})

test.each([
  'Sent from my iPhone',
  'Envoyé de mon iPhone',
  'Enviado desde mi iPhone',
  'Отправлено с iPhone',
  '发自我的iPhone',
  'أُرسلت من الـ iPhone',
  'Get Outlook for Android<https://aka.example/x>',
])('a line that the device adds is left out: %s', (line) => {
  expect(ownTextOf(`Here.\n\n${line}`)).toBe('Here.')
})

test('what stands below and between marked quotes is kept', () => {
  expect(ownTextOf('On Tuesday, Check wrote:\n> one?\n\nYes.\n\n> two?\nNo.')).toBe('Yes.\n\nNo.')
})

test.each(['From: here to there it is fine.', 'On call day and night.', 'De: nada', 'I wrote:\nsee above'])(
  'a person’s own words are not taken for a quote: %s',
  (words) => {
    expect(ownTextOf(words)).toBe(words)
  },
)
