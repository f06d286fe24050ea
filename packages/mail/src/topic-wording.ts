import { topic, type Wording } from './wording.ts'

/** Words of what automatic mail is about: being away, handing on, answering later. */
export const topicWordings: readonly Wording[] = [
  topic(
    'about-absence.en',
    /\b(?:on (?:mission|duty travel)|not in (?:the )?office|business hours|looked after by|unavailable|resume (?:work|duty)|slow(?:er)? to (?:reply|respond|answer)|replies will be slow|(?:duty|office|working|opening) hours|hear from us|in our queue|(?:annual|home|sick|study|compassionate) leave|(?:on|from) leave|vacation|(?:public|bank|national) holidays?|observing a|(?:out|away) (?:today|tomorrow|this week|until|till)|abroad (?:on|until|this)|(?:attending|in) (?:a |an )?(?:training|meetings?|conference|workshop|course)|back (?:in the office|at my desk|tomorrow|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)|closed (?:until|today|for))\b/i,
  ),
  topic(
    'about-absence.fr',
    /(?:absente? (?:ce|cette|aujourd)|arrêt maladie|est suivie? par|télétravail|indisponible|ouverte? de \d|avec retard|horaires d'ouverture|congés?(?! ?:)|vacances|jours? (?:férié|de repos)|fermée?s? jusqu|en (?:formation|déplacement|séminaire|stage|réunion)|par intermittence|de retour (?:le|lundi|mardi|mercredi|jeudi|vendredi))/i,
  ),
  topic(
    'about-absence.es',
    /(?:regreso a (?:labores|trabajar)|no me encuentro|fuera hasta|descanso médico|lo atiende mi|no está disponible|horario de atención|con demora|de gira|vacaciones|licencia|permiso (?:laboral|médico)|feriado|día (?:festivo|inhábil)|asueto|capacitación|en (?:un curso|una reunión|un taller)|de forma intermitente|próximo día hábil)/i,
  ),
  topic(
    'about-absence.ru',
    /(?:в отъезде|нет на (?:работе|месте)|болею|болен|больна|смотрит коллега|отсутствует|часы (?:приёма|приема|работы)|с опозданием|в поездке|отпуск|больничн|командировк|выходн|праздничн|на (?:совещании|обучении|учёбе|учебе|конференции)|редко проверя|проверяю редко)/i,
  ),
  topic(
    'about-absence.zh',
    /(?:不在单位|工作时间|请假|代为处理|目前不在|办公时间|有延迟|出访|休假|年假|病假|产假|放假|假期|节假日|出差|培训|外出|开会|不便(?:查看|回复))/,
  ),
  topic(
    'about-absence.ar',
    /(?:مسافر|[أا]عود يوم|لست في المكتب|[أا]يام العمل|مرضية|يتابع بريدي|ساعات (?:الدوام|العمل)|غير متاح|سيت[أا]خر|في سفر|[إا]جاز(?:ة|تي)|عطلة|دورة تدريبية|مهمة (?:رسمية|خارج)|خارج (?:البلاد|المكتب|المدينة)|لا [أا]طلع على البريد|بانتظام)/,
  ),

  topic(
    'about-handing-on.en',
    /\b(?:your reference (?:is|no)|no longer (?:in charge|responsible)|being processed|former (?:staff|employee|colleague)|switchboard|analyst (?:will|reads)|(?:my|the) successor|posted to|transferred to|reassigned|(?:case|ticket|reference|file) (?:number|no\.?|id)|(?:has been|be|was) (?:assigned|allotted|referred)|not in use|kindly (?:reach|contact|write)|try \S{1,80}@)/i,
  ),
  topic(
    'about-handing-on.fr',
    /(?:ne suis plus (?:en charge|responsable|affecté)|en cours de traitement|pris en compte|ancien(?:ne)? (?:agent|collègue|employé)|pris en charge|vous répondra|mon successeur|mutée? |affectée? à|nouvelle affectation|sous la référence|numéro de (?:dossier|référence)|a été transmise?|sera (?:transmise?|traitée?)|ne relève plus)/i,
  ),
  topic(
    'about-handing-on.es',
    /(?:en trámite|ya no (?:ocupo|soy)|exfuncionari|ex funcionari|anterior titular|lo contactará|trasladad[oa]|mi sucesor|número de (?:expediente|caso|referencia|registro)|se le asignó|fue (?:remitid|asignad|derivad)[oa]|mesa de partes|no (?:conteste|responda) a)/i,
  ),
  topic(
    'about-handing-on.ru',
    /(?:больше не (?:занимаю|отвечаю|являюсь)|к рассмотрению|бывш(?:ему|ей|его) сотрудни|свяжется с вами|преемник|переш[её]л|перешла|переведен|переведён|передан[оа]? (?:исполнител|в работу|специалист)|поступил[оа]? в|присвоен|принят[ао]? (?:в|к) )/i,
  ),
  topic(
    'about-handing-on.zh',
    /(?:不再负责|正在(?:办理|处理)|前(?:工作人员|员工|同事)|与您联系|继任|接任|调往|调至|调任|已提交|受理|编号|耐心等待|转交)/,
  ),
  topic(
    'about-handing-on.ar',
    /(?:قيد (?:المعالجة|الدراسة|النظر)|لم [أا]عد|لموظف سابق|موظف سابق|سيتواصل|البلاغ|خلفي|انتقلت|نقلت إلى|سيتولى|تذكرة|رقم (?:المعاملة|المرجع|الطلب)|أحيلت|احيلت)/,
  ),

  topic(
    'about-later.en',
    /\b(?:(?:aim|try) to (?:reply|answer|respond)|reply will follow|in due course|with (?:some )?delay|(?:will|shall) revert|automatic (?:acknowledg|confirm|receipt|response|notif)\w*|(?:i|we)(?: will|'ll| shall) (?:read|answer|reply|respond|attend|look|get back)|(?:mail|messages?|e-?mails?) will be (?:read|answered)|will be (?:read|answered)|shortly)\b/i,
  ),
  topic(
    'about-later.fr',
    /(?:vous répondr|sous \d+ (?:heures|jours)|automatique|(?:consulterai|répondrai|lirai|prendrai connaissance)|répondrons|sera (?:lue?|étudiée?))/i,
  ),
  topic(
    'about-later.es',
    /(?:le contestaremos|será derivado|en breve|recibirá (?:una )?respuesta|automátic|(?:contestaré|responderé|revisaré|leeré|atenderé)(?:mos)?|responderemos|atenderemos)/i,
  ),
  topic(
    'about-later.ru',
    /(?:постара(?:емся|юсь) ответить|как можно скорее|ответ будет|установленн(?:ый|ом) (?:срок|порядк)|автоматич|(?:отвечу|ответим|прочту|прочитаю|проверю) (?:позже|в |после|когда|как)|, отвечу)/i,
  ),
  topic(
    'about-later.zh',
    /(?:自动|(?:明天|稍后|随后)(?:再)?(?:回复|答复)|(?:将|会|后|日|再)(?:尽快|及时|统一)?(?:给(?:您|予))?(?:回复|答复|联系)(?:您)?)/,
  ),
  topic(
    'about-later.ar',
    /(?:سنعود إليكم|ستعرض على|سيصلكم|تلقائي|آلي|س[أا]طلع|س[أا]جيب|سنجيب|س[أا]رد|سنرد|عند العودة|لاحقا)/,
  ),

  workingTime('en', 'to|and|till|until', /\b(?:(?:working|business) (?:days?|mornings?)|weekdays)\b/),
  workingTime('fr', 'à|et|jusqu', /jours? ouvr(?:és?|ables?)/),
  workingTime('es', 'a|y|hasta', /días? (?:hábil(?:es)?|laborables?)/),
  workingTime('ru', 'до|и|по', /рабоч(?:ий|его|их|ие) (?:день|дня|дней|дни|часы)|рабочее время/),
  workingTime('zh', '至|到', /(?:个工作日|工作日内|下一工作日)/),
  workingTime('ar', 'إلى|الى|حتى|و', /(?:[أا]يام|يومي|يوم) (?:ال)?عمل(?!\p{L})/u),
]

/** Who tells from when to when, or in how many working days, speaks of a desk and not of the message. */
function workingTime(language: string, between: string, days: RegExp): Wording {
  const hours = `(?<![\\d:])\\d{1,2}[:h]\\d{2} ?(?:[-–—]|${between}) ?\\d{1,2}[:h]\\d{2}(?![\\d:])`
  return topic(`about-working-time.${language}`, new RegExp(`${hours}|${days.source}`, 'iu'))
}
