import { inSubject, weak, type Wording } from './wording.ts'

/** Of people who are away, and of those who left. */
export const absenceWordings: readonly Wording[] = [
  inSubject(
    'absence-subject.en',
    /^(?:auto(?:matic|mated)?[- ]?(?:reply|response)|out of (?:the )?office|autoreply|vacation (?:reply|message|notice))/i,
  ),
  inSubject(
    'absence-subject.fr',
    /^(?:réponse automatique|absen(?:ce|te?) du bureau|message d'absence|notification d'absence)/i,
  ),
  inSubject(
    'absence-subject.es',
    /^(?:respuesta automática|(?:estoy )?fuera de (?:la )?oficina|mensaje automático|aviso de ausencia)/i,
  ),
  inSubject(
    'absence-subject.ru',
    /^(?:автоматический ответ|автоответ|вне офиса|нет на рабочем месте|отсутствие на рабочем месте)/i,
  ),
  inSubject('absence-subject.zh', /^(?:\[?自动回复|自动答复|外出自动|不在办公室)/),
  inSubject('absence-subject.ar', /^(?:رد تلقائي|الرد التلقائي|رد آلي|[إا]جابة تلقائية|خارج المكتب)/),

  weak(
    'absent.en',
    /\b(?:out of (?:the )?(?:office|country)|away from (?:my desk|the office)|(?:i am|i'm|i will be|currently) (?:away|absent|on (?:\w+ )?leave|on vacation|on holiday|travell?ing)|(?:on|for) official travel|(?:i am|i'm|i will be) (?:not available|unavailable|attending a))\b/i,
  ),
  weak(
    'absent.fr',
    /(?:absente? (?:du bureau|jusqu|du \d|et )|actuellement absente?|en congés?|(?:suis|serai)(?: actuellement)? (?:absente?|en (?:vacances|mission|déplacement|formation)|indisponible)|absente? jusqu)/i,
  ),
  weak(
    'absent.es',
    /(?:fuera de (?:la |mi )?oficina|(?:estoy|estaré|me encuentro) (?:ausente|fuera|de (?:vacaciones|licencia|viaje|comisión|permiso))|no (?:estoy|estaré) disponible|sin acceso al correo)/i,
  ),
  weak(
    'absent.ru',
    /(?:в отпуске|(?:отсутствую|буду отсутствовать|временно отсутству)|вне офиса|в командировке|(?:я|нахожусь) на больничном|меня (?:нет|не будет)|доступ к почте ограничен)/i,
  ),
  weak(
    'absent.zh',
    /(?:(?:正在|目前|现在|我|将|处于)(?:休假|度假|出差|休年假)|不在办公室|休(?:年)?假至|因(?:外出|出差|开会|休假)|外出(?:出差|期间|中))/,
  ),
  weak(
    'absent.ar',
    /(?:في [إا]جازة|خارج (?:المكتب|البلاد)|غير (?:متواجد|موجود|متاح)|في مهمة رسمية|سأكون غائب)/,
  ),

  weak(
    'on-return.en',
    /\b(?:(?:up)?on my return|when i(?:'m| am)? (?:return|back|get back)|(?:i will|i'll) (?:return|be back) on|(?:no|limited) access to (?:my )?e-?mails?)\b/i,
  ),
  weak(
    'on-return.fr',
    /(?:(?:à|dès) mon retour|de retour le|accès limité à (?:ma messagerie|mes (?:mails|courriels)))/i,
  ),
  weak(
    'on-return.es',
    /(?:a mi (?:regreso|vuelta|retorno)|(?:regresaré|volveré|vuelvo|regreso) el|acceso limitado (?:al|a mi) correo)/i,
  ),
  weak(
    'on-return.ru',
    /(?:после (?:моего )?возвращения|по возвращении|вернусь|выйду на работу|ограничен.{0,10} доступ к (?:электронной )?почте)/i,
  ),
  weak(
    'on-return.zh',
    /(?:(?:回来|返回|回到|休假结束|返岗|上班)(?:以?后|之后).{0,20}(?:回复|处理|联系)|(?:无法|不能)(?:及时|立即|马上)?(?:查看|回复|处理|收取)(?:您的)?邮件)/,
  ),
  weak(
    'on-return.ar',
    /(?:(?:عند|بعد|فور|حال) عودتي|س[أا]عود (?:في|يوم|إلى)|لن [أا]تمكن من الرد|وصول محدود)/,
  ),

  weak(
    'urgent-contact.en',
    /\b(?:(?:in|for|if)\b.{0,30}\b(?:urgent|emergenc(?:y|ies)|immediate)\b.{0,60}\b(?:contact|call|write to|e-?mail))/i,
  ),
  weak(
    'urgent-contact.fr',
    /(?:(?:en cas d'urgence|pour (?:toute|les) (?:urgences?|questions? urgentes?)|urgent).{0,60}(?:contacter|appeler|écrire|joindre|adresser))/i,
  ),
  weak(
    'urgent-contact.es',
    /(?:(?:en caso de urgencia|para (?:asuntos|temas) urgentes|urgente).{0,60}(?:contacte|contactar|llame|escriba|diríjase|comuníquese))/i,
  ),
  weak(
    'urgent-contact.ru',
    /(?:(?:по срочным|в срочных|в случае (?:срочной|крайней)|срочно).{0,60}(?:обращайтесь|обращаться|звоните|пишите|свяжитесь))/i,
  ),
  weak('urgent-contact.zh', /(?:(?:(?:如有|若有|如遇)(?:急事|紧急|要事)|急事请).{0,30}(?:联系|致电|拨打))/),
  weak(
    'urgent-contact.ar',
    /(?:(?:للحالات|في الحالات|ل[أا]مور|لل[أا]مور|للمسائل|في حال(?:ة)?) ?(?:ال)?(?:عاجلة|طارئة|الضرورة|الطوارئ|وجود).{0,60}(?:التواصل|الاتصال|مراسلة|اتصلوا))/,
  ),

  weak(
    'departed.en',
    /\b(?:i have (?:retired|left)\b|no longer (?:works?|employed)\b|has (?:left|retired from) the (?:ministry|agency|organi[sz]ation|company|department|service))/i,
  ),
  weak(
    'departed.fr',
    /(?:(?:droits|suis) à la retraite|ne travaille plus|a quitté (?:le ministère|l'agence|l'organisation|le service|ses fonctions)|n'est plus en (?:poste|fonction))/i,
  ),
  weak(
    'departed.es',
    /(?:me (?:he jubilado|jubilé)|ya no (?:trabaja|labora|presta servicios)|dejó (?:el ministerio|la institución|el cargo))/i,
  ),
  weak('departed.ru', /(?:(?:больше|более|уже) не работает|я (?:уш[её]л|ушла|вышел|вышла) на пенсию)/i),
  weak('departed.zh', /已(?:经)?(?:离职|调离|退休)/),
  weak('departed.ar', /(?:(?:لم يعد|لم تعد) (?:يعمل|تعمل)|تقاعدت من|[أا]حلت إلى التقاعد)/),

  weak(
    'closed.en',
    /\b(?:offices?|embassy|mission) (?:is|are|will be|remains?)(?: currently)? closed (?:for|until|from|during|due|between)|will reopen/i,
  ),
  weak(
    'closed.fr',
    /(?:bureaux|services|locaux|ambassade) (?:est|sont|seront|sera) fermée?s?(?! (?:le|la|les) )|rouvrir(?:a|ont)/i,
  ),
  weak(
    'closed.es',
    /(?:oficinas?|embajada) (?:permanecerá|estará|está)n? cerradas? (?:hasta|por|del|desde|durante)|reabri(?:rá|remos)/i,
  ),
  weak('closed.ru', /(?:офис|посольство|приёмная|приемная) (?:закрыт|не работает)|откро(?:ется|емся) \d/i),
  weak('closed.zh', /(?:节日|假期|春节|国庆).{0,12}放假|节后(?:回复|处理|办理)/),
  weak(
    'closed.ar',
    /(?:مكاتبنا|مكتبنا|المكتب|السفارة) مغلق(?:ة)? (?:بمناسبة|حتى|خلال|من)|ست?فتح (?:يوم|أبواب|ابواب)/,
  ),
  weak('in-my-absence.en', /\b(?:in|during) my absence\b|on (?:maternity|parental|sick|study) leave/i),
  weak('in-my-absence.fr', /(?:en|pendant|durant) mon absence|congé (?:de maternité|maladie|parental)/i),
  weak('in-my-absence.es', /(?:en|durante) mi ausencia|licencia (?:de maternidad|médica|por enfermedad)/i),
  weak(
    'in-my-absence.ru',
    /(?:во время|на время|в) мо(?:его|[её]м) отсутстви|мои обязанности исполня|в декретном отпуске/i,
  ),
  weak(
    'in-my-absence.zh',
    /(?:我|本人)(?:不在|休假|外出)期间|(?:休|在休)产假|(?:无法|不能)(?:及时|按时)?(?:查看|回复|处理)/,
  ),
  weak('in-my-absence.ar', /(?:في|خلال|أثناء|اثناء) غيابي|[إا]جازة (?:أمومة|امومة|مرضية|دراسية)/),
]
