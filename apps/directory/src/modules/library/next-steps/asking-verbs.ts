import type { Locale } from '@parley/kernel'

/** Beginnings of a verb's forms in each language. */
export type Words = Readonly<Partial<Record<Locale, readonly string[]>>>

export type AskingVerb = 'requests' | 'invites' | 'encourages' | 'urges' | 'calls-upon'

/** What a paragraph says when it asks something of somebody. */
export const askingVerbs: readonly (readonly [AskingVerb, Words])[] = [
  [
    'requests',
    {
      ar: ['تطلب', 'يطلب', 'يرجى من', 'مطلوب من'],
      en: ['requests', 'is requested', 'are requested'],
      es: ['solicita', 'pide', 'se solicita', 'se pide'],
      fr: ['prie', 'demande', 'est prié'],
      ru: ['просит', 'просят'],
      zh: ['请', '要求'],
    },
  ],
  [
    'invites',
    {
      ar: ['تدعو', 'مدعوة', 'مدعو'],
      en: ['invites', 'is invited', 'are invited'],
      es: ['invita', 'se invita'],
      fr: ['invite', 'sont invités'],
      ru: ['предлагает', 'предлагается'],
      zh: ['邀请'],
    },
  ],
  [
    'encourages',
    {
      ar: ['تشجع'],
      en: ['encourages', 'is encouraged', 'are encouraged'],
      es: ['alienta', 'se alienta'],
      fr: ['encourage', 'sont encouragés'],
      ru: ['призывает активнее', 'рекомендует', 'рекомендуется', 'побуждает'],
      zh: ['鼓励'],
    },
  ],
  [
    'urges',
    {
      ar: ['تحث'],
      en: ['urges'],
      es: ['insta'],
      fr: ['demande instamment', 'engage instamment'],
      ru: ['настоятельно призывает'],
      zh: ['敦促'],
    },
  ],
  [
    'calls-upon',
    {
      ar: ['تهيب', 'تهييب'],
      en: ['calls upon', 'calls on', 'calls for'],
      es: ['exhorta'],
      fr: ['exhorte', 'engage'],
      ru: ['призывает'],
      zh: ['促请', '呼吁', '吁请'],
    },
  ],
]
