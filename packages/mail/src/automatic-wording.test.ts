import { expect, test } from 'vitest'
import { acknowledging, wordings } from './automatic-wording.ts'
import { knownBounces } from './known-bounces.ts'

/** What automatic mail really says, one for each pattern. */
const examples: Readonly<Record<string, string>> = {
  'absence-subject.en': 'Automatic reply: Communication check',
  'absence-subject.fr': 'Réponse automatique : Vérification',
  'absence-subject.es': 'Fuera de la oficina: Comprobación',
  'absence-subject.ru': 'Автоответ: Проверка связи',
  'absence-subject.zh': '自动回复: 通信检查',
  'absence-subject.ar': 'رد تلقائي: فحص الاتصال',
  'receipt-subject.en': '[CERT] Ticket created: Communication check',
  'receipt-subject.fr': '[GLPI #12] Votre demande a été enregistrée',
  'receipt-subject.es': 'Su solicitud ha sido registrada',
  'receipt-subject.ru': 'Заявка 4711 зарегистрирована',
  'receipt-subject.zh': '[服务台] 您的工单 4711 已创建',
  'receipt-subject.ar': 'تم استلام طلبكم رقم 4711',
  'read-receipt.en': 'Read: Communication check',
  'read-receipt.fr': 'Lu : Vérification',
  'read-receipt.es': 'Leído: Comprobación',
  'read-receipt.ru': 'Прочтено: Проверка связи',
  'read-receipt.zh': '已读：通信检查',
  'read-receipt.ar': 'تمت القراءة: فحص الاتصال',
  'automatic.en': 'This is an automated message, please do not reply.',
  'automatic.fr': 'Ceci est un message automatique, merci de ne pas répondre à ce courriel.',
  'automatic.es': 'Este es un mensaje generado automáticamente.',
  'automatic.ru': 'Это автоматическое уведомление, не отвечайте на это письмо.',
  'automatic.zh': '本邮件由系统自动发送，请勿回复。',
  'automatic.ar': 'هذه رسالة آلية، يرجى عدم الرد على هذه الرسالة.',
  'receipt.en': 'Your request #4711 has been registered.',
  'receipt.fr': 'Le ticket 4711 a été créé.',
  'receipt.es': 'La incidencia 4711 ha sido registrada.',
  'receipt.ru': 'Ваше обращение зарегистрировано под номером 4711.',
  'receipt.zh': '您的工单已受理，编号 4711。',
  'receipt.ar': 'تم تسجيل طلبكم. رقم الطلب: 4711',
  'read-notice.en': 'Your message to Duty, sent on Tuesday, was read on Tuesday.',
  'read-notice.fr': 'Votre message envoyé mardi a été lu le mardi 3 novembre.',
  'read-notice.es': 'Su mensaje enviado el martes se leyó el martes 3 de noviembre.',
  'read-notice.ru': 'Ваше сообщение было прочитано 3 ноября.',
  'read-notice.zh': '您的邮件已被阅读。',
  'read-notice.ar': 'تمت قراءة رسالتكم في 3 نوفمبر.',
  'challenge.en': 'Please confirm that you are a human.',
  'challenge.fr': 'Confirmez que vous êtes un humain.',
  'challenge.es': 'Es necesario confirmar que usted no es un robot.',
  'challenge.ru': 'Подтвердите, что вы не робот.',
  'challenge.zh': '请点击以下链接，邮件即可送达。',
  'challenge.ar': 'يرجى تأكيد أنك لست روبوتا.',
  'reaction.en': 'Ama reacted to your message: 👍',
  'reaction.fr': 'Paul a réagi à votre message',
  'reaction.es': 'Marta ha reaccionado a su mensaje',
  'reaction.ru': 'Олег отреагировал на ваше сообщение',
  'reaction.zh': '李华对您的邮件作出了回应',
  'reaction.ar': 'تفاعل مع رسالتك سامي',
  'absent.en': 'I am out of the office this week.',
  'absent.fr': 'Je suis actuellement absente.',
  'absent.es': 'Me encuentro de licencia.',
  'absent.ru': 'Сейчас я в отпуске.',
  'absent.zh': '我正在休假。',
  'absent.ar': 'أنا في إجازة سنوية.',
  'on-return.en': 'I will reply when I return.',
  'on-return.fr': 'Je répondrai à mon retour.',
  'on-return.es': 'Contestaré a mi regreso.',
  'on-return.ru': 'Отвечу после возвращения.',
  'on-return.zh': '回来后会尽快联系您。',
  'on-return.ar': 'سأجيب عند عودتي.',
  'urgent-contact.en': 'For urgent matters please call the duty desk.',
  'urgent-contact.fr': "En cas d'urgence, veuillez contacter le secrétariat.",
  'urgent-contact.es': 'Para asuntos urgentes, llame a la guardia.',
  'urgent-contact.ru': 'По срочным вопросам обращайтесь к дежурному.',
  'urgent-contact.zh': '如有紧急事务请联系值班室。',
  'urgent-contact.ar': 'للحالات العاجلة يرجى الاتصال بالمناوب.',
  'promise.en': 'Our team will get back to you.',
  'promise.fr': 'Nous vous répondrons dans les plus brefs délais.',
  'promise.es': 'Nos pondremos en contacto a la brevedad.',
  'promise.ru': 'Мы ответим в ближайшее время.',
  'promise.zh': '我们会尽快回复。',
  'promise.ar': 'سيتم الرد عليكم في أقرب وقت.',
  'request-received.en': 'Your request (#4711) has been received.',
  'request-received.fr': 'Votre demande a bien été reçue.',
  'request-received.es': 'Su solicitud (4711) ha sido recibida.',
  'request-received.ru': 'Ваш запрос получен.',
  'request-received.zh': '您的请求已收到。',
  'request-received.ar': 'تم استلام طلبكم.',
  'registered.en': 'Your e-mail has been registered under reference 4711.',
  'registered.fr': 'Votre courriel a été enregistré sous le numéro 4711.',
  'registered.es': 'Su correo ha sido registrado con el folio 4711.',
  'registered.ru': 'Ваше письмо зарегистрировано, входящий номер 4711.',
  'registered.zh': '来信已登记，编号4711。',
  'registered.ar': 'رسالتكم مسجلة تحت الرقم 4711.',
  'passed-on.en': 'It will be forwarded to the responsible unit.',
  'passed-on.fr': 'Il sera transmis au service compétent.',
  'passed-on.es': 'Será turnado al área competente.',
  'passed-on.ru': 'Срок рассмотрения 30 дней.',
  'passed-on.zh': '将转交相关部门。',
  'passed-on.ar': 'ستحال إلى الجهة المختصة.',
  'departed.en': 'Peter no longer works at the Treasury.',
  'departed.fr': "Marc n'est plus en poste.",
  'departed.es': 'Inés ya no trabaja en la institución.',
  'departed.ru': 'Павел больше не работает в министерстве.',
  'departed.zh': '赵强已离职。',
  'departed.ar': 'خالد لم يعد يعمل في الوزارة.',
  'held.en': 'Your message has been held by our gateway.',
  'held.fr': 'Votre message a été placé en quarantaine.',
  'held.es': 'Su mensaje está retenido en cuarentena.',
  'held.ru': 'Письмо помещено в карантин.',
  'held.zh': '您的邮件已被隔离。',
  'held.ar': 'رسالتكم محتجزة.',
  'unattended.en': 'This mailbox is not monitored.',
  'unattended.fr': "Cette adresse n'est plus utilisée.",
  'unattended.es': 'Esta cuenta de correo no es monitoreada.',
  'unattended.ru': 'Этот почтовый ящик не просматривается.',
  'unattended.zh': '此邮箱无人值守。',
  'unattended.ar': 'هذا البريد غير مراقب.',
  'moderation.en': 'Your message awaits moderator approval.',
  'moderation.fr': 'Votre message est en attente de modération.',
  'moderation.es': 'Su mensaje está retenido hasta que el moderador lo apruebe.',
  'moderation.ru': 'Сообщение ожидает одобрения модератора.',
  'moderation.zh': '您的邮件正在等待版主审核。',
  'moderation.ar': 'رسالتكم بانتظار موافقة المشرف.',
}

