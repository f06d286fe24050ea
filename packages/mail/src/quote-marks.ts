/** The line above a quote, as Gmail, Apple Mail, Thunderbird, Yahoo, Mail.ru, NetEase and Horde write it. */
export const openings: readonly RegExp[] = [
  /^On .{5,250} wrote ?:$/,
  /^At \d.{5,250} wrote ?:$/,
  /^Le .{5,250} a écrit ?:$/,
  /^El .{5,250} escribió ?:$/,
  /^.{5,250} (?:пишет|писал|писала|написал|написала|написал\(а\)) ?:$/,
  /^.{3,250}(?:写道|寫道) ?[:：]$/,
  /^(?:في|بتاريخ|يوم) .{5,250}(?:كتب|كتبت|بواسطة).{0,200}[:：]$/,
  /^(?:quoting|citation de|citando(?: a)?|цитирую|引用) .{0,200}@[^<>\s]{1,100}>? ?[:：]$/i,
  // Any language: a line with a time or date that ends in the writer's address.
  /^(?=.{0,200}\d).{5,250}< ?[^<>\s]{1,100}@[^<>\s]{1,100}> ?[:：]$/,
]

/** Lines below which nothing is the writer's own. */
export const endings: readonly RegExp[] = [
  /^-- ?$/,
  /^[-_=—]{2,} ?(?:original message|original appointment|forwarded message|message d'origine|message original|mail original|message transféré|mensaje original|mensaje reenviado|исходное сообщение|пересылаемое сообщение|пересланное сообщение|原始邮件|原始郵件|转发的邮件|转发邮件信息|الرسالة الأصلية|رسالة أصلية|رسالة مُعاد توجيهها|رسالة معاد توجيهها) ?[-_=—]{2,}$/iu,
  // HCL Notes and Zoho: the line above a quote between rules.
  /^-{2,} ?.{3,250} ?(?:wrote|a écrit|escribió|написал|написала|написал\(а\)|пишет|写道|كتب) ?:? ?-{2,}$/i,
  /^(?:begin forwarded message|début du message (?:transféré|réexpédié)|inicio del mensaje reenviado|начало переадресованного сообщения|开始转发的邮件|بدء الرسالة المعاد توجيهها) ?[:：]$/iu,
]

/** Outlook's block above an original: a sender line, with a date line close below. */
export const senderLabels = /^(?:from|de|von|от(?: кого)?|发件人|寄件者|من) ?[:：] ?\S/iu
export const sentLabels =
  /^(?:sent|date|envoyé(?: le)?|enviado(?: el)?|fecha|gesendet|отправлено|дата|发送时间|发送日期|日期|寄件日期|傳送時間|تم الإرسال|تاريخ الإرسال|أُرسلت|التاريخ) ?[:：]/iu

/** Lines that a program adds by itself. */
export const signatures: readonly RegExp[] = [
  /^[_=*-]{5,}$/,
  /^(?:sent from my |sent from (?:outlook|mail|yahoo|proton) ?|get outlook for )\S/i,
  /^sent with \[?proton ?mail/i,
  /^(?:envoyé (?:de mon|depuis mon|à partir d(?:e|'))|obtenir outlook pour|télécharger outlook pour) ?\S/i,
  /^(?:enviado desde mi|enviado desde|obtener outlook para) \S/i,
  /^(?:отправлено с|отправлено из|скачать outlook для|получить outlook для) \S/i,
  /^(?:发自我的|从我的|获取 ?outlook)/,
  /^(?:أُرسلت من|أرسلت من|تم الإرسال من|الحصول على outlook)/,
]
