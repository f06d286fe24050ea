// Words and alphabets by which reports of the six languages mark their structure. Facts of languages, one list for each rule.

/** In Arabic a section is named by a word. */
export const sectionNames: readonly (readonly string[])[] = [
  ['ألف', 'باء', 'جيم', 'دال', 'هاء', 'واو', 'زاي', 'حاء', 'طاء', 'ياء', 'كاف', 'لام'],
  Array.from('ABCDEFGHIJKL'),
  Array.from('АБВГДЕЖЗИКЛМ'),
  // Cyrillic letters that look like those of a Latin order.
  ['А', 'В', 'С', '', 'Е', '', '', 'Н', '', '', 'К', ''],
]
export const partNames: readonly (readonly string[])[] = [
  ['أولا', 'ثانيا', 'ثالثا', 'رابعا', 'خامسا', 'سادسا', 'سابعا', 'ثامنا', 'تاسعا', 'عاشرا'],
  ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X'],
  Array.from('一二三四五六七八九十'),
]
export const annexNumbers: readonly (readonly string[])[] = [
  ['الأول', 'الثاني', 'الثالث', 'الرابع', 'الخامس', 'السادس'],
  ['I', 'II', 'III', 'IV', 'V', 'VI'],
  Array.from('一二三四五六'),
]
/** The alphabets of lettered sub-paragraphs; Arabic letters in their numerical order. */
export const alphabets: readonly string[] = [
  'abcdefghijklmnopqrstuvwxyz',
  'ابجدهوزحطيكلمنسعفصقرشتثخذضظغ',
  'абвгдежзиклмнопрстуфхцчшщ',
  'а с е   і',
]
export const annexWords: readonly string[] = ['المرفق', 'Annex', 'Annexe', 'Anexo', 'Приложение', '附件']
export const appendixWords: readonly string[] = [
  'تذييل',
  'التذييل',
  'Appendix',
  'Appendice',
  'Apéndice',
  'Добавление',
  '附录',
]
export const measureWords: readonly string[] = [
  'تدابير بناء الثقة',
  'تدبير بناء الثقة',
  '建立信任措施',
  'CBM',
  'Confidence-building measure',
  'Mesure de confiance',
  'Мера укрепления доверия',
  'Medida de fomento de la confianza',
]
/** How the title of a list of working papers begins. */
export const paperListWords: readonly string[] = [
  'قائمة بورقات العمل',
  'قائمة ورقات العمل',
  '工作文件清单',
  'List of working papers',
  'Liste des documents de travail',
  'Перечень рабочих документов',
  'Lista de documentos de trabajo',
]
/** What stands in the title of an annex whose bullets are principles. */
export const principleWords: readonly string[] = [
  'المبادئ',
  'مبادئ',
  '原则',
  'principles',
  'principes',
  'принципы',
  'principios',
]
/** What a page prints for its printer, not for its reader. */
export const printerWords: readonly string[] = [
  'الرجاء إعادة استعمال الورق',
  'Please recycle',
  'Merci de recycler',
  'Просьба отправить на вторичную переработку',
  'Se ruega reciclar',
  '请回收',
]
