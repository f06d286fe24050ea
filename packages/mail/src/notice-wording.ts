import { inSubject, strong, weak, type Wording } from './wording.ts'

/** Of programs that read, held or answered a message by themselves. */
export const noticeWordings: readonly Wording[] = [
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
    'unattended.en',
    /\b(?:(?:mailbox|address|account) is (?:used )?(?:only )?for (?:outgoing|sending)\b.{0,20}|replies (?:to this \S{1,20} )?are not (?:read|monitored)|cannot receive replies|this (?:e-?mail )?(?:address|mailbox|account|inbox) (?:is|has been) (?:(?:not (?:being )?(?:monitored|read|attended|checked)|unattended|unmonitored)\b(?! (?:outside|at |on |after|around|all |every|24|during|over|round|continuously|permanently))|no longer (?:in use|used|active|monitored|read)|deactivated|closed\b)|i (?:no longer work|am no longer with) )/i,
  ),
  strong(
    'unattended.fr',
    /(?:réponses (?:à ce(?:tte)? \S{1,20} )?ne sont pas (?:lues|traitées|consultées)|cette (?:adresse|boîte(?: aux lettres| mail| électronique)?|messagerie)(?: électronique| e-?mail| mail)? (?:n'est (?:(?:pas|plus) (?:consultée|relevée|lue|surveillée|suivie)(?! (?:la |le |en |hors|24|après))|plus (?:utilisée|active|valide))|est (?:désactivée|fermée))|j'ai quitté (?:le|la|l')|je ne travaille plus)/i,
  ),
  strong(
    'unattended.es',
    /(?:(?:buzón|cuenta|correo|dirección) (?:es )?(?:solo|sólo|únicamente) (?:de|para) envío|no se leen las respuestas|(?:esta|este) (?:cuenta|dirección|buzón|casilla)(?: de correo(?: electrónico)?)? (?:no (?:es|está|se) (?:siendo )?(?:monitoread[oa]|supervisad[oa]|atendid[oa]|revisad[oa]|monitorea|revisa|atiende|lee)(?! (?:los |de |por la |en |fuera|24|las ))|ya no (?:está en uso|está activ[oa]|se (?:usa|utiliza))|está (?:desactivad|cerrad)[oa])|ya no (?:trabajo|laboro|presto servicios))/i,
  ),
  strong(
    'unattended.ru',
    /(?:(?:адрес|ящик) .{0,20}только для (?:рассылки|отправки)|ответы .{0,20}не (?:читаются|просматриваются|рассматриваются)|(?:этот|данный) (?:почтовый )?(?:ящик|адрес)(?: электронной почты)? (?:не (?:просматривается|читается|проверяется|обслуживается)(?! (?:по |в |ночью|круглосуточно|после))|(?:больше|более) не (?:используется|обслуживается|действует|проверяется)|закрыт|отключ[её]н)|я (?:больше|уже) не работаю)/i,
  ),
  strong(
    'unattended.zh',
    /(?:(?:邮箱|邮件地址)(?:仅|只)用于发送|不接收(?:任何)?回复|(?:此|本|该)(?:邮箱|邮件地址|电子邮箱|账号|账户)(?:无人(?:值守|查看|监控|管理)|(?:不再|已不)(?:使用|启用)|已(?:停用|注销|关闭|弃用))|本人已(?:离职|调离|退休))/,
  ),
  strong(
    'unattended.ar',
    /(?:مخصص ل[إا]رسال فقط|مخصص للإرسال فقط|لا تقر[أا] الردود|هذا (?:البريد|العنوان|الصندوق)(?: (?:ال[إا]لكتروني|البريدي))? (?:غير (?:مراقب|مستخدم|مستعمل|متابع)(?! (?:في|بعد|خارج|على))|لم يعد (?:مستخدما|مستعملا|قيد الاستخدام|فعالا)|مغلق)|لم [أا]عد [أا]عمل)/,
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
    'read-notice.en',
    /(?:your message\b.{0,300}\bwas (?:read|displayed|opened) on|this is a (?:read|return) receipt for|this is a receipt for the (?:mail|message) you sent|this (?:return )?receipt verifies|this return receipt only acknowledges)/i,
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
    /(?:(?:您|你)(?:的|发送的|发来的)(?:邮件|消息).{0,200}(?:已(?:被)?阅读|已于.{0,40}阅读|已读)|这是(?:一封)?(?:邮件|阅读|已读)?(?:阅读|已读)?(?:收条|回执))/,
  ),
  strong(
    'read-notice.ar',
    /(?:تمت قراءة رسالت(?:ك|كم)|تم(?:ت)? قراءة الرسالة (?:في|يوم|بتاريخ) |هذا [إا]يصال (?:قراءة|استلام))/,
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
  strong('reaction.ar', /^.{0,120}تفاعل(?:ت)? .{0,60}(?:مع رسالت|عبر \S)/),

  strong(
    'moderation.en',
    /\b(?:awaits? (?:moderator|moderation)|held until (?:the |a )?(?:list )?moderator|pending (?:moderator|moderation) approval)/i,
  ),
  strong(
    'moderation.fr',
    /en attente de (?:modération|(?:validation|approbation) par (?:un|le) (?:modérateur|propriétaire))/i,
  ),
  strong(
    'moderation.es',
    /(?:(?:retenid[oa]|en espera).{0,40}(?:hasta|de) que.{0,30}moderador|pendiente de moderación)/i,
  ),
  strong('moderation.ru', /(?:ожидает (?:одобрения|проверки|подтверждения)|удержано до.{0,30}) модератор/i),
  strong('moderation.zh', /等待(?:版主|列表管理员|邮件列表).{0,8}(?:审核|批准)/),
  strong('moderation.ar', /(?:بانتظار|في انتظار) (?:موافقة|مراجعة) (?:المشرف|مدير القائمة)/),

  weak(
    'held.en',
    /\b(?:has been|is being) (?:held|quarantined|blocked)\b.{0,40}\b(?:gateway|quarantine|filter|administrator)/i,
  ),
  weak('held.fr', /(?:placée?|mise?|retenue?) (?:en|par) (?:quarantaine|notre passerelle|notre filtre)/i),
  weak('held.es', /(?:retenid[oa]|puest[oa]) (?:en|por) (?:cuarentena|nuestra pasarela|nuestro filtro)/i),
  weak('held.ru', /(?:помещено в карантин|задержано (?:шлюзом|фильтром))/i),
  weak('held.zh', /(?:邮件|来信)(?:已被|被|已)(?:隔离|拦截)/),
  weak('held.ar', /(?:رسالتكم|الرسالة).{0,20} (?:محتجزة|في الحجر|وضعت في الحجر)/),
]
