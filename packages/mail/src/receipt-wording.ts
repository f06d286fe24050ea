import { inSubject, strong, weak, type Wording } from './wording.ts'

/** Of desks and registries that took a message in. */
export const receiptWordings: readonly Wording[] = [
  inSubject(
    'receipt-subject.en',
    /^(?:\[[^\]]{1,60}\] ?)?(?:(?:ticket|case|request|incident)s? (?:received|created|opened)|new (?:ticket|case)\b|we(?:'ve| have) received your (?:request|ticket|case))/i,
  ),
  inSubject(
    'receipt-subject.fr',
    /^(?:\[[^\]]{1,60}\] ?)?(?:(?:votre demande|votre ticket|ticket).{0,40}(?:créé|enregistré|reçu)|nouveau ticket)/i,
  ),
  inSubject(
    'receipt-subject.es',
    /^(?:\[[^\]]{1,60}\] ?)?(?:(?:su solicitud|su caso|solicitud).{0,40}(?:cread[oa]|registrad[oa]|recibid[oa])|nuevo ticket|ticket de soporte abierto)/i,
  ),
  inSubject(
    'receipt-subject.ru',
    /^(?:\[[^\]]{1,60}\] ?)?(?:ваш(?:а заявка|е обращение)|заявка|обращение).{0,40}(?:зарегистрирован|создан|принят)|^новая заявка/i,
  ),
  inSubject(
    'receipt-subject.zh',
    /^(?:\[[^\]]{1,60}\] ?)?(?:您的|你的)?(?:工单|请求|申请|服务单|事件|案例).{0,40}(?:已创建|已受理|已收到|已登记)/,
  ),
  inSubject(
    'receipt-subject.ar',
    /^(?:\[[^\]]{1,60}\] ?)?(?:تم (?:استلام|تسجيل|[إا]نشاء|فتح) (?:طلبكم|طلبك|التذكرة|تذكرتكم|تذكرة)|تذكرة جديدة)/,
  ),

  strong(
    'receipt.en',
    /\b(?:(?:ticket|case|request|incident|enquiry|inquiry|issue #?\w{1,20})\b.{0,60}\b(?:has been|was|is) (?:created|opened|registered|logged|reported by)|has been assigned (?:the |an? )?(?:id|number|ticket|case|reference)|your (?:ticket|case|request|reference) (?:number|id|no\.?) is)\b/i,
  ),
  strong(
    'receipt.fr',
    /(?:(?:ticket|billet|demande|incident|requête).{0,60}(?:a|est) (?:bien )?(?:été )?(?:créée?|ouverte?|enregistrée?|attribuée?|soumise? par|prise? en compte)|numéro de (?:ticket|dossier|suivi)(?: est)? ?:)/i,
  ),
  strong(
    'receipt.es',
    /(?:(?:ticket|caso|solicitud|petición|incidencia|incidente).{0,60}(?:ha sido|fue) (?:cread[oa]|abiert[oa]|registrad[oa]|notificad[oa] por)|se ha abierto (?:una petición|un ticket|un caso)|número de (?:ticket|caso|seguimiento)(?: es)? ?:)/i,
  ),
  strong(
    'receipt.ru',
    /(?:(?:заявк|обращени|запрос|тикет|инцидент).{0,60}(?:зарегистрирован|создан|присвоен)|создана новая (?:задача|заявка)|(?:присвоен|номер вашего).{0,20}(?:номер|обращения|заявки))/i,
  ),
  strong(
    'receipt.zh',
    /(?:(?:工单|请求|服务单|事件单|申请).{0,30}(?:已创建|已受理|已登记|已分配|编号)|已为(?:您|你)(?:创建|生成).{0,10}(?:工单|单号|事件|请求|案例))/,
  ),
  strong(
    'receipt.ar',
    /(?:(?:تم|جرى) (?:تسجيل|[إا]نشاء|فتح) (?:طلبكم|طلبك|التذكرة|تذكرتكم|تذكرة|بلاغكم)|رقم (?:التذكرة|الطلب|البلاغ|تذكرتكم) ?(?:هو)? ?[:#])/,
  ),

  weak(
    'promise.en',
    /\b(?:(?:we|i|our team|someone|a member|an? (?:agent|analyst|operator)) (?:will|shall) (?:answer|reply|respond|get back|be in touch|contact you|review|look (?:at|into))|will (?:respond|reply|answer|get back to you)(?: to you)? (?:within|as soon|upon|in due)|receiving attention|will be (?:reviewed|processed|examined|handled|dealt with)|thank you for (?:contacting|reaching out))\b/i,
  ),
  weak(
    'promise.fr',
    /(?:(?:nous|notre équipe|un agent) (?:vous )?(?:répondr|reviendr|recontacter|contacter|traiter)\S{1,5}|une réponse vous sera|sera (?:examinée?|traitée?|étudiée?)|dans les (?:plus brefs|meilleurs) délais|merci (?:de|d') (?:nous )?(?:avoir )?contact)/i,
  ),
  weak(
    'promise.es',
    /(?:(?:nos pondremos en contacto|le daremos respuesta|será respondid[oa]|le responderemos|responderemos|será (?:atendid|revisad|procesad|examinad)[oa])|a la (?:mayor )?brevedad|gracias por (?:contactar|comunicarse))/i,
  ),
  weak(
    'promise.ru',
    /(?:(?:мы |вам )?(?:ответим|свяжемся|ответят|рассмотрим|рассмотрено|будет рассмотрен|свяжутся)|в ближайшее время|спасибо за (?:ваше )?обращение)/i,
  ),
  weak(
    'promise.zh',
    /(?:(?:会|将|我们)(?:会|将)?(?:尽快|及时|在.{0,10}内).{0,10}(?:回复|答复|联系|处理)|将(?:由|被).{0,12}(?:处理|审核|审查)|感谢(?:您|你)(?:的)?联系)/,
  ),
  weak(
    'promise.ar',
    /(?:(?:سنرد|سيتم الرد|سنقوم بالرد|سوف نرد|سيتواصل|سنتواصل|سيتم النظر|ستتم مراجعت|سيراجع)|في [أا]قرب وقت|شكرا (?:لك |لكم )?(?:على|ل)(?:تواصل|اتصال))/,
  ),

  weak('request-received.en', /\byour (?:request|enquiry|inquiry)\b.{0,30}\b(?:has been|was|is) received/i),
  weak(
    'request-received.fr',
    /(?:votre (?:demande|requête).{0,30} a (?:bien )?été reçue|nous avons (?:bien )?reçu votre (?:demande|requête))/i,
  ),
  weak(
    'request-received.es',
    /su (?:solicitud|consulta).{0,30} (?:ha sido|fue) recibida|hemos recibido su solicitud/i,
  ),
  weak('request-received.ru', /ваш(?:е|а)? (?:запрос|обращение|заявка).{0,30} (?:получен|принят)/i),
  weak('request-received.zh', /(?:您|你)的(?:请求|申请|咨询).{0,10}已(?:经)?收到/),
  weak('request-received.ar', /(?:تم استلام|استلمنا) (?:طلب|استفسار)(?:كم|ك)/),

  weak(
    'registered.en',
    /\byour (?:e-?mail|message|letter|correspondence)\b.{0,60}\b(?:registered|recorded|logged) (?:under|with|as)\b/i,
  ),
  weak(
    'registered.fr',
    /(?:votre (?:courriel|message|courrier|mail).{0,60} enregistrée?|enregistrée? sous (?:le numéro|la référence))/i,
  ),
  weak(
    'registered.es',
    /su (?:correo|mensaje|comunicación|escrito).{0,60} (?:registrad[oa]|ingresad[oa]) (?:con|bajo|en)/i,
  ),
  weak('registered.ru', /(?:ваше (?:письмо|сообщение).{0,60} зарегистрирован|входящий (?:номер|№))/i),
  weak('registered.zh', /(?:来信|邮件|来件)已(?:经)?(?:登记|编号|收文)/),
  weak('registered.ar', /(?:رسالتكم|رسالتك|بريدكم|كتابكم).{0,60} (?:سجلت|مسجلة|قيدت|قيد تحت|تحت الرقم)/),

  weak(
    'passed-on.en',
    /\b(?:will be|is being) (?:forwarded|passed|referred|routed|transmitted) to (?:the|our) (?:responsible|competent|relevant|appropriate)\b/i,
  ),
  weak(
    'passed-on.fr',
    /sera (?:transmise?|orientée?|adressée?) (?:au|à la|aux) (?:service|bureau|personne|direction)s? (?:compétent|concerné|chargé)/i,
  ),
  weak(
    'passed-on.es',
    /será (?:turnad|remitid|enviad|derivad)[oa] (?:al|a la) (?:área|oficina|unidad|dependencia|servicio) (?:competente|correspondiente|responsable)/i,
  ),
  weak(
    'passed-on.ru',
    /(?:будет (?:передан|направлен)[оа]? .{0,30}(?:подразделени|специалист|исполнител)|срок рассмотрения)/i,
  ),
  weak('passed-on.zh', /(?:将|会)(?:被)?转(?:交|送|至|给).{0,12}(?:部门|单位|处室)/),
  weak(
    'passed-on.ar',
    /(?:ستحال|سيحال|ستحول|سيتم تحويل\S{0,4}) .{0,30}(?:الجهة|القسم|الوحدة|ال[إا]دارة) (?:المختصة|المختص|المعنية|المعني)/,
  ),

  weak(
    'ticket-number.en',
    /\b(?:ticket|case|incident|reference) (?:id|number|no\.?) ?[:#]|keep this (?:number|reference)/i,
  ),
  weak('ticket-number.fr', /porte (?:désormais )?le (?:numéro|n°)|rappeler (?:ce numéro|cette référence)/i),
  weak(
    'ticket-number.es',
    /(?:ticket|caso|folio) (?:número|nro\.?|n\.º|no\.) ?\d|ticket .{0,30}generado|conserve este número/i,
  ),
  weak('ticket-number.ru', /номер (?:вашей |вашего )?(?:заявки|обращения|тикета)/i),
  weak('ticket-number.zh', /(?:工单|受理|事件|服务单|查询)(?:编)?号/),
  weak('ticket-number.ar', /(?:رقم|رقمها|رقمه) (?:المرجع|المتابعة|المعاملة)/),
]
