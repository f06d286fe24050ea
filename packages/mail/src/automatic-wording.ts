/** What automatic mail says of itself. Matched against text with plain spaces and apostrophes, without direction marks. */
export interface Wording {
  /** `<what>.<language>…` */
  readonly name: string
  readonly where: 'subject' | 'text'
  /** Strong: no person writes it in an answer. Weak: a person might; it takes two, or a header, to decide. */
  readonly strength: 'strong' | 'weak'
  readonly pattern: RegExp
}

const inSubject = (name: string, pattern: RegExp): Wording => ({
  name,
  where: 'subject',
  strength: 'strong',
  pattern,
})
const strong = (name: string, pattern: RegExp): Wording => ({
  name,
  where: 'text',
  strength: 'strong',
  pattern,
})
const weak = (name: string, pattern: RegExp): Wording => ({ name, where: 'text', strength: 'weak', pattern })

export const wordings: readonly Wording[] = [
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

  inSubject(
    'receipt-subject.en',
    /^(?:\[[^\]]{1,60}\] ?)?(?:(?:ticket|case|request|incident)s? (?:received|created|opened)|we(?:'ve| have) received your (?:request|ticket|case))/i,
  ),
  inSubject(
    'receipt-subject.fr',
    /^(?:\[[^\]]{1,60}\] ?)?(?:votre demande|votre ticket|nouveau ticket).{0,40}(?:créé|enregistré|reçu)/i,
  ),
  inSubject(
    'receipt-subject.es',
    /^(?:\[[^\]]{1,60}\] ?)?(?:su solicitud|su caso|nuevo ticket|solicitud).{0,40}(?:cread[oa]|registrad[oa]|recibid[oa])/i,
  ),
  inSubject(
    'receipt-subject.ru',
    /^(?:\[[^\]]{1,60}\] ?)?(?:ваш(?:а заявка|е обращение)|заявка|обращение).{0,40}(?:зарегистрирован|создан|принят)/i,
  ),
  inSubject(
    'receipt-subject.zh',
    /^(?:\[[^\]]{1,60}\] ?)?(?:您的|你的)?(?:工单|请求|申请|服务单).{0,40}(?:已创建|已受理|已收到|已登记)/,
  ),
  inSubject(
    'receipt-subject.ar',
    /^(?:\[[^\]]{1,60}\] ?)?(?:تم (?:استلام|تسجيل|[إا]نشاء|فتح) (?:طلبكم|طلبك|التذكرة|تذكرتكم|تذكرة))/,
  ),

  inSubject(
    'read-receipt.en',
    /^(?:read|not read|opened|read receipt|return receipt|return receipt \(displayed\)) ?:/i,
  ),
  inSubject(
    'read-receipt.fr',
    /^(?:lu|non lu|accusé de lecture|confirmation de lecture) ?(?:\(affiché\))? ?[:-]/i,
  ),
  inSubject('read-receipt.es', /^(?:leído|no leído|confirmación de lectura|acuse de lectura) ?[:-]/i),
  inSubject(
    'read-receipt.ru',
    /^(?:прочитано|прочтено|не прочитано|уведомление о прочтении|подтверждение прочтения) ?[:-]/i,
  ),
  inSubject('read-receipt.zh', /^(?:已读|未读|已读回执|已读回复|阅读回执) ?[:：-]/),
  inSubject(
    'read-receipt.ar',
    /^(?:تمت القراءة|تمت قراءة|مقروءة|[إا]يصال قراءة|[إا]شعار (?:ال)?قراءة) ?[:-]/,
  ),

  strong(
    'automatic.en',
    /\b(?:this is an? (?:auto(?:matic|mated)(?:ally generated)?)|automatically (?:generated|sent)|auto-?generated|(?:please )?do not reply to this|auto-?reply)\b/i,
  ),
  strong(
    'automatic.fr',
    /(?:(?:message|réponse|courriel|mail|e-mail) (?:est )?(?:généré|généré par|envoyé)?e? ?automati(?:que|quement)|ne (?:pas répondre|répondez pas) à ce)/i,
  ),
  strong(
    'automatic.es',
    /(?:(?:mensaje|respuesta|correo(?: electrónico)?) (?:generad[oa] |enviad[oa] |es )?(?:de forma )?automátic(?:o|a|amente)|no respond(?:a|er) a este)/i,
  ),
  strong(
    'automatic.ru',
    /(?:это автоматическ|автоматический ответ|автоматическое (?:сообщение|уведомление)|(?:создано|сформировано|отправлено|сгенерировано) автоматически|автоматически (?:создано|сформировано|отправлено|сгенерировано)|не отвечайте на (?:это|данное))/i,
  ),
  strong(
    'automatic.zh',
    /(?:系统自动|自动(?:发送|回复|生成)|自动应答|请勿(?:直接)?回复|请不要(?:直接)?回复)/,
  ),
  strong(
    'automatic.ar',
    /(?:(?:رسالة|رسالة إلكترونية|رد|بريد) (?:تلقائي|آلي|مولد)|بشكل (?:تلقائي|آلي)|تلقائيا|عدم الرد على هذ)/,
  ),

  strong(
    'receipt.en',
    /\b(?:(?:ticket|case|request|incident|enquiry|inquiry)\b.{0,60}\b(?:has been|was|is) (?:created|opened|registered|logged)|has been assigned (?:the |an? )?(?:id|number|ticket|case|reference)|your (?:ticket|case|request|reference) (?:number|id|no\.?) is)\b/i,
  ),
  strong(
    'receipt.fr',
    /(?:(?:ticket|billet|demande|incident|requête).{0,60}(?:a|est) (?:bien )?(?:été )?(?:créée?|ouverte?|enregistrée?|prise? en compte)|numéro de (?:ticket|dossier|suivi)(?: est)? ?:)/i,
  ),
  strong(
    'receipt.es',
    /(?:(?:ticket|caso|solicitud|incidencia|incidente).{0,60}(?:ha sido|fue) (?:cread[oa]|abiert[oa]|registrad[oa])|número de (?:ticket|caso|seguimiento)(?: es)? ?:)/i,
  ),
  strong(
    'receipt.ru',
    /(?:(?:заявк|обращени|запрос|тикет|инцидент).{0,60}(?:зарегистрирован|создан|присвоен)|(?:присвоен|номер вашего).{0,20}(?:номер|обращения|заявки))/i,
  ),
  strong(
    'receipt.zh',
    /(?:(?:工单|请求|服务单|事件单|申请).{0,30}(?:已创建|已受理|已登记|已分配|编号)|已为(?:您|你)(?:创建|生成).{0,10}(?:工单|单号))/,
  ),
  strong(
    'receipt.ar',
    /(?:(?:تم|جرى) (?:تسجيل|[إا]نشاء|فتح) (?:طلبكم|طلبك|التذكرة|تذكرتكم|تذكرة|بلاغكم)|رقم (?:التذكرة|الطلب|البلاغ|تذكرتكم) ?(?:هو)? ?[:#])/,
  ),

  strong(
    'read-notice.en',
    /(?:your message\b.{0,300}\bwas (?:read|displayed|opened) on|this is a (?:read|return) receipt for|this return receipt only acknowledges)/i,
  ),
  strong(
    'read-notice.fr',
    /(?:votre message.{0,300}a été (?:lu|affiché) le|ceci est un accusé de (?:lecture|réception) pour)/i,
  ),
  strong(
    'read-notice.es',
    /(?:(?:su|el) mensaje.{0,300}(?:se leyó|fue leído|se ha leído|fue mostrado) el|(?:este|esto) es un acuse de (?:lectura|recibo))/i,
  ),
  strong(
    'read-notice.ru',
    /(?:ваше сообщение.{0,300}(?:было )?(?:прочитано|прочтено|просмотрено)|уведомление о прочтении)/i,
  ),
  strong(
    'read-notice.zh',
    /(?:(?:您|你)的(?:邮件|消息).{0,200}(?:已(?:被)?阅读|已于.{0,40}阅读|已读)|这是(?:一封)?(?:邮件|阅读|已读)?(?:阅读|已读)?(?:收条|回执))/,
  ),
  strong(
    'read-notice.ar',
    /(?:تمت قراءة رسالت(?:ك|كم)|تم(?:ت)? قراءة الرسالة|هذا [إا]يصال (?:قراءة|استلام))/,
  ),

  strong(
    'challenge.en',
    /\b(?:(?:confirm|verify|prove)(?: that)? you(?:'re| are) (?:a )?(?:real |not a )?(?:human|person|robot|spammer)|(?:click|follow) (?:on )?(?:the|this) link.{0,80}(?:deliver|release|approve) your (?:message|e-?mail))/i,
  ),
  strong(
    'challenge.fr',
    /(?:confirme[rz] que vous (?:êtes (?:bien )?(?:une? )?(?:humain|personne)|n'êtes pas un robot)|cliquez sur (?:le|ce) lien.{0,80}(?:délivrer|débloquer|remettre) votre)/i,
  ),
  strong(
    'challenge.es',
    /(?:confirm(?:e|ar) que (?:usted )?(?:es (?:una? )?(?:humano|persona)|no es un robot)|(?:haga clic|pulse) en (?:el|este) enlace.{0,80}(?:entregar|liberar) su)/i,
  ),
  strong(
    'challenge.ru',
    /(?:подтвердите,? что вы (?:человек|не робот)|перейдите по ссылке.{0,80}(?:доставить|доставлено|доставки))/i,
  ),
  strong(
    'challenge.zh',
    /(?:(?:确认|验证|证明)(?:您|你)(?:是|不是)(?:真人|人类|机器人)|点击.{0,20}链接.{0,40}(?:投递|放行|送达))/,
  ),
  strong(
    'challenge.ar',
    /(?:(?:ت[أا]كيد|التحقق من|[إا]ثبات) [أا]ن(?:ك|كم) (?:[إا]نسان|لست روبوت|لستم روبوت|شخص حقيقي)|انقر على الرابط.{0,80}(?:لتسليم|ل[إا]يصال))/,
  ),

  strong('reaction.en', /^.{0,120}\breacted (?:to your (?:message|e-?mail)|via )/i),
  strong('reaction.fr', /^.{0,120}a réagi (?:à votre|via )/i),
  strong('reaction.es', /^.{0,120}(?:ha reaccionado|reaccionó) (?:a (?:su|tu) |con )/i),
  strong('reaction.ru', /^.{0,120}(?:отреагировал[аи]?|поставила? реакцию)/i),
  strong('reaction.zh', /^.{0,120}对(?:您|你)的(?:邮件|消息).{0,10}(?:作出|做出|有|的)?.{0,4}(?:回应|表情)/),
  strong('reaction.ar', /^.{0,120}تفاعل(?:ت)? مع رسالت/),

  weak(
    'absent.en',
    /\b(?:out of (?:the )?(?:office|country)|away from (?:my desk|the office)|(?:i am|i'm|i will be|currently) (?:away|absent|on (?:\w+ )?leave|on vacation|on holiday|travell?ing))\b/i,
  ),
  weak(
    'absent.fr',
    /(?:absente? (?:du bureau|jusqu|du \d|et )|actuellement absente?|en congés?|(?:suis|serai) (?:absente?|en vacances|en mission))/i,
  ),
  weak(
    'absent.es',
    /(?:fuera de (?:la |mi )?oficina|(?:estoy|estaré|me encuentro) (?:ausente|fuera|de vacaciones|de licencia|de viaje))/i,
  ),
  weak(
    'absent.ru',
    /(?:в отпуске|(?:отсутствую|буду отсутствовать|временно отсутству)|вне офиса|в командировке|нахожусь на больничном)/i,
  ),
  weak(
    'absent.zh',
    /(?:(?:正在|目前|现在|我|将|处于)(?:休假|度假|出差|休年假)|不在办公室|外出(?:出差|期间|中))/,
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
  weak('urgent-contact.zh', /(?:(?:如有|若有|如遇)(?:急事|紧急|要事).{0,30}(?:联系|致电|拨打))/),
  weak(
    'urgent-contact.ar',
    /(?:(?:للحالات|في الحالات|ل[أا]مور|لل[أا]مور|للمسائل|في حال(?:ة)?) ?(?:ال)?(?:عاجلة|طارئة|الضرورة|الطوارئ|وجود).{0,60}(?:التواصل|الاتصال|مراسلة|اتصلوا))/,
  ),

  weak(
    'promise.en',
    /\b(?:(?:we|i|our team|someone|a member|an? (?:agent|analyst|operator)) (?:will|shall) (?:answer|reply|respond|get back|be in touch|contact you|review|look (?:at|into))|thank you for (?:contacting|reaching out))\b/i,
  ),
  weak(
    'promise.fr',
    /(?:(?:nous|notre équipe|un agent) (?:vous )?(?:répondr|reviendr|recontacter|contacter|traiter)\S{1,5}|dans les (?:plus brefs|meilleurs) délais|merci (?:de|d') (?:nous )?(?:avoir )?contact)/i,
  ),
  weak(
    'promise.es',
    /(?:(?:nos pondremos en contacto|le responderemos|responderemos|será atendid[oa])|a la (?:mayor )?brevedad|gracias por (?:contactar|comunicarse))/i,
  ),
  weak(
    'promise.ru',
    /(?:(?:мы |вам )?(?:ответим|свяжемся|ответят|рассмотрим|рассмотрено|свяжутся)|в ближайшее время|спасибо за (?:ваше )?обращение)/i,
  ),
  weak(
    'promise.zh',
    /(?:(?:会|将|我们)(?:会|将)?(?:尽快|及时|在.{0,10}内).{0,10}(?:回复|答复|联系|处理)|感谢(?:您|你)(?:的)?联系)/,
  ),
  weak(
    'promise.ar',
    /(?:(?:سنرد|سيتم الرد|سنقوم بالرد|سوف نرد|سيتواصل|سنتواصل)|في [أا]قرب وقت|شكرا (?:لك |لكم )?(?:على|ل)(?:تواصل|اتصال))/,
  ),

  weak('request-received.en', /\byour (?:request|enquiry|inquiry)\b.{0,30}\b(?:has been|was|is) received/i),
  weak('request-received.fr', /votre (?:demande|requête).{0,30} a (?:bien )?été reçue/i),
  weak(
    'request-received.es',
    /su (?:solicitud|consulta).{0,30} (?:ha sido|fue) recibida|hemos recibido su solicitud/i,
  ),
  weak('request-received.ru', /ваш(?:е|а)? (?:запрос|обращение|заявка).{0,30} (?:получен|принят)/i),
  weak('request-received.zh', /(?:您|你)的(?:请求|申请|咨询).{0,10}已(?:经)?收到/),
  weak('request-received.ar', /(?:تم استلام|استلمنا) (?:طلب|استفسار)(?:كم|ك)/),
]

/** What only somebody says who means to answer: it takes weak wording back to a question. */
export const acknowledging =
  /(?:\b(?:i|we) (?:hereby )?(?:can )?(?:confirm|acknowledge)|confirming (?:receipt|that)|(?:je|nous) confirm|j'accuse réception|accusons réception|confirm(?:o|amos) |acus(?:o|amos) recibo|подтверждаю|подтверждаем|确认(?:收到|无误|信息)|我们?确认|兹确认|(?:أؤكد|نؤكد|أوكد|اؤكد))/iu
