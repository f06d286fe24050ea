import type { ReceivedMail } from './received-mail.ts'
import { forMatching } from './signals.ts'

/**
 * Whether the writer says shortly and plainly that the message came or that what it asks is right. "Your message
 * was received" is not enough: that is what programs write, and people who mean to answer say more or less.
 */
export function saysPlainlyThatItCame(mail: ReceivedMail): boolean {
  const own = forMatching(mail.ownText)
  if (own.length > longest) return false
  return plain.test(receiptsOfPrograms.reduce((text, receipt) => text.replace(receipt, ' '), own))
}

/** Characters: a confirmation and a signature. */
const longest = 400

const plain = new RegExp(
  [
    /\b(?:confirm(?:ed|ing)?|acknowledg(?:e|ed|ing|ement)|received|receipt|roger|got it|ok(?:ay)?|yes|(?:is|are|all) (?:correct|right|unchanged|valid|up to date|good|well)|(?:read|seen) by|successful|(?:we are|still) (?:here|on duty)|no changes?)\b/u,
    /(?:reçue?s?(?!\p{L})|accus(?:e|ons) |confirm(?:e|ons|ée?s?)(?!\p{L})|(?:^|\P{L})oui(?!\p{L})|d'accord|(?:lu|vu) le message|message (?:lu|vu)(?!\p{L})|joignable|(?:est|sont) (?:bien )?(?:correct|exact|juste|à jour|inchangé)|tout va bien)/u,
    /(?:recibid[oa]s?(?!\p{L})|acus(?:o|amos) |confirm(?:o|amos|ad[oa])(?!\p{L})|(?:^|\P{L})sí(?!\p{L})|de acuerdo|seguimos aquí|(?:es|son|está|están|todo) (?:correct|vigente|en orden)|sin (?:cambios|novedad))/u,
    /(?:подтвержда|получен|получил|принято|(?:^|\P{L})да(?!\p{L})|(?:данные|адрес|контакты|вс[её]) (?:\p{L}+ )?(?:верн|актуальн|в порядке|в силе)|без изменений|изменений нет|дошло|на (?:месте|связи))/u,
    /(?:收到|收悉|确认|已[阅閱]|无误|無誤|正[确確]|知悉|在岗|畅通)/u,
    /(?:نؤكد|[أا]ؤكد|تم الاستلام|استلمنا|استلمت|استلام|وصلت|تلقينا|صحيح|نعم|اطلع|متواجد|تمت قراءة)/u,
  ]
    .map(({ source }) => source)
    .join('|'),
  'iu',
)

/** What registries, desks and absence notes write whether or not anybody read. */
const receiptsOfPrograms = [
  /\byour (?:e-?mail|message|letter|correspondence|communication)\b.{0,40}?\b(?:received|reached)\b/giu,
  /\b(?:we|i) (?:have |'ve )?(?:safely )?received your (?:e-?mail|message|letter|correspondence|communication)\b/giu,
  /votre (?:courriel|message|courrier|mail|e-mail|lettre).{0,40}?(?:reçue?|parvenue?)/giu,
  /nous avons (?:bien )?reçu votre (?:courriel|message|courrier|mail|e-mail|lettre)/giu,
  /su (?:correo|mensaje|comunicación|escrito|carta).{0,40}?recibid[oa]/giu,
  /(?:hemos|he) recibido su (?:correo|mensaje|comunicación|escrito|carta)/giu,
  /ваше (?:письмо|сообщение|послание|обращение).{0,30}?(?:получен|принят|поступил|дошл)\p{L}*/giu,
  /(?:您|你|贵方)的?(?:邮件|来信|来函|消息|信件).{0,8}?(?:收到|收悉)|(?:来信|来函|邮件)(?:已|我已)?收[到悉]|收到.{0,4}(?:您|你)的?.{0,4}(?:邮件|来信|来函|消息)/gu,
  /(?:تم استلام|استلمنا|وصلت(?:نا)?|تلقينا) (?:رسالت|بريد|مراسلت)\p{L}+/gu,
]
