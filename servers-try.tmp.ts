import { startMailServers } from './packages/testkit/src/mail-servers.ts'
import { openOutbound, openMailbox, parseMail, judgeMail } from './packages/mail/src/index.ts'
import { ImapFlow } from 'imapflow'
const s = await startMailServers({ domain: 'directory.example', mailboxes: ['checks', 'bounce', 'duty'] })
const out = openOutbound(s.smtpUrl, { connections: 2 })
const base = { from: { name: 'Check', address: 'checks@directory.example' }, replyTo: 'checks+abc@directory.example', returnPath: 'bounce+abc@directory.example', messageId: '<a1@directory.example>', subject: 'Check', text: 'Code\n', language: 'en', at: new Date() }
for (const to of ['duty@directory.example', 'nobody@directory.example', 'x@bounces.example', 'x@full.example','x@strict.example', 'x@outside.example']) console.log(to, await out.send({ ...base, to }))
await new Promise(r => setTimeout(r, 2000))
for (const box of ['duty','bounce']) { const m = openMailbox(s.imapUrl(box)); console.log(box, await m.readNew(async (raw, at) => { console.log(Buffer.from(raw).toString().slice(0,200)); const p = await parseMail(raw); console.log(at, p.ok && JSON.stringify(judgeMail(p.value)), p.ok && p.value.recipients, p.ok && p.value.returned); return 'read' })); console.log(await m.count());
const u = new URL(s.imapUrl(box)); const c = new ImapFlow({host:u.hostname, port:+u.port, auth:{user:u.username,pass:u.password}, logger: {debug(o){console.log(o.msg)},info(){},warn(o){console.log(o)},error(o){console.log(o)}}}); await c.connect(); await c.mailboxOpen('Parley-read'); console.log(await c.search({before:new Date(Date.now()+48*3600e3)},{uid:true}), await c.fetchAll('1:*',{internalDate:true})); await c.logout()
 console.log(await m.purge(new Date())) }
await out.close(); await s.stop()
