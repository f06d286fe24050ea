import { route } from '@parley/web'

export const historyRoute = route('/history')
export const ourHistoryRoute = route('/our-history')
export const checkpointRoute = route('/checkpoint')
export const checkpointFileRoute = route('/checkpoint/file')
