import { parseArgs } from 'node:util'
import { languageAmong, type Languages } from '@parley/kernel'
import { z } from 'zod'
import { type AccountsNeeds, createFirstManager } from './modules/accounts/index.ts'
import type { Command } from './platform/command.ts'

/** The first directory managers are invited from the host: nobody is there yet who could do it. */
export function createManager(
  accounts: Pick<AccountsNeeds, 'keys' | 'origin' | 'clock'>,
  languages: Languages,
): Command {
  return {
    name: 'create-manager',
    usage:
      'create-manager EMAIL NAME [--language CODE]   invite a directory manager; prints the link and mails it',
    run: async ({ performer, say }, words) => {
      const { values, positionals } = parseArgs({
        args: [...words],
        allowPositionals: true,
        options: { language: { type: 'string', default: languageAmong(languages, 'en') } },
      })
      const [email = '', ...names] = positionals
      const name = names.join(' ')
      const language = languages.find((each) => each === values.language)
      if (!z.email().safeParse(email).success || name === '' || !language) {
        say(`Say an e-mail address and a name, and one of these languages: ${languages.join(', ')}.`)
        return 2
      }
      const invited = await createFirstManager(performer, accounts, { email, name, language })
      if (!invited.ok) {
        say(`Not done: ${refusals[invited.refusal.code] ?? invited.refusal.code}`)
        return 1
      }
      say('Open this link within 7 days, in a browser on the device that will hold the passkey:')
      say(invited.value)
      return 0
    },
  }
}

const refusals: Readonly<Record<string, string>> = {
  'accounts/enough-managers': 'there are two managers or more; from now on managers invite managers.',
  'accounts/already-user': 'this address belongs to a manager already.',
}
