import { expect, test } from 'vitest'
import { areSourcesThere, sourceTexts } from '../../../../test/source-documents.ts'
import { stepsCitedIn } from './carried-on.ts'

const measures = 'تدابير بناء الثقة'
const law = 'القانون الدولي'
const dialogue = 'الحوار المؤسسي المنتظم'

test.runIf(areSourcesThere)(
  'CAP-12: a report says by its notes which steps of the one before it carries on',
  () => {
    const text = sourceTexts().find((each) => each.includes('\n21 - تواصل الدول'))
    const found = [...(text ?? '').matchAll(/^(?:\((\d+)\)|\[).*$/gm)].flatMap(([line, note]) =>
      stepsCitedIn(line).map(({ symbol, section, step }) => [note ?? 'bracket', symbol, section, step]),
    )
    expect(found).toEqual([
      ['23', 'A/77/275', law, 2],
      ['24', 'A/77/275', law, 2],
      // Paragraph 39 refers to note 33, paragraph 58 to note 39.
      ['31', 'A/77/275', measures, 2],
      ['33', 'A/77/275', measures, 2],
      ['38', 'A/77/275', dialogue, 2],
      ['39', 'A/77/275', dialogue, 2],
      ['bracket', null, measures, 2],
      ['bracket', null, measures, 5],
      ['bracket', null, measures, 1],
    ])
  },
)

test.each([
  ['A/77/275, section on international law, recommended next steps, para. 2.', 'international law'],
  ['A/77/275, section Droit international, prochaines étapes recommandées, par. 2.', 'Droit international'],
  [
    'A/77/275, sección sobre derecho internacional, próximas medidas recomendadas, párr. 2.',
    'derecho internacional',
  ],
  [
    'A/77/275, раздел «Международное право», рекомендуемые дальнейшие шаги, пункт 2.',
    '«Международное право»',
  ],
  ['A/77/275，章节：国际法，建议的后续步骤，第2段。', '国际法'],
])('CAP-12: %s', (note, section) => {
  expect(stepsCitedIn(note)).toEqual([{ symbol: 'A/77/275', section, step: 2 }])
})

test('CAP-12: a paragraph of another section is no step', () => {
  expect(stepsCitedIn('A/77/275, section on international law, general remarks, para. 2.')).toEqual([])
})
