import { type AskingVerb, askingVerbs, type Words } from './asking-verbs.ts'

/** What a paragraph does. */
export type Verb =
  | AskingVerb
  | 'continues'
  | 'discusses'
  | 'elaborates'
  | 'agrees'
  | 'recommends'
  | 'plans'
  | 'may'
  | 'should'
  | 'decides'
  | 'supports'
  | 'welcomes'
  | 'notes'
  | 'takes-note'
  | 'recognizes'
  | 'acknowledges'
  | 'stresses'
  | 'affirms'
  | 'reaffirms'
  | 'reiterates'
  | 'recalls'
  | 'looks-forward'

export const asksSomebody: ReadonlySet<Verb> = new Set(askingVerbs.map(([verb]) => verb))

/** How each verb begins in the six languages; a longer beginning wins over a shorter one. */
export const verbWords: readonly (readonly [Verb, Words])[] = [
  ...askingVerbs,
  [
    'continues',
    {
      ar: ['تواصل', 'ستواصل', 'أن تواصل'],
      en: ['continue', 'to continue'],
      es: ['siguen', 'seguirán', 'continuarán'],
      fr: ['poursuivent', 'continuent', 'continueront'],
      ru: ['продолжать', 'продолжают', 'продолжат'],
      zh: ['继续', '将继续'],
    },
  ],
  [
    'discusses',
    {
      ar: ['ستناقش'],
      en: ['will discuss'],
      es: ['debatirán'],
      fr: ['examineront'],
      ru: ['обсудят'],
      zh: ['将讨论'],
    },
  ],
  [
    'elaborates',
    {
      ar: ['تضع'],
      en: ['elaborate', 'will elaborate'],
      es: ['elaborarán'],
      fr: ['élaborent', 'élaboreront'],
      ru: ['разработают', 'разрабатывают'],
      zh: ['制定'],
    },
  ],
  [
    'agrees',
    {
      ar: ['توافق', 'تتفق'],
      en: ['agree', 'agrees'],
      es: ['convienen', 'acuerdan'],
      fr: ['conviennent', 'convient'],
      ru: ['соглашаются', 'договариваются'],
      zh: ['同意', '商定'],
    },
  ],
  [
    'recommends',
    {
      ar: ['توصي'],
      en: ['recommend', 'recommends'],
      es: ['recomiendan', 'recomienda'],
      fr: ['recommandent', 'recommande'],
      ru: ['рекомендуют'],
      zh: ['建议'],
    },
  ],
  [
    'plans',
    {
      ar: ['من المزمع أن'],
      en: ['is to convene', 'will convene'],
      es: ['celebrará'],
      fr: ['tiendra'],
      ru: ['проведет'],
      zh: ['将召开'],
    },
  ],
  [
    'may',
    {
      ar: ['يمكن'],
      en: ['may', 'could'],
      es: ['podrán', 'pueden'],
      fr: ['peuvent', 'pourraient'],
      ru: ['могут'],
      zh: ['可'],
    },
  ],
  [
    'should',
    {
      ar: ['يتعين على', 'على الدول'],
      en: ['should'],
      es: ['deberían'],
      fr: ['devraient'],
      ru: ['должны', 'следует'],
      zh: ['应'],
    },
  ],
  [
    'decides',
    {
      ar: ['تقرر'],
      en: ['decides'],
      es: ['decide'],
      fr: ['décide'],
      ru: ['постановляет'],
      zh: ['决定'],
    },
  ],
  [
    'supports',
    {
      ar: ['تؤيد'],
      en: ['supports', 'endorses'],
      es: ['apoya', 'hace suyo'],
      fr: ['appuie', 'fait sien'],
      ru: ['поддерживает', 'одобряет'],
      zh: ['支持', '核可'],
    },
  ],
  [
    'welcomes',
    {
      ar: ['ترحب'],
      en: ['welcomes'],
      es: ['acoge con beneplácito'],
      fr: ['se félicite', 'accueille avec satisfaction'],
      ru: ['приветствует'],
      zh: ['欢迎'],
    },
  ],
  [
    'notes',
    {
      ar: ['تلاحظ'],
      en: ['notes'],
      es: ['observa'],
      fr: ['note', 'constate'],
      ru: ['отмечает'],
      zh: ['注意到', '指出'],
    },
  ],
  [
    'takes-note',
    {
      ar: ['تحيط علما'],
      en: ['takes note'],
      es: ['toma nota'],
      fr: ['prend note', 'prend acte'],
      ru: ['принимает к сведению'],
      zh: ['表示注意到'],
    },
  ],
  [
    'recognizes',
    {
      ar: ['تسلم', 'تدرك', 'سلمت', 'تعترف'],
      en: ['recognizes', 'recognized'],
      es: ['reconoce', 'reconocieron'],
      fr: ['considère', 'ont reconnu'],
      ru: ['признает', 'признали'],
      zh: ['确认', '认识到'],
    },
  ],
  [
    'acknowledges',
    {
      ar: ['تقر'],
      en: ['acknowledges'],
      es: ['es consciente'],
      fr: ['a conscience', 'reconnaît'],
      ru: ['сознает'],
      zh: ['承认'],
    },
  ],
  [
    'stresses',
    {
      // The second is a misprint of the first, as one text layer has it.
      ar: ['تشدد', 'تشهد'],
      en: ['stresses', 'emphasizes'],
      es: ['destaca', 'recalca'],
      fr: ['souligne', 'insiste'],
      ru: ['подчеркивает'],
      zh: ['强调'],
    },
  ],
  [
    'affirms',
    {
      ar: ['تؤكد'],
      en: ['affirms', 'underlines', 'underscores'],
      es: ['afirma', 'subraya'],
      fr: ['affirme'],
      ru: ['утверждает'],
      zh: ['申明', '着重指出'],
    },
  ],
  [
    'reaffirms',
    {
      ar: ['تؤكد من جديد', 'تؤكد مجددا', 'تعيد تأكيد'],
      en: ['reaffirms'],
      es: ['reafirma'],
      fr: ['réaffirme'],
      ru: ['вновь подтверждает', 'подтверждает'],
      zh: ['重申承诺'],
    },
  ],
  [
    'reiterates',
    {
      ar: ['تكرر'],
      en: ['reiterates'],
      es: ['reitera'],
      fr: ['réitère', 'renouvelle'],
      ru: ['вновь заявляет', 'повторяет'],
      zh: ['重申'],
    },
  ],
  [
    'recalls',
    {
      ar: ['تشير'],
      en: ['recalls'],
      es: ['recuerda'],
      fr: ['rappelle'],
      ru: ['напоминает', 'ссылается'],
      zh: ['回顾'],
    },
  ],
  [
    'looks-forward',
    {
      ar: ['تتطلع'],
      en: ['looks forward'],
      es: ['aguarda con interés'],
      fr: ['attend avec intérêt'],
      ru: ['с интересом ожидает', 'ожидает'],
      zh: ['期待'],
    },
  ],
]
