import { openMailbox, openOutbound } from '@parley/mail'
import { verifyMail } from '@parley/protocol/openpgp'
import { openGnupg, settableClock, startMailServers } from '@parley/testkit'
import { expect, test, vi } from 'vitest'
import { email, nominate, stateCode } from '../../../test/nominate.ts'
import { startRound } from '../../../test/start-round.ts'
import { openWorld } from '../../../test/world.ts'
import { openSigningKey } from '../../platform/mail/signing-key.ts'

const sahiliya = stateCode('XA')

test('POC-17: a signed check comes through Postfix and Dovecot unbroken, and GnuPG verifies it', async () => {
  const gpg = openGnupg()
  const servers = await startMailServers({ domain: 'directory.example', mailboxes: ['duty'] })
  const outbound = openOutbound(servers.smtpUrl, { connections: 1 })
  try {
    gpg.makeKey('checks@directory.example', { algorithm: 'ed25519' })
    const clock = settableClock(new Date(Date.now() + 1_000))
    const armored = gpg.run(['--armor', '--export-secret-keys']).toString()
    const signingKey = await openSigningKey(armored, undefined, clock.now())
    const world = await openWorld({ clock, signingKey, relay: { outbound, connections: 1 } })
    await world.participate(sahiliya)
    for (const language of ['en', 'fr', 'ar'] as const)
      await nominate(world, sahiliya, 'technical', {
        language,
        workingLanguages: language === 'ar' ? [] : [language],
        name: language,
        addresses: [email('duty@directory.example')],
      })
    await startRound(world)
    await world.work('send-messages')
    const came: Uint8Array[] = []
    const duty = openMailbox(servers.imapUrl('duty'))
    await vi.waitFor(
      async () => {
        await duty.readNew(async (raw) => {
          came.push(raw)
          return 'read'
        })
        expect(came).toHaveLength(3)
      },
      { timeout: 25_000, interval: 200 },
    )
    await world.close()
    for (const raw of came) {
      const mail = new TextDecoder().decode(raw)
      const [, content = ''] = mail.split(/\r\n--=_signed\r\n/)
      const armor = /-----BEGIN PGP SIGNATURE-----[^]*-----END PGP SIGNATURE-----/.exec(mail)?.[0] ?? ''
      expect(gpg.statusOf(['--verify', gpg.file('signature.asc', armor), '-'], content)).toContain(
        `VALIDSIG ${signingKey.fingerprint}`,
      )
      expect(await verifyMail(raw, [signingKey.publicKey], new Date())).toMatchObject({ kind: 'good' })
    }
  } finally {
    await outbound.close()
    await servers.stop()
    gpg.close()
  }
})
