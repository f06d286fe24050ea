import type { z } from '@hono/zod-openapi'
import { type Locale, ok, refuse } from '@parley/kernel'
import type { Keys } from '../../platform/config/keys.ts'
import { checkpointText, currentCheckpoint } from '../../platform/history/checkpoint.ts'
import { type Community, countParticipating, listParticipating } from '../community/index.ts'
import { findReadableCard, listOwnCards } from '../directory/index.ts'
import { most } from '../tokens/index.ts'
import { cardJson } from './entry-json.ts'
import { listEntriesOperation } from './list-entries.ts'
import { type Operation, operation } from './operation.ts'
import * as schemas from './schemas.ts'

const absent = refuse({ code: 'api/not-found', kind: 'absent' })

/** Everything that a State's own system may ask for. */
export function openOperations(community: Community, keys: Keys): readonly Operation[] {
  return [
    tokenOperation,
    communityOperation(community),
    statesOperation(community),
    stateOperation(community),
    listEntriesOperation(keys),
    entryOperation,
    ownEntriesOperation,
    checkpointOperation,
  ]
}

const tokenOperation = operation({
  id: 'getToken',
  path: '/token',
  verb: 'api.token',
  summary: 'The token itself',
  description: 'What the presented token is for, until when, and what it has used of its hour.',
  params: schemas.nothingAsked,
  query: schemas.nothingAsked,
  answer: schemas.token,
  read: async ({ token }) => {
    const { state, name, scopes, expiresAt, hour } = token
    const ofWholeList = scopes.some((scope) => scope === 'entries:read-all' || scope === 'address-book')
    return ok({
      value: {
        state,
        name,
        scopes: [...scopes],
        expiresAt: expiresAt.toISOString(),
        hour: {
          requests: { used: hour.requests, most: most.requests },
          states: { used: hour.statesListed, most: ofWholeList ? most.statesOfTheWholeList : most.states },
          cards: { used: hour.cardsRead, most: most.cards },
        },
      },
    })
  },
})

/** A name in the languages that the community speaks, and in no other. */
function spoken(
  { profile }: Community,
  names: Readonly<Record<Locale, string>>,
): z.input<typeof schemas.names> {
  return Object.fromEntries(profile.languages.map((language) => [language, names[language]]))
}

function communityOperation(community: Community): Operation {
  const { profile } = community
  const inOurs = (names: Readonly<Record<Locale, string>>) => spoken(community, names)
  return operation({
    id: 'getCommunity',
    path: '/community',
    verb: 'api.community',
    summary: 'The rules of this community',
    description: 'Its names, its kinds of POC, its languages, and how its entries are checked.',
    params: schemas.nothingAsked,
    query: schemas.nothingAsked,
    answer: schemas.community,
    read: async ({ tx }) =>
      ok({
        value: {
          id: profile.id,
          names: inOurs(profile.names),
          operator: inOurs(profile.operator),
          mandate: {
            document: inOurs(profile.mandate.document),
            asOf: profile.mandate.asOf.toISOString().slice(0, 10),
          },
          kinds: profile.kinds.map(({ id, names }) => ({ id, names: inOurs(names) })),
          languages: [...profile.languages],
          entriesPerKind: profile.entriesPerKind,
          checkEveryMonths: profile.checkEveryMonths,
          answerWithinHours: profile.answerWithinHours,
          participating: await countParticipating(tx),
        },
      }),
  })
}

type State = Community['states'][number]

function stateJson(community: Community, state: State, participating: boolean) {
  const { code, iso3, names, status, group, fictional } = state
  return { code, iso3, names: spoken(community, names), status, group, participating, fictional }
}

function statesOperation(community: Community): Operation {
  return operation({
    id: 'listStates',
    path: '/states',
    verb: 'api.states',
    summary: 'The States of the community',
    description:
      'All of them, by code, with their names in the languages of the community and whether they take part.',
    params: schemas.nothingAsked,
    query: schemas.statesQuery,
    answer: schemas.stateList,
    read: async ({ tx }, _, { participating }) => {
      const taking = await listParticipating(tx)
      const states = community.states
        .map((state) => stateJson(community, state, taking.has(state.code)))
        .filter((state) => participating === undefined || state.participating === (participating === 'yes'))
        .sort((one, other) => (one.code < other.code ? -1 : 1))
      return ok({ value: { states } })
    },
  })
}

function stateOperation(community: Community): Operation {
  return operation({
    id: 'getState',
    path: '/states/{state}',
    verb: 'api.states',
    summary: 'One State',
    description: 'Its names in the languages of the community and whether it takes part.',
    params: schemas.statePath,
    query: schemas.nothingAsked,
    answer: schemas.state,
    read: async ({ tx }, params) => {
      const state = community.findState(params.state)
      if (!state) return absent
      return ok({ value: stateJson(community, state, (await listParticipating(tx)).has(state.code)) })
    },
  })
}

const entryOperation = operation({
  id: 'getEntry',
  path: '/entries/{entry}',
  verb: 'api.card',
  needs: 'entries:read',
  summary: 'One contact card',
  description: `The whole card, with what its State marked "card only", its keys, what stood there until lately and what is disputed. Of other States at most ${most.cards} cards an hour, whatever the token. The month of its last answer stands on the page alone.`,
  params: schemas.entryPath,
  query: schemas.nothingAsked,
  answer: schemas.card,
  read: async (scope, params) => {
    const card = await findReadableCard(scope, params.entry)
    if (!card) return absent
    return ok({ value: cardJson(card, scope.now), isCard: card.entry.state !== scope.token.state })
  },
})

const ownEntriesOperation = operation({
  id: 'listOwnEntries',
  path: '/own-entries',
  verb: 'api.own-entries',
  needs: 'entries:read',
  summary: "The own State's entries",
  description: 'Whole, by kind and age, and free of every allowance.',
  params: schemas.nothingAsked,
  query: schemas.nothingAsked,
  answer: schemas.ownEntryList,
  read: async ({ tx, token, now }) => {
    const cards = await listOwnCards(tx, now, token.state)
    return ok({ value: { entries: cards.map((card) => cardJson(card, now)) } })
  },
})

const checkpointOperation = operation({
  id: 'getCheckpoint',
  path: '/checkpoint',
  verb: 'api.checkpoint',
  summary: 'The current checkpoint of the history',
  description: 'Keep it: `parley verify-history --against FILE` finds a history that was rewritten since.',
  params: schemas.nothingAsked,
  query: schemas.nothingAsked,
  answer: schemas.checkpoint,
  read: async ({ tx }) => {
    const checkpoint = await currentCheckpoint(tx)
    if (!checkpoint) return refuse({ code: 'api/no-checkpoint', kind: 'absent' })
    const { seq, hash, at, keyId, signature } = checkpoint
    const text = checkpointText(checkpoint)
    return ok({ value: { seq, hash, at: at.toISOString(), keyId, signature, text } })
  },
})
