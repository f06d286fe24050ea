import { route } from '@parley/web'

export const apiRoute = route('/api')
