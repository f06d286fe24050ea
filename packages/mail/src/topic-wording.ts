import { topic, type Wording } from './wording.ts'

/** Words of what automatic mail is about: being away, handing on, answering later. */
export const topicWordings: readonly Wording[] = [
  topic(
    'about-absence.en',
    /\b(?:(?:annual|home|sick|study|compassionate) leave|(?:on|from) leave|vacation|(?:public|bank|national) holidays?|observing a|(?:out|away) (?:today|tomorrow|this week|until|till)|abroad (?:on|until|this)|(?:attending|in) (?:a |an )?(?:training|meetings?|conference|workshop|course)|back (?:in the office|at my desk|tomorrow|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)|closed (?:until|today|for))\b/i,
  ),
  topic(
    'about-absence.fr',
    /(?:congés?(?! ?:)|vacances|jours? (?:férié|de repos)|fermée?s? jusqu|en (?:formation|déplacement|séminaire|stage|réunion)|par intermittence|de retour (?:le|lundi|mardi|mercredi|jeudi|vendredi))/i,
  ),
  topic(
    'about-absence.es',
    /(?:vacaciones|licencia|permiso (?:laboral|médico)|feriado|día (?:festivo|inhábil)|asueto|capacitación|en (?:un curso|una reunión|un taller)|de forma intermitente|próximo día hábil)/i,
  ),
  topic(
    'about-absence.ru',
    /(?:отпуск|больничн|командировк|выходн|праздничн|на (?:совещании|обучении|учёбе|учебе|конференции)|редко проверя|проверяю редко)/i,
  ),
  topic('about-absence.zh', /(?:休假|年假|病假|产假|放假|假期|节假日|出差|培训|外出|开会|不便(?:查看|回复))/),
  topic(
    'about-absence.ar',
    /(?:[إا]جاز(?:ة|تي)|عطلة|دورة تدريبية|مهمة (?:رسمية|خارج)|خارج (?:البلاد|المكتب|المدينة)|لا [أا]طلع على البريد|بانتظام)/,
  ),

  topic(
    'about-handing-on.en',
    /\b(?:(?:my|the) successor|posted to|transferred to|reassigned|(?:case|ticket|reference|file) (?:number|no\.?|id)|(?:has been|be|was) (?:assigned|allotted|referred)|not in use|kindly (?:reach|contact|write)|try \S{1,80}@)/i,
  ),
  topic(
    'about-handing-on.fr',
    /(?:mon successeur|mutée? |affectée? à|nouvelle affectation|sous la référence|numéro de (?:dossier|référence)|a été transmise?|sera (?:transmise?|traitée?)|ne relève plus)/i,
  ),
  topic(
    'about-handing-on.es',
    /(?:trasladad[oa]|mi sucesor|número de (?:expediente|caso|referencia|registro)|se le asignó|fue (?:remitid|asignad|derivad)[oa]|mesa de partes|no (?:conteste|responda) a)/i,
  ),
  topic(
    'about-handing-on.ru',
    /(?:преемник|переш[её]л|перешла|переведен|переведён|передан[оа]? (?:исполнител|в работу|специалист)|поступил[оа]? в|присвоен|принят[ао]? (?:в|к) )/i,
  ),
  topic('about-handing-on.zh', /(?:继任|接任|调往|调至|调任|已提交|受理|编号|耐心等待|转交)/),
  topic(
    'about-handing-on.ar',
    /(?:خلفي|انتقلت|نقلت إلى|سيتولى|تذكرة|رقم (?:المعاملة|المرجع|الطلب)|أحيلت|احيلت)/,
  ),

  topic(
    'about-later.en',
    /\b(?:(?:i|we)(?: will|'ll| shall) (?:read|answer|reply|respond|attend|look|get back)|(?:mail|messages?|e-?mails?) will be (?:read|answered)|will be (?:read|answered)|shortly)\b/i,
  ),
  topic(
    'about-later.fr',
    /(?:(?:consulterai|répondrai|lirai|prendrai connaissance)|répondrons|sera (?:lue?|étudiée?))/i,
  ),
  topic(
    'about-later.es',
    /(?:(?:contestaré|responderé|revisaré|leeré|atenderé)(?:mos)?|responderemos|atenderemos)/i,
  ),
  topic(
    'about-later.ru',
    /(?:отвечу|ответим|прочту|прочитаю|проверю) (?:позже|в |после|когда|как)|, отвечу/i,
  ),
  topic('about-later.zh', /(?:将|会|后|日|再)(?:尽快|及时|统一)?(?:给(?:您|予))?(?:回复|答复|联系)(?:您)?/),
  topic('about-later.ar', /(?:س[أا]طلع|س[أا]جيب|سنجيب|س[أا]رد|سنرد|عند العودة|لاحقا)/),
]
