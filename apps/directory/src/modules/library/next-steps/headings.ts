/** The heading above what a report recommends; small letters. */
export const nextStepsHeadings: readonly string[] = [
  'الخطوات التالية الموصى بها',
  '建议的后续步骤',
  'recommended next steps',
  'prochaines étapes recommandées',
  'рекомендуемые дальнейшие шаги',
  'próximas medidas recomendadas',
]
