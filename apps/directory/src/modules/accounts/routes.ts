import { route } from '@parley/web'

export const signInRoute = route('/sign-in')
export const signInWithPasskeyRoute = route('/sign-in/passkey')
export const signOutRoute = route('/sign-out')

export const invitationRoute = route('/invitations/:invitation/:token')
export const telephoneCodeRoute = route('/invitations/:invitation/:token/code')

export const chooseRoleRoute = route('/choose-role')
export const proveRoute = route('/prove')
export const proveWithPasskeyRoute = route('/prove/passkey')

export const myAccountRoute = route('/my-account')
export const addPasskeyRoute = route('/my-account/add-passkey')
export const removePasskeyRoute = route('/my-account/remove-passkey')
export const printCodesRoute = route('/my-account/print-codes')
export const changePasswordRoute = route('/my-account/password')
export const replaceAppRoute = route('/my-account/app')
export const endSessionRoute = route('/my-account/end-session')
export const endOtherSessionsRoute = route('/my-account/end-other-sessions')

export const stayRoute = route('/my-account/stay')

export const ourUsersRoute = route('/our-users')
export const endOurUserRoute = route('/our-users/end')
export const withdrawOurInvitationRoute = route('/our-users/withdraw')
export const handOverRoute = route('/our-users/hand-over')
export const stillHereRoute = route('/our-users/still-here')
export const managersRoute = route('/managers')
export const endManagerRoute = route('/managers/end')
export const withdrawManagerRoute = route('/managers/withdraw')
export const suspendRoute = route('/accounts/:account/suspend')
export const liftRoute = route('/accounts/:account/lift')
export const readmitRoute = route('/states/:state/readmit')
export const usersRoute = route('/states/:state/users')
export const endUserRoute = route('/states/:state/users/end')
export const withdrawInvitationRoute = route('/states/:state/users/withdraw')
