import { route } from '@parley/web'

export const findRoute = route('/find')
export const findStateRoute = route('/find/:state')
export const ourStateRoute = route('/our-state')
export const newEntryRoute = route('/entries/new')
export const entryRoute = route('/entries/:entry')
export const entryVcardRoute = route('/entries/:entry/card.vcf')
export const changeKeyRoute = route('/entries/:entry/keys')
export const removeKeyRoute = route('/entries/:entry/keys/remove')
export const changeEntryRoute = route('/entries/:entry/change')
export const withdrawEntryRoute = route('/entries/:entry/withdraw')
export const confirmEntryRoute = route('/entries/:entry/confirm')
/** Of a letter, for whoever reads it: the change is not right. */
export const disputeRoute = route('/not-right/:change/:token')
/** Of a letter to a new address: it answers. */
export const verifyRoute = route('/addresses/:address/:token')
export const decideChangeRoute = route('/entries/:entry/changes/:change')
export const changesRoute = route('/changes')
export const delegatesRoute = route('/our-delegates')
