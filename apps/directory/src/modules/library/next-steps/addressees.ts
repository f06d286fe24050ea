import type { Locale } from '@parley/kernel'

/** Who is asked. In the order of what is most exact: States able to are States as well. */
export type Addressee =
  | 'secretary-general'
  | 'secretariat'
  | 'chair'
  | 'states-able'
  | 'states-interested'
  | 'un-entities'
  | 'stakeholders'
  | 'international-community'
  | 'working-group'
  | 'states'

export const addresseeWords: readonly (readonly [Addressee, Readonly<Record<Locale, readonly string[]>>])[] =
  [
    [
      'secretary-general',
      {
        ar: ['الأمين العام'],
        en: ['secretary-general'],
        es: ['secretario general'],
        fr: ['secrétaire général'],
        ru: ['генерального секретаря', 'генеральному секретарю'],
        zh: ['秘书长'],
      },
    ],
    [
      'secretariat',
      {
        ar: ['الأمانة العامة'],
        en: ['secretariat'],
        es: ['secretaría'],
        fr: ['secrétariat'],
        ru: ['секретариат'],
        zh: ['秘书处'],
      },
    ],
    [
      'chair',
      {
        ar: ['رئيس الفريق العامل', 'رئاسة', 'رئيسي المنتدى'],
        en: ['chair', 'co-chair'],
        es: ['presiden', 'presidencia'],
        fr: ['présiden'],
        ru: ['председател', 'сопредседател'],
        zh: ['主席'],
      },
    ],
    [
      'states-able',
      {
        ar: ['الدول القادرة', 'الدول التي بوسعها'],
        en: ['states in a position to'],
        es: ['estados que estén en condiciones'],
        fr: ['états qui sont en mesure'],
        ru: ['государства, которые в состоянии', 'государствам, имеющим возможность'],
        zh: ['有能力的国家'],
      },
    ],
    [
      'states-interested',
      {
        ar: ['الدول المهتمة', 'الدول أو مجموعات الدول المهتمة'],
        en: ['interested states'],
        es: ['estados interesados'],
        fr: ['états intéressés'],
        ru: ['заинтересованным государствам'],
        zh: ['有关国家', '感兴趣的国家'],
      },
    ],
    [
      'un-entities',
      {
        ar: [
          'كيانات الأمم المتحدة',
          'صناديق الأمم المتحدة',
          'هيئات الأمم المتحدة',
          'كيانات منظومة الأمم المتحدة',
        ],
        en: ['united nations entities', 'entities of the united nations', 'united nations funds'],
        es: ['entidades de las naciones unidas', 'fondos y programas'],
        fr: ['entités des nations unies', 'fonds et programmes'],
        ru: ['структуры организации объединенных наций', 'фонды и программы'],
        zh: ['联合国实体', '联合国各基金'],
      },
    ],
    [
      'stakeholders',
      {
        ar: ['أصحاب المصلحة', 'صاحبة المصلحة', 'للأطراف المهتمة', 'الأطراف المهتمة'],
        en: ['stakeholders', 'interested parties'],
        es: ['partes interesadas'],
        fr: ['parties prenantes', 'parties intéressées'],
        ru: ['заинтересованные стороны', 'заинтересованным сторонам'],
        zh: ['利益攸关方', '利益相关方'],
      },
    ],
    [
      'international-community',
      {
        ar: ['المجتمع الدولي', 'بالمجتمع الدولي'],
        en: ['international community'],
        es: ['comunidad internacional'],
        fr: ['communauté internationale'],
        ru: ['международное сообщество'],
        zh: ['国际社会'],
      },
    ],
    [
      'working-group',
      {
        ar: ['الفريق العامل'],
        en: ['working group'],
        es: ['grupo de trabajo'],
        fr: ['groupe de travail'],
        ru: ['рабочая группа', 'рабочую группу'],
        zh: ['工作组'],
      },
    ],
    [
      'states',
      {
        ar: ['الدول', 'بالدول', 'للدول', 'البلدان', 'الحكومات'],
        en: ['states', 'countries', 'governments'],
        es: ['estados', 'países', 'gobiernos'],
        fr: ['états', 'pays', 'gouvernements'],
        ru: ['государств', 'страны', 'странам'],
        zh: ['各国', '会员国', '国家'],
      },
    ],
  ]