/** What people write when they answer a check. */
const answers = [
  'We received your message and the point of contact works.',
  'Thank you for your message. All data is correct.',
  'Confirmed, the duty officer is here. Our number has changed, please call us.',
  'Yes. Please reply to this address in future, my colleague has left the office for good.',
  'Bien reçu, notre point de contact est joignable.',
  'Merci pour votre message, tout est correct. Le bureau de permanence répond jour et nuit.',
  'Recibido. El punto de contacto es correcto y atiende a toda hora.',
  'Gracias por su mensaje, seguimos aquí.',
  'Сообщение получено, контактные данные верны.',
  'Спасибо за ваше сообщение, дежурный на связи.',
  '收到，信息无误。',
  '感谢您的来信，我们已确认联络点信息。',
  'تم استلام رسالتكم، والبيانات صحيحة.',
  'وصلتنا الرسالة، شكرا لكم.',
  'This mailbox is not monitored at night, the telephone is. We have seen your message.',
  'This address is right. The other one, duty2@cert.example, is no longer in use.',
  "Cette adresse n'est pas lue la nuit ; appelez le numéro de garde. Message vu.",
  'Este buzón no se revisa los fines de semana. Todo lo demás es correcto.',
  'Этот адрес не проверяется ночью, телефон работает круглосуточно.',
  '来函收悉，值班电话未变，请继续使用本邮箱。',
  'هذا البريد غير متابع في الليل، والهاتف متاح دائما.',
  'It was held in our quarantine over night; now it is read.',
]

test('every wording is shown to match what automatic mail really says', () => {
  expect(Object.keys(examples).sort()).toEqual(wordings.map(({ name }) => name).sort())
})

test.each(wordings.map(({ name, pattern }) => [name, pattern] as const))(
  '%s matches its example',
  (name, pattern) => {
    expect(examples[name]).toMatch(pattern)
  },
)

test.each(answers)('no wording matches a person’s answer: %s', (answer) => {
  expect(wordings.filter(({ pattern }) => pattern.test(answer)).map(({ name }) => name)).toEqual([])
})

test('every kind of wording is known in all six languages', () => {
  for (const kind of new Set(wordings.map(({ name }) => name.split('.')[0])))
    expect(
      wordings.filter(({ name }) => name.startsWith(`${kind}.`)).map(({ name }) => name.split('.')[1]),
    ).toEqual(expect.arrayContaining(['ar', 'en', 'es', 'fr', 'ru', 'zh']))
})

test.each([
  'I confirm that the entry is right.',
  'Je confirme les données.',
  'Confirmo que los datos son correctos.',
  'Подтверждаю получение.',
  '现确认收到本次检查。',
  'أؤكد صحة البيانات.',
])('an acknowledgement is heard: %s', (sentence) => {
  expect(sentence).toMatch(acknowledging)
})

/** How each mail system that is known by its words begins. */
const bounceBeginnings: Readonly<Record<string, string>> = {
  qmail: 'Hi. This is the qmail-send program at mx.gone.example.',
  'exim-delay': 'A message that you sent has not yet been delivered to one or more of its\nrecipients',
  exim: 'A message that you sent could not be delivered to one or more of its\nrecipients.',
  postfix: 'This is the mail system at host mx.gone.example.',
  sendmail: '   ----- The following addresses had permanent fatal errors -----',
  gmail: 'Delivery to the following recipient failed permanently:',
  exchange: 'Échec de la remise à ces destinataires ou groupes :',
  'exchange-old': 'Your message did not reach some or all of the intended recipients.',
  yahoo: 'Sorry, we were unable to deliver your message to the following address.',
  'sendmail-delay': '   ----- The following addresses had transient non-fatal errors -----',
  mimecast: 'This is a delivery failure notification message indicating that an email you addressed',
  domino: 'was not delivered to:\n\n  office@gone.example\n\nbecause:',
  netease: '抱歉，您的邮件被退回来了',
}

test('every bounce known by its words is recognised as itself', () => {
  expect(Object.keys(bounceBeginnings).sort()).toEqual(knownBounces.map(({ name }) => name).sort())
  for (const [name, words] of Object.entries(bounceBeginnings))
    expect(knownBounces.find(({ mark }) => mark.test(words))?.name).toBe(name)
})
